import type { Work } from '../../loss/work.ts';
import type { AnalysisContext, LossAnalysis } from '../lossConfig.ts';
import { pythonConfigsWork } from './findPython.ts';
import { ModuleStore } from './moduleStore.ts';
import { type Parsed, parseWork } from './parse.ts';
import { scanWork } from './scan.ts';
import type { PyModule } from './scopes.ts';

/** Python text that is kept parsed between edits, as are the cells and modules around it. */
export class PythonDocument {
  #parsed: Parsed | undefined;
  #module: PyModule | undefined;
  /** How many errors it had at first: the grammar has its gaps, and what is opened is mostly right. */
  #first: number | undefined;
  readonly #around = new Map<string, { readonly text: string; readonly module: PyModule }>();

  *analyze(text: string, context: AnalysisContext): Work<LossAnalysis> {
    const module = yield* this.#read(text);
    const cells: PyModule[] = [];
    for (const [cell, source] of (context.cells ?? []).entries())
      cells.push(yield* this.#neighbour(`cell ${cell}`, source, { cell }));
    const modules = new Map<string, PyModule | null>();
    for (const [key, source] of context.modules ?? [])
      modules.set(key, source === null ? null : yield* this.#neighbour(`module ${key}`, source, { key }));
    const store = new ModuleStore(modules);
    const configs = yield* pythonConfigsWork(module, cells, store, context);
    this.#first ??= module.errors;
    return { configs, complete: module.errors <= this.#first, wanted: store.wanted };
  }

  /** What was parsed before is used only if all is well: the way out of an error may depend on what was before. */
  *#read(text: string): Work<PyModule> {
    const before = this.#module?.errors === 0 ? this.#parsed : undefined;
    this.#parsed = yield* parseWork(text, before);
    let module = yield* scanWork(this.#parsed);
    if (before && module.errors > 0) {
      this.#parsed = yield* parseWork(text);
      module = yield* scanWork(this.#parsed);
    }
    this.#module = module;
    return module;
  }

  *#neighbour(name: string, text: string, where: Pick<PyModule, 'cell' | 'key'>): Work<PyModule> {
    const known = this.#around.get(name);
    if (known?.text === text) return known.module;
    const module = yield* scanWork(yield* parseWork(text), where);
    this.#around.set(name, { text, module });
    return module;
  }
}
