import { l10n } from 'vscode';
import { CancelledError, EngineStoppedError } from '../../../engine/client/engineFailures.ts';
import type { Following } from '../../../engine/client/workerLife.ts';
import type { EngineClient } from '../../../engine/engineClient.ts';
import { describeProblem } from '../../../problems/sources/problemMessages.ts';
import type { Opened } from '../../../protocol/engineChannel.ts';
import type { TeacherSnapshot } from '../../../protocol/panelSnapshot.ts';
import { count } from '../../../words/numberFormat.ts';
import { describeStop } from '../../messages/stopMessages.ts';
import type { FileState } from '../../sources/file/fileState.ts';
import { type ReadSource, readSource, withLateProgress } from '../../sources/readSource.ts';
import { keptSource, type Source, sourceName } from '../../sources/source.ts';

/** Another model's logits for the rows of a session: open in the engine, or why they aren't. */
export class Teacher {
  readonly #engine: EngineClient;
  readonly #id = crypto.randomUUID();
  readonly source: Source;
  readonly #opened: ReadSource | undefined;
  readonly #problem: string | undefined;

  constructor(engine: EngineClient, source: Source, read: ReadSource | string) {
    this.#engine = engine;
    this.source = source;
    if (typeof read === 'string') this.#problem = read;
    else this.#opened = read;
  }

  /** The files it was read from, as they were then. */
  get files(): readonly FileState[] {
    return this.#opened?.files ?? [];
  }

  /** True if its logits are among these. */
  isIn(batches: ReadonlySet<number>): boolean {
    return this.#opened !== undefined && batches.has(this.#opened.batch);
  }

  row(row: number): Promise<Float64Array> {
    return this.#engine.row(this.#batch(), row).then(({ logits }) => logits);
  }

  meanEntropy(temperature: number, following: Following): Promise<Float64Array> {
    return this.#engine.meanEntropy(this.#batch(), temperature, following);
  }

  /** Why it can't be used, whatever it's beside. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** What the panel shows of it beside these logits. */
  snapshot(student: Opened): TeacherSnapshot {
    return {
      id: this.#id,
      name: sourceName(this.source),
      kept: keptSource(this.source),
      problem: this.#problem ?? (this.#opened ? mismatch(this.#opened, student) : null),
      prediction: this.#opened?.stats.prediction ?? null,
      otherTargets: this.#opened ? otherTargets(this.#opened, student) : 0,
    };
  }

  dispose(): void {
    if (this.#opened) void this.#engine.release(this.#opened.batch);
  }

  #batch(): number {
    if (!this.#opened) throw new Error('The teacher isn’t open');
    return this.#opened.batch;
  }
}

/** Reads the logits of a teacher, which may be a problem; undefined if that was cancelled. */
export async function readTeacher(engine: EngineClient, source: Source): Promise<Teacher | undefined> {
  try {
    const read = await withLateProgress(source, (following) => readSource(engine, source, {}, following));
    return new Teacher(engine, source, read.ok ? read.value : describeProblem(read.problem));
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    if (error instanceof EngineStoppedError) return new Teacher(engine, source, describeStop(error));
    throw error;
  }
}

/** Why these can't be about the same rows and classes; null if they can. */
function mismatch({ stats, summary }: Opened, student: Opened): string | null {
  if (summary.holds !== 'logits')
    return l10n.t(
      'The teacher’s logits aren’t available, only what was measured of them. A teacher’s targets need the logits themselves.',
    );
  const { rows, classes } = student.stats;
  if (stats.classes !== classes)
    return l10n.t(
      'The teacher has {0} classes, but these logits have {1}.',
      count(stats.classes),
      count(classes),
    );
  if (stats.rows !== rows)
    return l10n.t(
      'The teacher has {0} rows, but these logits have {1}. Both need the same rows in the same order.',
      count(stats.rows),
      count(rows),
    );
  const [names, own] = [summary.classNames, student.summary.classNames];
  const other = names && own ? names.findIndex((name, k) => name !== own[k]) : -1;
  return other === -1
    ? null
    : l10n.t('Class {0} is called “{1}” by the teacher but “{2}” here.', other, names![other]!, own![other]!);
}

/** In how many rows both say what is right, and not the same. */
function otherTargets(teacher: Opened, student: Opened): number {
  if ([teacher, student].some(({ summary }) => summary.targetsFrom === 'argmax')) return 0;
  const wanted = student.stats.target;
  return teacher.stats.target.reduce(
    (others, target, row) => (target === wanted[row] ? others : others + 1),
    0,
  );
}
