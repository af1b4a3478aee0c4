import { countBefore } from '../../../common/countBefore.ts';
import type { AttributeSet } from '../../names/changed/setAttributes.ts';
import type { CallSite, Scope } from '../../syntax/pythonScopes.ts';

/** Places where attributes are set, in the order of the source. */
export class InOrder {
  readonly #byScope = new Map<Scope, AttributeSet[]>();
  /** The first of all, and the first in another scope than that. */
  readonly #first: AttributeSet[] = [];

  /** The next one. */
  add(set: AttributeSet): void {
    const own = this.#byScope.get(set.scope);
    if (own) own.push(set);
    else this.#byScope.set(set.scope, [set]);
    if (!own && this.#first.length < 2) this.#first.push(set);
  }

  /** The first one that is in another function than a call, or behind it. */
  firstFor({ node, scope }: CallSite): AttributeSet | undefined {
    const own = this.#byScope.get(scope) ?? [];
    const behind = own[countBefore(own, node.to + 1, ({ at }) => at)];
    const other = this.#first.find((each) => each.scope !== scope);
    return behind && other ? (behind.at < other.at ? behind : other) : (behind ?? other);
  }
}
