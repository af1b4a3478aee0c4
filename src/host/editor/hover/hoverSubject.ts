import type { ColorThemeKind } from 'vscode';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import type { KnownClasses } from '../classes/knownClasses.ts';
import type { Effect } from '../lens/smoothingEffect.ts';

export interface Subject<E extends Effect = Effect> {
  readonly config: LossConfig;
  readonly effect: E;
  readonly classes: KnownClasses | null;
  readonly theme: ColorThemeKind;
}
