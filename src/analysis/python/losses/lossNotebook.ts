import { FRAMEWORK_APIS } from '../../../frameworks/catalogue.ts';
import type { FrameworkApi } from '../../../frameworks/frameworkApi.ts';
import type { Work } from '../../../loss/work.ts';
import { type KnownApis, knownApis } from '../../apis/knownApis.ts';
import type { AnalysisContext, LossAnalysis } from '../../lossConfig.ts';
import { CellIndex } from '../names/cellIndex.ts';
import { ModuleStore } from '../names/moduleStore.ts';
import { type ParsedPython, parsePython } from '../syntax/parsedPython.ts';
import type { PyModule } from '../syntax/pythonScopes.ts';
import { scanModule } from '../syntax/scannedModule.ts';
import { Resolver } from '../values/resolver.ts';
import { CallClasses } from './callClasses.ts';
import { lossesInPython } from './pythonConfigs.ts';
import { Recognizer } from './recognize.ts';

/** What a notebook's code is understood with: the modules it imports from, by key. */
type NotebookContext = Omit<AnalysisContext, 'cells'>;

interface Cell {
  readonly text: string;
  /** Which it is, now. Its module has this, so that it knows when cells are put in above. */
  readonly where: { cell: number };
  /** How many errors it had at first: the grammar has its gaps, and what is opened is mostly right. */
  first: number | undefined;
  /** What it was before it was edited; once it is read, what it is. */
  parsed: ParsedPython | undefined;
  errors: number;
  module: PyModule | undefined;
  revision: number;
}

/**
 * The Python cells of a notebook, or one that is a file. Each is read once, whoever looks at it from below, and after an edit only
 * what it changes: the cell itself, and what was made of the cells below.
 */
export class LossNotebook {
  #cells: readonly Cell[] = [];
  readonly #index = new CellIndex();
  readonly #files = new Map<string, { readonly text: string; readonly module: PyModule }>();
  #modules: ReadonlyMap<string, string | null> | undefined;
  readonly #apis: KnownApis;
  #resolver: Resolver;
  #recognizer: Recognizer;
  #counts: CallClasses;
  #revision = 0;

  constructor(apis: readonly FrameworkApi[] = FRAMEWORK_APIS) {
    this.#apis = knownApis(apis);
    this.#resolver = this.#resolverWith(new Map());
    this.#recognizer = new Recognizer(this.#resolver);
    this.#counts = new CallClasses(this.#resolver);
  }

  #resolverWith(files: ReadonlyMap<string, PyModule | null>): Resolver {
    return new Resolver(new ModuleStore(files, this.#apis.calls.packages), this.#index, this.#apis);
  }

  /** Another number whenever the cell or one above it has changed. */
  revision(index: number): number | undefined {
    return this.#cells[index]?.revision;
  }

  /** Its cells as they are now, from the first. */
  update(texts: readonly string[]): void {
    const old = this.#cells;
    const least = Math.min(old.length, texts.length);
    let from = 0;
    while (from < least && old[from]!.text === texts[from]) from++;
    if (from === old.length && from === texts.length) return;
    let same = 0;
    while (same < least - from && old[old.length - 1 - same]!.text === texts[texts.length - 1 - same]) same++;
    this.#forgetFrom(from);
    const unchanged = same === 0 ? [] : old.slice(-same);
    const changed = matched(old.slice(from, old.length - same), texts.slice(from, texts.length - same));
    this.#cells = [...old.slice(0, from), ...changed, ...unchanged];
    this.#revision++;
    for (const [i, cell] of this.#cells.entries()) {
      cell.where.cell = i;
      if (i >= from) cell.revision = this.#revision;
    }
  }

  /**
   * The losses of a cell, with what the cells above say. Yields every few milliseconds; never throws. One at a time, and not across an
   * `update`: that leaves work behind that is of no use to anybody.
   */
  *analyze(index: number, context: NotebookContext = {}): Work<LossAnalysis> {
    while (this.#index.length <= index) {
      const cell = this.#cells[this.#index.length]!;
      this.#index.add(cell.module ?? (yield* this.#read(cell)));
    }
    yield* this.#use(context.modules ?? new Map());
    const { module, first = 0 } = this.#cells[index]!;
    const losses = yield* lossesInPython(module!, this.#resolver, this.#recognizer, this.#counts, context);
    const { errors, unread } = module!;
    return { ...losses, complete: errors <= first, wanted: this.#resolver.store.wanted, unread };
  }

  /** What was parsed before is used only if all was well: the way out of an error may depend on what was before. */
  *#read(cell: Cell): Work<PyModule> {
    const before = cell.errors === 0 ? cell.parsed : undefined;
    let parsed = yield* parsePython(cell.text, before);
    let module = yield* scanModule(parsed, cell.where);
    if (before && module.errors > 0) {
      parsed = yield* parsePython(cell.text);
      module = yield* scanModule(parsed, cell.where);
    }
    cell.first ??= module.errors;
    cell.parsed = parsed;
    cell.errors = module.errors;
    cell.module = module;
    return module;
  }

  /** What was found out with other modules isn't what is found out with these. */
  *#use(modules: ReadonlyMap<string, string | null>): Work<void> {
    if (this.#modules && sameEntries(this.#modules, modules)) return;
    const read = new Map<string, PyModule | null>();
    for (const [key, text] of modules) read.set(key, text === null ? null : yield* this.#file(key, text));
    this.#modules = new Map(modules);
    this.#resolver = this.#resolverWith(read);
    this.#recognizer = new Recognizer(this.#resolver);
    this.#counts = new CallClasses(this.#resolver);
  }

  *#file(key: string, text: string): Work<PyModule> {
    const known = this.#files.get(key);
    if (known?.text === text) return known.module;
    const module = yield* scanModule(yield* parsePython(text), { key });
    this.#files.set(key, { text, module });
    return module;
  }

  /** What cells say depends on those above them. */
  #forgetFrom(from: number): void {
    this.#index.truncate(from);
    this.#counts.truncate(from);
    for (const { module } of this.#cells.slice(from)) {
      if (!module) continue;
      this.#recognizer.forget(module);
      this.#resolver.forget(module);
    }
  }
}

/** The cells of these texts: the old ones that have them, wherever they were; for the rest, in order, the old ones as edited. */
function matched(old: readonly Cell[], texts: readonly string[]): readonly Cell[] {
  const byText = new Map<string, Cell[]>();
  for (const cell of old.toReversed()) byText.set(cell.text, [...(byText.get(cell.text) ?? []), cell]);
  const sameText = texts.map((text) => byText.get(text)?.pop());
  const used = new Set(sameText);
  const edited = old.filter((cell) => !used.has(cell)).values();
  return texts.map((text, i) => sameText[i] ?? editedCell(edited.next().value, text));
}

function editedCell(before: Cell | undefined, text: string): Cell {
  const { first, parsed, errors = 0 } = before ?? { first: undefined, parsed: undefined };
  return { text, where: { cell: 0 }, first, parsed, errors, module: undefined, revision: 0 };
}

function sameEntries(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (!b.has(key) || b.get(key) !== value) return false;
  return true;
}
