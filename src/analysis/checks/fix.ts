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
    | 'percent';
  readonly edits: readonly { readonly span: SourceSpan; readonly text: string }[];
}
