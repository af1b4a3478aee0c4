import { isClassCount } from '../../loss/conventions/smoothing.ts';
import { countBefore } from '../common/countBefore.ts';
import type { ClassEvidence, Classes, ClassGuess } from '../lossConfig.ts';
import { isWithin } from '../python/names/evidenceReach.ts';
import type { Scope } from '../python/syntax/pythonScopes.ts';
import type { SourcePlace } from '../sourcePlace.ts';

/** Something in a source that tells K. */
export interface Evidence {
  /** NaN where what is written says K and isn't a number of classes. */
  readonly value: number;
  readonly by: ClassEvidence;
  readonly name: string;
  readonly place: SourcePlace;
  readonly token: SourcePlace | null;
  /** How much it counts for; what agrees adds up. */
  readonly weight: number;
  /** It gives way to all that isn't: a default that others may replace. */
  readonly isDefault?: boolean;
  /** The only part of its file that it's about; undefined: all of it. */
  readonly reach?: Scope | undefined;
}

/** Names that the number of classes goes by, as argument, constant or key. */
export const COUNT_NAME =
  /^(?:(?:num|n|nb|no|number)_?(?:of_)?(?:class(?:es)?|labels?|categories|cls|target_classes|outputs?)|class(?:es)?_?(?:num|count|number)|nclass(?:es)?|nlabels?|output_neurons|nc|odim|ntokens?|(?:tgt_|target_|trg_)?vocab_?size|n_vocab|num_tokens)$/i;
/** Of words. Whether marks for the start, the end and padding are among them isn't said by their number in a config. */
export const VOCABULARY_NAME = /vocab|tokens/i;
/** Names of lists with an entry for each class. */
export const LABELS_NAME =
  /^(?:class(?:es)?|class_?names?|class_?labels?|labels|label_?names?|label_?list|categories|target_?names|id2label|label2id|idx_?to_?class|class_?to_?idx|intents|emotions)$/i;

/** What there is for one value: the sum of all weights, and the weightiest that says it. */
interface Sum {
  readonly total: number;
  readonly best: Evidence;
  /** More than a default, or the name of a dataset, says it: that is only how many classes there usually are. */
  readonly isFirm: boolean;
  /** Nothing but defaults of parameters says it: what the callers pass isn't here. */
  readonly isDefault: boolean;
  /** What it's about; null: the whole file. */
  readonly reaches: readonly Scope[] | null;
}

/** Parts of a file that are told apart. */
const MOST_REACHES = 64;

/** How many values there are, and how many of them are firm. */
interface Counts {
  readonly values: number;
  readonly firm: number;
}

/**
 * Evidence added up by value, text by text: a config file is one, a notebook has one for each cell. What is asked of a text is
 * answered by it and those before it, and of two values that weigh the same the later one counts.
 */
export class Rankings {
  /** By value: its sum after each of the texts that tell it, in their order. */
  readonly #sums = new Map<number, { readonly text: number; readonly sum: Sum }[]>();
  /** After each text: the likeliest value, and how many values there are. */
  readonly #states: ({ readonly top: Sum | undefined } & Counts)[] = [];

  /** How many texts there are. */
  get length(): number {
    return this.#states.length;
  }

  /** The next text. */
  add(evidence: readonly Evidence[]): void {
    const text = this.length;
    let { top, values, firm } = this.#states.at(-1) ?? NOTHING;
    let own: Sum | undefined;
    for (const [value, sum] of summed(evidence)) {
      const sums = this.#sums.get(value) ?? [];
      if (sums.length === 0) {
        this.#sums.set(value, sums);
        values++;
      }
      const before = sums.at(-1)?.sum;
      const all = sumOf(sum, before);
      if (all.isFirm && !before?.isFirm) firm++;
      sums.push({ text, sum: all });
      if (!own || isAbove(all, own)) own = all;
    }
    if (own && !(top && isAbove(top, own))) top = own;
    this.#states.push({ top, values, firm });
  }

  /** Forgets a text, and all after it. */
  truncate(from: number): void {
    if (from >= this.length) return;
    this.#states.length = from;
    for (const [value, sums] of this.#sums) {
      while (sums.length > 0 && sums.at(-1)!.text >= from) sums.pop();
      if (sums.length === 0) this.#sums.delete(value);
    }
  }

  /**
   * The likeliest value by a text and those before it, with evidence that is nearer than all of these. `from`: where it's asked; what
   * is about other parts of the file only isn't sure there.
   */
  guess(text: number, near: readonly Evidence[] = [], from?: Scope): ClassGuess | null {
    let { top, values, firm } = this.#states[text] ?? NOTHING;
    let best: Sum | undefined;
    for (const [value, sum] of summed(near)) {
      const further = this.#sumAfter(text, value);
      const all = sumOf(sum, further);
      if (!best || isAbove(all, best)) best = all;
      if (!further) values++;
      if (all.isFirm && !further?.isFirm) firm++;
    }
    // What is likeliest without this and told by it, too, is in already, with a larger sum.
    if (top && !(best && !isAbove(top, best))) best = top;
    const others = best?.isFirm ? firm : values;
    if (!best) return null;
    const isSure = others <= 1 && !best.isDefault && (!from || isAbout(best, from));
    return guessOf(best.best, isSure ? 'likely' : 'weak');
  }

