import * as l10n from '@vscode/l10n';
import { LOSS_REDUCTIONS, type Reduction } from '../../loss/lossSpec.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { usePage } from '../state/page.ts';
import type { Chosen } from '../state/panelChoices.ts';
import { AlphaField } from './alphaField.tsx';
import { ConventionLine, ConventionSelect } from './conventionSelect.tsx';
import { FromCode, type Took } from './fromCode.tsx';
import { MoreControls } from './moreControls.tsx';
import { conventionRefusal } from './specOfPanel.ts';
import { ValueKindControl } from './valueKind.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly spec: PanelSpec;
  readonly chosen: Chosen;
  readonly took: Took | undefined;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** What the loss is computed with. */
export function Controls({ snapshot, spec, chosen, took, choose }: Props) {
  const { viewRequest } = usePage();
  const { labelSmoothing: alpha, reduction } = spec;
  return (
    <>
      <div class="controls">
        <AlphaField alpha={alpha} choose={choose} />
        <ConventionSelect
          convention={chosen.convention}
          refusal={(name) => conventionRefusal(name, snapshot)}
          choose={(convention) => {
            choose({ convention });
            viewRequest.measureFor(convention, snapshot);
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
        <ValueKindControl snapshot={snapshot} />
        <MoreControls snapshot={snapshot} spec={spec} choose={choose} />
        <FromCode snapshot={snapshot} spec={spec} took={took} />
      </div>
      <ConventionLine convention={spec.convention} />
    </>
  );
}
