/** A stretch of a document in UTF-16 units, as editors count; `to` is behind its last one. */
export interface SourceSpan {
  readonly from: number;
  readonly to: number;
}

/** Where something is written: in the document itself, in an earlier cell of its notebook, or in another file. */
export interface SourcePlace {
  readonly span: SourceSpan;
  /** Zero-based. */
  readonly line: number;
  /** Which of `AnalysisContext.cells`; absent elsewhere. */
  readonly cell?: number;
  /** The `ModuleRequest.key` of the file; absent elsewhere. */
  readonly module?: string;
}
