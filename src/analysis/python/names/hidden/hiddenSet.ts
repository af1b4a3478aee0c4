import type { SourceSpan } from '../../../sourcePlace.ts';
import type { Scope } from '../../syntax/pythonScopes.ts';

/** The names that something sets which doesn't show them as an assignment does. */
export interface NamesSet {
  readonly sets: (name: string) => boolean;
  /** Names that it sets surely. */
  readonly keys: readonly string[];
  /** Which name it sets is known where it runs only. */
  readonly isOfAny: boolean;
}

/** What sets a name or an attribute without an assignment to it: `exec(code)`, `globals()[k] = v`, `setattr(cfg, k, v)`. */
export interface HiddenSet extends NamesSet {
  /** As it's written, `losses[]` for an element of `losses`; null: names of the module. */
  readonly object: string | null;
  /** It sets an entry of a dict: `cfg[key] = 0.3`. */
  readonly isEntry?: true;
  /** What does it. */
  readonly span: SourceSpan;
  readonly scope: Scope;
}
