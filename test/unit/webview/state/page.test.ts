import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BatchView } from '../../../../src/protocol/engineChannel.ts';
import type { KeptState } from '../../../../src/protocol/panelKept.ts';
import { Page } from '../../../../src/webview/state/page.ts';
import { FILES, textOfFile } from '../../architecture/imports.ts';

/** What a page has sent. */
interface Sent {
  readonly m: string;
  readonly a: readonly unknown[];
  readonly i?: string;
}

/** A page in a window of its own, and its end of the extension host. */
function openPage() {
  const window = new EventTarget();
  const sent: Sent[] = [];
  let kept: KeptState | undefined;
  const vscode = {
    postMessage: (message: unknown) => void sent.push(message as Sent),
    getState: () => kept,
    setState: (state: KeptState) => {
      kept = state;
    },
  };
  const shown: unknown[] = [];
  const show = {
    show: (changes: unknown) => void shown.push(changes),
    showConfig: () => {},
    showPlayground: () => {},
    problem: (words: string) => void shown.push(words),
    progress: (fraction: number | null) => void shown.push(fraction),
  };
  vi.stubGlobal('window', window);
  const page = new Page(vscode, show, () => Promise.reject(new Error('Nothing is late here')));
  const receive = (data: unknown) => window.dispatchEvent(Object.assign(new Event('message'), { data }));
  return { page, receive, sent, shown, kept: () => kept };
}

/** Names of requests, with their arguments. */
const asked = ({ sent }: Pick<ReturnType<typeof openPage>, 'sent'>) => sent.map(({ m, a }) => [m, ...a]);
/** Lets a message through that is on its way. */
const arrived = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('two pages share nothing:', () => {
  it('a job of one, its progress and its end are no business of the other', async () => {
    const [one, other] = [openPage(), openPage()];
    const heard: string[] = [];
    const job = one.page.jobs.start((fraction) => heard.push(`one ${fraction}`));
    const otherJob = other.page.jobs.start((fraction) => heard.push(`other ${fraction}`));
    expect([job.name, otherJob.name]).toEqual(['1', '1']);
    one.receive({ t: 'q', m: 'progressOf', a: ['1', 0.5] });
    await arrived();
    expect(heard).toEqual(['one 0.5']);
    job.stop();
    await arrived();
    expect([asked(one), asked(other)]).toEqual([[['stop', '1']], []]);
    other.receive({ t: 'q', m: 'progressOf', a: ['1', 0.25] });
    await arrived();
    expect(heard).toEqual(['one 0.5', 'other 0.25']);
  });

  it('answers', async () => {
    const [one, other] = [openPage(), openPage()];
    one.page.answers.meanEntropy.last = { key: 'a:1', value: 0.5 };
    for (const remembered of Object.values(other.page.answers)) expect(remembered).toEqual({});
    const { frameworks } = one.page.host;
    const first = one.page.answers.frameworks(() => frameworks());
    expect(one.page.answers.frameworks(() => frameworks())).toBe(first);
    expect(other.page.answers.frameworks(() => other.page.host.frameworks())).not.toBe(first);
    await arrived();
    expect([asked(one), asked(other)]).toEqual([[['frameworks']], [['frameworks']]]);
    one.receive({ t: 's', i: one.sent[0]!.i, r: { UNIFORM_K: ['PyTorch'] } });
    expect(await first).toEqual({ UNIFORM_K: ['PyTorch'] });
  });

  it('the view that was asked for last', async () => {
    const [one, other] = [openPage(), openPage()];
    const snapshot = { sourceId: 'a', view: { temperature: 3 } satisfies BatchView };
    one.page.viewRequest.change(snapshot, { classAxis: 2 });
    one.page.viewRequest.change(snapshot, { temperature: undefined });
    other.page.viewRequest.change(snapshot, { kind: 'probabilities' });
    await arrived();
    expect(asked(one)).toEqual([
      ['setView', { temperature: 3, classAxis: 2 }],
      ['setView', { classAxis: 2 }],
    ]);
    expect(asked(other)).toEqual([['setView', { temperature: 3, kind: 'probabilities' }]]);
  });

  it('what is kept for a reload, once it has been still', async () => {
    const [one, other] = [openPage(), openPage()];
    one.page.kept.keep({ front: 'logits' });
    other.page.kept.keep({ front: 'loss' });
    expect([one.page.kept.state, other.page.kept.state]).toEqual([{ front: 'logits' }, { front: 'loss' }]);
    expect(one.kept()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([one.kept(), other.kept()]).toEqual([{ front: 'logits' }, { front: 'loss' }]);
  });
});

describe('who uses which convention', () => {
  it('is asked for again after a failure', async () => {
    const { answers } = openPage().page;
    const failed = answers.frameworks(() => Promise.reject(new Error('The worker has ended')));
    await expect(failed).rejects.toThrow('The worker has ended');
    const again = answers.frameworks(() => Promise.reject(new Error('Once more')));
    await expect(again).rejects.toThrow('Once more');
  });
});

describe('a message', () => {
  it('that is as it should be is shown', async () => {
    const { receive, shown } = openPage();
    receive({ t: 'q', m: 'problem', a: ['No logits'] });
    receive({ t: 'q', m: 'progress', a: [0.5] });
    receive({ t: 'q', m: 'progress', a: [null] });
    receive({ t: 'q', m: 'show', a: [{ teacher: null, kept: { any: 'thing' } }] });
    await arrived();
    expect(shown).toEqual(['No logits', 0.5, null, { teacher: null, kept: { any: 'thing' } }]);
  });
});

/** Caches of what a module's code alone decides, and a reason each. */
const MODULE_STATE: Readonly<Record<string, string>> = {
  'src/webview/charts/textWidth.ts': 'widths in the font of the one document that the module is in',
  'src/webview/export/picture/plainColors.ts': 'a colour always comes to the same',
};

describe('modules of the page', () => {
  it('have no state of their own, but for caches that are listed here', () => {
    const state =
      /^(?:export )?(?:let |var |const \w+(?:: [^=]+)? = (?:new (?:Weak)?(?:Map|Set)\b|\{\};|\[\];))/m;
    const found = FILES.filter((file) => file.startsWith('src/webview/') && state.test(textOfFile(file)));
    expect(found).toEqual(Object.keys(MODULE_STATE));
  });
});
