import * as l10n from '@vscode/l10n';
import { exact, nats, plain } from '../../words/numberFormat.ts';
import { percent } from '../../words/percent.ts';
import { exactLoss } from '../widgets/figure.tsx';
import type { Scored } from './scoredRows.ts';

interface Props {
  /** Before and after. */
  readonly temperatures: readonly [number, number];
  readonly before: Scored;
  readonly after: Scored | null;
}

/** The figures before and after, one below the other. */
export function ScoresTable({ temperatures, before, after }: Props) {
  return (
    <table class="scores">
      <thead>
        <tr>
          <th scope="col" class="score-head">
            <span class="unseen">{l10n.t('figure')}</span>
          </th>
          <th scope="col" class="score-head">
            {temperatures[0] === 1 ? l10n.t('before') : l10n.t('T = {0}', plain(temperatures[0]))}
          </th>
          {after && (
            <th scope="col" class="score-head">
              {l10n.t('T = {0}', plain(temperatures[1]))}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {lines().map(({ key, name, title, format, exactly = exact }) => (
          <tr key={key}>
            <th scope="row" class="score-name" title={title}>
              {name}
            </th>
            <Cell name={`${key}Before`} value={before[key]} {...{ format, exactly }} />
            {after && <Cell name={`${key}After`} value={after[key]} {...{ format, exactly }} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type CellProps = {
  readonly name: string;
  readonly value: number;
  readonly format: (value: number) => string;
  /** All of its digits, for the tooltip. */
  readonly exactly: (value: number) => string;
};

function Cell({ name, value, format, exactly }: CellProps) {
  return (
    <td class="score" data-figure={name} data-exact={value} title={exactly(value)}>
      {format(value)}
    </td>
  );
}

type Key = 'confidence' | 'accuracy' | 'expectedError' | 'maximumError' | 'nll' | 'brier';

interface Line {
  readonly key: Key;
  readonly name: string;
  readonly title: string;
  readonly format: (value: number) => string;
  /** Without it, the number alone. */
  readonly exactly?: (value: number) => string;
}

function lines(): readonly Line[] {
  return [
    {
      key: 'confidence',
      name: l10n.t('mean confidence'),
      title: l10n.t('The largest p of each row, averaged over the rows'),
      format: (share) => percent(share),
    },
    {
      key: 'accuracy',
      name: l10n.t('accuracy'),
      title: l10n.t('Temperature scaling doesn’t change predictions'),
      format: (share) => percent(share),
    },
    {
      key: 'expectedError',
      name: 'ECE',
      title: l10n.t(
        'Expected calibration error: the gap between accuracy and confidence, averaged over the bins',
      ),
      format: nats,
    },
    {
      key: 'maximumError',
      name: 'MCE',
      title: l10n.t('Maximum calibration error: the largest gap in any bin, however few rows it has'),
      format: nats,
    },
    {
      key: 'nll',
      name: 'NLL',
      title: l10n.t('−ln p(true class) in nats, without smoothing'),
      format: nats,
      exactly: exactLoss,
    },
    {
      key: 'brier',
      name: l10n.t('Brier score'),
      title: l10n.t('The squared distance between prediction and target, 0 to 2'),
      format: nats,
    },
  ];
}
