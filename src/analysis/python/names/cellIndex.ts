import { countBefore } from '../../common/countBefore.ts';
import type { PyModule } from '../syntax/pythonScopes.ts';
import { declaredIn } from '../values/declaredOptions.ts';
import { objectsChanged } from './changed/memberChanges.ts';
import { refitsIn } from './changed/refitted.ts';
import { hiddenSetsOn } from './hidden/hiddenSets.ts';
import { callsByName } from './moduleIndex.ts';

/** Cells that change one object, of which so many nearest are looked at. */
const MOST_CHANGING = 64;

/** No names of objects. */
const [NAMES, STARS] = ['()', '*'];
/** Layers of any name. */
const ANY = '*';

/** What mixes the rows of a batch, and their targets. */
export const MIXERS: readonly string[] = ['CutMix', 'MixUp'];
/** Cells that do so, of which so many nearest are looked at for each name. */
const MOST_MIXING = 4;

/** The cells of a notebook in order, and which of them have a name: the nearest above is found without looking at each. */
export class CellIndex {
  readonly #cells: PyModule[] = [];
  readonly #bound = new Map<string, number[]>();
  readonly #declared = new Map<string, number[]>();
  readonly #mixing = new Map<string, number[]>();

  /** What is changed by cells that have others below them. */
  readonly #changed = new Map<string, number[]>();
  #changesKnown = 0;

  /** Attributes and entries that cells put layers into, of as many as somebody has asked about. */
  readonly #refits = new Map<string, number[]>();
  #refitsKnown = 0;

  /** Another number whenever cells are forgotten. */
  version = 0;

  /** How many cells are known, from the first. */
  get length(): number {
    return this.#cells.length;
  }

  /** The next cell. */
  add(module: PyModule): void {
    const cell = this.#cells.push(module) - 1;
    for (const name of module.scope.bindings.keys()) append(this.#bound, name, cell);
    // Only cells below ask what one changes: a file is never asked.
    while (this.#changesKnown < cell) this.#addChanges(this.#changesKnown++);
    for (const name of MIXERS) if (callsByName(module).has(name)) append(this.#mixing, name, cell);
    const { options, fields } = declaredIn(module);
    for (const name of options.keys()) append(this.#declared, name, cell);
    for (const name of fields.keys()) if (!options.has(name)) append(this.#declared, name, cell);
  }

  #addChanges(cell: number): void {
    const module = this.#cells[cell]!;
    for (const name of objectsChanged(module)) append(this.#changed, name, cell);
    if (hiddenSetsOn(null, module).length > 0) append(this.#changed, NAMES, cell);
    if (module.stars.length > 0) append(this.#changed, STARS, cell);
  }

  /** Forgets a cell, and all below it. */
  truncate(from: number): void {
    if (from < this.#cells.length) this.version++;
    this.#cells.length = Math.min(this.#cells.length, from);
    this.#changesKnown = Math.min(this.#changesKnown, from);
    this.#refitsKnown = Math.min(this.#refitsKnown, from);
    for (const names of [this.#bound, this.#declared, this.#changed, this.#mixing, this.#refits])
      for (const [name, cells] of names) {
        while (cells.length > 0 && cells.at(-1)! >= from) cells.pop();
        if (cells.length === 0) names.delete(name);
      }
  }

  /** One of those that are known. */
  at(cell: number): PyModule {
    return this.#cells[cell]!;
  }

  /** The nearest cell above that binds a name. */
  binding(name: string, { cell = 0 }: PyModule): PyModule | undefined {
    const above = nearest(this.#bound.get(name), cell);
    return above === undefined ? undefined : this.#cells[above];
  }

  /** The nearest cells that change members of what goes by a name, from the first that may on, in order; those above a limit. */
  changing(object: string, from: number, limit: number): readonly PyModule[] {
    const cells = this.#changed.get(object) ?? [];
    const [first, end] = [from, limit].map((cell) => countBefore(cells, cell, (each) => each));
    return cells.slice(Math.max(first!, end! - MOST_CHANGING), end).map((cell) => this.#cells[cell]!);
  }

  /** Those that may set names of the notebook in a way that no assignment shows. */
  settingNames(from: number, limit: number): readonly PyModule[] {
    return this.changing(NAMES, from, limit);
  }

  /** Those with `from x import *`. */
  starred(from: number, limit: number): readonly PyModule[] {
    return this.changing(STARS, from, limit);
  }

  /** The nearest cells above that call something by the name of what mixes batches. */
  mixing({ cell = 0 }: PyModule): readonly PyModule[] {
    return MIXERS.flatMap((name) => {
      const cells = this.#mixing.get(name) ?? [];
      const end = countBefore(cells, cell, (each) => each);
      return cells.slice(Math.max(0, end - MOST_MIXING), end).map((each) => this.#cells[each]!);
    });
  }

  /** A cell above puts another layer into an attribute, or into an entry: `model.fc` is "fc", `model[-1]` is "model[]". */
  isRefitted(key: string, { cell = 0 }: PyModule): boolean {
    for (; this.#refitsKnown < cell; this.#refitsKnown++) {
      const { attributes, entries } = refitsIn(this.#cells[this.#refitsKnown]!);
      for (const name of attributes ?? [ANY]) append(this.#refits, name, this.#refitsKnown);
      for (const name of entries.keys()) append(this.#refits, `${name}[]`, this.#refitsKnown);
    }
    return [key, ANY].some((each) => nearest(this.#refits.get(each), cell) !== undefined);
  }

  /** Where an option or a setting may be declared: the module itself, then the cells above that have one of the name. */
  *declaring(name: string, module: PyModule): Generator<PyModule> {
    yield module;
    const cells = this.#declared.get(name);
    for (let cell = nearest(cells, module.cell ?? 0); cell !== undefined; cell = nearest(cells, cell))
      yield this.#cells[cell]!;
  }
}

function append(names: Map<string, number[]>, name: string, cell: number): void {
  const cells = names.get(name);
  if (cells) cells.push(cell);
  else names.set(name, [cell]);
}

/** The last of ascending numbers that is below a limit. */
function nearest(cells: readonly number[] = [], limit: number): number | undefined {
  return cells[countBefore(cells, limit, (cell) => cell) - 1];
}
