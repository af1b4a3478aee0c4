import type { SourceSpan } from '../sourcePlace.ts';

/** The one right edit. */
export interface Fix {
  readonly kind:
    | 'name-argument'
    | 'write-as-float'
    | 'remove-argument'
    | 'insert-argument'
    | 'remove-activation'
    | 'complement'
    | 'percent'
    /** The constructor of the base class is to be called. */
    | 'call-base';
  readonly edits: readonly { readonly span: SourceSpan; readonly text: string }[];
}
