import { BatchGoneError, type LostBatches } from '../../../engine/client/engineFailures.ts';
import type { Following } from '../../../engine/client/workerLife.ts';
import type { EngineClient } from '../../../engine/engineClient.ts';
import type { SourceProblem } from '../../../problems/sources/sourceProblem.ts';
import type { BatchView, Opened } from '../../../protocol/engineChannel.ts';
import type { Outcome } from '../../../readers/outcome.ts';
import { attachTargets } from '../../sources/attachTargets.ts';
import type { TargetsSource } from '../../sources/kinds/kindOf.ts';
import { type ReadSource, readSource } from '../../sources/readSource.ts';
import { rereadingOf } from '../../sources/rereading.ts';
import { outputOf, type Source } from '../../sources/source.ts';
import type { Rereading } from '../../sources/sourceEvents.ts';
import { watchSource } from '../../sources/watchSource.ts';
import { LastQuestion, type Question } from './lastQuestion.ts';
import type { PublishedState } from './sessionState.ts';
import { type AskedFor, type QuestionEnd, ShownResult } from './shownResult.ts';
import { stillMeant } from './stillMeant.ts';

/** Typing goes on for about this long between two looks at the result. */
const EDIT_PAUSE_MS = 300;

/** The source of a session, kept up to date while its document is edited, its cell runs, or its file changes. */
export class ShownSource {
  readonly #engine: EngineClient;
  readonly #state: PublishedState;
  readonly #result: ShownResult;
  readonly #question: LastQuestion;
  readonly #watch;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(engine: EngineClient, state: PublishedState) {
    this.#engine = engine;
    this.#state = state;
    this.#result = new ShownResult(engine, state);
    this.#question = new LastQuestion(state);
    const known = (uri: string) => this.#result.files.find((file) => file.uri === uri);
    this.#watch = watchSource(() => state.current.source, known, {
      changed: (rereading) => this.#readSoon(rereading),
      changing: (why) => this.stop(why),
      moved: (source) => {
        this.#result.moved(source);
        // What's said of a cell depends on where it is; a document's lines are read anew anyway.
        if (outputOf(source)) state.publish();
      },
      gone: (why) => {
        this.#giveUp();
        this.stop(why);
      },
    });
  }

  /** The number of what was read last; it may be lost. */
  get batch(): number {
    const { opened } = this.#state.current;
    if (!opened) throw new Error('Nothing is open');
    return opened.batch;
  }

  /** Goes on with another source, that has been read already. */
  show(source: Source, opened: ReadSource): void {
    this.#giveUp();
    this.#result.replace(source, opened);
    this.#state.publish();
    // Since it was read it may have been lost.
    if (!this.#engine.holds(opened.batch)) this.#readSoon();
  }

  /** Comes back to a source from before a reload of the window. */
  async restore(view: BatchView): Promise<void> {
    this.#state.set({ view });
    await this.#read();
  }

  async setView(view: BatchView): Promise<void> {
    this.#state.set({ view });
    // What is asked for already gets the view as well: it isn't given up for it.
    if (this.#question.asking === 'targets') {
      const { why } = await this.#attach();
      if (why === undefined) return;
      this.#result.addProblem('view', why);
      this.#state.publish();
    } else if (!this.#isAwaited && this.#engine.holds(this.batch))
      await this.#ask('view', (following) => this.#engine.view(this.batch, view, following));
    else await this.#read();
  }

  /** Takes the targets from elsewhere, or for null from the logits' own source. Resolves to why not; then nothing has changed. */
  async setTargets(targets: TargetsSource | null): Promise<string | undefined> {
    const { source, view, opened } = this.#state.current;
    const { problems } = this.#result;
    const { chosenTargets: _, ...understood } = view;
    this.#state.set({ source: withTargets(source, targets ?? undefined), view: understood });
    // What's shown has to be the source as it is, as far as that's known.
    const isShown = !this.#isAwaited && problems.source === undefined && opened !== undefined;
    if (isShown && this.#engine.holds(this.batch)) return (await this.#attach()).why;
    const end = await this.#read();
    if (end === 'accepted' || end === 'superseded') return undefined;
    const why = this.#state.current.problem;
    this.#state.set({ source, view });
    this.#result.setProblems(problems);
    this.#state.publish();
    return end === 'cancelled' ? undefined : why;
  }

  cancel(): void {
    this.#question.cancel();
  }

  /** What's shown can't be had any more, or isn't the source as it is. `why` is a sentence for the user. */
  stop(why: string): void {
    this.#result.addProblem('source', why);
    this.#state.publish();
  }

  /** What's shown is lost. What is being read may be the reason, and isn't read again: its end says what is wrong. */
  lost(why: LostBatches['why']): void {
    if (this.#question.asking !== 'source') this.#readSoon(rereadingOf(this.#state.current.source, why));
  }

  dispose(): void {
    this.#watch.dispose();
    this.#giveUp();
    const { opened } = this.#state.current;
    if (opened) void this.#engine.release(opened.batch);
  }

  /** Ends what is being read, or waits to be. */
  #giveUp(): void {
    this.#wait(undefined);
    this.#question.giveUp();
  }

  #wait(timer: ReturnType<typeof setTimeout> | undefined): void {
    clearTimeout(this.#timer);
    this.#timer = timer;
  }

  #readSoon(rereading?: Rereading): void {
    this.#wait(setTimeout(() => void this.#read(), EDIT_PAUSE_MS));
    if (!rereading) return;
    this.#result.isReread(rereading);
    this.#state.publish();
  }

  /** True if the source is being read, or is about to. */
  get #isAwaited(): boolean {
    return this.#question.asking === 'source' || this.#timer !== undefined;
  }

  /** Takes the source's targets to what is open. If that can't be done, the source has its targets of before, and `why` says it. */
  async #attach(): Promise<{ readonly why: string | undefined }> {
    const before = this.#result.asked;
    const end = await this.#ask('targets', async (following) => {
      const { source, view } = this.#state.current;
      const open = { batch: this.batch, files: this.#result.files };
      try {
        return await attachTargets(this.#engine, open, source, view, following);
      } catch (error) {
        if (!(error instanceof BatchGoneError)) throw error;
      }
      // Its file has changed, so all is read, and need not be once more.
      this.#wait(undefined);
      return this.#readNow(following);
    });
    if (end === 'late') {
      this.#want(before);
      return this.#attach();
    }
    if (end === 'accepted' || end === 'superseded') return { why: undefined };
    const why = this.#result.takeProblem('targets');
    this.#want(this.#result.asked);
    if (!this.#engine.holds(this.batch)) this.#readSoon();
    this.#state.publish();
    return { why };
  }

  /** Has the view and the targets of an earlier question be those that are wanted. */
  #want({ view, targets }: AskedFor): void {
    this.#state.set({ source: withTargets(this.#state.current.source, targets), view });
  }

  #read(): Promise<QuestionEnd> {
    return this.#ask('source', (following) => this.#readNow(following));
  }

  async #readNow(following: Following): Promise<Outcome<ReadSource, SourceProblem>> {
    const { source, view, opened } = this.#state.current;
    const read = await readSource(this.#engine, source, view, following);
    const meant = stillMeant(source, opened, read);
    return meant ? readSource(this.#engine, meant, view, following) : read;
  }

  /** Takes the answer of the last question only: an earlier one is given up. */
  async #ask(
    what: Question,
    ask: (following: Following) => Promise<Outcome<Opened | ReadSource, SourceProblem>>,
  ): Promise<QuestionEnd> {
    this.#wait(undefined);
    const { view, source } = this.#state.current;
    const answer = await this.#question.ask(what, ask);
    const end = this.#result.take(what, { view, targets: source.targets }, answer);
    if (end !== 'superseded') this.#question.end();
    return end;
  }
}

function withTargets({ targets: _, ...logits }: Source, targets: TargetsSource | undefined): Source {
  return targets ? { ...logits, targets } : logits;
}
