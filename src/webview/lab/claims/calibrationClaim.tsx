import * as l10n from '@vscode/l10n';
import { calibrationCode, claimOf } from '../../../lab/experiments/claims.ts';
import type { LabFigure } from '../../../lab/measure/labFigures.ts';
import { plain } from '../../../words/numberFormat.ts';
import type { StoryView } from '../state/storyView.ts';
import { isFinished, meanAt, verdictOn } from '../state/trainedPart.ts';
import { changeText, figureText, pairDigits } from '../words/labNumbers.ts';
import { calibrationSign, calibrationWord, signOf, soFar } from './verdictText.ts';

/** Whether calibration gets better takes three numbers to say, always. */
export function CalibrationClaim({ view }: { readonly view: StoryView }) {
  const { part, alpha, alphaIndex, epoch, isEnd } = view;
  const [asItIs, scaled] =
    isEnd && isFinished(part)
      ? [
          verdictOn(part, claimOf('ece-falls'), alphaIndex),
          verdictOn(part, claimOf('ece-scaled-falls'), alphaIndex),
        ]
      : [];
  const code = asItIs && scaled && calibrationCode(asItIs, scaled);
  const judged = code && calibrationSign(code);
  const { sign, kind } = judged === null ? { sign: '±', kind: 'open' } : signOf(judged, part !== undefined);
  const rows: readonly (readonly [string, LabFigure])[] = [
    [l10n.t('confidence − accuracy, points'), 'overconfidence'],
    [l10n.t('ECE before temperature scaling'), 'ece'],
    [l10n.t('ECE after temperature scaling'), 'eceScaled'],
  ];
  const text = (figure: LabFigure, of: number) => {
    if (!part) return '–';
    const mean = (each: number) => meanAt(part, each, figure, epoch);
    return figure === 'overconfidence'
      ? changeText(figure, mean(of))
      : figureText(figure, mean(of), pairDigits(figure, [mean(0), mean(alphaIndex)]));
  };
  return (
    <li data-claim="calibration" data-verdict={code ?? (part ? 'live' : 'none')}>
      <span class={`verdict ${kind}`} aria-hidden="true">
        {sign}
      </span>
      <h3>{l10n.t('Claim: {0}', l10n.t('Calibration gets better'))}</h3>
      <p class="what">
        {code ? (
          <b>{calibrationWord(code)}</b>
        ) : part ? (
          <b>{soFar(epoch)}</b>
        ) : (
          l10n.t('Three numbers: confidence − accuracy, ECE before temperature scaling, and ECE after it.')
        )}
      </p>
      {part && (
        <table class="three-numbers">
          <thead>
            <tr>
              <td />
              <th scope="col">α = 0</th>
              <th scope="col" class="t">
                α = {plain(alpha)}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, figure]) => (
              <tr key={figure}>
                <th scope="row">{name}</th>
                <td>{text(figure, 0)}</td>
                <td class="t">{text(figure, alphaIndex)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </li>
  );
}
