import type { SyntaxNode } from '@lezer/common';
import type { SourceSpan } from '../../../sourcePlace.ts';

/** A text with its tree, as the analysis has it. Of one text there is one object. */
export interface PythonSource {
  readonly text: string;
  readonly top: SyntaxNode;
}

/** Where something stands in one. */
export interface CodeSpan {
  readonly at: SourceSpan;
  readonly source: PythonSource;
}
