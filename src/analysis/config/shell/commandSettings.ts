import type { KeyMeaning } from '../../apis/configKeys.ts';
import { chosenConvention } from '../../apis/conventionChoice.ts';
import type { KnownApis } from '../../apis/knownApis.ts';
import type { CommandLine } from '../../apis/smoothingFlags.ts';
import type { LossConfig } from '../../lossConfig.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import type { ConfigObject, Scalar } from '../configEntries.ts';
import type { ShellValues } from './shellValues.ts';
import type { ShellWord } from './shellWords.ts';

/** What a word of a command sets. */
export interface Setting extends Pick<LossConfig, 'kind' | 'name' | 'entry' | 'convention' | 'callee'> {
  readonly span: SourceSpan;
  readonly scalar: Scalar | undefined;
  /** α of a flag that stands without a value. */
  readonly fixed?: number | undefined;
}

/** What a word of a command sets, with the one behind it. */
export function settingsOf(
  words: readonly ShellWord[],
  index: number,
  line: CommandLine,
  values: ShellValues,
  apis: KnownApis,
): readonly Setting[] {
  const found = new Settings(line, values, apis);
  const word = words[index]!;
  const next = words[index + 1];
  const setting = found.flag(word, next) ?? found.dotted(word, next);
  return setting ? [setting] : found.overrides(word);
}

/** `--loss.label_smoothing`, `TRAIN.LABEL_SMOOTHING` */
const DOTTED = /^(?:--?)?[A-Za-z_]\w*(?:\.[\w-]+)+$/;
/** `criterion.label_smoothing=`, also behind a comma: `lr=0.1,label_smoothing=0.1`, `--hparams=label_smoothing=0.1` */
const OVERRIDES = /(?<![^,=])\+{0,2}((?:\w+\.)*)([\w-]+)=/g;
/** What more is smoothed by isn’t a label, as far as a flag goes that may be anybody's. */
const MOST_GUESSED = 0.5;
/** A word with more of them is data. */
const MOST_OVERRIDES = 64;

class Settings {
  readonly #line: CommandLine;
  readonly #values: ShellValues;
  readonly #apis: KnownApis;

  constructor(line: CommandLine, values: ShellValues, apis: KnownApis) {
    this.#line = line;
    this.#values = values;
    this.#apis = apis;
  }

