import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import { count, plain } from '../../../../words/numberFormat.ts';
import { percent } from '../../../../words/percent.ts';
import { ChartFrame } from '../../../charts/chartFrame.tsx';
import { shownAs } from '../../../charts/chartTable.ts';
import { DataTable } from '../../../charts/dataTable.tsx';
import type { StoryView } from '../../state/storyView.ts';
import { meanAt } from '../../state/trainedPart.ts';
import { figureText, pairDigits } from '../../words/labNumbers.ts';
import { PooledDiagram, type ShownBin, TOP } from './pooledDiagram.tsx';

interface Props {
  readonly view: StoryView;
}

const GAP = 22;
const LEFT = 24;
const BOTTOM = 42;

/** How often networks are right against how sure they are, without smoothing and with it, all seeds together. */
export function Reliability({ view }: Props) {
  const { part, alpha, alphaIndex, epoch } = view;
  const [isScaled, setScaled] = useState(false);
  const reliability = part?.runs[0]?.reliability ?? null;
  const names = ['α = 0', `α = ${plain(alpha)}`] as const;
  const binsOf = (of: number): readonly ShownBin[] => {
    if (!reliability) return [];
    const values = isScaled ? reliability.scaled : reliability.asItIs;
    const start = of * reliability.bins * 3;
    return Array.from({ length: reliability.bins }, (_, i) => ({
      confidence: values[start + 3 * i]!,
      accuracy: values[start + 3 * i + 1]!,
      rows: values[start + 3 * i + 2]!,
    })).filter(({ rows }) => rows > 0);
  };
  const both = [0, alphaIndex].map(binsOf);
  const figure = isScaled ? 'eceScaled' : 'ece';
  const mean = (of: number) => (part ? meanAt(part, of, figure, null) : Number.NaN);
  const ece = (of: number) => figureText(figure, mean(of), pairDigits(figure, [mean(0), mean(alphaIndex)]));
  const table = () => ({
    head: ['', l10n.t('confidence'), l10n.t('accuracy'), l10n.t('rows')],
    rows: both.flatMap((bins, i) =>
      bins.map(({ confidence, accuracy, rows }) => [
        names[i]!,
        shownAs(confidence, (value) => percent(value, 1)),
        shownAs(accuracy, (value) => percent(value, 1)),
        shownAs(rows, count),
      ]),
    ),
  });
  const said = reliability
    ? l10n.t('Mean ECE: without smoothing {0}, with it {1}.', ece(0), ece(alphaIndex))
    : l10n.t('Nothing is trained yet');
  const switches = (
    <fieldset class="seg" aria-label={l10n.t('Temperature')}>
      {[
        { scaled: false, name: l10n.t('before scaling') },
        { scaled: true, name: l10n.t('after scaling') },
      ].map(({ scaled, name }) => (
        <button
          type="button"
          key={name}
          aria-pressed={isScaled === scaled}
          data-control={scaled ? 'scaled' : 'asItIs'}
          onClick={() => setScaled(scaled)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
  const [height, setHeight] = useState(0);
  return (
    <DataTable title={l10n.t('Accuracy against confidence')} tools={switches} table={table}>
      <ChartFrame height={height} label={said}>
        {(width) => {
          const side = Math.floor((width - GAP - 2 * LEFT) / 2);
          const needed = TOP + side + BOTTOM;
          if (needed !== height) queueMicrotask(() => setHeight(needed));
          return both.map((bins, i) => (
            <PooledDiagram
              key={names[i]}
              x={LEFT + i * (side + LEFT + GAP)}
              side={side}
              bins={bins}
              name={names[i]!}
              mark={i === 0 ? '' : 't'}
              says={reliability ? `ECE ${ece(i === 0 ? 0 : alphaIndex)}` : l10n.t('no network yet')}
            />
          ));
        }}
      </ChartFrame>
      <p class="says">
        {l10n.t(
          'Each dot is a bin of held-out predictions, larger if it has more of them; the bar is its calibration gap. Above the line, predictions are underconfident. All seeds are counted together.',
        )}{' '}
        {epoch !== null && l10n.t('The state at the end of training; earlier epochs aren’t stored.')}
      </p>
    </DataTable>
  );
}
