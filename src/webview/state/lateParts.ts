import type { ComponentChildren, ComponentType } from 'preact';
import type { BatchFigures } from '../../loss/batch/batchFigures.ts';
import type { LossTerms } from '../../loss/batch/lossTerms.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import type { ShownAlpha } from '../../protocol/alphaChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import type { WantedSettings } from '../controls/wantedSettings.ts';
import type { pngOf, svgOf } from '../export/picture/chartPicture.ts';
import type { Measured } from '../summary/measuredRows.ts';
import type { Trouble } from './panelTrouble.ts';

export interface ApplyAlphaProps {
  readonly shown: ShownAlpha;
  /** The code's own α, as far as it's known. */
  readonly inCode: number | null;
  /** It gives the targets that are shown already. */
  readonly same: boolean;
}

export interface WeightsFieldProps {
  readonly snapshot: PanelSnapshot;
  readonly settings: WantedSettings;
}

export interface ExplanationProps {
  readonly measured: Measured;
  readonly figures: BatchFigures;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  readonly soft: boolean;
  /** What else is to be said. */
  readonly children: ComponentChildren;
}

export interface TroubleProps {
  readonly trouble: Trouble;
  readonly snapshot: PanelSnapshot;
}

export interface SoftmaxTwiceProps {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  readonly terms: LossTerms;
  /** As many as the loss above has, if it isn't what any loss has. */
  readonly decimals: number | undefined;
  /** The figures are of other settings than those that are wanted by now. */
  readonly isBehind: boolean;
}

/** What is only needed once something is done, and so is in the bundle of the views. */
export interface LateParts {
  readonly ApplyAlpha: ComponentType<ApplyAlphaProps>;
  readonly WeightsField: ComponentType<WeightsFieldProps>;
  readonly Explanation: ComponentType<ExplanationProps>;
  readonly ElsewhereNote: ComponentType<{ readonly snapshot: PanelSnapshot }>;
  readonly SoftmaxTwice: ComponentType<SoftmaxTwiceProps>;
  readonly TroubleSentence: ComponentType<TroubleProps>;
  readonly svgOf: typeof svgOf;
  readonly pngOf: typeof pngOf;
}
