// The extension host, inside the page: the real engine's answers, as late as a test wants them.
import { createBirpc } from 'birpc';
import { EngineClient } from '../../../../src/engine/engineClient.ts';
import { serve } from '../../../../src/engine/engineService.ts';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { computeLossInSteps } from '../../../../src/loss/batch/crossEntropy.ts';
import { DEFAULT_SPEC, type LossSpec } from '../../../../src/loss/lossSpec.ts';
import { finish } from '../../../../src/loss/work.ts';
import type { BatchView, Opened, OpenRequest } from '../../../../src/protocol/engineChannel.ts';
import type { PanelFunctions, PanelRequests } from '../../../../src/protocol/panelChannel.ts';
import type { ConfigSnapshot, PanelSnapshot } from '../../../../src/protocol/panelSnapshot.ts';

/** A line between two ends in one page. Messages arrive a moment later, as elsewhere. */
function line() {
  const listeners: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []];
  const end = (own: 0 | 1) => ({
    post: (message: unknown) =>
      queueMicrotask(() => {
        for (const listener of listeners[own === 0 ? 1 : 0]) listener(message);
      }),
    listen: (listener: (message: unknown) => void) => void listeners[own].push(listener),
  });
  return [end(0), end(1)] as const;
}

const engine = new EngineClient(async () => {
  const [near, far] = line();
  serve(far, new Compute(undefined));
  return { ...near, onStop: () => {}, terminate: () => {} };
});

/** What a test says of the logits beside their text. */
export interface Shown
  extends Partial<Pick<PanelSnapshot, 'applied' | 'labelSmoothing' | 'loss' | 'nearby' | 'unfolded'>> {
  readonly name?: string;
  readonly input: OpenRequest['input'];
}

/** A loss to compute, as plain numbers. */
export interface LossQuestion extends Partial<Omit<LossSpec, 'weight'>> {
  readonly logits: readonly (readonly number[])[];
  readonly targets: readonly number[] | readonly (readonly number[])[];
  readonly weight?: readonly number[] | null;
}

/** Answers that are held back, by the name of the request. */
const gates = new Map<string, { readonly open: Promise<void>; readonly release: () => void }>();
const failing = new Set<string>();
/** Every request there was, in order. */
const asked: { readonly name: string; readonly args: readonly unknown[] }[] = [];

let shown: Shown | undefined;
let opened: Opened | undefined;
let teacher: Opened | undefined;
let teacherId = 0;
let view: BatchView = {};
let revision = 0;

const [page, own] = line();
let kept: unknown;
window.addEventListener('panel-message', (event) => own.post((event as CustomEvent).detail));
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => page.post(message),
    getState: () => kept,
    setState: (state: unknown) => {
      kept = state;
    },
  }),
});
page.listen((data) => window.dispatchEvent(new MessageEvent('message', { data })));

const batch = () => opened!.batch;
/** How each job ended or goes on is told to the page. */
const following = (job: string) => ({
  onProgress: (fraction: number) => void panel.progressOf(job, fraction),
});
const requests: Partial<PanelRequests> = {
  ready: () => show(),
  row: (_, row) => engine.row(batch(), row),
  calibrate: (_, job) => engine.calibrate(batch(), following(job)),
  teacherRow: async (_, row) => (await engine.row(teacher!.batch, row)).logits,
  teacherEntropy: (_, temperature, job) => engine.meanEntropy(teacher!.batch, temperature, following(job)),
  floors: (_, of, job) => engine.floors(batch(), of, following(job)),
  totals: (_, change, job) => engine.totals(batch(), change, following(job)),
  frameworks: () => engine.frameworks(),
  pictureTheme: async () => 'window',
  setView: (next) => understand(next),
  exportPicture: async (_, { content }) => {
    exported = String(content);
    return 'Saved';
  },
};
let exported = '';

/** Answers a request when its gate is open; those that aren't of interest do nothing. */
function gated(name: string) {
  return async (...args: unknown[]) => {
    asked.push({ name, args });
    await gates.get(name)?.open;
    if (failing.has(name)) throw new Error('The worker has ended');
    const answer = requests[name as keyof PanelRequests] as ((...args: unknown[]) => unknown) | undefined;
    return answer?.(...args);
  };
}

