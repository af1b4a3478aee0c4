import { l10n } from 'vscode';
import { CancelledError } from '../../engine/client/engineFailures.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { DataSet } from '../../lab/data/dataSet.ts';
import { type OwnDataProblem, type OwnRows, ownDataSet } from '../../lab/data/ownData.ts';
import { MOST_FEATURE_BYTES, sampledRows } from '../../lab/data/sampledRows.ts';
import { ownSweeps } from '../../lab/experiments/ownAlpha.ts';
import { pickedRows } from '../../lab/training/labelledRows.ts';
import { describeProblem } from '../../problems/sources/problemMessages.ts';
import type { SourceMember } from '../../protocol/engineChannel.ts';
import type { OwnChoice } from '../../protocol/labChannel.ts';
import type { TableFeatures } from '../../readers/table/readTableFeatures.ts';
import { count } from '../../words/numberFormat.ts';
import { outputsInNotebooks } from '../notebook/outputsInNotebooks.ts';
import { pickArray } from '../sources/file/pickArray.ts';
import { sourcesInEditors } from '../sources/findSource.ts';
import { listSource } from '../sources/listSource.ts';
import { pickSource } from '../sources/pickSource.ts';
import { inputOutcome, withLateProgress } from '../sources/readSource.ts';
import { type Source, sourceName, withMember } from '../sources/source.ts';
import { ownProblemWords } from './labWords.ts';

interface Chosen {
  readonly rows: OwnRows;
  readonly features: string;
  readonly labels: string;
  readonly leftOut: ReadonlySet<number>;
  readonly sampledFrom: number | null;
  readonly set?: DataSet;
}

/** A class for each row. */
interface ReadLabels {
  readonly name: string;
  readonly values: Float32Array;
  readonly classNames: readonly string[] | null;
}

/** A part of a source, read. */
interface ReadPart {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** Which rows, if they were too many; null: all. */
  readonly sampled: Int32Array | null;
}

type Part = {
  readonly source: Source;
  readonly members: readonly SourceMember[];
  readonly member: string | undefined;
  /** All of it, if it's a table. */
  readonly table?: TableFeatures;
};

class Refused extends Error {}

/** Someone's features and labels: asked for, read, and kept for the sweep over α. */
export class OwnFiles {
  readonly #engine: Pick<EngineClient, 'sample' | 'list' | 'features'>;
  readonly #chosen = new Map<number, Chosen>();
  #last = 0;

  constructor(engine: Pick<EngineClient, 'sample' | 'list' | 'features'>) {
    this.#engine = engine;
  }

  set(id: number): DataSet | undefined {
    return this.#chosen.get(id)?.set;
  }

  async choose(): Promise<OwnChoice> {
    try {
      return await this.#choose();
    } catch (error) {
      if (error instanceof Refused) return { problem: error.message, row: null };
      if (error instanceof CancelledError) return null;
      const why = error instanceof Error ? error.message : String(error);
      return { problem: l10n.t('These data couldn’t be read: {0}.', why.replace(/\.$/, '')), row: null };
    }
  }

  leaveOut(id: number, row: number): OwnChoice {
    const before = this.#chosen.get(id);
    if (!before) return null;
    return this.#keep({ ...before, leftOut: new Set([...before.leftOut, row]) });
  }

  async #choose(): Promise<OwnChoice> {
    const features = await this.#part(l10n.t('Choose the features: a row for each example'), 2);
    if (!features) return null;
    if (features.table) return this.#ofTable(features.source, features.table);
    const labels =
      (await this.#besideOf(features)) ??
      (await this.#part(l10n.t('Choose the labels: a class number for each row'), 1));
    if (!labels) return null;
    const [x, y] = [await this.#read(features), await this.#read(labels)];
    const [rows = 0, columns = 0] = x.shape;
    if (x.shape.length !== 2)
      throw new Refused(
        l10n.t('{0} has the shape {1}. Features need rows and columns.', x.name, x.shape.join(' × ')),
      );
    if (y.values.length !== rows)
      throw new Refused(
        ownProblemWords({ reason: 'rows-differ', features: rows, labels: y.values.length }, x.name, y.name),
      );
    return this.#keep({
      rows: {
        features: x.values,
        columns,
        labels: x.sampled ? Float32Array.from(x.sampled, (row) => y.values[row]!) : y.values,
        classNames: null,
        sampled: x.sampled,
      },
      features: x.name,
      labels: y.name,
      leftOut: new Set(),
      sampledFrom: x.sampled ? rows : null,
    });
  }

