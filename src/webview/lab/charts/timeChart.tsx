import * as l10n from '@vscode/l10n';
import { ChartFrame } from '../../charts/chartFrame.tsx';
import { shownAs } from '../../charts/chartTable.ts';
import { DataTable } from '../../charts/dataTable.tsx';
import { marksIn } from '../state/measuredEpochs.ts';
import { meanAt } from '../state/trainedPart.ts';
import { figureText } from '../words/labNumbers.ts';
import type { TimeChartProps } from './curveSet.ts';
import { HEIGHT, TimeDrawing } from './timeDrawing.tsx';

/** Figures over time. Pointing at it looks at that epoch, everywhere. */
export function TimeChart(props: TimeChartProps) {
  const { view, title, curves, levels, floor, children } = props;
  const { part, epoch } = view;
  const table = () => ({
    head: [l10n.t('epoch'), ...curves.map(({ name }) => name)],
    rows: part
      ? marksIn(part).map((mark) => [
          mark,
          ...curves.map(({ figure, alpha }) =>
            shownAs(meanAt(part, alpha, figure, mark), (value) => figureText(figure, value)),
          ),
        ])
      : [],
  });
  const said = part
    ? curves
        .map(
          ({ figure, alpha, name }) => `${name}: ${figureText(figure, meanAt(part, alpha, figure, epoch))}`,
        )
        .join(', ')
    : [
        l10n.t('Nothing is trained yet'),
        ...(floor ? [l10n.t('floor {0}', floor.toFixed(3))] : []),
        ...levels.map(({ name }) => name),
      ].join('; ');
  return (
    <DataTable title={title} table={table}>
      <ChartFrame height={HEIGHT} label={said}>
        {(width) => <TimeDrawing {...props} width={width} />}
      </ChartFrame>
      {children}
    </DataTable>
  );
}
