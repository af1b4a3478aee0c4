import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import { batchFigures } from '../../loss/batch/batchFigures.ts';
import { lossTermsOf } from '../../loss/batch/lossTerms.ts';
import { reduced } from '../../loss/batch/reduction.ts';
import { type BatchSums, GRID } from '../../loss/sums/batchSums.ts';
import { totalsAt } from '../../loss/sums/temperedTotals.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { bound, nats, plain } from '../../words/numberFormat.ts';
import { typedNumber } from '../../words/readNumber.ts';
import { NeedsLogits } from '../panel/elsewhere.tsx';
import type { Measured } from '../summary/measuredRows.ts';
import type { ParsedField } from '../widgets/field.tsx';
import { TemperatureField } from '../widgets/temperatureField.tsx';

const RANGE = [GRID.at(-1)!, GRID[0]!] as const;

interface Props {
  readonly sums: BatchSums;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  /** Where it begins. */
  readonly best: number;
}

/** The loss at another temperature, as far as sums tell: it's asked here, since every other figure is at T = 1. */
export function LossAtT({ sums, measured, spec, best }: Props) {
  const [temperature, choose] = useState(() => Number(best.toPrecision(3)));
  if (spec.weight)
    return <NeedsLogits what={l10n.t('With class weights, the loss at another T needs the logits.')} />;
  const overall = spec.reduction === 'none' ? 'mean' : spec.reduction;
  const terms = lossTermsOf(spec, measured.stats);
  const lossOf = (totals: Measured['totals']) => batchFigures(totals, terms, undefined, spec.reduction).loss;
  const tempered = totalsAt(sums, measured.totals, temperature);
  const loss = tempered ? lossOf(tempered.totals) : Number.NaN;
  return (
    <div class="controls">
      <TemperatureField
        {...{ temperature, choose }}
        range={RANGE}
        parse={parseMeasured}
        labels={[
          l10n.t('Temperature T at which the loss is computed'),
          l10n.t('Temperature T at which the loss is computed, exactly'),
        ]}
        control="sumsTemperature"
      />
      <span data-figure="lossAtT" data-exact={loss} aria-live="polite">
        {l10n.t(
          'With the logits divided by {0}, the loss at α = {1} is {2} (± {3}) instead of {4}.',
          plain(temperature),
          plain(spec.labelSmoothing),
          nats(loss),
          bound(tempered ? reduced(tempered.within, measured.totals, overall) : Number.NaN),
          nats(lossOf(measured.totals)),
        )}
      </span>
    </div>
  );
}

function parseMeasured(text: string): ParsedField<number> {
  const value = typedNumber(text);
  return value >= RANGE[0] && value <= RANGE[1]
    ? { value }
    : {
        problem: l10n.t(
          'Enter a number from {0} to {1}, the range of temperatures in which NLL was measured',
          plain(RANGE[0]),
          plain(RANGE[1]),
        ),
      };
}
