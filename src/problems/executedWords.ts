import * as l10n from '@vscode/l10n';
import type { ExecutedLoss, ReadLoss, StoppedLoss } from '../analysis/claims/executedLoss.ts';
import type { LossConfig } from '../analysis/lossConfig.ts';
import type { SourcePlace } from '../analysis/sourcePlace.ts';
import { clippedCode } from '../words/clipped.ts';
import { literal, nats } from '../words/numberFormat.ts';
import { type Sentences, sentenceFrom } from '../words/sentences.ts';
import { placeWords } from './placeWords.ts';

/** Of code in a sentence. */
const MOST_LETTERS = 80;

/** What came of running a hand-written loss, in sentences; empty where none was run. */
export function executedWords({ executed, name }: Pick<LossConfig, 'executed' | 'name'>): string {
  return executed ? sentenceFrom(SENTENCES, 'kind', executed, name) : '';
}

const SENTENCES: Sentences<'kind', ExecutedLoss, [name: string]> = {
  read: (read) =>
    [madeWords(read), fixedWords(read), againstWords(read), gradientWords(read), ...holdsWords(read)]
      .filter(Boolean)
      .join(' '),
  stopped: (stopped, name) => stoppedWords(stopped, name),
  pending: (_, name) => l10n.t('{0} hasn’t been run yet. Its result will appear here.', name),
  fails: ({ place, error, message }, name) => {
    const raised = clippedCode(message === '' ? error : `${error}: ${message}`, MOST_LETTERS);
    return place
      ? l10n.t('Calling {0} fails in {1}: {2}', name, placeWords(place), raised)
      : l10n.t('Calling {0} fails: {1}', name, raised);
  },
};

function madeWords({ what, made }: ReadLoss): string {
  const where = made && linesWords(made.place, made.lastLine);
  if (what === 'targets')
    return where
      ? l10n.t('Found by running the function: the targets are made in {0}.', where)
      : l10n.t('Found by running the function.');
  return where
    ? l10n.t('Found by running the loss: the targets are made in {0}.', where)
    : l10n.t('Found by running the loss.');
}

/** "line 14", "lines 14–16" */
function linesWords(place: SourcePlace, lastLine: number): string {
  if (lastLine <= place.line) return placeWords(place);
  const [first, last] = [place.line + 1, lastLine + 1];
  if (place.module !== undefined) return l10n.t('lines {0}–{1} of {2}', first, last, place.module);
  if (place.cell !== undefined)
    return l10n.t('lines {0}–{1} of Python cell {2}', first, last, place.cell + 1);
  return l10n.t('lines {0}–{1}', first, last);
}

function fixedWords({ fixedAlpha }: ReadLoss): string {
  return fixedAlpha === null
    ? ''
    : l10n.t('It always uses its own α, {0}, whatever you pass.', literal(fixedAlpha));
}

function againstWords({ against, gradient }: ReadLoss): string {
  if (!against) return '';
  const { equal, rows, classes, largest, alpha } = against;
  const call = `F.cross_entropy(label_smoothing=${literal(alpha)})`;
  const counts = classes.join(', ');
  if (equal && gradient)
    return l10n.t('Its value equals {0} on {1} random rows for K = {2}.', call, rows, counts);
  return equal
    ? l10n.t('It equals {0} on {1} random rows for K = {2}.', call, rows, counts)
    : l10n.t(
        'It differs from {0} by up to {1} nats on {2} random rows for K = {3}.',
        call,
        nats(largest),
        rows,
        counts,
      );
}

/** What is trained by a gradient that isn't that of the loss. */
function gradientWords({ gradient }: ReadLoss): string {
  if (!gradient) return '';
  const { is, place } = gradient;
  if (is === 'own')
    return place
      ? l10n.t('It has its own backward pass ({0}), so its gradient isn’t known.', placeWords(place))
      : l10n.t('It has its own backward pass, so its gradient isn’t known.');
  return place
    ? l10n.t('A part of it is detached ({0}): the gradient isn’t that of these targets.', placeWords(place))
    : l10n.t('A part of it is detached: the gradient isn’t that of these targets.');
}

/** Only what was tried is known. */
function holdsWords({ holds }: ReadLoss): string[] {
  return holds.map(({ code, is }) => {
    if (!code) return l10n.t('In evaluation, or later in training, it computes another loss.');
    const text = clippedCode(code.text, MOST_LETTERS);
    const where = code.place && placeWords(code.place);
    if (is)
      return where
        ? l10n.t('All of this holds only while {0} is true ({1}).', text, where)
        : l10n.t('All of this holds only while {0} is true.', text);
    return where
      ? l10n.t('All of this holds only while {0} is false ({1}).', text, where)
      : l10n.t('All of this holds only while {0} is false.', text);
  });
}

function stoppedWords({ place, reason, what }: StoppedLoss, name: string): string {
  const why = STOPS[reason](clippedCode(what, MOST_LETTERS));
  const found = l10n.t('What {0} does with α couldn’t be found out by running it.', name);
  return place ? `${found} ${l10n.t('It stopped at {0}: {1}', placeWords(place), why)}` : `${found} ${why}`;
}

const STOPS: Readonly<Record<StoppedLoss['reason'], (what: string) => string>> = {
  unknown: (what) =>
    what === '' ? l10n.t('a value isn’t known here.') : l10n.t('{0} isn’t known here.', what),
  unsupported: (what) =>
    what === '' ? l10n.t('an operation isn’t supported.') : l10n.t('{0} isn’t supported.', what),
  random: () => l10n.t('the result is random.'),
  syntax: () => l10n.t('this isn’t valid Python.'),
  deep: () => l10n.t('the calls are nested too deeply.'),
  long: () => l10n.t('it takes too many steps.'),
  large: () => l10n.t('a tensor or a list is too large.'),
  raises: (what) => l10n.t('it raises {0} with every input that was tried.', what),
  changes: (what) =>
    what === ''
      ? l10n.t('its result changes from call to call.')
      : l10n.t('{0} changes while the loss is in use.', what),
  many: () => l10n.t('this file has too many hand-written losses to run them all.'),
  roles: () => l10n.t('it isn’t clear which parameters are the logits and the labels.'),
  other: (what) =>
    what === 'classes'
      ? l10n.t('its targets differ from class to class.')
      : l10n.t('the result isn’t a loss of smoothed targets.'),
};
