import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import { lastWord } from '../../../sourceTokens.ts';
import { firstNameOf } from '../../names/changed/memberChanges.ts';
import { ownerOf } from '../../names/visibleBindings.ts';
import { placesOfName } from '../../syntax/placesOfName.ts';
import { type CallSite, classOf, type PyModule, type Scope, scopeAt } from '../../syntax/pythonScopes.ts';
import { dottedOf } from '../../syntax/syntaxNodes.ts';
import { type KeptAs, keptAs } from './keptAs.ts';

/** What goes by names that a module shows, and where it's handed over. */
export interface NamesOfLoss {
  readonly names: readonly KeptAs[];
  /** The calls that have it, or what has it, as an argument. */
  readonly handedTo: readonly Pick<CallSite, 'node' | 'scope'>[];
}

/** Names of one loss, and places of one name, that are looked at. */
const [MOST_NAMES, MOST_PLACES] = [16, 64];

/** The names that what a call makes goes by: its own, others of it, and those of what it's put into. */
export const namesOfLoss = remembered((site: CallSite): NamesOfLoss => {
  const { node, scope } = site;
  const { module } = scope;
  const first = keptAs(node, module.text);
  const names = new Map(first.names.map((each) => [keyOf(each), each]));
  const handedTo: Pick<CallSite, 'node' | 'scope'>[] = first.calls.map((call) => ({ node: call, scope }));
  for (const { name } of names.values()) {
    const kept = keptFrom(name, scope);
    if (handedTo.length < MOST_PLACES) handedTo.push(...kept.handedTo);
    for (const other of kept.names)
      if (names.size < MOST_NAMES && !names.has(keyOf(other))) names.set(keyOf(other), other);
  }
  return { names: [...names.values()], handedTo };
});

/** What is done with a name, looked at once for all that goes by it: many losses may. */
const keptByName = remembered((_: PyModule) => new Map<string, NamesOfLoss>());

function keptFrom(name: string, scope: Scope): NamesOfLoss {
  const { module } = scope;
  const owner = ownerOfUse(name, scope);
  const key = `${name} ${owner?.span.from ?? ''}`;
  const known = keptByName(module).get(key);
  if (known) return known;
  const names = new Map<string, KeptAs>();
  const handedTo: Pick<CallSite, 'node' | 'scope'>[] = [];
  for (const use of usesOf(name, owner, module)) {
    const { names: others, calls } = keptAs(use, module.text);
    const user = calls.length > 0 ? scopeAt(module, use.from) : scope;
    for (const call of calls) handedTo.push({ node: call, scope: user });
    for (const each of others) if (names.size < MOST_NAMES) names.set(keyOf(each), each);
  }
  const kept = { names: [...names.values()], handedTo };
  keptByName(module).set(key, kept);
  return kept;
}

function keyOf({ name, by }: KeptAs): string {
  return `${by} ${name}`;
}

/** Where what goes by a name in a scope is used by it; of an attribute, where all that has it is. */
function usesOf(name: string, owner: Scope | null, module: PyModule): readonly SyntaxNode[] {
  const named = usesByOwner(module)(name).get(owner) ?? [];
  return owner && name.startsWith('self.') ? [...named, ...wholesIn(owner)] : named;
}

/** Whose a name is where it stands in a scope: the class's of an attribute, else that of where its first word is bound. */
function ownerOfUse(name: string, scope: Scope): Scope | null {
  return (name.startsWith('self.') ? classOf(scope) : ownerOf(firstNameOf(name), scope)) ?? null;
}

/** The nodes of a name by whose it is there, each name looked for once. */
const usesByOwner = remembered((module: PyModule) => {
  const known = new Map<string, ReadonlyMap<Scope | null, readonly SyntaxNode[]>>();
  const { top, text } = module;
  return (name: string) => {
    let uses = known.get(name);
    if (!uses) {
      const places = placesOfName(module, lastWord(name)).slice(0, MOST_PLACES);
      const nodes = places.flatMap((at) => nodeEnding(top.resolveInner(at, 1), name, text) ?? []);
      uses = groupedBy(nodes, (node) => ownerOfUse(name, scopeAt(module, node.from)));
      known.set(name, uses);
    }
    return uses;
  };
});

/** The whole of `trainer.crit`, by where its last name stands; of a list, one of its elements. */
function nodeEnding(last: SyntaxNode, name: string, code: string): SyntaxNode | undefined {
  let node = last;
  while (node.parent?.name === 'MemberExpression' && node.parent.firstChild?.from !== last.from)
    node = node.parent;
  return dottedOf(node, code) === name ? node : undefined;
}

const WHOLE = /[(,=] ?self ?[,)\n]/g;

/** Where the object of a class is handed over as a whole, with all that it has: `off(self)`. */
export const wholesIn = remembered((owner: Scope): readonly SyntaxNode[] => {
  const { module, span } = owner;
  const matches = module.text.slice(span.from, span.to).matchAll(WHOLE);
  return Array.from(matches, ({ index, 0: written }) => span.from + index + written.indexOf('self'))
    .slice(0, MOST_PLACES)
    .map((at) => module.top.resolveInner(at, 1))
    .filter(({ parent }) => parent?.name === 'ArgList');
});
