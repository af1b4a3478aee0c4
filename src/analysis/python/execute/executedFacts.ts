import type { ExecutedFigures, ExecutedLoss, ReadLoss } from '../../claims/executedLoss.ts';
import type { TargetValues } from '../../claims/targetValues.ts';
import type { SourcePlace } from '../../sourcePlace.ts';
import { localPlace } from '../names/localPlaces.ts';
import { lineOf, type PyModule } from '../syntax/pythonScopes.ts';
import { placeOf } from '../values/pythonValues.ts';
import type { CodeSpan } from './code/pythonSource.ts';
import type { Execution, Reading, ReadPart } from './execution.ts';
import { moduleOfSource } from './questionOf.ts';

/** Where a part of what was executed stands, as the document has it. */
export function placeOfCode({ at, source }: CodeSpan, here: PyModule): SourcePlace | null {
  const module = moduleOfSource(source);
  return module ? localPlace(placeOf(module, at), here) : null;
}

/** What came of an execution, for who doesn't execute anything. */
export function executedFacts(execution: Execution, here: PyModule): ExecutedLoss {
  switch (execution.kind) {
    case 'stopped': {
      const { reason, what } = execution;
      return { kind: 'stopped', place: placeOfCode(execution, here), reason, what };
    }
    case 'fails': {
      const { error, message } = execution;
      return { kind: 'fails', place: placeOfCode(execution, here), error, message };
    }
    case 'read':
      return readFacts(execution, here);
  }
}

function readFacts(reading: Reading, here: PyModule): ReadLoss {
  const { what, made, alphaIs, gradient, holds } = reading;
  return {
    kind: 'read',
    what,
    made: made && madeAt(made, here),
    fixedAlpha: typeof alphaIs === 'object' ? alphaIs.fixed : null,
    here: figuresHere(reading),
    reduction: reductionOf(reading),
    against: reading.torch,
    gradient: gradient && { is: gradient.is, place: placeOfCode(gradient.at, here) },
    holds: holds.map(({ at, is }) => ({ code: at && codeAt(at, here), is })),
    replacement: null,
  };
}

function codeAt(code: CodeSpan, here: PyModule) {
  const text = code.source.text.slice(code.at.from, code.at.to);
  return { text, place: placeOfCode(code, here) };
}

function madeAt(made: CodeSpan, here: PyModule): ReadLoss['made'] {
  const place = placeOfCode(made, here);
  const module = moduleOfSource(made.source);
  return place && module ? { place, lastLine: lineOf(module, Math.max(made.at.from, made.at.to - 1)) } : null;
}

function figuresHere({ parts, floor, floors, form }: Reading): ExecutedFigures | null {
  const [part] = parts;
  if (!part?.atSite) return null;
  const all = parts.map((each) => valuesOf(each, form));
  const [first] = all;
  // Targets of several sets of logits are the targets of each where they're alike.
  const isAlike = all.every((each) => each && first && each.on === first.on && each.off === first.off);
  const [least = null] = floors ?? [];
  const isSame = floors?.every((each) => each === least) ?? false;
  return {
    classes: part.atSite.classes,
    targets: isAlike ? first! : null,
    floor: floor ?? (isSame ? least : null),
    floors,
  };
}

/** As the loss has them: what all of them are multiplied by is in them. */
function valuesOf({ atSite, scale }: ReadPart, form: Reading['form']): TargetValues | null {
  if (!atSite) return null;
  const { on, off, sum, classes } = atSite;
  // Of a sigmoid the parts of the whole.
  if (form === 'sigmoid' || (scale === 'perClass' && classes === null))
    return { on, off, sum: sum ?? on + off };
  const times = scale === 'perClass' ? 1 / classes! : scale;
  return { on: on * times, off: off * times, sum: (sum ?? on + off) * times };
}

function reductionOf({ reduction }: Reading): ReadLoss['reduction'] {
  if (reduction === 'mean' || reduction === 'sum') return reduction;
  return reduction === 'rows' ? 'none' : null;
}
