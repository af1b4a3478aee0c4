import type { Work } from '../../../loss/work.ts';
import type { CallForms } from '../../apis/callForms.ts';
import { Positions } from '../names/moduleIndex.ts';
import type { Binding, CallSite, PyModule } from '../syntax/pythonScopes.ts';
import { argListOf, textOf } from '../syntax/syntaxNodes.ts';

/** Words that α goes by. */
const HINTS = new Positions(/smooth|epsilon|\beps\b|lsr|\balpha\b/gi);

/** Tells by names alone which calls of a module may be losses: most calls are done with here. */
export class LossCallNames {
  readonly #calls: CallForms;
  readonly #ofModule = new WeakMap<PyModule, ReadonlySet<string>>();

  constructor(calls: CallForms) {
    this.#calls = calls;
  }

  /** Looks for the hints of a module: what all of its calls together take is then done in slices. */
  prepare(module: PyModule): Work<unknown> {
    return HINTS.prepare(module);
  }

  /** One of the words that α goes by is among the arguments. */
  isHinted({ node, scope }: CallSite): boolean {
    const list = argListOf(node);
    return list !== null && HINTS.areIn(scope.module, list);
  }

  /** True if what is called may be an API of the catalogue, or a definition that smooths. */
  has({ name, scope }: CallSite): boolean {
    return (
      name === 'partial' ||
      name === '__init__' ||
      this.#calls.names.has(name) ||
      this.#namesOf(scope.module).has(name)
    );
  }

  /** What the catalogue's are imported or assigned as, and definitions with a hint. */
  #namesOf(module: PyModule): ReadonlySet<string> {
    const known = this.#ofModule.get(module);
    if (known) return known;
    const names = new Set<string>();
    for (const scope of module.scopes) {
      if (scope.name !== '' && HINTS.areIn(module, scope.span)) names.add(scope.name);
      for (const [name, bindings] of scope.bindings)
        if (bindings.some((binding) => this.#isRenamed(binding, module))) names.add(name);
    }
    this.#ofModule.set(module, names);
    return names;
  }

  #isRenamed(binding: Binding, module: PyModule): boolean {
    if (binding.kind === 'import') return binding.name !== null && this.#calls.names.has(binding.name);
    if (binding.kind !== 'value' || !/^(?:Variable|Member)/.test(binding.value.name)) return false;
    const text = textOf(binding.value, module.text);
    return (
      text.length < 200 &&
      /^[\w.]+$/.test(text) &&
      this.#calls.names.has(text.slice(text.lastIndexOf('.') + 1))
    );
  }
}
