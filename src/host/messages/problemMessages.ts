import { l10n } from 'vscode';
import { type BatchGoneError, EngineStoppedError } from '../../engine/engineClient.ts';
import type { Expected, ExpectedSetting } from '../../readers/readProblem.ts';
import { PRINT_ALL } from '../notebook/printAll.ts';
import type { SourceProblem } from '../sources/readSource.ts';
import { describeFileProblem, describeTextSize, describeUnusable, isUnusable } from './fileMessages.ts';

/** Why something wasn't answered: the engine has stopped, or no longer has what it's about. */
export function describeStop(error: EngineStoppedError | BatchGoneError): string {
  if (!(error instanceof EngineStoppedError))
    return l10n.t('These logits are no longer in memory. Run “Smooth labels” again.');
  return error.reason === 'deaf'
    ? l10n.t('A cancelled computation didn’t end, so the engine was restarted. Run “Smooth labels” again.')
    : l10n.t('Computing stopped: {0}. Run “Smooth labels” again.', error.message);
}

/** A sentence a person can act on: what is wrong, where (lines count from 1), and what would be right. */
export function describeProblem(problem: SourceProblem): string {
  const sentence = sentenceOf(problem);
  return 'of' in problem && problem.of === 'targets' ? l10n.t('Targets: {0}', sentence) : sentence;
}

function sentenceOf(problem: SourceProblem): string {
  if (problem.reason === 'gone') return problem.message;
  if (isUnusable(problem)) return describeUnusable(problem);
  const line = (problem.place?.line ?? 0) + 1;
  // Files of numbers have no lines.
  const where = problem.place ? l10n.t(' (line {0})', line) : '';
  switch (problem.reason) {
    case 'empty':
      return l10n.t('There is nothing to read. Select logits, like [[1.2, -0.3, 0.5]].');
    case 'syntax':
      return l10n.t(
        'Line {0}: found {1} where {2} should be.',
        line,
        quoted(problem.found),
        expectedWord(problem.expected),
      );
    case 'truncated':
      return l10n.t(
        'The text ends inside the value that begins on line {0}. Select it to its end.',
        (problem.openedPlace?.line ?? 0) + 1,
      );
    case 'too-deep':
      return l10n.t(
        'Line {0}: more than {1} brackets inside each other. Logits have a few axes at most.',
        line,
        problem.limit,
      );
    case 'no-logits':
      return problem.keys.length > 0
        ? l10n.t(
            'No logits found among the keys {0}. Name them “logits”, or select the numbers themselves.',
            problem.keys.map(quoted).join(', '),
          )
        : l10n.t('No logits found. Select numbers, like [[1.2, -0.3, 0.5]], or an object with “logits”.');
    case 'not-a-number':
      return l10n.t(
        'Line {0}: {1} is not a number. Logits are numbers, NaN, Infinity or -Infinity.',
        line,
        quoted(problem.found),
      );
    case 'no-classes':
      return l10n.t('The rows are empty: there are no classes{0}.', where);
    case 'one-class':
      return l10n.t(
        'There is one class only{0}, and softmax over it is always 1. Take rows of 2 classes or more.',
        where,
      );
    case 'ragged':
      return ragged(problem.row, problem.found, problem.expected, line);
    case 'fields':
      return l10n.t(
        'Line {0} has {1} fields, the lines before it have {2}.',
        line,
        problem.found,
        problem.expected,
      );
    case 'columns':
      return l10n.t(
        'Line {0} has more than {1} fields: a table this wide isn’t read. Save the logits as a .npy file.',
        line,
        problem.limit.toLocaleString(),
      );
    case 'empty-field':
      return l10n.t('Line {0}: the field {1} is empty.', line, quoted(problem.column));
    case 'mixed-depth':
      return l10n.t('Row {0} isn’t nested like the rows before it (line {1}).', problem.row, line);
    case 'summarised':
      return l10n.t(
        'The “...” on line {0} stands for numbers that weren’t printed. Print all of them: first {1}, then the tensor again.',
        line,
        PRINT_ALL[problem.printer],
      );
    case 'computed':
      return l10n.t(
        'The code on line {0} computes other numbers from those that are written there ({1}), and isn’t run. Select the list alone to read it as it’s written.',
        line,
        quoted(problem.found),
      );
    case 'several':
      return l10n.t('There are several arrays: {0}. Choose one.', problem.members.map(quoted).join(', '));
    case 'no-member':
      return l10n.t(
        'There is no array {0}. There are {1}.',
        quoted(problem.name),
        problem.members.map(quoted).join(', '),
      );
    case 'no-targets':
      return l10n.t(
        'No targets found among {0}. Name them “targets” or “labels”.',
        problem.members.map(quoted).join(', '),
      );
    case 'not-format':
    case 'array-type':
    case 'file-size':
    case 'no-arrays':
    case 'twice':
    case 'axes':
    case 'zip-method':
    case 'zip-entry':
    case 'zip-overlap':
    case 'inflates':
    case 'bad-deflate':
    case 'inflated-size':
    case 'checksum':
    case 'tensor-place':
      return describeFileProblem(problem);
    case 'text-size':
      return describeTextSize(problem);
    case 'too-large':
      return l10n.t(
        'There is no room for {0} MB of logits. Save them as a .npy file with one row after the other: it’s read piece by piece.',
        Math.round(problem.bytes / 1e6).toLocaleString(),
      );
    case 'target-count':
      return l10n.t('There are {0} targets for {1} rows{2}.', problem.found, problem.expected, where);
    case 'target-shape':
      return l10n.t(
        'The targets’ shape {0} doesn’t fit logits of shape {1}{2}.',
        shape(problem.found),
        shape(problem.shape),
        where,
      );
    case 'target-range':
      return l10n.t(
        'Target {0} in row {1} is outside 0…{2}{3}.',
        problem.found,
        problem.row,
        problem.classes - 1,
        where,
      );
    case 'target-fraction':
      return l10n.t('Target {0} in row {1} is not a whole number{2}.', problem.found, problem.row, where);
    case 'target-name':
      return problem.named
        ? l10n.t(
            'Target {0} in row {1} is not one of the class names (line {2}).',
            quoted(problem.found),
            problem.row,
            line,
          )
        : l10n.t(
            'Target {0} in row {1} is a name, but the logits don’t say what their classes are called (line {2}). Use indices.',
            quoted(problem.found),
            problem.row,
            line,
          );
    case 'target-missing':
      return l10n.t('Row {0} has no target, other rows have one (line {1}).', problem.row, line);
    case 'class-names':
      return l10n.t(
        'There are {0} class names for {1} classes (line {2}).',
        problem.found,
        problem.expected,
        line,
      );
    case 'class-count':
      return l10n.t(
        'The source says {0} classes, its logits have {1} (line {2}).',
        problem.found,
        problem.expected,
        line,
      );
    case 'weight-length':
      return l10n.t(
        'There are {0} class weights for {1} classes (line {2}).',
        problem.found,
        problem.expected,
        line,
      );
    case 'bad-setting':
      return l10n.t(
        'Line {0}: “{1}” is {2}; it should be {3}.',
        line,
        problem.key,
        problem.found,
        expectedSetting(problem.expected),
      );
  }
}

