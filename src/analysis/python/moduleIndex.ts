import type { Span } from '../lossConfig.ts';
import { countBefore } from '../sorted.ts';
import type { CallSite, PyModule } from './scopes.ts';

/** Where a pattern is found in modules: each is searched once, however often it's asked what is in a part of it. */
export class Positions {
  readonly #pattern: RegExp;
  readonly #known = new WeakMap<PyModule, readonly number[]>();

  /** Global. */
  constructor(pattern: RegExp) {
    this.#pattern = pattern;
  }

  /** True if the pattern is found at a place in the span. */
  areIn(module: PyModule, { from, to }: Span): boolean {
    let known = this.#known.get(module);
    if (!known) {
      known = Array.from(module.text.matchAll(this.#pattern), ({ index }) => index);
      this.#known.set(module, known);
    }
    return (known[countBefore(known, from, (at) => at)] ?? to) < to;
  }
}

/** The calls in a part of a module. */
export function* callsIn({ calls }: PyModule, { from, to }: Span): Generator<CallSite> {
  for (let i = countBefore(calls, from, ({ node }) => node.from); i < calls.length; i++) {
    const call = calls[i]!;
    if (call.node.from >= to) return;
    if (call.node.to <= to) yield call;
  }
}

const imports = new WeakMap<PyModule, ReadonlySet<string>>();

/** True if it has an import of the package, or of a module of it, anywhere. */
export function importsPackage(module: PyModule, name: string): boolean {
  let known = imports.get(module);
  if (!known) {
    const found = module.text.matchAll(/^[ \t]*(?:import|from)[ \t]+(\w+)/gm);
    known = new Set(Array.from(found, ([, first = '']) => first));
    imports.set(module, known);
  }
  return known.has(name);
}
