import type { Execution, Reading, ReadPart } from '../../../../src/analysis/python/execute/execution.ts';

/** What came of an execution, in a line. `lineOf` tells the line of an offset, from 1. */
export function readingInWords(execution: Execution, lineOf: (offset: number) => number): string {
  if (execution.kind === 'stopped') {
    const { reason, what, at } = execution;
    return `stopped in line ${lineOf(at.from)}: ${reason}${what === '' ? '' : `, ${what}`}`;
  }
  if (execution.kind === 'fails') return `fails in line ${lineOf(execution.at.from)}: ${execution.error}`;
  return [
    whatOf(execution),
    ...execution.parts.map((part) => madeTargets(part, execution)),
    ...restOf(execution),
  ].join('; ');
}

function whatOf({ what, form, focal, takes, reduction }: Reading): string {
  if (what === 'targets') return 'targets';
  if (form === 'other') return `a mix of its own losses, ${reduction}`;
  return `${focal ? 'focal ' : ''}${form} of ${takes}, ${reduction}`;
}

function madeTargets(
  { convention, figures, scale, parameter }: ReadPart,
  { alphaIs, parts, alphaParameter }: Reading,
): string {
  const name = parts.length > 1 ? `${parameter} ` : '';
  const times = scale === 1 ? '' : scale === 'perClass' ? ', all divided by K' : `, all times ${scale}`;
  const [one, , , five] = figures;
  const shown = [one, five].map(
    (each) => each && `${each.on}/${each.off} sum ${each.sum} (K = ${each.classes})`,
  );
  const numbers = shown.filter((each) => each !== undefined).join(', ');
  const alpha =
    typeof alphaIs === 'object'
      ? `α is ${alphaIs.fixed}`
      : alphaIs === 'unused'
        ? 'without α'
        : alphaIs === 'oneMinus'
          ? `α is 1 − ${alphaParameter}`
          : `α is ${alphaParameter}`;
  return `${name}${convention ?? numbers}${times}, ${alpha}`;
}

function restOf({ paddingClass, ignored, weights, torch, hardAtZero, gradient, holds }: Reading): string[] {
  return [
    paddingClass === null ? '' : `class ${paddingClass} is padding`,
    ignored ? `rows of ${ignored.index}: ${ignored.how}` : '',
    weights ? `weights: ${weights}` : '',
    hardAtZero === false ? 'not hard at α = 0' : '',
    gradient ? `gradient: ${gradient.is}` : '',
    holds.length > 0
      ? `only while ${holds.map(({ at, is }) => `${at ? at.source.text.slice(at.at.from, at.at.to) : 'training'} is ${is}`).join(', ')}`
      : '',
    torch?.equal ? `equals torch on ${torch.rows} rows` : '',
  ].filter((each) => each !== '');
}
