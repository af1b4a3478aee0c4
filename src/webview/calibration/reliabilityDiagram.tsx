import * as l10n from '@vscode/l10n';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { Bin } from '../../loss/calibration/reliabilityBins.ts';
import type { BinChoice } from '../../protocol/panelKept.ts';
import { count, nats, probability } from '../../words/numberFormat.ts';
import { percent } from '../../words/percent.ts';
import { ChartFrame, LeftGrid, UnitAxis } from '../charts/chartFrame.tsx';
import { shownAs } from '../charts/chartTable.ts';
import { DataTable } from '../charts/dataTable.tsx';
import { Legend } from '../charts/legend.tsx';
import { rowsText } from '../widgets/rowsText.ts';
import type { Scored } from './scoredRows.ts';

interface Props {
  readonly title: string;
  readonly scored: Scored;
  readonly kind: BinChoice['kind'];
}

const MARGIN = { top: 10, right: 12, left: 34 };
const PLOT = 230;
/** The histogram below, and the room between. */
const GAP = 26;
const BARS = 54;
const BASE = MARGIN.top + PLOT + GAP + BARS;
const HEIGHT = BASE + 26;

/** A reliability diagram: how often the rows of a bin are right, against how sure they are. Below it, how many are how sure. */
export function ReliabilityDiagram({ title, scored, kind }: Props) {
  const used = scored.bins.filter((bin) => bin.rows > 0);
  const table = () => ({
    head: [
      l10n.t('confidence'),
      l10n.t('rows'),
      l10n.t('mean confidence'),
      l10n.t('accuracy'),
      l10n.t('gap'),
    ],
    rows: used.map((bin) => [
      `${probability(bin.low)} – ${probability(bin.high)}`,
      shownAs(bin.rows, count),
      shownAs(bin.confidence, percent),
      shownAs(bin.accuracy, percent),
      shownAs(Math.abs(bin.accuracy - bin.confidence), nats),
    ]),
  });
  return (
    <DataTable title={title} table={table}>
      <ChartFrame
        height={HEIGHT}
        label={l10n.t(
          'Accuracy against confidence in the {0} bins that have rows; expected calibration error {1}',
          used.length,
          nats(scored.expectedError),
        )}
      >
        {(width) => <Diagram scored={scored} used={used} kind={kind} width={width} />}
      </ChartFrame>
      <Legend
        entries={[
          { sign: '●', mark: 'prediction', text: l10n.t('accuracy of a bin') },
          { sign: '┃', mark: 'miss', text: l10n.t('calibration gap') },
          { sign: '╌', mark: 'ideal', text: l10n.t('perfect calibration') },
          { sign: '│', mark: 'prediction', text: l10n.t('mean confidence') },
          { sign: '┆', mark: 'accuracy', text: l10n.t('accuracy') },
        ]}
      />
    </DataTable>
  );
}

type DiagramProps = Pick<Props, 'scored' | 'kind'> & {
  readonly used: readonly Bin[];
  readonly width: number;
};

function Diagram({ scored, used, kind, width }: DiagramProps) {
  const right = width - MARGIN.right;
  const x = scaleLinear().domain([0, 1]).range([MARGIN.left, right]);
  const y = scaleLinear()
    .domain([0, 1])
    .range([MARGIN.top + PLOT, MARGIN.top]);
  const largest = Math.max(...used.map((bin) => bin.rows));
  return (
    <>
      <LeftGrid y={y} ticks={[0, 0.25, 0.5, 0.75, 1]} left={MARGIN.left} right={right} />
      <line class="ideal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
      {used.map((bin) => (
        <g key={bin.high} class="reliable">
          <title>{tooltip(bin)}</title>
          {kind === 'width' && (
            <rect
              class="share"
              x={x(bin.low) + 0.5}
              y={y(bin.accuracy)}
              width={Math.max(1, x(bin.high) - x(bin.low) - 1)}
              height={y(0) - y(bin.accuracy)}
            />
          )}
          <path class="miss" d={`M${x(bin.confidence)},${y(bin.confidence)}V${y(bin.accuracy)}`} />
          <circle
            class="accuracy"
            cx={x(bin.confidence)}
            cy={y(bin.accuracy)}
            r={2.5 + 3 * Math.sqrt(bin.rows / largest)}
          />
        </g>
      ))}
      <Histogram scored={scored} x={x} />
    </>
  );
}

/** How many rows are how sure, with marks where the mean confidence and the accuracy are. */
function Histogram({ scored, x }: { readonly scored: Scored; readonly x: ScaleLinear<number, number> }) {
  const { histogram, confidence, accuracy, rows } = scored;
  const fullest = Math.max(1, ...histogram.map((bin) => bin.rows));
  const height = (bin: Bin) => (bin.rows > 0 ? Math.max(1, (BARS * bin.rows) / fullest) : 0);
  return (
    <>
      {histogram.map((bin) => (
        <rect
          key={bin.high}
          class="bin"
          x={x(bin.low) + 0.5}
          y={BASE - height(bin)}
          width={Math.max(1, x(bin.high) - x(bin.low) - 1)}
          height={height(bin)}
        >
          <title>
            {l10n.t(
              'confidence from {0} to {1}: {2} ({3})',
              probability(bin.low),
              probability(bin.high),
              rowsText(bin.rows),
              percent(bin.rows / rows),
            )}
          </title>
        </rect>
      ))}
      <line class="axis" x1={x(0)} x2={x(1)} y1={BASE} y2={BASE} />
      <path class="confidence" d={`M${x(confidence)},${BASE - BARS - 8}V${BASE}`}>
        <title>{l10n.t('mean confidence {0}', percent(confidence))}</title>
      </path>
      <path class="right" d={`M${x(accuracy)},${BASE - BARS - 8}V${BASE}`}>
        <title>{l10n.t('accuracy {0}', percent(accuracy))}</title>
      </path>
      <UnitAxis x={x} y={BASE + 18} names={[l10n.t('confidence histogram'), l10n.t('confidence')]} />
    </>
  );
}

function tooltip({ low, high, rows, confidence, accuracy }: Bin): string {
  return [
    l10n.t('confidence from {0} to {1}: {2}', probability(low), probability(high), rowsText(rows)),
    l10n.t('mean confidence {0}', percent(confidence)),
    l10n.t('accuracy {0}', percent(accuracy)),
  ].join('\n');
}
