import * as l10n from '@vscode/l10n';
import type { LabFigure } from '../../../lab/measure/labFigures.ts';
import { minus } from '../../../words/numberFormat.ts';
import { withPercentSign } from '../../../words/percent.ts';
import { termDecimals } from '../../../words/trueSum.ts';

/** How a figure is read: its decimals, and whether it's a share that is read in percent, and its changes in points. */
interface FigureFormat {
  readonly digits: number;
  readonly isShare: boolean;
}

const SHARES: readonly LabFigure[] = ['accuracy', 'trainAccuracy', 'overconfidence', 'learntByHeart'];
const DIGITS: Readonly<Partial<Record<LabFigure, number>>> = { gap: 2, testGap: 2, nll: 3, loss: 3 };
/** After one temperature little is left, and differences are smaller. */
const FINE: readonly LabFigure[] = ['nllScaled', 'validationNllScaled', 'brierScaled'];
/** The two are compared with each other: both have as many decimals, always. */
const ERRORS: readonly LabFigure[] = ['ece', 'eceScaled'];

const IN_NATS: readonly LabFigure[] = ['nll', 'nllScaled'];

function formatOf(figure: LabFigure): FigureFormat {
  if (SHARES.includes(figure)) return { digits: 1, isShare: true };
  return { digits: FINE.includes(figure) ? 4 : (DIGITS[figure] ?? 3), isShare: false };
}

/** A number with so many decimals, and a typographic minus; a dash where there's none. */
export function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? minus(value.toFixed(digits)).replace(/^−(0(?:\.0*)?)$/, '$1') : '–';
}

/** The same with its sign. */
export function signedFixed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return value > 0 && Number(value.toFixed(digits)) > 0 ? `+${text}` : text;
}

/** The decimals of a figure without smoothing and with it, where the change between is shown, too. */
export function pairDigits(figure: LabFigure, [without, smoothed]: readonly [number, number]): number {
  const { digits, isShare } = formatOf(figure);
  if (ERRORS.includes(figure)) return digits + 1;
  const scale = isShare ? 100 : 1;
  return termDecimals([[scale * smoothed, scale * without]], digits);
}

/** A figure as it is: a share in percent. */
export function figureText(figure: LabFigure, value: number, digits = formatOf(figure).digits): string {
  if (figure === 'overconfidence') return l10n.t('{0} points', fixed(100 * value, digits));
  return formatOf(figure).isShare ? withPercentSign(fixed(100 * value, digits)) : fixed(value, digits);
}

/** The same with its unit, where no title has it. */
export function figureWithUnit(figure: LabFigure, value: number, digits?: number): string {
  const text = figureText(figure, value, digits);
  return IN_NATS.includes(figure) ? l10n.t('{0} nats', text) : text;
}

/** A difference of figures: of shares in points. */
export function changeText(figure: LabFigure, value: number): string {
  const { digits, isShare } = formatOf(figure);
  return signedFixed(isShare ? 100 * value : value, digits);
}

/** The same with its unit. */
export function changeWithUnit(figure: LabFigure, value: number): string {
  const text = changeText(figure, value);
  if (IN_NATS.includes(figure)) return l10n.t('{0} nats', text);
  return formatOf(figure).isShare ? l10n.t('{0} points', text) : text;
}

/** Overconfident or underconfident, by how many points. */
export function confidenceWords(difference: number): string {
  const points = fixed(Math.abs(100 * difference), 1);
  return difference >= 0
    ? l10n.t('overconfident by {0} points', points)
    : l10n.t('underconfident by {0} points', points);
}

/** A duration in a sentence: “20 s”, “2 min”. */
export function durationText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 100) return l10n.t('{0} s', seconds >= 20 ? 5 * Math.round(seconds / 5) : seconds);
  return l10n.t('{0} min', Math.round(seconds / 60));
}
