import type { ExpressionCode, FunctionCode, ParameterCode, StatementCode } from '../../code/code.ts';
import type { PythonRun } from '../run.ts';
import {
  type ClassField,
  ClassValue,
  FunctionValue,
  type NameScope,
  Native,
  NativeObject,
  type PyValue,
} from '../values.ts';

const DECORATORS = new Set([
  'dataclasses.dataclass',
  'flax.struct.dataclass',
  'chex.dataclass',
  'attr.s',
  'attr.define',
  'attrs.define',
  'pydantic.dataclasses.dataclass',
]);
const BASES = new Set([
  'flax.linen.Module',
  'flax.struct.PyTreeNode',
  'typing.NamedTuple',
  'pydantic.BaseModel',
]);

/** Its constructor takes what it declares: it's a dataclass, or derived from what makes such a one of it. */
export function hasFields(bases: readonly PyValue[], decorators: readonly (string | undefined)[]): boolean {
  return (
    decorators.some((path) => path !== undefined && DECORATORS.has(path)) ||
    bases.some((base) => base instanceof Native && BASES.has(base.path)) ||
    bases.some((base) => base instanceof ClassValue && base.fields.length > 0 && isOfBase(base))
  );
}

function isOfBase({ bases }: ClassValue): boolean {
  return bases.some(
    (base) =>
      (base instanceof Native && BASES.has(base.path)) || (base instanceof ClassValue && isOfBase(base)),
  );
}

/** Gives a class the constructor that Python makes of its fields, unless it has one. */
export function addConstructor(
  run: PythonRun,
  made: ClassValue,
  { at, body }: StatementCode & { is: 'class' },
  names: NameScope,
): void {
  const inherited = made.bases.flatMap((base) => (base instanceof ClassValue ? base.fields : []));
  const own = body.flatMap((statement) =>
    statement.is === 'declare' ? fieldOf(run, made, statement.name) : [],
  );
  const fields = new Map([...inherited, ...own].map((field) => [field.name, field]));
  made.fields = [...fields.values()];
  if (made.members.has('__init__')) return;
  const name = (each: string): ExpressionCode => ({ at, is: 'name', name: each });
  const ofSelf = (each: string): ExpressionCode => ({ at, is: 'attribute', of: name('self'), name: each });
  const sets = made.fields.map(
    (field): StatementCode => ({ at, is: 'assign', targets: [ofSelf(field.name)], value: name(field.name) }),
  );
  const then: StatementCode[] = made.members.has('__post_init__')
    ? [{ at, is: 'expression', value: { at, is: 'call', callee: ofSelf('__post_init__'), given: [] } }]
    : [];
  const parameters = ['self', ...fields.keys()].map((each): ParameterCode => {
    // The value is among the fallbacks; the code says that there's one.
    const hasFallback = fields.get(each)?.fallback !== undefined;
    return {
      name: each,
      star: '',
      keywordOnly: false,
      fallback: hasFallback ? codeOf(fields.get(each)!, at) : null,
    };
  });
  const code: FunctionCode = {
    name: '__init__',
    at,
    parameters,
    body: [...sets, ...then],
    locals: new Set(parameters.map((parameter) => parameter.name)),
    outer: new Set(),
  };
  const fallbacks = new Map(
    made.fields.flatMap((field) =>
      field.fallback === undefined ? [] : [[field.name, field.fallback] as const],
    ),
  );
  made.members.set('__init__', new FunctionValue(code, names.outer ?? names.module, fallbacks, made));
}

/** Of a field that a constructor doesn't take nothing is known. */
function fieldOf(run: PythonRun, made: ClassValue, name: string): ClassField[] {
  const value = made.members.get(name);
  if (!(value instanceof NativeObject && value.path === FIELD)) return [{ name, fallback: value }];
  made.members.delete(name);
  const { settings } = value;
  const factory = settings.get('default_factory');
  const fallback = factory === undefined ? settings.get('default') : run.call(factory, [], new Map());
  if (settings.get('init') === false) {
    if (fallback !== undefined) made.members.set(name, fallback);
    return [];
  }
  return [{ name, fallback }];
}

/** `dataclasses.field(…)`, as it's kept until its class is made. */
export const FIELD = 'dataclasses.field';

/** A default as code, for who tells parameters apart by it. */
function codeOf({ fallback = null }: ClassField, at: StatementCode['at']): ExpressionCode {
  const isConstant =
    fallback === null ||
    typeof fallback === 'boolean' ||
    typeof fallback === 'number' ||
    typeof fallback === 'string';
  if (isConstant) return { at, is: 'constant', value: fallback };
  const value =
    fallback && 'value' in fallback && typeof fallback.value === 'number' ? { int: fallback.value } : null;
  return value ? { at, is: 'constant', value } : { at, is: 'ellipsis' };
}