function expectedWord(expected: Expected): string {
  switch (expected) {
    case 'value':
      return l10n.t('a value');
    case 'comma':
      return l10n.t('a comma or the end of the list');
    case 'colon':
      return l10n.t('a colon');
    case 'key':
      return l10n.t('a key in quotes');
    case 'end-quote':
      return l10n.t('the closing quote of a string');
  }
}

function expectedSetting(expected: ExpectedSetting): string {
  switch (expected) {
    case 'whole-number':
      return l10n.t('a whole number');
    case 'int32':
      return l10n.t('a whole number from −2147483648 to 2147483647');
    case 'zero-to-one':
      return l10n.t('a number from 0 to 1');
    case 'weights':
      return l10n.t('a list of numbers, 0 or more');
    case 'reduction':
      return l10n.t('“mean”, “sum” or “none”');
  }
}

function ragged(row: number, found: number, expected: number, line: number): string {
  return row === 1
    ? l10n.t('Row 1 has {0} logits, row 0 has {1} (line {2}).', found, expected, line)
    : l10n.t('Row {0} has {1} logits, rows 0–{2} have {3} (line {4}).', row, found, row - 1, expected, line);
}

function quoted(text: string): string {
  return `“${text}”`;
}

function shape(axes: readonly number[]): string {
  return `(${axes.join(', ')})`;
}
