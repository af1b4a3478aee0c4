import type { Binding, Scope } from '../../syntax/pythonScopes.ts';
import type { CellIndex } from '../cellIndex.ts';
import { isSure, last, type Visible, visible } from '../visibleBindings.ts';
import { firstNameOf } from './memberChanges.ts';

/** Cells that set one attribute, where none of them does for sure. */
const MOST_CELLS = 16;

/** What cells above set an attribute or entry to, since they made its object; the nearest that surely does is the last. */
export function boundAbove(cells: CellIndex, dotted: string, scope: Scope): Visible | undefined {
  const { module } = scope;
  const root = firstNameOf(dotted);
  if (!module.cell || visible(root, scope, Number.POSITIVE_INFINITY)) return undefined;
  const made = cells.binding(root, module);
  const first = made?.scope.bindings.get(root)?.at(-1)?.at ?? -1;
  const found: Binding[] = [];
  let nearest: Scope | undefined;
  for (let each = cells.binding(dotted, module), i = 0; each; each = cells.binding(dotted, each), i++) {
    if ((each.cell ?? 0) < (made?.cell ?? 0)) break;
    const all = each.scope.bindings.get(dotted)!;
    const seen = last(all).filter(({ at }) => each !== made || at > first);
    if (seen.length === 0) break;
    nearest ??= each.scope;
    if (i === MOST_CELLS)
      return { bindings: [{ ...seen[0]!, kind: 'unknown' }], scope: nearest, isSure: true };
    found.push(...seen);
    if (isSure(seen, null)) return { bindings: found, scope: nearest, isSure: true };
  }
  return nearest && { bindings: found, scope: nearest, isSure: false };
}
