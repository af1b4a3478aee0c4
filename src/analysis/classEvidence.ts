import type { ClassEvidence, Classes, ClassGuess, Place } from './lossConfig.ts';

/** Something in a source that tells K. */
export interface Evidence {
  readonly value: number;
  readonly by: ClassEvidence;
  readonly name: string;
  readonly place: Place;
  readonly token: Place | null;
  /** How much it counts for; what agrees adds up. */
  readonly weight: number;
}

/** Names that the number of classes goes by, as argument, constant or key. */
export const COUNT_NAME =
  /^(?:(?:num|n|nb|no|number)_?(?:of_)?(?:class(?:es)?|labels?|categories|cls|target_classes|outputs?)|class(?:es)?_?(?:num|count|number)|nclass(?:es)?|nlabels?|output_neurons|nc|odim|ntokens?|(?:tgt_|target_|trg_)?vocab_?size|n_vocab|num_tokens)$/i;
/** Names of lists with an entry for each class. */
export const LABELS_NAME =
  /^(?:class(?:es)?|class_?names?|class_?labels?|labels?|label_?names?|label_?list|categories|target_?names|id2label|label2id|idx_?to_?class|class_?to_?idx|intents|emotions)$/i;

/** The values there's evidence for, the likeliest first. */
export function rankedGuesses(evidence: readonly Evidence[]): readonly ClassGuess[] {
  const sums = new Map<number, { total: number; best: Evidence }>();
  for (const each of evidence) {
    if (!Number.isInteger(each.value) || each.value < 2) continue;
    const sum = sums.get(each.value);
    if (!sum) sums.set(each.value, { total: each.weight, best: each });
    else {
      sum.total += each.weight;
      if (each.weight > sum.best.weight) sum.best = each;
    }
  }
  const ranked = [...sums.values()].sort((a, b) => b.total - a.total);
  return ranked.map(({ best }) => guessOf(best, ranked.length > 1 ? 'weak' : 'likely'));
}

/** K of one configuration: what the person or the call itself says, else what there's most evidence for. */
export function classesOf(
  said: Evidence | undefined,
  stated: Evidence | undefined,
  ranked: readonly ClassGuess[],
  argument: Classes['argument'],
): Classes {
  const guesses = [
    ...(said ? [guessOf(said, 'said')] : []),
    ...(stated ? [guessOf(stated, 'stated')] : []),
    ...ranked,
  ];
  const [guess = null, ...rest] = guesses;
  const others = rest.filter(
    ({ value }, i) => value !== guess?.value && rest.findIndex((each) => each.value === value) === i,
  );
  return { guess, others, argument };
}

function guessOf({ value, by, name, place, token }: Evidence, sure: ClassGuess['sure']): ClassGuess {
  return { value, by, name, place, token, sure };
}

const COMMENT = /smooth-labels\s*:\s*K\s*=\s*([\d_]+)/;

/** A comment that says what K is. */
export interface SaidClasses {
  /** Zero-based. */
  readonly line: number;
  readonly evidence: Evidence;
}

/** `# smooth-labels: K=10`, if that is what the text is. */
export function saidIn(text: string, place: Place): SaidClasses | undefined {
  const found = COMMENT.exec(text);
  const value = Number(found?.[1]?.replaceAll('_', ''));
  if (!found || !(value >= 1)) return undefined;
  const from = place.span.from + found.index + found[0].length - found[1]!.length;
  const token = { ...place, span: { from, to: from + found[1]!.length } };
  const evidence: Evidence = { value, by: 'comment', name: `K=${found[1]}`, place, token, weight: 0 };
  return { line: place.line, evidence };
}

/** The comment that is meant for what is on these lines: on one of them or right above, else the last one before, else any. */
export function saidFor(said: readonly SaidClasses[], first: number, last: number): Evidence | undefined {
  const beside = said.find(({ line }) => line >= first && line <= last);
  const above = said.find(({ line }) => line === first - 1);
  const before = said.findLast(({ line }) => line < first);
  return (beside ?? above ?? before ?? said[0])?.evidence;
}
