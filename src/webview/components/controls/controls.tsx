import * as l10n from '@vscode/l10n';
import { convertAlpha } from '../../../loss/conventions.ts';
import { LOSS_REDUCTIONS, type Reduction } from '../../../loss/spec.ts';
import type { AppliedAlpha, PanelSnapshot, PanelSpec } from '../../../protocol/panel.ts';
import type { Chosen } from '../../choice.ts';
import { conventionRefusal } from '../../spec.ts';
import { measureFor } from '../../view.ts';
import { ApplyAlpha } from '../applyAlpha.tsx';
import { Alpha } from './alpha.tsx';
import { ConventionLine, ConventionSelect } from './convention.tsx';
import { More } from './more.tsx';
import { Values } from './values.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly spec: PanelSpec;
  readonly chosen: Chosen;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** What the loss is computed with. */
export function Controls({ snapshot, spec, chosen, choose }: Props) {
  const { labelSmoothing: alpha, reduction } = spec;
  return (
    <>
      <div class="controls">
        <Alpha alpha={alpha} choose={choose} />
        <ConventionSelect
          convention={chosen.convention}
          refusal={(name) => conventionRefusal(name, snapshot)}
          choose={(convention) => {
            choose({ convention });
            measureFor(convention, snapshot);
          }}
        />
        <label>
          {l10n.t('reduction')}
          <select
            value={reduction}
            onChange={(event) => choose({ reduction: event.currentTarget.value as Reduction })}
            data-control="reduction"
          >
            {LOSS_REDUCTIONS.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Values snapshot={snapshot} />
        <More snapshot={snapshot} spec={spec} choose={choose} />
        {snapshot.applied && snapshot.applied.id === chosen.appliedId && (
          <span class="note" data-figure="applied">
            {snapshot.applied.labelSmoothing === alpha
              ? l10n.t('from {0}', snapshot.applied.from)
              : l10n.t('{0} in {1}', snapshot.applied.labelSmoothing, snapshot.applied.from)}
          </span>
        )}
        {snapshot.applied && snapshot.applied.id === chosen.appliedId && (
          <ApplyAlpha
            shown={{ convention: spec.convention, labelSmoothing: alpha, classes: snapshot.stats.classes }}
            same={isSame(snapshot.applied, spec, snapshot.stats.classes)}
          />
        )}
      </div>
      <ConventionLine convention={spec.convention} />
    </>
  );
}

/** True if the code's α gives the targets that are shown, but for what rounding adds. */
function isSame(inCode: AppliedAlpha, { convention, labelSmoothing }: PanelSpec, classes: number): boolean {
  const converted = convertAlpha(inCode.convention, convention, inCode.labelSmoothing, classes);
  return converted !== undefined && Math.abs(converted.alpha - labelSmoothing) < 1e-9;
}
