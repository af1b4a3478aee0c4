import * as l10n from '@vscode/l10n';
import { LOSS_REDUCTIONS, type Reduction } from '../../../loss/spec.ts';
import type { PanelSnapshot, PanelSpec } from '../../../protocol/panel.ts';
import type { Chosen } from '../../choice.ts';
import { conventionRefusal } from '../../spec.ts';
import { measureFor } from '../../view.ts';
import { Alpha } from './alpha.tsx';
import { ConventionLine, ConventionSelect } from './convention.tsx';
import { FromCode, type Took } from './fromCode.tsx';
import { More } from './more.tsx';
import { Values } from './values.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly spec: PanelSpec;
  readonly chosen: Chosen;
  readonly took: Took | undefined;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** What the loss is computed with. */
export function Controls({ snapshot, spec, chosen, took, choose }: Props) {
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
        <FromCode snapshot={snapshot} spec={spec} took={took} />
      </div>
      <ConventionLine convention={spec.convention} />
    </>
  );
}
