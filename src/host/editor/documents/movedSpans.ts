import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import type { SourceSpan } from '../../../analysis/sourcePlace.ts';

/** A stretch of text that was replaced, and how long what replaced it is. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** The changes of one event, in an order in which each leaves the offsets of the next as they are: from the end. */
export function editsOf(changes: readonly TextDocumentContentChangeEvent[]): Edit[] {
  return changes
    .map(({ rangeOffset, rangeLength, text }) => ({
      from: rangeOffset,
      to: rangeOffset + rangeLength,
      length: text.length,
    }))
    .sort((a, b) => b.from - a.from);
}

/** Where a span is after edits. What is typed at its ends isn't part of it. */
export function movedSpan(span: SourceSpan, edits: readonly Edit[]): SourceSpan {
  let { from, to } = span;
  for (const edit of edits) {
    const grown = edit.length - (edit.to - edit.from);
    const after = edit.from + edit.length;
    from = edit.to <= from ? from + grown : edit.from < from ? after : from;
    to = edit.to < to || (edit.to === to && edit.from < to) ? to + grown : edit.from < to ? after : to;
    to = Math.max(from, to);
  }
  return { from, to };
}

/** A configuration of the text before edits, in the text after them. Nothing of it can be edited: that text is gone. */
export function movedPlace(config: LossConfig, edits: readonly Edit[], document: TextDocument): LossConfig {
  const { alpha, findings } = config;
  const span = movedSpan(config.span, edits);
  return {
    ...config,
    span,
    line: document.positionAt(span.from).line,
    callee: movedSpan(config.callee, edits),
    alpha: {
      ...alpha,
      span: alpha.span && movedSpan(alpha.span, edits),
      argument: alpha.argument && movedSpan(alpha.argument, edits),
      token: null,
      insertion: null,
    },
    findings: findings.map((finding) => ({
      ...finding,
      span: movedSpan(finding.span, edits),
      fix: null,
    })),
  };
}
