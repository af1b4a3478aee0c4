import type { ColorThemeKind } from 'vscode';
import type { Effect } from '../../../analysis/claims/smoothingEffect.ts';
import type { KnownClasses } from '../../../analysis/classes/knownClasses.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';

export interface Subject<E extends Effect = Effect> {
  readonly config: LossConfig;
  readonly effect: E;
  readonly classes: KnownClasses | null;
  readonly theme: ColorThemeKind;
}

/** Of one kind of effect. */
export type SubjectOf<K extends Effect['kind']> = Subject<Extract<Effect, { kind: K }>>;
