import * as l10n from '@vscode/l10n';
import { plain } from '../../words/numberFormat.ts';
import { typedNumber } from '../../words/readNumber.ts';
import type { Chosen } from '../state/panelChoices.ts';
import { Field, type ParsedField } from '../widgets/field.tsx';
import { alphaAt, LAST_POSITION, sliderPosition } from './alphaScale.ts';

interface Props {
  readonly alpha: number;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** The slider for a feel, the field for an exact value. */
export function AlphaField({ alpha, choose }: Props) {
  return (
    <span class="alpha">
      <label
        for="alpha"
        title={l10n.t('Label smoothing: the share of the target that’s spread over the classes')}
      >
        α
      </label>
      <input
        id="alpha"
        type="range"
        min="0"
        max={LAST_POSITION}
        step="1"
        value={sliderPosition(alpha)}
        aria-label={l10n.t('Label smoothing α')}
        aria-valuetext={plain(alpha)}
        onInput={({ currentTarget }) =>
          // It may come past where it was last let go of.
          choose({ labelSmoothing: alphaAt(currentTarget.valueAsNumber), settledAlpha: Number.NaN })
        }
        onChange={(event) => choose({ settledAlpha: alphaAt(event.currentTarget.valueAsNumber) })}
      />
      <Field
        text={String(alpha)}
        parse={parseAlpha}
        onValue={(value) => choose({ labelSmoothing: value, settledAlpha: value })}
        label={l10n.t('Label smoothing α, exactly')}
        control="alpha"
      />
    </span>
  );
}

export function parseAlpha(text: string): ParsedField<number> {
  const value = typedNumber(text);
  return value >= 0 && value <= 1 ? { value } : { problem: l10n.t('Enter a number from 0 to 1') };
}
