import { l10n } from 'vscode';
import type { NoAlphaEdit } from '../../../analysis/edit/alphaEdit.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { intervalWords } from '../configWords.ts';
import { plainInHint } from '../hintNumbers.ts';

/** Why α can't be set, and what can be done instead. */
export function refusalWords(problem: NoAlphaEdit, config: LossConfig, alpha: number): string {
  const { name } = config;
  switch (problem.reason) {
    case 'range':
      return l10n.t(
        '{0} takes α in {1} only; {2} is outside.',
        name,
        intervalWords(problem.range),
        plainInHint(alpha),
      );
    case 'computed':
      return l10n.t(
        'α is computed on line {0}: {1}. No single number sets it.',
        problem.line + 1,
        shorten(problem.text),
      );
    case 'outside':
      return l10n.t(
        'α comes from outside on line {0}: {1}. No source in this workspace has its number.',
        problem.line + 1,
        shorten(problem.text),
      );
    case 'no-argument':
      return l10n.t('{0} has no argument for label smoothing: smooth its targets instead.', name);
    case 'another-meaning':
      return l10n.t('What {0} calls smoothing isn’t α of label smoothing.', name);
    case 'open':
      return l10n.t('Arguments of {0} come from a * or **, which may set α. Set it there.', name);
    case 'no-place':
      return l10n.t(
        'There’s no {0} yet, and where {1} takes it isn’t certain. Add it by hand.',
        problem.argument,
        name,
      );
    case 'contradicted':
      return l10n.t('More than one place sets α, so that no single edit does. Set it by hand.');
  }
}

/** What the panel shows as α, and what that is in the code. */
export function conversionWords(shown: number, written: number): string {
  return l10n.t(
    'α = {0} in the panel is {1} as this code reads it: the same targets.',
    plainInHint(shown),
    plainInHint(written),
  );
}

/** The other losses that take their α from the same number. */
export function othersWords(others: readonly LossConfig[]): string {
  const lines = others.map(({ line }) => line + 1).join(', ');
  return others.length === 1
    ? l10n.t('The loss on line {0} takes it from there, too.', lines)
    : l10n.t('The losses on lines {0} take it from there, too.', lines);
}

const MOST_LETTERS = 80;

function shorten(expression: string): string {
  const line = expression.replace(/\s+/g, ' ');
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS - 1)}…` : line;
}
