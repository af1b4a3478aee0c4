import * as v from 'valibot';
import { EventEmitter, type Memento, type TextDocument } from 'vscode';
import { inferredClasses, isStated, type KnownClasses } from '../../../analysis/classes/knownClasses.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { isClassCount } from '../../../loss/conventions/smoothing.ts';
import { MEMENTOS } from '../../contributions.ts';
import { notebookOf } from '../documents/cellDocuments.ts';

const KEY = MEMENTOS.classCounts;

const count = v.pipe(v.number(), v.check(isClassCount));

/** One that can't be, from a release that took it, is dropped; the others stay. */
const schema = v.object({
  workspace: v.fallback(v.optional(count), undefined),
  files: v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform((files) =>
      Object.entries(files).flatMap(([file, value]) => (v.is(count, value) ? [[file, value] as const] : [])),
    ),
    v.transform((remembered) => Object.fromEntries(remembered)),
  ),
});

type Kept = v.InferOutput<typeof schema>;

/** The numbers of classes set by hand. Each workspace has its own. */
export class KnownClassCounts {
  readonly #memento: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /**
   * K: what the code says, then what was set for the file, then what the code lets guess, then what was set for the workspace.
   */
  of({ classes: { guess } }: LossConfig, document: TextDocument): KnownClasses | null {
    const remembered = this.#kept();
    const file = remembered.files[fileOf(document)];
    const code = inferredClasses(guess);
    if (code && (isStated(code.guess) || file === undefined)) return code;
    if (file !== undefined) return { value: file, by: 'file' };
    return remembered.workspace === undefined ? null : { value: remembered.workspace, by: 'workspace' };
  }

  setBy(document: TextDocument): {
    readonly file: number | undefined;
    readonly workspace: number | undefined;
  } {
    const remembered = this.#kept();
    return { file: remembered.files[fileOf(document)], workspace: remembered.workspace };
  }

  async set(scope: 'file' | 'workspace', document: TextDocument, value: number): Promise<void> {
    const remembered = this.#kept();
    const files = { ...remembered.files };
    if (scope === 'file') files[fileOf(document)] = value;
    // Otherwise the file would go on with its own.
    else delete files[fileOf(document)];
    await this.#keep({ ...remembered, files, ...(scope === 'workspace' && { workspace: value }) });
  }

  async forget(document: TextDocument): Promise<void> {
    const { [fileOf(document)]: _, ...files } = this.#kept().files;
    await this.#keep({ files });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #kept(): Kept {
    const remembered = v.safeParse(schema, this.#memento.get(KEY));
    return remembered.success ? remembered.output : { files: {} };
  }

  async #keep(remembered: Kept): Promise<void> {
    await this.#memento.update(KEY, remembered);
    this.#changed.fire();
  }
}

/** All cells of a notebook are one file. */
function fileOf(document: TextDocument): string {
  return (notebookOf(document)?.uri ?? document.uri).toString();
}
