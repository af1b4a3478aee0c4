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

/** What the panel shows of a source that is open while its text becomes another. */
describe('a source that is edited while it’s open', () => {
  let worker: ReturnType<typeof startedEngine>;
  let state: PublishedState;
  let shown: ShownSource;

  beforeEach(() => {
    worker = startedEngine();
  });

  afterEach(() => {
    shown.dispose();
    worker.engine.dispose();
  });

  async function edited(before: string, after: string): Promise<void> {
    const source = textSource('row.txt', before);
    const read = await readSource(worker.engine, source, {}, {});
    if (!read.ok) throw new Error(read.problem.reason);
    state = new PublishedState(source, () => {});
    shown = new ShownSource(worker.engine, state);
    shown.show(source, read.value);
    state.set({ source: textSource('row.txt', after) });
    await shown.setView({});
    await shown.restore({});
  }

  it('follows a bare row that would have to be asked about by itself', async () => {
    await edited('[1.25, -0.5, 0.75]', '[1.25, 0.5, 0.75, 2]');
    expect(state.current.problem).toBeUndefined();
    expect(state.current.opened?.summary.shape).toEqual([4]);
  });

  it('follows it back', async () => {
    await edited('[1.25, -0.5, 0.75]', '[1.25, 0.5, 0.75]');
    state.set({ source: textSource('row.txt', '[1.25, -2, 0.75]') });
    await shown.restore({});
    expect(state.current.problem).toBeUndefined();
    expect('member' in state.current.source && state.current.source.member).toBeFalsy();
  });

  it('says so where the row has another name now', async () => {
    await edited('[1.25, -0.5, 0.75]', 'prices = [1.25, 0.5, 0.75]');
    expect(state.current.problem).toBe(
      'Nothing says whether these numbers are logits. Run “Smooth labels” again to choose them, or name them “logits”.',
    );
    expect(state.current.opened?.summary.shape).toEqual([3]);
  });

  it('asks which where there are several now', async () => {
    await edited('[[1.25, -0.5]]', 'a = [[1.25, -0.5], [1, 2]]\nb = [[0.5, -1.5], [2, 1]]');
    expect(state.current.problem).toBe('There are several arrays: “a”, “b”. Choose one.');
  });
});
