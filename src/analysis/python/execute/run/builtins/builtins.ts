import { PyTensor } from '../../tensors/tensor.ts';
import type { NamedValues, PythonRun } from '../run.ts';
import { Dict, Instance, List, NativeObject, type PyValue, Unknown } from '../values.ts';
import { FUNCTIONS } from './builtinFunctions.ts';
import { FIELD } from './dataclasses.ts';

/** Classes that exceptions and annotations have; called, they make what is raised. */
const EXCEPTIONS =
  'Exception BaseException ValueError TypeError RuntimeError NotImplementedError KeyError IndexError AttributeError ImportError ModuleNotFoundError AssertionError ZeroDivisionError StopIteration NameError ArithmeticError OSError Warning UserWarning DeprecationWarning LookupError OverflowError FloatingPointError UnboundLocalError RecursionError EOFError MemoryError BufferError SystemError SystemExit SyntaxError KeyboardInterrupt GeneratorExit StopAsyncIteration FileNotFoundError FileExistsError PermissionError ConnectionError TimeoutError IOError EnvironmentError UnicodeError UnicodeDecodeError UnicodeEncodeError FutureWarning RuntimeWarning ImportWarning PendingDeprecationWarning SyntaxWarning ResourceWarning UnicodeWarning BytesWarning ExceptionGroup BaseExceptionGroup';

/** What makes a field of a class. */
const FIELDS = new Set([FIELD, 'flax.struct.field', 'attr.ib', 'attrs.field']);

/** Names that every module sees. */
export const BUILTINS: ReadonlySet<string> = new Set([
  ...Object.keys(FUNCTIONS),
  ...EXCEPTIONS.split(' '),
  ...'property staticmethod classmethod complex bytes NotImplemented __name__ __file__ __doc__ bytearray hash ord chr divmod delattr format hex memoryview bin oct ascii compile breakpoint Ellipsis exit quit help copyright credits license aiter anext __import__ __builtins__ __package__ __spec__ __loader__ __debug__ __annotations__'.split(
    ' ',
  ),
]);

/** Those whose keywords are looked at, or change nothing. */
const TAKES_KEYWORDS = new Set(['dict', 'enumerate', 'sorted', 'print']);

/** Calls one of Python's own; undefined if it's none. */
export function callBuiltin(
  run: PythonRun,
  path: string,
  positional: readonly PyValue[],
  named: NamedValues,
): PyValue | undefined {
  if (path === 'functools.partial') {
    const [made = null, ...bound] = positional;
    const settings = new Map<string, PyValue>([['func', made], ...named]);
    for (const [i, value] of bound.entries()) settings.set(`#${i}`, value);
    return new NativeObject(path, settings);
  }
  if (FIELDS.has(path)) return new NativeObject(FIELD, named);
  // Whatever it's computed on, it's the same.
  if (/^torch\.(?:cuda|backends\.mps)\.is_available$/.test(path)) return false;
  // They give back the function, compiled.
  if (/^(?:jax\.jit|tensorflow\.function|torch\.jit\.script|torch\.compile|numba\.jit)$/.test(path))
    return positional[0] ?? run.unknown(path);
  if (path === 'copy.deepcopy' || path === 'copy.copy') {
    const [value = null] = positional;
    if (value instanceof PyTensor) return value.like(value.values());
    // The same object would be changed with its copy.
    const isOpen = value instanceof List || value instanceof Dict || value instanceof Instance;
    return isOpen ? run.unknown(path, 'unsupported') : value;
  }
  if (!BUILTINS.has(path)) return undefined;
  const builtin = Object.hasOwn(FUNCTIONS, path) ? FUNCTIONS[path] : undefined;
  if (!builtin)
    return EXCEPTIONS.includes(path)
      ? new NativeObject(path, new Map([['message', positional[0] ?? '']]))
      : run.unknown(path, 'unsupported');
  const lazy = ['isinstance', 'print', 'hasattr', 'getattr', 'list', 'setattr', 'dict'].includes(path);
  const unknown = positional.find((value) => value instanceof Unknown);
  if (unknown !== undefined && !lazy) return unknown;
  if (named.size > 0 && !TAKES_KEYWORDS.has(path)) return run.unknown(path, 'unsupported');
  return builtin(run, positional, named);
}
