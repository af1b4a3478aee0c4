import { Position, type TextDocument, window, workspace } from 'vscode';
import type { KnownClasses } from '../../../analysis/classes/knownClasses.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { rangeOf } from '../checks/diagnostics.ts';
import type { KnownClassCounts } from '../classes/classCounts.ts';
import type { LossDocuments } from '../documents/lossDocuments.ts';
import type { LensTarget } from '../lens/codeLens.ts';

/** A configuration, and the document it's in. */
export interface LocatedLoss {
  readonly config: LossConfig;
  readonly classes: KnownClasses | null;
  readonly document: TextDocument;
}

/** The configuration that a lens is for, or without one that at the cursor. */
export async function locateLoss(
  target: LensTarget | undefined,
  documents: LossDocuments,
  counts: KnownClassCounts,
): Promise<LocatedLoss | undefined> {
  const editor = window.activeTextEditor;
  const document = target
    ? workspace.textDocuments.find(({ uri }) => uri.toString() === target.uri)
    : editor?.document;
  if (!document) return undefined;
  const { configs } = await documents.of(document);
  const config = target
    ? nearest(configs, document, target)
    : lossOnLine(configs, document, editor!.selection.active.line);
  return config && { config, classes: counts.of(config, document), document };
}

/** The configuration at a place, or the nearest to it if the document was edited meanwhile. */
function nearest(
  configs: readonly LossConfig[],
  document: TextDocument,
  target: LensTarget,
): LossConfig | undefined {
  const place = document.offsetAt(new Position(target.line, target.character));
  const distance = ({ callee }: LossConfig) => Math.abs(callee.from - place);
  return configs.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** The configuration on a line; of nested ones the innermost. */
export function lossOnLine(
  configs: readonly LossConfig[],
  document: TextDocument,
  line: number,
): LossConfig | undefined {
  const here = configs.filter(({ span }) => {
    const range = rangeOf(span, document);
    return range.start.line <= line && line <= range.end.line;
  });
  return here.toSorted((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from))[0];
}
