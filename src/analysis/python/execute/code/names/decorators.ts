/** What a decorator does that isn't of the workspace, as far as its name says it. */
export type DecoratorKind =
  /** It compiles, registers, checks or measures: what is computed stays the same. */
  | 'harmless'
  /** It sets arguments that a call leaves out, from a configuration or a command line. */
  | 'sets'
  /** It has a gradient of its own. */
  | 'gradient'
  /** It may do anything. */
  | 'unknown';

/** Decorators that are called so change what a function gives: `@weighted_loss`. */
const CHANGES = /weight|reduc|scale|averag|mask|smooth|vmap|vectori[sz]e/i;

const SETS =
  /^(?:gin|hydra|sacred|fire|click|typer|argbind|spock)\.|(?:^|[._])(?:configurable|capture|inject|automain|main|command|option|argument|with_config)s?$/i;

const GRADIENT = /custom_(?:vjp|jvp|gradient)$/i;

const HARMLESS =
  /regist|wraps|cache|jit$|compile|script|^tensorflow\.function$|^tf\.function$|typecheck|beartype|jaxtyped|overload|final|deprecat|docstring|doc$|export|autocast|amp|custom_fwd|fp16|fp32|timer|timeit|profil|component|serializ|abstract|dataclass|^attrs?\.|define$|contextmanager|ordering|no_grad|inference_mode|named_call|named_scope|compact$|nowrap|metaclass|override|type_check|trace|LOSS(?:ES)?$|MODELS?$|CRITERI(?:A|ONS?)$/;

/** `path`: all names of it, `torch.jit.script`. */
export function decoratorKind(path: string): DecoratorKind {
  if (CHANGES.test(path.split('.').at(-1)!)) return 'unknown';
  if (SETS.test(path)) return 'sets';
  if (GRADIENT.test(path)) return 'gradient';
  return HARMLESS.test(path) ? 'harmless' : 'unknown';
}

/** Decorators as they're written: one of them may set what a call leaves out. */
export function mayBeConfigured(decorators: readonly string[]): boolean {
  return decorators.some((written) => decoratorKind(written.split('(')[0]!.trim()) === 'sets');
}
