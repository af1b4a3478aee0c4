import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { BinChoice } from '../../protocol/panel.ts';

const MOST_BINS = 100;

interface Props {
  readonly bins: BinChoice;
  readonly choose: (bins: BinChoice) => void;
}

/** How rows are put in bins by their confidence. */
export function Bins({ bins, choose }: Props) {
  const [text, setText] = useState<string>();
  const typed = text === undefined ? bins.count : Number(text);
  const isWrong = !(Number.isInteger(typed) && typed >= 1 && typed <= MOST_BINS);
  const type = (value: string) => {
    setText(value);
    const count = Number(value);
    if (Number.isInteger(count) && count >= 1 && count <= MOST_BINS) choose({ ...bins, count });
  };
  return (
    <div class="controls">
      <label>
        {l10n.t('bins')}
        <input
          type="text"
          inputMode="numeric"
          class="number"
          value={text ?? String(bins.count)}
          aria-invalid={isWrong}
          data-control="bins"
          onInput={(event) => type(event.currentTarget.value)}
          onBlur={() => setText(undefined)}
        />
      </label>
      <label>
        {l10n.t('each with')}
        <select
          value={bins.kind}
          data-control="binKind"
          onChange={(event) =>
            choose({ ...bins, kind: event.currentTarget.value === 'mass' ? 'mass' : 'width' })
          }
        >
          <option value="width">{l10n.t('the same width')}</option>
          <option value="mass">{l10n.t('as many rows')}</option>
        </select>
      </label>
      {isWrong && (
        <span class="wrong" role="alert">
          {l10n.t('1 to {0} bins', MOST_BINS)}
        </span>
      )}
    </div>
  );
}
