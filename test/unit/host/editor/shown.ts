import type { TextDocument } from 'vscode';
import { inferredClasses, type KnownClasses } from '../../../../src/analysis/classes/knownClasses.ts';
import type { AnalysisLanguage } from '../../../../src/analysis/hintWords.ts';
import type { LossConfig } from '../../../../src/analysis/lossConfig.ts';
import { diagnosticsOf } from '../../../../src/host/editor/checks/diagnostics.ts';
import { configSnapshot } from '../../../../src/host/editor/configSnapshot.ts';
import { hoverOf } from '../../../../src/host/editor/hover/lossHover.ts';
import { lensesOf } from '../../../../src/host/editor/lens/codeLens.ts';
import { analyzed } from '../../analysis/corpus.ts';

/** A file as VS Code opens it, as far as hints ask. */
export function documentOf(text: string): TextDocument {
  const lines = text.split('\n');
  const document = {
    uri: { scheme: 'file', path: '/project/train.py', toString: () => 'file:///project/train.py' },
    getText: () => text,
    lineAt: (line: number) => ({ range: { start: { line, character: 0 } }, text: lines[line] }),
    positionAt: (offset: number) => {
      const before = text.slice(0, offset).split('\n');
      return { line: before.length - 1, character: before.at(-1)!.length };
    },
  };
  return document as unknown as TextDocument;
}

/** All that is said of one configuration: the lens and its tooltip, the hover, what the panel gets, problems. */
export interface Shown {
  readonly lens: string;
  readonly tooltip: string;
  readonly hover: string;
  readonly snapshot: ReturnType<typeof configSnapshot>;
  readonly problems: readonly string[];
}

export function shownOf(config: LossConfig, document: TextDocument, classes?: KnownClasses | null): Shown {
  const { guess } = config.classes;
  const known = classes === undefined ? inferredClasses(guess) : classes;
  const lenses = lensesOf(config, known, document, 'all');
  return {
    lens: lenses.map(({ command }) => command?.title ?? '').join(' | '),
    tooltip: lenses[0]?.command?.tooltip ?? '',
    // As it reads: Markdown's own escapes aside.
    hover: hoverOf(config, known, document, 2).value.replace(/\\([!-/:-@[-`{-~])/g, '$1'),
    snapshot: configSnapshot(config, known, document),
    problems: diagnosticsOf([config], document).map(({ message }) => message),
  };
}

/** The same for every configuration of a text. */
export function shownIn(text: string, language: AnalysisLanguage = 'python'): readonly Shown[] {
  const document = documentOf(text);
  return analyzed(text, language).configs.map((config) => shownOf(config, document));
}
