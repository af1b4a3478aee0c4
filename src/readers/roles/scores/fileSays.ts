import type { ReadProblem } from '../../readProblem.ts';
import { meaningOf, type NameMeaning, nameWords } from '../arrayNames.ts';
import type { NamedArray } from '../namedArray.ts';
import type { ScoreCandidate } from './scoreCandidates.ts';

/** What a log of a training is called, though no word of it is a loss. */
const LOGS: ReadonlySet<string> = new Set(['history', 'metrics', 'curve', 'accs', 'accuracies', 'aucs']);
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
  const isLog = isSaid(words, stem, ({ loss }) => loss) || words.some((word) => LOGS.has(word));
  if (isLog && isList) return { reason: 'losses', offset, names: [stem] };
  const isOther =
    isLog ||
    meaning.setting === 'weight' ||
    (isList && (meaning.derived || meaning.prediction)) ||
    words.some((word) => MATRICES.has(word)) ||
    isSaid(words, stem, ({ feature, matrix, target }) => feature || matrix || target > 1);
  if (!isOther || (meaning.prediction && !isList)) return undefined;
  return { reason: 'several', offset, candidates: [{ name, shape, role: 'logits' }] };
}

/** True if a word of a name says so, but for a setting with its value: "resnet_lr0.1", "epoch_10". */
function isSaid(words: readonly string[], stem: string, says: (meaning: NameMeaning) => boolean): boolean {
  if (!/\d/.test(stem)) return says(meaningOf(stem));
  return words.some((word, i) => says(meaningOf(word)) && !/^\d/.test(words[i + 1] ?? ''));
}

/** Without its folders and endings: "val_loss" of "runs/val_loss.npy.gz". */
function stemOf(fileName: string): string {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  return name.replace(/(?:\.[a-z]\w{0,11}){1,2}$/i, '');
}
