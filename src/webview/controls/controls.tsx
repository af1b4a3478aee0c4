import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import type { PanelSnapshot, Unfolded } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { usePage } from '../state/page.ts';
import type { Chosen } from '../state/panelChoices.ts';
import { AlphaField } from './alphaField.tsx';
import { ConventionSelect } from './conventionSelect.tsx';
import { ConventionWords } from './conventionWords.tsx';
import { FromCode, type Took } from './fromCode.tsx';
import { LossChip } from './lossChip.tsx';
import { MoreControls } from './moreControls.tsx';
import { conventionRefusal } from './specOfPanel.ts';
import type { WantedSettings } from './wantedSettings.ts';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly spec: PanelSpec;
  /** As they're wanted; the figures may be of others. */
  readonly settings: WantedSettings;
  readonly smoothing: Smoothing;
  readonly chosen: Chosen;
  readonly took: Took | undefined;
  readonly choose: (part: Partial<Chosen>) => void;
  readonly unfolded: Unfolded;
  readonly toggle: (part: keyof Unfolded) => void;
}

/** α, what it means, and where in code it's from; what else the loss is computed with is folded away. */
export function Controls({
  snapshot,
  spec,
  settings,
  smoothing,
  chosen,
  took,
  choose,
  unfolded,
  toggle,
}: Props) {
  const { viewRequest } = usePage();
  return (
    <div class="controls">
      <AlphaField alpha={spec.labelSmoothing} choose={choose} />
      <ConventionSelect
        convention={chosen.convention}
        refusal={(name) => conventionRefusal(name, snapshot)}
        choose={(convention) => {
          choose({ convention });
          viewRequest.measureFor(convention, snapshot);
        }}
      />
      <FromCode snapshot={snapshot} spec={spec} took={took} />
      <MoreControls
        snapshot={snapshot}
        spec={spec}
        settings={settings}
        choose={choose}
        open={unfolded.more}
        toggle={() => toggle('more')}
      >
        <ConventionWords spec={spec} smoothing={smoothing} soft={snapshot.stats.targets === 'soft'} />
        <LossChip snapshot={snapshot} alpha={spec.labelSmoothing} />
      </MoreControls>
    </div>
  );
}
