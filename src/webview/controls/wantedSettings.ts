import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import type { BatchView } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';

/** What controls show: what was asked for last, whether its figures are here already or not. */
export interface WantedSettings extends Pick<PanelSnapshot, 'weight' | 'ignoreIndex' | 'temperature'> {
  readonly kind: PanelSnapshot['summary']['kind'];
  readonly classAxis: number;
  /** What isn't as the source says. */
  readonly view: BatchView;
}

/** The settings of the figures or, while others are wanted, those. */
export function wantedSettings(
  snapshot: Pick<PanelSnapshot, 'summary' | 'view' | 'weight' | 'ignoreIndex' | 'temperature'>,
  wanted: BatchView | undefined,
): WantedSettings {
  const { summary, weight, ignoreIndex, temperature } = snapshot;
  const { kind, classAxis, looksLike, declared } = summary;
  if (!wanted) return { kind, classAxis, weight, ignoreIndex, temperature, view: snapshot.view };
  return {
    view: wanted,
    kind: wanted.kind ?? looksLike,
    classAxis: wanted.classAxis ?? classAxis,
    weight: wanted.weight === undefined ? declared.weight : wanted.weight && Float64Array.from(wanted.weight),
    ignoreIndex:
      wanted.ignoreIndex === undefined
        ? (declared.ignoreIndex ?? DEFAULT_SPEC.ignoreIndex)
        : wanted.ignoreIndex,
    temperature: wanted.temperature ?? 1,
  };
}
