import type { Work } from '../../../loss/work.ts';
import { COUNT_NAME, type Evidence } from '../../classes/classEvidence.ts';
import { datasetClasses } from '../../classes/datasetClasses.ts';
import type { ShellValues } from './shellValues.ts';
import type { ShellWord } from './shellWords.ts';

/** Words between two yields. */
const WORDS = 200;

/** What a command says about K: `--num-classes 10`, `--dataset cifar10`. */
export function* classesOfCommand(
  words: readonly ShellWord[],
  values: ShellValues,
): Work<readonly Evidence[]> {
  const all: Evidence[] = [];
  for (const [i, word] of words.entries()) {
    if (i % WORDS === WORDS - 1) yield i / words.length;
    const evidence = evidenceOfWord(word, words[i + 1], values);
    if (evidence) all.push(evidence);
  }
  return all;
}

function evidenceOfWord(
  word: ShellWord,
  next: ShellWord | undefined,
  values: ShellValues,
): Evidence | undefined {
  const sign = word.text.indexOf('=');
  const flag = sign === -1 ? word.text : word.text.slice(0, sign);
  if (!flag.startsWith('-') && !flag.includes('.')) return undefined;
  const name = flag
    .slice(flag.lastIndexOf('.') + 1)
    .replace(/^-+/, '')
    .replaceAll('-', '_');
  const isCount = COUNT_NAME.test(name);
  if (!isCount && !/data|task/.test(name)) return undefined;
  const separate = sign === -1 ? next : undefined;
  const scalar = sign === -1 ? separate && values.valueFor(separate, 0) : values.valueFor(word, sign + 1);
  if (!scalar) return undefined;
  const { number, text } = scalar;
  const place = values.placeOf({ from: word.from, to: separate?.to ?? word.to });
  if (isCount && number !== undefined) {
    const token = scalar.token?.place ?? null;
    // `${K:-10}`: whoever runs the script says otherwise.
    const isDefault = scalar.origins.some(({ kind }) => kind === 'environment');
    return {
      value: number,
      by: 'count',
      name: flag,
      place,
      token,
      weight: 4,
      ...(isDefault && { isDefault }),
    };
  }
  const classes = isCount || text === undefined ? undefined : datasetClasses(text);
  if (classes === undefined) return undefined;
  return { value: classes, by: 'dataset', name: text ?? '', place, token: null, weight: 3 };
}
