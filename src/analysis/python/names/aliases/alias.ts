import type { SourceSpan } from '../../../sourcePlace.ts';
import type { Scope } from '../../syntax/pythonScopes.ts';

/** Another name that an object goes by, in a scope: `c` of `c = CFG`, or of `change(CFG)` with `def change(c)`. */
export interface Alias {
  /** What it's a name of, as it's written: `CFG`, `cfg.loss`. */
  readonly of: string;
  /** The scope where it's written so. */
  readonly from: Scope;
  /** What a class keeps has "self." in front. */
  readonly name: string;
  readonly scope: Scope;
  /** Of many functions of one name: all that any of them sets of what it's handed, by key. */
  readonly sets?: ReadonlyMap<string, SetPlace>;
}

/** Where an entry or attribute is set. */
export interface SetPlace {
  readonly span: SourceSpan;
  readonly scope: Scope;
}
