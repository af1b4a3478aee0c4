import { type AlphaRange, type Outside, outsideOf } from '../../frameworks/acceptedAlpha.ts';
import type { AnalysisLanguage } from '../hintWords.ts';
import { lineAt, lineStartsOf } from '../lineStarts.ts';
import type { AnalysisContext, ConfigAlpha, LossConfig } from '../lossConfig.ts';
import type { SourcePlace, SourceSpan } from '../sourcePlace.ts';
import { besideNaming } from './conventionRename.ts';
import { plainNumeral, restyled } from './numeral.ts';
import type { TextEdit } from './textEdit.ts';

/** A document, and what is around it. */
export interface Sources extends AnalysisContext {
  readonly text: string;
  readonly language: AnalysisLanguage;
}

/** What sets α to another value. */
export interface AlphaEdit {
  /** In which text: a cell above, or a file that is imported from. Neither: the document itself. */
  readonly in: Pick<SourcePlace, 'cell' | 'module'>;
  readonly edits: readonly TextEdit[];
}

/** Why no edit sets α. Facts: whoever says it finds the words. */
export type NoAlphaEdit =
  /** The API doesn't take this α. */
  | { readonly reason: 'range'; readonly range: AlphaRange; readonly does: Outside }
  /** No single number sets it: it's computed. `line` is zero-based, of `text`. */
  | { readonly reason: 'computed'; readonly text: string; readonly line: number }
  /** It comes from where no source says: a command line, a config that isn't here. */
  | { readonly reason: 'outside'; readonly text: string; readonly line: number }
  /** The callee smooths no labels, or it isn't known by which argument. */
  | { readonly reason: 'no-argument' }
  /** The number is something else than α: a focal loss's, a share of preferences. */
  | { readonly reason: 'another-meaning' }
  /** A `*` or `**` may bring the argument. */
  | { readonly reason: 'open' }
  /** The key could be added, but it's for the framework to say where. */
  | { readonly reason: 'no-place'; readonly argument: string }
  /** Tried out, the edit gives another α: other places set it, too. */
  | { readonly reason: 'contradicted' };

/** A number, in what may be one. */
const NUMBER = /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?$/;
/** Characters of a number that is replaced. */
const LONGEST_NUMBER = 100;
/** What stands for no smoothing, or for a default. */
const SWITCH = /^(?:none|false|true|null|nil|~|no|off|yes|on)?$/i;

/**
 * The smallest edit that sets α, as the configuration's own convention reads it: of the number that sets it now, in its style,
 * or of the call, to which the argument is added. What is computed, or isn't in these sources, can't be set.
 */
export function alphaEdit(config: LossConfig, value: number, sources: Sources): AlphaEdit | NoAlphaEdit {
  const { alpha, entry } = config;
  if (entry?.instead === 'nothing') return { reason: 'no-argument' };
  if (entry?.instead !== undefined) return { reason: 'another-meaning' };
  const does = entry ? outsideOf(value, entry.range) : undefined;
  // What takes 0 as no smoothing takes it.
  if (entry && does !== undefined && !(value === 0 && does === 'off'))
    return { reason: 'range', range: entry.range, does };
  return alpha.text === null ? added(config, value, sources) : replaced(config, alpha.text, value, sources);
}

function replaced(
  { alpha, line }: LossConfig,
  written: string,
  value: number,
  sources: Sources,
): AlphaEdit | NoAlphaEdit {
  const { token, span, origins } = alpha;
  if (token) {
    const { span: number, line: _, ...where } = token.place;
    const goal = token.complement ? Number((1 - value).toPrecision(15)) : value;
    const edit = renumbered(textAt(where, sources), number, goal);
    if (edit) return { in: where, edits: [edit] };
  }
  if (span && origins.length === 0 && SWITCH.test(written)) {
    const space = span.from === span.to ? ' ' : '';
    return { in: {}, edits: [{ span, text: space + plainNumeral(value) }] };
  }
  // A config's number in quotes is a text to its format, and a number to who takes it.
  if (span && sources.language !== 'python' && isQuoted(written)) {
    const edit = renumbered(sources.text, span, value);
    if (edit) return { in: {}, edits: [edit] };
  }
  const computed = origins.find(({ kind }) => kind === 'arithmetic');
  if (computed) return { reason: 'computed', text: computed.name, line: computed.place?.line ?? line };
  const named = /^[\w.]+$|^[$!<{]|\bget\w*\(|environ/.test(written);
  return { reason: named ? 'outside' : 'computed', text: written, line: lineOfAlpha(alpha, line, sources) };
}

function lineOfAlpha({ span }: ConfigAlpha, line: number, { text }: Sources): number {
  return span ? lineAt(lineStartsOf(text), span.from) : line;
}

function textAt({ cell, module }: AlphaEdit['in'], { text, cells, modules }: Sources): string {
  if (module !== undefined) return modules?.get(module) ?? '';
  return cell === undefined ? text : (cells?.[cell] ?? '');
}

/** The number in a stretch of text, as another one. Undefined if there's none: a hexadecimal, a fraction. */
function renumbered(text: string, span: SourceSpan, value: number): TextEdit | undefined {
  let to = span.to;
  while (to > span.from && isQuote(text[to - 1]!)) to--;
  const first = Math.max(span.from, to - LONGEST_NUMBER);
  for (let from = first; from < to; from++) {
    const number = text.slice(from, to);
    if (!NUMBER.test(number)) continue;
    // The end of a longer one isn't the number.
    if (from === first && first > span.from) return undefined;
    return { span: { from, to }, text: restyled(value, number) };
  }
  return undefined;
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'";
}

function isQuoted(text: string): boolean {
  return text.length > 1 && isQuote(text[0]!) && text.endsWith(text[0]!) && !text.includes('\n');
}

function added(config: LossConfig, value: number, sources: Sources): AlphaEdit | NoAlphaEdit {
  const { kind, alpha, entry } = config;
  const { insertion, argument } = alpha;
  // Given where it can't be seen: by an argument of a `**`.
  if (argument) return { reason: 'open' };
  const number = plainNumeral(value);
  if (insertion) {
    const { at, before, after, comma } = insertion;
    const edits = [{ span: { from: at, to: at }, text: `${before}${number}${after}` }];
    const commas = comma === undefined ? [] : [{ span: { from: comma, to: comma }, text: ',' }];
    return { in: {}, edits: [...commas, ...edits] };
  }
  if (kind === 'object') {
    const name = entry?.calls.find((form) => form.argument !== null)?.argument;
    if (name === undefined || name === null) return { reason: 'no-argument' };
    const edit = besideNaming(config, name, number, sources);
    return edit ? { in: {}, edits: [edit] } : { reason: 'no-place', argument: name };
  }
  return { reason: kind === 'call' && alpha.value === undefined ? 'open' : 'no-argument' };
}
