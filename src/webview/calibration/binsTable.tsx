import * as l10n from '@vscode/l10n';
import { MOST_BINS } from '../../loss/calibration/reliabilityBins.ts';
import type { BinChoice } from '../../protocol/panelKept.ts';
import { typedNumber } from '../../words/readNumber.ts';
import { Field, type ParsedField } from '../widgets/field.tsx';

interface Props {
  readonly bins: BinChoice;
  readonly choose: (bins: BinChoice) => void;
}

/** How rows are put in bins by their confidence. */
export function BinsTable({ bins, choose }: Props) {
  return (
    <div class="controls">
      <span class="name-and-field">
        <span aria-hidden="true">{l10n.t('bins')}</span>
        <Field
          text={String(bins.count)}
          parse={parseCount}
          onValue={(count) => choose({ ...bins, count })}
          label={l10n.t('Number of bins')}
          control="bins"
          inputMode="numeric"
        />
      </span>
      <label>
        {l10n.t('binning')}
        <select
          value={bins.kind}
          data-control="binKind"
          onChange={(event) =>
            choose({ ...bins, kind: event.currentTarget.value === 'mass' ? 'mass' : 'width' })
          }
        >
          <option value="width">{l10n.t('equal width')}</option>
          <option value="mass">{l10n.t('equal mass')}</option>
        </select>
      </label>
    </div>
  );
}

function parseCount(text: string): ParsedField<number> {
  const count = typedNumber(text);
  return Number.isInteger(count) && count >= 1 && count <= MOST_BINS
    ? { value: count }
    : { problem: l10n.t('1 to {0} bins', MOST_BINS) };
}
