import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import type { SourceSpan } from '../../../sourcePlace.ts';
import { namesBefore } from '../../../sourceTokens.ts';
import { type EntrySet, type PyModule, scopeAt } from '../../syntax/pythonScopes.ts';
import { namedBy } from './hiddenKeys.ts';
import type { HiddenSet, NamesSet } from './hiddenSet.ts';
import { entryName, setByCall } from './hiddenSetCalls.ts';
import { setInNamespaces } from './namespaces.ts';

/** Those of an object, or of the names of the module, in the order of the source. */
export function hiddenSetsOn(object: string | null, module: PyModule): readonly HiddenSet[] {
  return allHiddenSets(module).get(object) ?? [];
}

/** All of a module, by the object. */
export const allHiddenSets = remembered(
  (module: PyModule): ReadonlyMap<string | null, readonly HiddenSet[]> => {
    const entries = [...module.entrySets.flatMap(setEntry), ...filesRun(module)];
    if (!maySet(module.text)) return groupedBy(entries, (each) => each.object);
    const all = [
      ...module.calls.flatMap(setByCall),
      ...attributesSet(module),
      ...entries,
      ...setInNamespaces(module, entries),
    ];
    return groupedBy(
      all.sort((a, b) => a.span.from - b.span.from),
      (each) => each.object,
    );
  },
);

/** Most texts have none of these letters, which is known far sooner than that they have none of the words. */
const LETTERS = ['exec', 'globals', 'locals', 'vars', 'setattr', '__dict__', 'sys.modules'];
const HINT = /\b(?:exec|execfile|globals|locals|vars|setattr|__setattr__|__dict__|sys\.modules)\b/;

function maySet(text: string): boolean {
  return LETTERS.some((letters) => text.includes(letters)) && HINT.test(text);
}

const RUN = /^%run[ \t]/;

/** `%run config.py`: its names are those of the notebook, then. */
function filesRun({ commands, text, scope }: PyModule): readonly HiddenSet[] {
  return commands.flatMap(({ from, to }) => {
    const span = { from: from - '%run'.length, to: from + text.slice(from, to).trimEnd().length };
    if (!RUN.test(text.slice(span.from, from + 1))) return [];
    return [{ object: null, sets: () => true, keys: [], isOfAny: true, span, scope }];
  });
}

const ENTRY = /\.__dict__\[([^[\]\n]{1,80})\] ?=(?!=)/g;

/** `cfg.__dict__["smoothing"] = 0.3` */
function attributesSet(module: PyModule): readonly HiddenSet[] {
  return Array.from(module.text.matchAll(ENTRY), ({ 0: { length }, 1: key = '', index }) => {
    const object = namesBefore(module.text, index);
    const span = { from: index - object.length, to: index + length };
    return { object, ...namedBy(key), span, scope: scopeAt(module, index) };
  });
}

/** `cfg[key] = 0.3` */
function setEntry({ object, node, scope }: EntrySet): HiddenSet | readonly never[] {
  const names = entryName(node, scope);
  return names ? { object, ...names, isEntry: true, span: statementOf(node), scope } : [];
}

/** A set of an entry of an entry. */
export interface NestedHiddenSet extends HiddenSet {
  readonly within: NamesSet;
}

/** `cfg[section][key] = 0.3`, by the object. */
export const nestedHiddenSets = remembered(
  (module: PyModule): ReadonlyMap<string, readonly NestedHiddenSet[]> => {
    const all = module.nestedSets.flatMap(({ object, node, inner, scope }) => {
      const within = entryName(inner, scope);
      const names = within && entryName(node, scope);
      return names
        ? [{ ...names, object, of: object, within, span: statementOf(inner), scope, isEntry: true as const }]
        : [];
    });
    return groupedBy(all, ({ of }) => of);
  },
);

/** The assignment that an entry is a target of. */
function statementOf(node: SyntaxNode): SourceSpan {
  const { parent } = node;
  const { from, to } = parent && /^(?:Assign|Update)Statement$/.test(parent.name) ? parent : node;
  return { from, to };
}
