import type { ExecutedFinding } from '../../checks/executedFindings.ts';
import type { ReadLoss } from '../../claims/executedLoss.ts';
import type { ConfigAlpha } from '../../lossConfig.ts';
import type { SourcePlace, SourceSpan } from '../../sourcePlace.ts';
import { localPlace } from '../names/localPlaces.ts';
import type { PyModule, Scope } from '../syntax/pythonScopes.ts';
import { placeOf } from '../values/pythonValues.ts';
import type { CodeSpan } from './code/pythonSource.ts';
import { placeOfCode } from './executedFacts.ts';
import { complementFix, constructorFix } from './executedFixes.ts';
import type { Execution, Reading } from './execution.ts';
import { UNINITIALIZED } from './run/endings.ts';

/** The call that is looked at, and what it calls. */
export interface ExecutedSite {
  readonly module: PyModule;
  readonly callee: SourceSpan;
  readonly definition: Scope;
  readonly alpha: ConfigAlpha;
  /** The parameter for α. */
  readonly argument: string | null;
  /** Class weights are given. */
  readonly weighted: boolean;
}

/** Sums are rounded. */
const TOLERANCE = 1e-6;

/** What execution showed to be wrong. */
export function executedProblems(
  execution: Execution,
  facts: ReadLoss | null,
  site: ExecutedSite,
): readonly ExecutedFinding[] {
  if (execution.kind === 'fails') {
    const { error, message } = execution;
    const isUninitialized = error === 'AttributeError' && message.endsWith(UNINITIALIZED);
    const fix = isUninitialized ? constructorFix(site.definition, site.module) : null;
    return [{ rule: 'call-fails', ...at(execution, site), fix, error, message }];
  }
  if (execution.kind === 'stopped') return [];
  return [
    ...wrongSum(execution, facts, site),
    ...ignoredRows(execution, site),
    ...alphaProblem(execution, site),
    ...perClass(execution, site),
    ...unusedWeights(execution, site),
  ];
}

/** Where it is: the line itself if that is in this document, else the call. */
function at(code: CodeSpan | null, site: ExecutedSite) {
  return placed(code && placeOfCode(code, site.module), site);
}

function placed(place: SourcePlace | null, { callee }: ExecutedSite) {
  const isHere = place !== null && place.cell === undefined && place.module === undefined;
  return { span: isHere ? place.span : callee, place, fix: null };
}

/** The parameter of this name, in the definition. */
function atParameter(name: string, site: ExecutedSite) {
  const { definition, module } = site;
  const init = definition.kind === 'class' ? definition.bindings.get('__init__')?.at(-1) : undefined;
  const scope = init?.kind === 'definition' ? init.defined : definition;
  const parameter = scope.parameters.find((each) => each.name === name);
  if (!parameter) return placed(null, site);
  const span = { from: parameter.at, to: parameter.at + name.length };
  return placed(localPlace(placeOf(scope.module, span), module), site);
}

function wrongSum(reading: Reading, facts: ReadLoss | null, site: ExecutedSite): readonly ExecutedFinding[] {
  const targets = facts?.here?.targets;
  const classes = facts?.here?.classes;
  const { parts, form, what, made } = reading;
  if (!targets || classes === null || classes === undefined || parts.length !== 1) return [];
  if (form !== 'ce' && form !== 'kl') return [];
  // What all of a row is multiplied by isn't a part of its targets.
  if (parts[0]!.scale !== 1) return [];
  const { on, off, sum } = targets;
  if (Math.abs(sum - 1) < TOLERANCE || off === 0) return [];
  // Targets for sigmoids sum to nothing in particular.
  if (what === 'targets' && (near(on + off, 1) || near(on, 1))) return [];
  return [{ rule: 'targets-sum', ...at(made, site), on, off, sum, classes }];
}

/** An index that is only the definition's default is one that no row may ever have: losses have −100 as PyTorch's has. */
function ignoredRows({ ignored, reduced }: Reading, site: ExecutedSite): readonly ExecutedFinding[] {
  if (!ignored?.isGiven || ignored.how === 'leftOut') return [];
  const { index, how, raised } = ignored;
  const where = how === 'fails' ? (raised?.from ?? null) : reduced;
  return [{ rule: 'ignored-rows', ...at(where, site), index, how, error: raised?.error ?? null }];
}

function alphaProblem(reading: Reading, site: ExecutedSite): readonly ExecutedFinding[] {
  const { alphaIs, alphaParameter, what } = reading;
  const { alpha, argument } = site;
  const isGiven = alpha.argument !== null && alpha.value !== undefined && alpha.value !== 0;
  if (!isGiven || argument === null || alphaParameter !== argument) return [];
  if (typeof alphaIs === 'object')
    return [{ rule: 'alpha-unused', ...atParameter(argument, site), argument, fixed: alphaIs.fixed }];
  if (alphaIs === 'unused' && what === 'loss')
    return [{ rule: 'alpha-unused', ...atParameter(argument, site), argument, fixed: null }];
  const isCalledSmoothing = /smooth|eps|^ls|lsr|alpha/i.test(argument);
  if (alphaIs === 'oneMinus' && isCalledSmoothing)
    return [
      {
        rule: 'alpha-complement',
        ...at(reading.made, site),
        fix: complementFix(alpha),
        argument,
        alpha: alpha.value!,
      },
    ];
  return [];
}

/** Of sigmoids the mean over all elements is the usual one. */
function perClass(
  { parts, form, reduced, reduction }: Reading,
  site: ExecutedSite,
): readonly ExecutedFinding[] {
  const isMean = parts.length > 0 && parts.every(({ scale }) => scale === 'perClass');
  if (!isMean || reduction !== 'mean' || (form !== 'ce' && form !== 'kl')) return [];
  return [{ rule: 'mean-over-classes', ...at(reduced, site) }];
}

function unusedWeights({ weights }: Reading, site: ExecutedSite): readonly ExecutedFinding[] {
  return weights === 'unused' && site.weighted
    ? [{ rule: 'weights-unused', ...atParameter('weight', site) }]
    : [];
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < TOLERANCE;
}