  /** A table has both, if a column is called like labels; else they're asked for. */
  async #ofTable(source: Source, table: TableFeatures): Promise<OwnChoice> {
    const name = sourceName(source);
    const columns = table.columns.length;
    if (columns === 0) throw new Refused(l10n.t('{0} has no columns of numbers to learn from.', name));
    const rows = table.values.length / columns;
    let labels: ReadLabels | null = table.labels && {
      ...table.labels,
      values: Float32Array.from(table.labels.values),
    };
    if (!labels) {
      const part = await this.#part(l10n.t('Choose the labels: a class number for each row'), 1);
      if (!part) return null;
      labels = { ...(await this.#read(part)), classNames: null };
    }
    if (labels.values.length !== rows)
      throw new Refused(
        ownProblemWords(
          { reason: 'rows-differ', features: rows, labels: labels.values.length },
          name,
          labels.name,
        ),
      );
    const sampled = sampledRows(rows, columns, MOST_FEATURE_BYTES);
    const all = { features: table.values, labels: labels.values };
    return this.#keep({
      rows: {
        ...(sampled ? pickedRows(all, columns, sampled) : all),
        columns,
        classNames: labels.classNames,
        sampled,
      },
      features: name,
      labels: labels.name,
      leftOut: new Set(),
      sampledFrom: sampled ? rows : null,
    });
  }

  /** Null for what isn't a table. */
  async #table(source: Source): Promise<TableFeatures | null> {
    const request = await inputOutcome(source);
    if (!request.ok) throw new Refused(describeProblem(request.problem));
    const read = await this.#engine.features(request.value);
    if (!read.ok) throw new Refused(describeProblem(read.problem));
    return read.value;
  }

  #keep(chosen: Chosen): OwnChoice {
    const set = ownDataSet(chosen.rows, chosen.leftOut);
    const id = ++this.#last;
    if ('reason' in set) {
      this.#chosen.set(id, chosen);
      const row = badRow(set);
      return {
        problem: ownProblemWords(set, chosen.features, chosen.labels),
        row: row === undefined ? null : { id, row },
      };
    }
    this.#chosen.clear();
    this.#chosen.set(id, { ...chosen, set });
    return {
      data: {
        id,
        features: chosen.features,
        labels: chosen.labels,
        rows: set.rows.labels.length,
        inputs: set.inputs,
        classes: set.classes,
        leftOut: chosen.leftOut.size,
        sampledFrom: chosen.sampledFrom,
        sweeps: ownSweeps({ rows: set.rows.labels.length, inputs: set.inputs, classes: set.classes }),
      },
    };
  }

  /** A source, and which array of it. */
  async #part(why: string, axes: number): Promise<Part | undefined> {
    const source = await pickSource(why, { editors: sourcesInEditors(), cells: outputsInNotebooks() });
    if (!source) return undefined;
    // Of a table no array is chosen: its columns say what they are.
    const table = axes === 2 ? await this.#table(source) : null;
    if (table) return { source, members: [], member: undefined, table };
    const listed = await listSource(this.#engine, source);
    if (!listed.ok) throw new Refused(describeProblem(listed.problem));
    const members = listed.value;
    // By its name what is meant is taken, whatever it looks like.
    if (members.length < 2) return { source, members, member: members[0]?.name };
    const fitting = members.filter(({ shape }) => shape.length === axes);
    if (fitting.length === 1) return { source, members, member: fitting[0]!.name };
    const picked = await pickArray(
      members,
      axes === 2
        ? l10n.t('{0} has {1} arrays. Which are the features?', sourceName(source), count(members.length))
        : l10n.t('{0} has {1} arrays. Which are the labels?', sourceName(source), count(members.length)),
    );
    return picked && { source, members, member: picked.name };
  }

  /** The only list of as many numbers in the same source. */
  async #besideOf({ source, members, member }: Part): Promise<Part | undefined> {
    const rows = members.find(({ name }) => name === member)?.shape[0];
    const fitting = members.filter(({ shape }) => shape.length === 1 && shape[0] === rows);
    return fitting.length === 1 ? { source, members, member: fitting[0]!.name } : undefined;
  }

  async #read({ source, members, member }: Part): Promise<ReadPart> {
    const of = member === undefined ? source : withMember(source, member);
    const request = await inputOutcome(of);
    if (!request.ok) throw new Refused(describeProblem(request.problem));
    const read = await withLateProgress(
      of,
      (following) => this.#engine.sample(request.value, MOST_FEATURE_BYTES, following),
      l10n.t('Reading {0}', sourceName(of)),
    );
    if (!read.ok) throw new Refused(describeProblem(read.problem));
    const { shape, values, rows } = read.value;
    // Of a source with one array the source's name is enough: that of the array may be made up.
    return { name: sourceName(members.length < 2 ? source : of), shape, values, sampled: rows };
  }
}

function badRow(problem: OwnDataProblem): number | undefined {
  return problem.reason === 'infinite' || problem.reason === 'not-a-number' || problem.reason === 'label'
    ? problem.row
    : undefined;
}
