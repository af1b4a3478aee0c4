import { l10n } from 'vscode';
import { CONVENTIONS, type ConventionName } from '../../../loss/conventions/conventions.ts';
import { type Equation, shownLog, shownLogRatio, shownTargets } from '../../../loss/theory/shownEquations.ts';
import type { SpecFigures } from '../../../loss/theory/specFigures.ts';
import { fixedNats, plain } from '../../../words/numberFormat.ts';
import { code, table } from './hoverMarkdown.ts';

/** Targets are written out up to here. */
const MOST_WRITTEN = 8;

/** The picture in words: `[0.02, 0.02, 0.92, 0.02, 0.02]`, and the formula with the numbers in it. */
export function written(
  convention: ConventionName,
  alpha: number,
  count: number,
  { on, off }: SpecFigures,
  anyClasses: boolean,
): string {
  const equations = shownTargets(convention, alpha, count);
  const [ofTrue, ofOther] = [equations.on, equations.off].map(strong);
  const trueClass = Math.floor(count / 2);
  const targets =
    !anyClasses && count <= MOST_WRITTEN
      ? `${code(`[${Array.from({ length: count }, (_, k) => plain(k === trueClass ? on : off)).join(', ')}]`)} · `
      : '';
  return `${targets}${targetWords(convention, ofTrue!, ofOther!)}`;
}

/** With a sigmoid per class each class has a label, and none is the true class. */
function targetWords(convention: ConventionName, on: string, off: string): string {
  const { activation, padded } = CONVENTIONS[convention];
  if (activation === 'sigmoid') return l10n.t('label 1: {0}, label 0: {1}', on, off);
  return padded
    ? l10n.t('true class {0}, others {1}, padding 0', on, off)
    : l10n.t('true class {0}, others {1}', on, off);
}

/** With its value in bold. Of what is its own value, that alone. */
function strong({ left, sign, right }: Equation): string {
  return left === right ? `**${right}**` : `${left} ${sign} **${right}**`;
}

function inNats({ left, sign, right }: Equation): string {
  return l10n.t('{0} nats', `${left} ${sign} ${right}`);
}

/** For a loss that is the cross-entropy of its targets and nothing else. */
export function figureTable({ smoothing, floor, guessing, on, off }: SpecFigures): string {
  const softmax = smoothing.activation === 'softmax';
  const { left, sign, right } = shownLogRatio(on, softmax ? off : 1 - on, 4);
  const columns = [
    [l10n.t('floor'), `**${l10n.t('{0} nats', fixedNats(floor, 6))}**`],
    [
      l10n.t('uniform guess'),
      softmax && floor > 0
        ? inNats(shownLog(smoothing.among, 4))
        : l10n.t('{0} nats', fixedNats(guessing, 4)),
    ],
    [l10n.t('optimal p'), plain(on)],
    [softmax ? l10n.t('optimal logit gap') : l10n.t('optimal logit'), `${left} ${sign} ${right}`],
  ];
  return table(
    columns.map(([head]) => head!),
    [columns.map(([, value]) => value!)],
  );
}
