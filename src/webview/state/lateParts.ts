import type { ComponentType } from 'preact';
import type { ShownAlpha } from '../../protocol/alphaChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { WantedSettings } from '../controls/wantedSettings.ts';
import type { pngOf, svgOf } from '../export/picture/chartPicture.ts';

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

/** What is only needed once something is done, and so is in the bundle of the views. */
export interface LateParts {
  readonly ApplyAlpha: ComponentType<ApplyAlphaProps>;
  readonly WeightsField: ComponentType<WeightsFieldProps>;
  readonly svgOf: typeof svgOf;
  readonly pngOf: typeof pngOf;
}
