import { useEffect, useState } from 'preact/hooks';
import type { LossTotals } from '../../../loss/reduce.ts';
import { sumOf } from '../../../loss/sum.ts';
import type { PanelSnapshot, PanelSpec, Pin } from '../../../protocol/panel.ts';
import { host } from '../../bridge.ts';
import type { Measured } from '../../model.ts';
import { type PinLine, passOf, pinLine } from '../../pins.ts';

/** What the engine has answered, by question. */
type Answers<T> = ReadonlyMap<string, T>;

/** Pins with their figures. Those that need the logits, or soft targets, come from the engine a moment later. */
export function usePinLines(
  snapshot: PanelSnapshot,
  measured: Measured,
  spec: PanelSpec,
  pins: readonly Pin[],
): readonly PinLine[] {
  const { revision } = snapshot;
  const soft = measured.totals.targets === 'soft';
  const passes = new Map(
    pins.flatMap((pin) => {
      const pass = passOf(pin, snapshot);
      return pass ? [[JSON.stringify([revision, pass]), () => host.totals(revision, pass)] as const] : [];
    }),
  );
  const floorKey = ({ convention, labelSmoothing }: Pin) =>
    JSON.stringify([revision, convention, labelSmoothing]);
  const floors = new Map(
    (soft ? pins : []).map((pin) => [floorKey(pin), async () => sumOf(await host.floors(revision, pin))]),
  );
  const totals = useAnswers<LossTotals>(passes);
  const floorSums = useAnswers<number>(floors);
  return pins.map((pin) => {
    const pass = passOf(pin, snapshot);
    const of = pass ? totals.get(JSON.stringify([revision, pass])) : measured.totals;
    return pinLine(pin, spec, of, soft ? floorSums.get(floorKey(pin)) : undefined);
  });
}

/** Asks each question once, and renders again when an answer is here. */
function useAnswers<T>(questions: ReadonlyMap<string, () => Promise<T>>): Answers<T> {
  const [answers, setAnswers] = useState<Answers<T>>(new Map());
  useEffect(() => {
    let wanted = true;
    for (const [key, ask] of questions) {
      if (answers.has(key)) continue;
      ask().then(
        (answer) => wanted && setAnswers((before) => new Map(before).set(key, answer)),
        () => {},
      );
    }
    return () => {
      wanted = false;
    };
  }, [[...questions.keys()].join('\n')]);
  return answers;
}