const panel = createBirpc<PanelFunctions, PanelRequests>(
  new Proxy({} as PanelRequests, { get: (_, name) => gated(String(name)) }),
  {
    post: (message) => own.post(message),
    on: (listener) => own.listen(listener),
    eventNames: ['show', 'showConfig', 'showPlayground', 'problem', 'progress', 'progressOf'],
    timeout: -1,
  },
);

function show(): void {
  if (!opened || !shown) return;
  const { summary, stats, sums, measuredWith } = opened;
  const { name = 'logits.json', applied = null, loss = null, labelSmoothing = 0.1, nearby = [] } = shown;
  // Most tests look into what is folded away.
  const { unfolded = { explain: true, more: true } } = shown;
  panel.show({
    data: { revision, sourceId: name, summary, stats, sums, ...measuredWith },
    about: {
      source: { name, lines: null, cell: null },
      view,
      isMeasured: true,
      labelSmoothing: summary.declared.labelSmoothing ?? applied?.labelSmoothing ?? labelSmoothing,
      reduction: summary.declared.reduction ?? DEFAULT_SPEC.reduction,
      applied,
      loss,
      nearby,
      unfolded,
      notice: null,
      warnings: [],
    },
    teacher: teacher
      ? {
          id: String(teacherId),
          name: 'teacher.json',
          kept: undefined,
          problem: null,
          prediction: teacher.stats.prediction,
          otherTargets: 0,
        }
      : null,
    kept: { kind: 'text' },
  });
}

async function read(input: OpenRequest['input'], of: BatchView = {}): Promise<Opened> {
  const read = await engine.open({ input, origin: { line: 0, character: 0 }, view: of });
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

async function understand(next: BatchView): Promise<void> {
  view = next;
  const read = await engine.view(batch(), view);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  opened = read.value;
  revision++;
  show();
}

/** What tests do. */
const fake = {
  asked,
  /** The picture that was exported last, once it is. */
  async takeExported(): Promise<string> {
    while (exported === '') await new Promise((resolve) => setTimeout(resolve, 5));
    const picture = exported;
    exported = '';
    return picture;
  },
  get kept() {
    return kept;
  },
  async open(next: Shown): Promise<void> {
    const before = opened;
    opened = await read(next.input);
    if (before) await engine.release(before.batch);
    shown = next;
    view = {};
    teacher = undefined;
    revision++;
    show();
  },
  async openTeacher(input: OpenRequest['input']): Promise<void> {
    teacher = await read(input);
    teacherId++;
    show();
  },
  showAgain(part: Partial<Shown>): void {
    shown = { ...shown!, ...part };
    show();
  },
  showConfig(config: ConfigSnapshot, logits: string | null = null): void {
    panel.showConfig(config, logits);
  },
  showPlayground(why = '', logits: string | null = null): void {
    panel.showPlayground(why, logits);
  },
  hold(name: string): void {
    let release = () => {};
    const open = new Promise<void>((resolve) => {
      release = resolve;
    });
    gates.set(name, { open, release });
  },
  release(name: string): void {
    gates.get(name)?.release();
    gates.delete(name);
  },
  fail(name: string, fails = true): void {
    if (fails) failing.add(name);
    else failing.delete(name);
  },
  progress(name: string, fraction: number): void {
    const { args } = asked.findLast((each) => each.name === name)!;
    panel.progressOf(String(args.at(-1)), fraction);
  },
  /** The API's answer for a batch (N, K), computed in this browser: another has another last digit of an exponential. */
  computeLoss({ logits, targets, weight, ...spec }: LossQuestion) {
    const shape = [logits.length, logits[0]!.length];
    const isSoft = typeof targets[0] !== 'number';
    const { loss, floor, excess } = finish(
      computeLossInSteps({
        ...DEFAULT_SPEC,
        ...spec,
        weight: weight ? Float64Array.from(weight) : null,
        logits: { data: Float64Array.from(logits.flat()), shape },
        targets: isSoft
          ? { data: Float64Array.from((targets as number[][]).flat()), shape }
          : { data: Int32Array.from(targets as number[]), shape: [logits.length] },
      }),
    );
    return { loss: loss as number, floor, excess };
  },
  reportReading(fraction: number | null): void {
    panel.progress(fraction);
  },
  /** Answers requests in the test's own way. */
  answer(name: keyof PanelRequests, answer: (...args: never[]) => unknown): void {
    Object.assign(requests, { [name]: answer });
  },
};

export type Fake = typeof fake;
Object.assign(window, { fake });
