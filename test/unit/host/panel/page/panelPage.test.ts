import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PanelPage } from '../../../../../src/host/panel/page/panelPage.ts';
import { PublishedState, type SessionState } from '../../../../../src/host/panel/session/sessionState.ts';
import type { Teacher } from '../../../../../src/host/panel/session/teacher.ts';
import { textSource } from '../../../../../src/host/sources/kinds/textSource.ts';
import { readSource } from '../../../../../src/host/sources/readSource.ts';
import type { PanelFunctions } from '../../../../../src/protocol/panelChannel.ts';
import { startedEngine } from '../../../engine/worker.ts';

const LOGITS = textSource('logits.json', '{"logits": [[1, 2, 4], [3, 1, 2]], "y": [0, 2]}');

/** What a page is told: for `show` the names of what has changed. */
function testPage() {
  const told: string[] = [];
  const functions: PanelFunctions = {
    show: (changes) => void told.push(`show ${Object.keys(changes).join(' ')}`.trim()),
    showConfig: (config) => void told.push(`config ${config.name}`),
    showPlayground: (why) => void told.push(`playground ${why}`.trim()),
    problem: (words) => void told.push(`problem ${words}`),
    progress: (fraction) => void told.push(`progress ${fraction}`),
    progressOf: () => {},
  };
  return { functions, told };
}

describe('a page is told', () => {
  let told: string[];
  let page: PanelPage;
  let engine: ReturnType<typeof startedEngine>['engine'];
  let state: SessionState;
  /** Tells the page of the state with part of it replaced, and says what came to it. */
  const heard = (part: Partial<SessionState> = {}) => {
    state = { ...state, ...part };
    told.length = 0;
    page.showLogits(state, { loss: null, nearby: [], unfolded: { explain: false, more: false } });
    page.status({ problem: state.problem ?? '', progress: state.progress });
    return [...told];
  };

  beforeEach(async () => {
    engine = startedEngine().engine;
    const read = await readSource(engine, LOGITS, {}, {});
    if (!read.ok) throw new Error(read.problem.reason);
    const published = new PublishedState(LOGITS, () => {});
    published.set({ opened: read.value, revision: 1, sourceId: 'a' });
    state = published.current;
    const test = testPage();
    told = test.told;
    page = new PanelPage(test.functions);
    expect(heard()).toEqual([]);
    page.loaded();
    expect(heard()).toEqual(['show data about teacher kept', 'problem ', 'progress null']);
  });

  afterEach(() => engine.dispose());

  it('nothing twice', () => {
    expect(heard()).toEqual([]);
  });

  it('of progress alone, without a look at a view with a hundred thousand weights', () => {
    const weight = Array.from({ length: 100_000 }, (_, k) => k);
    expect(heard({ view: { weight } })).toEqual(['show about']);
    const stringify = vi.spyOn(JSON, 'stringify');
    for (let i = 1; i <= 10; i++) expect(heard({ progress: i / 10 })).toEqual([`progress ${i / 10}`]);
    const longest = Math.max(0, ...stringify.mock.results.map(({ value }) => String(value).length));
    stringify.mockRestore();
    expect(longest).toBeLessThan(200);
    expect(heard({ progress: null })).toEqual(['progress null']);
  });

  it('of what has changed', () => {
    expect(heard({ revision: 2 })).toEqual(['show data']);
    expect(heard({ notice: 'It was read again.' })).toEqual(['show about']);
    const applied = {
      id: '1',
      convention: 'UNIFORM_K',
      labelSmoothing: 0.2,
      from: 'a.py',
      place: 'train.py, line 5',
      isWanted: true,
    } as const;
    expect(heard({ applied })).toEqual(['show about']);
    expect(heard({ source: { ...LOGITS } })).toEqual(['show kept']);
    expect(heard({ problem: 'No logits' })).toEqual(['problem No logits']);
  });

  it('of a teacher once, and again when it fits no longer', () => {
    let problem: string | null = null;
    const snapshot = () => ({
      id: 't',
      name: 'teacher.json',
      kept: undefined,
      problem,
      prediction: Int32Array.of(0, 1),
      otherTargets: 0,
    });
    const teacher = { snapshot } as unknown as Teacher;
    expect(heard({ teacher })).toEqual(['show teacher']);
    expect(heard({ revision: 2, opened: { ...state.opened! } })).toEqual(['show data']);
    problem = 'The teacher has other classes.';
    expect(heard({ revision: 3, opened: { ...state.opened! } })).toEqual(['show data teacher']);
    expect(heard({ teacher: undefined })).toEqual(['show teacher']);
  });

  it('of logits again after a loss was in front', () => {
    const config = { name: 'nn.CrossEntropyLoss' } as Parameters<PanelPage['showConfig']>[0];
    told.length = 0;
    page.showConfig(config, 'logits.json');
    page.showConfig(config, 'logits.json');
    expect(told).toEqual(['config nn.CrossEntropyLoss']);
    expect(heard()).toEqual(['show']);
  });
});
