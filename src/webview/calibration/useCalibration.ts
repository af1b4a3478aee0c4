import { useEffect, useState } from 'preact/hooks';
import type { Calibration } from '../../protocol/engine.ts';
import type { PanelSnapshot } from '../../protocol/panel.ts';
import { host } from '../bridge.ts';

type Asking =
  | { readonly state: 'asking'; readonly fraction: number }
  | { readonly state: 'stopped' }
  | { readonly state: 'answered'; readonly calibration: Calibration };

/** The last answer: going to another tab and back asks nobody. */
let last: { readonly key: string; readonly calibration: Calibration } | undefined;
let listener: (fraction: number) => void = () => {};

/** What the extension host says while it calibrates. */
export function reportCalibrating(fraction: number): void {
  listener(fraction);
}

/** The calibration of a snapshot, asked for when it's first shown, and given up when it's left before. */
export function useCalibration({ sourceId, revision }: Pick<PanelSnapshot, 'sourceId' | 'revision'>): {
  readonly asking: Asking;
  readonly ask: () => void;
} {
  const key = `${sourceId}:${revision}`;
  const [asking, setAsking] = useState<Asking>({ state: 'asking', fraction: 0 });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (last?.key === key) return setAsking({ state: 'answered', calibration: last.calibration });
    let wanted = true;
    setAsking({ state: 'asking', fraction: 0 });
    listener = (fraction) => wanted && setAsking({ state: 'asking', fraction });
    host.calibrate(revision).then(
      (calibration) => {
        if (!wanted) return;
        last = { key, calibration };
        wanted = false;
        setAsking({ state: 'answered', calibration });
      },
      () => wanted && setAsking({ state: 'stopped' }),
    );
    return () => {
      if (wanted) host.stopCalibrating();
      wanted = false;
    };
  }, [key, attempt]);
  return { asking, ask: () => setAttempt(attempt + 1) };
}
