import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PublishedState } from '../../../../src/host/panel/session/sessionState.ts';
import { ShownSource } from '../../../../src/host/panel/session/shownSource.ts';
import { textSource } from '../../../../src/host/sources/kinds/textSource.ts';
import { readSource } from '../../../../src/host/sources/readSource.ts';
import { startedEngine } from '../../engine/worker.ts';

vi.mock('vscode', async () => ({
  ...(await import('../../../fixtures/vscode.ts')),
  ...(await import('./listeningVscode.ts')),
}));

const LOGITS = textSource('logits.json', '{"logits": [[1, 2, 4], [3, 1, 2]], "y": [0, 2]}');
const targets = (text: string) => textSource('y.json', text);

describe('targets of logits that are shown', () => {
  let worker: ReturnType<typeof startedEngine>;
  let state: PublishedState;
  let shown: ShownSource;
  let reads: number;

  beforeEach(async () => {
    worker = startedEngine();
    const { engine } = worker;
    const read = await readSource(engine, LOGITS, {}, {});
    if (!read.ok) throw new Error(read.problem.reason);
    state = new PublishedState(LOGITS, () => {});
    shown = new ShownSource(engine, state);
    engine.onLost(({ why }) => shown.lost(why));
    shown.show(LOGITS, read.value);
    reads = 0;
    const open = engine.open.bind(engine);
    engine.open = (...args) => {
      reads++;
      return open(...args);
    };
  });

  afterEach(() => {
    shown.dispose();
    worker.engine.dispose();
  });

  const now = () => {
    const { summary, stats } = state.current.opened!;
    return [summary.keys.targets, [...stats.target]];
  };
  const goOn = () => new Promise((resolve) => setTimeout(resolve, 100));

  it('are changed without reading the logits again', async () => {
    const { batch } = shown;
    expect(await shown.setTargets(targets('[1, 1]'))).toBeUndefined();
    expect(now()).toEqual(['y.json', [1, 1]]);
    expect(await shown.setTargets(targets('[0, 1]'))).toBeUndefined();
    await shown.setView({ temperature: 2 });
    expect(now()).toEqual(['y.json', [0, 1]]);
    expect(await shown.setTargets(null)).toBeUndefined();
    expect(now()).toEqual(['y', [0, 2]]);
    expect(state.current.opened!.measuredWith.temperature).toBe(2);
    expect([shown.batch, reads]).toEqual([batch, 0]);
  });

  it('stay as they are when others don’t fit', async () => {
    await shown.setTargets(targets('[1, 1]'));
    const { source, view } = state.current;
    expect(await shown.setTargets(targets('[0, 1, 1]'))).toMatch(/3/);
    expect([state.current.source, state.current.view, state.current.problem]).toEqual([
      source,
      view,
      undefined,
    ]);
    expect([now(), reads]).toEqual([['y.json', [1, 1]], 0]);
  });

  it('are those that were asked for last, and so is the view', async () => {
    const all = [shown.setTargets(targets('[1, 1]')), shown.setTargets(targets('[0, 1]'))];
    const looking = shown.setView({ temperature: 4 });
    expect(await Promise.all(all)).toEqual([undefined, undefined]);
    await looking;
    expect(now()).toEqual(['y.json', [0, 1]]);
    expect(state.current.source.targets).toEqual(targets('[0, 1]'));
    expect(state.current.opened!.measuredWith.temperature).toBe(4);
  });

  it('are those from before if it’s cancelled, however late', async () => {
    await shown.setTargets(targets('[1, 1]'));
    worker.deafen(300);
    const attaching = shown.setTargets(targets('[2, 2]'));
    await goOn();
    shown.cancel();
    expect(await attaching).toBeUndefined();
    expect(now()).toEqual(['y.json', [1, 1]]);
    expect(state.current.source.targets).toEqual(targets('[1, 1]'));
    // The engine has them, too.
    await shown.setView({ temperature: 3 });
    expect(now()).toEqual(['y.json', [1, 1]]);
  });

  it('are there again once the engine has stopped', async () => {
    await shown.setTargets(targets('[1, 1]'));
    const { revision } = state.current;
    worker.kill();
    await vi.waitUntil(() => state.current.revision > revision && state.current.progress === null, {
      timeout: 10_000,
    });
    expect([now(), reads]).toEqual([['y.json', [1, 1]], 1]);
  });

  it('come to what is read anew, if what is shown is lost', async () => {
    worker.kill();
    await vi.waitUntil(() => !worker.engine.holds(shown.batch), { timeout: 10_000 });
    expect(await shown.setTargets(targets('[1, 1]'))).toBeUndefined();
    expect(now()).toEqual(['y.json', [1, 1]]);
    expect(reads).toBe(1);
  });
});
