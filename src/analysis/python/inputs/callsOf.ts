import type { CallSite, PyModule } from '../syntax/pythonScopes.ts';
import { calleeOf, dottedOf } from '../syntax/syntaxNodes.ts';

/** The calls of what goes by a name: `self.crit`, `model.add`. */
export function callsOf(module: PyModule, callee: string): readonly CallSite[] {
  return callsByCallee(module).get(callee) ?? [];
}

const byCallee = new WeakMap<PyModule, ReadonlyMap<string, readonly CallSite[]>>();

function callsByCallee(module: PyModule): ReadonlyMap<string, readonly CallSite[]> {
  let known = byCallee.get(module);
  if (!known) {
    const calls = new Map<string, CallSite[]>();
    for (const call of module.calls) {
      const name = dottedOf(calleeOf(call.node), module.text);
      if (name === undefined) continue;
      const list = calls.get(name);
      if (list) list.push(call);
      else calls.set(name, [call]);
    }
    known = calls;
    byCallee.set(module, known);
  }
  return known;
}
