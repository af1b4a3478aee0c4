import { CONVENTIONS, type ConventionName } from '../loss/conventions/conventions.ts';
import { DEFAULT_SPEC, type LossSpec, type Reduction } from '../loss/lossSpec.ts';
import { type AlphaRange, outsideOf } from './acceptedAlpha.ts';
import { apiOf, FRAMEWORK_APIS } from './catalogue.ts';
import type { FrameworkApi } from './frameworkApi.ts';
import type { FrameworkRefusal } from './namingErrors.ts';
import { NamingError } from './namingErrors.ts';

/** A loss by the name of a framework's API, or of a convention. Without either it's PyTorch's cross-entropy. */
export interface NamedLoss {
  /** An id of the registry. */
  readonly api?: string;
  /** One of the seven; of an API that has more than one, which. */
  readonly convention?: string;
  /** Absent: the API's default. */
  readonly labelSmoothing?: number;
  readonly weight?: Float64Array | null;
  readonly ignoreIndex?: number;
  readonly reduction?: Reduction;
}

const DEFAULT_API = 'torch.CrossEntropyLoss.index';

/**
 * The spec of the loss that is named, with α as a share (0…1) as its convention reads it. Throws NamingError where the name, α or
 * another argument means nothing to that API, or its loss isn't a smoothed cross-entropy alone.
 */
export function specOf(named: NamedLoss): LossSpec {
  if (named.api === undefined && named.convention !== undefined)
    return specOfConvention(named, named.convention);
  const api = computableApi(named.api ?? DEFAULT_API);
  const convention = chosenConvention(api, named.convention);
  return {
    convention,
    labelSmoothing: alphaOf(named, api),
    weight: weightOf(named, api),
    ignoreIndex: ignoreIndexOf(named, api, convention),
    reduction: named.reduction ?? api.reduction,
    denominator: api.denominator,
    form: api.form ?? 'ce',
    focal: api.focal ?? null,
    ...(api.clips && { clips: true }),
    ...(api.framework !== 'PyTorch' && { sums: 'unknown' as const }),
    classAxis: api.classAxis ?? 1,
  };
}

/** PyTorch's loss, with its α read in another way. */
function specOfConvention(named: NamedLoss, name: string): LossSpec {
  if (!isConvention(name)) throw new NamingError({ reason: 'unknown', argument: 'convention', found: name });
  const { labelSmoothing = 0, weight = null, ignoreIndex, reduction = 'mean' } = named;
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    const users = FRAMEWORK_APIS.filter((api) => api.conventions.includes(name));
    throw rangeError(labelSmoothing, { from: 0, to: 1 }, users);
  }
  if (CONVENTIONS[name].padded && ignoreIndex === undefined)
    throw new NamingError({ reason: 'required', argument: 'ignoreIndex', by: name });
  return {
    ...DEFAULT_SPEC,
    convention: name,
    labelSmoothing,
    weight,
    ignoreIndex: ignoreIndex ?? DEFAULT_SPEC.ignoreIndex,
    reduction,
  };
}

function computableApi(id: string): FrameworkApi {
  const api = apiOf(id);
  if (!api) throw new NamingError({ reason: 'unknown', argument: 'api', found: id });
  if (api.instead !== undefined)
    throw new NamingError({ reason: 'no-smoothing', argument: 'api', api: id, instead: api.instead });
  if (api.beyond !== undefined)
    throw new NamingError({ reason: 'beyond', argument: 'api', api: id, what: api.beyond });
  return api;
}

function chosenConvention(
  { id, conventions, choice }: FrameworkApi,
  asked: string | undefined,
): ConventionName {
  const [only, ...more] = conventions;
  const chosen = asked ?? (more.length === 0 ? only : undefined);
  if (chosen !== undefined && !isConvention(chosen))
    throw new NamingError({ reason: 'unknown', argument: 'convention', found: chosen });
  if (chosen === undefined || !conventions.includes(chosen)) {
    throw new NamingError({
      reason: 'which-convention',
      argument: 'convention',
      api: id,
      conventions,
      ...(choice !== undefined && { choice }),
    });
  }
  return chosen;
}

/** α as the API takes it: within its range, or 0 where that is what it makes of it. */
function alphaOf({ labelSmoothing, api: asked }: NamedLoss, api: FrameworkApi): number {
  const alpha = labelSmoothing ?? api.default;
  if (alpha === null) throw new NamingError({ reason: 'required', argument: 'labelSmoothing', by: api.id });
  const outside = outsideOf(alpha, api.range);
  if (outside === undefined) return alpha;
  if (outside === 'off') return 0;
  // Who didn't name an API may use any that reads α as this one does.
  const [convention] = api.conventions;
  const users =
    asked === undefined ? FRAMEWORK_APIS.filter((other) => other.conventions[0] === convention) : [api];
  throw rangeError(alpha, api.range, users);
}

/** At most two frameworks that say what they do: the best known come first. */
function rangeError(
  found: number,
  { from, to, open }: Pick<AlphaRange, 'from' | 'to' | 'open'>,
  users: readonly FrameworkApi[],
): NamingError {
  const elsewhere: FrameworkRefusal[] = [];
  for (const { framework, range: theirs } of users) {
    const does = outsideOf(found, theirs);
    if (does === undefined || does === 'unknown' || elsewhere.some((other) => other.framework === framework))
      continue;
    const { error, at } = theirs;
    elsewhere.push({ framework, does, ...(error !== undefined && { error }), ...(at && { at }) });
    if (elsewhere.length === 2) break;
  }
  return new NamingError({
    reason: 'range',
    argument: 'labelSmoothing',
    found,
    range: { from, to, ...(open && { open }) },
    elsewhere,
  });
}

function weightOf({ weight }: NamedLoss, api: FrameworkApi): Float64Array | null {
  if (!weight) return null;
  if (api.weights !== 'target') {
    throw new NamingError({
      reason: 'weighs-otherwise',
      argument: 'weight',
      api: api.id,
      weights: api.weights ?? null,
    });
  }
  return weight;
}

function ignoreIndexOf(
  { ignoreIndex }: NamedLoss,
  api: FrameworkApi,
  convention: ConventionName,
): number | null {
  if (api.ignore === undefined) {
    if (ignoreIndex !== undefined)
      throw new NamingError({ reason: 'no-such-argument', argument: 'ignoreIndex', api: api.id });
    return null;
  }
  const index = ignoreIndex ?? api.ignore.index;
  if (index === null && CONVENTIONS[convention].padded)
    throw new NamingError({ reason: 'required', argument: 'ignoreIndex', by: api.id });
  return index;
}

function isConvention(name: string): name is ConventionName {
  return Object.hasOwn(CONVENTIONS, name);
}