  /** `--label-smoothing 0.1`, `--label-smoothing=0.1` */
  flag(word: ShellWord, next: ShellWord | undefined): Setting | undefined {
    const sign = word.text.indexOf('=');
    const flag = sign === -1 ? word.text : word.text.slice(0, sign);
    if (!this.#apis.flags.has(flag)) return undefined;
    const separate = sign === -1 && isValue(next) ? next : undefined;
    const valued = sign === -1 ? separate : word;
    const scalar = valued && this.#values.valueFor(valued, sign + 1);
    const meaning = this.#line.meaningOf(flag, valued !== undefined);
    if (!meaning || (meaning.isGuess && (scalar?.number ?? 0) > MOST_GUESSED)) return undefined;
    const { entry, convention, fixed } = meaning;
    if (!scalar && fixed === undefined && entry?.instead !== 'fixed') return undefined;
    if (scalar?.boolean !== undefined) return undefined;
    const callee = { from: word.from, to: word.from + flag.length };
    const span = { from: word.from, to: separate?.to ?? word.to };
    return { kind: 'flag', name: flag, entry, convention, callee, span, scalar, fixed };
  }

  /** `--loss.label_smoothing 0.1`, `--loss.label_smoothing=0.1`, `TRAIN.LABEL_SMOOTHING 0.1` of yacs */
  dotted(word: ShellWord, next: ShellWord | undefined): Setting | undefined {
    const sign = word.text.indexOf('=');
    const path = sign === -1 ? word.text : word.text.slice(0, sign);
    const isFlag = path.startsWith('-');
    if (path.length > LONGEST_PATH || !DOTTED.test(path) || (!isFlag && sign !== -1)) return undefined;
    const separate = sign === -1 && isValue(next) ? next : undefined;
    const valued = sign === -1 ? separate : word;
    if (!valued) return undefined;
    const scalar = this.#values.valueFor(valued, sign + 1);
    // A file may have such a name, too.
    if (!isFlag && scalar.number === undefined && !/^\$/.test(scalar.text ?? '')) return undefined;
    const dot = path.lastIndexOf('.');
    const meaning = this.#meaning(path.slice(dot + 1).replaceAll('-', '_'), path.slice(0, dot), word, scalar);
    if (!meaning || isNoAlpha(scalar)) return undefined;
    const callee = { from: word.from, to: word.from + path.length };
    const span = { from: word.from, to: separate?.to ?? word.to };
    return { kind: isFlag ? 'flag' : 'key', name: path, ...this.#chosen(meaning), callee, span, scalar };
  }

  /** Hydra's, and those of others: `criterion.label_smoothing=0.1` */
  overrides(word: ShellWord): readonly Setting[] {
    const sign = word.text.indexOf('=');
    if (sign === -1 || (word.text.startsWith('-') && !word.text.includes('=', sign + 1))) return [];
    const settings: Setting[] = [];
    const matches = [...word.text.slice(0, LONGEST_PATH).matchAll(OVERRIDES)].slice(0, MOST_OVERRIDES);
    for (const [i, { 0: whole, 1: above = '', 2: key = '', index }] of matches.entries()) {
      const next = matches[i + 1];
      const scalar = this.#values.valueFor(
        word,
        index + whole.length,
        next ? next.index - 1 : word.text.length,
      );
      const anywhere = this.#meaning(key, above.slice(0, -1), word, scalar);
      if (!anywhere || isNoAlpha(scalar)) continue;
      const meaning = this.#apis.keys.overridden(key, this.#line) ?? anywhere;
      // In quotes it isn't known where a part of a word is.
      const from = word.literal ? word.from : word.from + index;
      const callee = { from, to: word.literal ? word.to : from + whole.length - 1 };
      const name = whole.slice(0, -1).replace(/^\++/, '');
      const span = { from, to: next && !word.literal ? scalar.span.to : word.to };
      settings.push({ kind: 'key', name, ...this.#chosen(meaning), callee, span, scalar });
    }
    return settings;
  }

  #meaning(key: string, above: string, word: ShellWord, scalar: Scalar): KeyMeaning | undefined {
    const line = this.#values.lineOf(word.from);
    const parts = above === '' ? [] : [...above.matchAll(/\w+/g)].map(([part]) => part);
    let object: ConfigObject = objectAt(null, null, word, line);
    for (const part of parts.slice(-MOST_LEVELS)) object = objectAt(object, part, word, line);
    return this.#apis.keys.meaningOf(key, object, scalar);
  }

  #chosen(meaning: KeyMeaning): Pick<Setting, 'entry' | 'convention'> {
    if (!meaning.api) return { entry: null, convention: null };
    const { entry, convention } = chosenConvention(meaning, (option) => this.#line.valueOf(option));
    return { entry, convention };
  }
}

/** Characters of a path, and levels of it, that are looked at. */
const LONGEST_PATH = 1000;
const MOST_LEVELS = 8;

function objectAt(
  parent: ConfigObject | null,
  key: string | null,
  span: SourceSpan,
  line: number,
): ConfigObject {
  return { entries: [], parent, key, tag: null, span, line, lastLine: line };
}

/** True for a word that a flag takes: another flag isn't one, a negative number is. */
function isValue(word: ShellWord | undefined): word is ShellWord {
  return word !== undefined && !/^--?[A-Za-z]/.test(word.text);
}

/** A switch, or nothing. */
function isNoAlpha({ number, values, text }: Scalar): boolean {
  return number === undefined && values === undefined && text === undefined;
}