  #sumAfter(text: number, value: number): Sum | undefined {
    const sums = this.#sums.get(value) ?? [];
    return sums[countBefore(sums, text + 1, (each) => each.text) - 1]?.sum;
  }
}

const NOTHING = { top: undefined, values: 0, firm: 0 } as { readonly top: Sum | undefined } & Counts;

function isAbout({ reaches }: Sum, from: Scope): boolean {
  return !reaches || reaches.some((reach) => isWithin(reach, from));
}

function isAbove(a: Sum, b: Sum): boolean {
  return a.isFirm === b.isFirm ? a.total > b.total : a.isFirm;
}

function summed(evidence: readonly Evidence[]): ReadonlyMap<number, Sum> {
  const sums = new Map<number, Sum>();
  for (const best of evidence) {
    if (!isClassCount(best.value) || best.value < 2) continue;
    const known = sums.get(best.value);
    const isDefault = best.isDefault === true;
    const sum = {
      total: best.weight,
      best,
      isFirm: best.by !== 'dataset' && !isDefault,
      isDefault,
      reaches: best.reach ? [best.reach] : null,
    };
    sums.set(best.value, known ? sumOf(known, sum) : sum);
  }
  return sums;
}

function sumOf(near: Sum, further: Sum | undefined): Sum {
  if (!further) return near;
  return {
    total: near.total + further.total,
    best: further.best.weight > near.best.weight ? further.best : near.best,
    isFirm: near.isFirm || further.isFirm,
    isDefault: near.isDefault && further.isDefault,
    reaches: near.reaches && further.reaches && togetherOf(near.reaches, further.reaches),
  };
}

function togetherOf(near: readonly Scope[], further: readonly Scope[]): readonly Scope[] | null {
  const all = [...new Set([...near, ...further])];
  return all.length > MOST_REACHES ? null : all;
}

/** K by one text's evidence. */
export function guessed(evidence: readonly Evidence[]): ClassGuess | null {
  const rankings = new Rankings();
  rankings.add(evidence);
  return rankings.guess(0);
}

/**
 * K of one configuration: what the person or the call itself says, else what there's most evidence for. Where one of the two says
 * what can't be K, nothing weaker takes its place.
 */
export function classesOf(
  comment: Evidence | undefined,
  stated: Evidence | undefined,
  likeliest: ClassGuess | null,
  argument: Classes['argument'],
): Classes {
  const wrong = [comment, stated].find((each) => each && !isClassCount(each.value));
  const refused = wrong ? { name: wrong.name, place: wrong.place } : null;
  if (comment && comment !== wrong) return { guess: guessOf(comment, 'said'), refused: null, argument };
  if (stated && isClassCount(stated.value)) return { guess: guessOf(stated, 'stated'), refused, argument };
  return { guess: refused ? null : likeliest, refused, argument };
}

/** Evidence that is taken for K. */
export function guessOf({ value, by, name, place, token }: Evidence, sure: ClassGuess['sure']): ClassGuess {
  return { value, by, name, place, token, sure };
}

/** What stands for K, up to the next space, and what comes behind it. */
const COMMENT = /smooth-labels\s*:\s*K\s*=[^\S\r\n]*(\S*)([^\r\n]*)/;
/** A whole number, and the end of a sentence or of the comment. `1e3`, `1.000` and `1,000` are not the same to everybody. */
const WHOLE_NUMBER = /^([1-9]\d*(?:_\d+)*)(?:[.,;:!?)\]}"'`]|\*\/)*$/;
/** The number isn't over: `10 000`, `10 - 20`. */
const GOES_ON = /^\s*(?:[-+*/^×·%=]\s*)?\d/;

/** A comment that says what K is. */
export interface SaidClasses {
  /** Zero-based. */
  readonly line: number;
  readonly evidence: Evidence;
}

/** `# smooth-labels: K=10`, if that is what the text is. */
export function saidIn(text: string, place: SourcePlace): SaidClasses | undefined {
  const match = COMMENT.exec(text);
  if (!match) return undefined;
  const [whole, written = '', rest = ''] = match;
  const digits = GOES_ON.test(rest) ? undefined : WHOLE_NUMBER.exec(written)?.[1];
  const value = digits === undefined ? Number.NaN : Number(digits.replaceAll('_', ''));
  const from = place.span.from + match.index + whole.length - rest.length - written.length;
  const token = digits === undefined ? null : { ...place, span: { from, to: from + digits.length } };
  const name = `K=${digits ?? written}`.slice(0, 60);
  return { line: place.line, evidence: { value, by: 'comment', name, place, token, weight: 0 } };
}

/** The comment that is meant for what is on these lines: on one of them or right above, else the last one before, else any. */
export function saidFor(comments: readonly SaidClasses[], first: number, last: number): Evidence | undefined {
  // Comments are in the order of their lines: the first that isn't above.
  const above = countBefore(comments, first, ({ line }) => line);
  const beside = comments[above];
  if (beside && beside.line <= last) return beside.evidence;
  return (comments[above - 1] ?? comments[0])?.evidence;
}
