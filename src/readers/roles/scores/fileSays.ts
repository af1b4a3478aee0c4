import type { ReadProblem } from '../../readProblem.ts';
import { meaningOf, type NameMeaning, nameWords } from '../arrayNames.ts';
import type { NamedArray } from '../namedArray.ts';
import type { ScoreCandidate } from './scoreCandidates.ts';

/** What a log of a training is called. Of the words that its columns have, "step" and "epoch" say when a file was written. */
const LOGS: ReadonlySet<string> = new Set(
  'loss losses nll acc accs accuracy accuracies auc aucs auroc perplexity ppl rmse mse mae lr lrs history metrics'.split(
    ' ',
  ),
);
/** What else than scores is in rows. */
const MATRICES: ReadonlySet<string> = new Set(['attention', 'confusion', 'distances', 'images', 'inputs']);

/**
 * Why the scores of a file are none by its name, where nothing in it has one: "losses.pt", "lr.npy", "embeddings.npy". A list of numbers
 * that is called losses is refused; what has rows, or is called something else, may still be meant, so it's asked about.
 */
export function fileSays(
  { array }: ScoreCandidate,
  arrays: readonly NamedArray[],
  fileName: string | undefined,
): ReadProblem | undefined {
  if (fileName === undefined || arrays.some(({ isNamed, shape }) => isNamed && shape.length > 0))
    return undefined;
  const stem = stemOf(fileName);
  const meaning = meaningOf(stem);
  if (meaning.kind !== null || meaning.scores >= 2) return undefined;
  const { start: offset, shape, name } = array;
  const isList = shape.length < 2;
  const words = nameWords(stem);
  const isLog = words.some((word, i) => LOGS.has(word) && !isNumber(words[i + 1]));
  if (isLog && isList) return { reason: 'losses', offset, names: [stem] };
  const isOther =
    isLog ||
    meaning.setting === 'weight' ||
    (isList && (meaning.derived || meaning.prediction)) ||
    words.some((word) => MATRICES.has(word)) ||
    saysOther(words, stem, arrays.length === 1);
  if (!isOther || (meaning.prediction && !isList)) return undefined;
  return { reason: 'several', offset, candidates: [{ name, shape, role: 'logits' }] };
}

/** True for numbers in a file that says logits: a list in "logits.json" is one row of them. */
export function saysLogits({ array }: ScoreCandidate, fileName: string | undefined): boolean {
  return fileName !== undefined && array.shape.length > 0 && meaningOf(stemOf(fileName)).kind === 'logits';
}

/**
 * True if a name, or a word of it, says features or a matrix, but for a setting with its value: "dim_64"; or labels, where there's
 * nothing beside the scores that may be the labels.
 */
function saysOther(words: readonly string[], stem: string, isAlone: boolean): boolean {
  const says = ({ feature, matrix, target }: NameMeaning) => feature || matrix || (isAlone && target > 1);
  if (!/\d/.test(stem)) return says(meaningOf(stem));
  return words.some((word, i) => says(meaningOf(word)) && !isNumber(words[i + 1]));
}

function isNumber(word: string | undefined): boolean {
  return /^\d/.test(word ?? '');
}

/** Without its folders and endings: "val_loss" of "runs/val_loss.npy.gz". */
function stemOf(fileName: string): string {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  return name.replace(/(?:\.[a-z]\w{0,11}){1,2}$/i, '');
}
