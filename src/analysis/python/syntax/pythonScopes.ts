import type { SyntaxNode } from '@lezer/common';
import { countBefore } from '../../common/countBefore.ts';
import { type LineStarts, lineAt } from '../../lineStarts.ts';
import type { Unread } from '../../lossConfig.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import type { CommandSpan } from './maskedSource.ts';

/** What a module, class or function binds. */
export interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  readonly module: PyModule;
  readonly parent: Scope | null;
  /** Empty for a module. */
  readonly name: string;
  readonly span: SourceSpan;
  /** The definition; null for a module. */
  readonly node: SyntaxNode | null;
  /** By name; `cfg.x` and `cfg['x']` are bound under `cfg.x`. In order of the source. */
  readonly bindings: Map<string, Binding[]>;
  /** What methods assign to `self`; of classes only. */
  readonly attributes: Map<string, Binding[]>;
  /** A function's, in order, with `self`. */
  readonly parameters: readonly Parameter[];
  readonly decorators: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly star: '' | '*' | '**';
  readonly keywordOnly: boolean;
  readonly at: number;
  readonly fallback: SyntaxNode | null;
  readonly annotation: SyntaxNode | null;
}

/** One place where a name gets a value. */
export type Binding = {
  /** Where. It counts behind this. */
  readonly at: number;
  /** The block it's in: a use in the same block always sees it, one elsewhere perhaps. */
  readonly block: SourceSpan;
  /** The outermost loop of its scope that it's in: there it counts for what is in front of it, too. */
  readonly loop: SourceSpan | null;
  /** True in a branch or a loop of its scope. */
  readonly conditional: boolean;
  /** The scope its value is evaluated in. */
  readonly scope: Scope;
} & (
  | { readonly kind: 'value'; readonly value: SyntaxNode; readonly annotated: boolean }
  /** `level` dots in front, `name` null for a module as such, `path` as written. */
  | { readonly kind: 'import'; readonly level: number; readonly path: string; readonly name: string | null }
  | { readonly kind: 'definition'; readonly defined: Scope }
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  /** A loop variable: one of the elements of `of`. */
  | { readonly kind: 'element'; readonly of: SyntaxNode }
  /** `with … as`, an unpacking, `+=`. */
  | { readonly kind: 'unknown' }
);

/** A call, and what is around it. */
export interface CallSite {
  readonly node: SyntaxNode;
  /** The last name of what is called: `c` of `a.b.c(…)`. */
  readonly name: string;
  readonly scope: Scope;
}

export interface Literal {
  readonly node: SyntaxNode;
  readonly scope: Scope;
}

/** `from x import *` */
export interface StarImport extends Pick<Binding, 'at' | 'block' | 'scope'> {
  readonly level: number;
  /** What is in front of the names. */
  readonly path: string;
  readonly span: SourceSpan;
}

/** `cfg[key] = …`, where the code alone doesn't show which entry that is. */
export interface EntrySet {
  readonly object: string;
  /** `cfg[key]` */
  readonly node: SyntaxNode;
  readonly scope: Scope;
}

/** `node` is the outer entry. */
export interface NestedSet extends EntrySet {
  readonly inner: SyntaxNode;
}

/** All that is taken from one text: in the order of the source. */
export interface PyModule {
  readonly text: string;
  /** Its tree. */
  readonly top: SyntaxNode;
  readonly scope: Scope;
  readonly scopes: readonly Scope[];
  readonly calls: readonly CallSite[];
  readonly dicts: readonly Literal[];
  readonly stars: readonly StarImport[];
  readonly entrySets: readonly EntrySet[];
  /** `cfg[section][key] = …`, where `cfg[section]` is such an entry. */
  readonly nestedSets: readonly NestedSet[];
  /** With `smooth-labels` in them. */
  readonly comments: readonly SourceSpan[];
  /** What magics hand to a shell. */
  readonly commands: readonly CommandSpan[];
  /** How often the parser met what it didn't expect. */
  readonly errors: number;
  /** Why some of the text isn't in here; null if all of it is. */
  readonly unread: Unread | null;
  readonly lineStarts: LineStarts;
  /** Which cell it is, now; of a document that is no notebook, 0. Absent for a file that is imported from. */
  readonly cell?: number | undefined;
  /** Which file. */
  readonly key?: string | undefined;
}

/** Zero-based. */
export function lineOf({ lineStarts }: Pick<PyModule, 'lineStarts'>, offset: number): number {
  return lineAt(lineStarts, offset);
}

/** The innermost scope around an offset. */
export function scopeAt({ scope: top, scopes }: PyModule, offset: number): Scope {
  let scope: Scope | null = scopes[countBefore(scopes, offset + 1, ({ span }) => span.from) - 1] ?? top;
  while (scope && (offset < scope.span.from || scope.span.to <= offset)) scope = scope.parent;
  return scope ?? top;
}

/** The statement at an offset, or what stands there if it's none. */
export function statementAt({ top }: PyModule, offset: number): SourceSpan {
  let node: SyntaxNode = top.resolveInner(offset, 1);
  while (node.parent && !node.name.endsWith('Statement')) node = node.parent;
  return { from: node.from, to: node.to };
}

/** The class a scope is in. */
export function classOf(scope: Scope): Scope | null {
  for (let each: Scope | null = scope; each; each = each.parent) if (each.kind === 'class') return each;
  return null;
}
