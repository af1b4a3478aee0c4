import type { Work } from '../../loss/work.ts';
import type { KeyMeaning } from '../apis/configKeys.ts';
import { chosenConvention } from '../apis/conventionChoice.ts';
import type { KnownApis } from '../apis/knownApis.ts';
import { isAmount, isBlock, isChoiceOfAlpha, isNamedSetting } from '../apis/sharedKeys.ts';
import type { LossConfig } from '../lossConfig.ts';
import { lastWord } from '../sourceTokens.ts';
import { alphaOfEntry, maySetAlpha } from './configAlpha.ts';
import { type ClassSources, classesIn } from './configClasses.ts';
import { type ConfigEntry, type ConfigObject, severalOf, textFor, textOfEntry } from './configEntries.ts';
import { configured } from './configuredLoss.ts';
import { typedConfig } from './typedConfig.ts';

/** Entries between two yields. */
const ENTRIES = 200;

/** The loss configurations of an object of a config: one it names the type of, or keys for α. Not those of objects inside. */
export function* lossesInConfig(
  object: ConfigObject,
  apis: KnownApis,
  sources: ClassSources,
): Work<readonly LossConfig[]> {
  const typed = typedConfig(object, apis, sources);
  const losses = typed ? [typed.config] : [];
  for (const [i, entry] of object.entries.entries()) {
    if (i % ENTRIES === ENTRIES - 1) yield i / object.entries.length;
    if (typed?.used === entry) continue;
    const { key, around } = undotted(entry.key, object);
    if (isChoiceOfAlpha(key, around)) {
      const choice = choiceOf(entry);
      const meaning = choice && apis.keys.meaningOf(around.key!, around.parent ?? around);
      if (meaning) losses.push(keyConfig(object, choice, meaning, sources, `${around.key}.${key}`));
    } else if (maySetAlpha(entry)) {
      const meaning = apis.keys.meaningOf(key, around, entry.scalar);
      if (meaning)
        losses.push(keyConfig(object, entry, meaning, sources, nameOf(key, entry, object, meaning)));
    }
  }
  return losses;
}

/** What says by what is above it only that it's α is called by both. */
function nameOf(key: string, entry: ConfigEntry, object: ConfigObject, { api }: KeyMeaning): string {
  if (isNamedSetting(key, object)) return textOfEntry(object, 'name', 'key') ?? key;
  const { key: above } = object;
  const isEpsilon = !api && /^eps/i.test(key);
  const isPlaced = above !== null && key === entry.key && isAmount(key) && (isBlock(above) || isEpsilon);
  return isPlaced ? `${above}.${key}` : entry.key;
}

/** `loss.label_smoothing` is the key `label_smoothing` of `loss`. */
function undotted(
  key: string,
  object: ConfigObject,
): { readonly key: string; readonly around: ConfigObject } {
  const dot = key.lastIndexOf('.');
  if (dot === -1) return { key, around: object };
  const above = lastWord(key.slice(0, dot));
  return { key: key.slice(dot + 1), around: { ...object, entries: [], parent: object, key: above } };
}

/** An entry whose list is what α is tried out with, as an entry with one value; undefined if it has others than numbers. */
export function choiceOf(entry: ConfigEntry): ConfigEntry | undefined {
  const values = entry.items?.flatMap(({ number }) => number ?? []) ?? [];
  const [first] = entry.items ?? [];
  if (!first || values.length !== entry.size) return undefined;
  const span = { from: first.span.from, to: entry.items!.at(-1)!.span.to };
  const written = entry.items!.map((each) => each.written).join(', ');
  const scalar = values.length === 1 ? first : severalOf(values, written, span);
  return { ...entry, scalar, size: 0 };
}

function keyConfig(
  object: ConfigObject,
  entry: ConfigEntry,
  meaning: KeyMeaning,
  sources: ClassSources,
  name: string,
): LossConfig {
  const chosen = meaning.api
    ? chosenConvention(meaning, (argument) => textFor(object, argument))
    : { entry: null, convention: null, by: null };
  return configured({
    kind: 'key',
    entry: chosen.entry,
    name,
    convention: chosen.convention,
    by: chosen.by,
    span: entry.span,
    line: entry.line,
    callee: entry.keySpan,
    alpha: alphaOfEntry(entry, object),
    integer: entry.scalar?.integer ?? false,
    classes: classesIn(object, [entry.line, entry.line], sources),
    weighted: false,
    around: namesAround(object),
  });
}

/** Levels of a config file that are looked at. */
const MOST_LEVELS = 8;

/** The keys above the entries of an object, and what is named beside each. */
function namesAround(object: ConfigObject): readonly string[] {
  const names: string[] = [];
  for (let [each, level]: [ConfigObject | null, number] = [object, 0]; each && level < MOST_LEVELS; level++) {
    names.push(
      each.key ?? '',
      textOfEntry(each, 'name') ?? '',
      textOfEntry(each, 'type') ?? '',
      textOfEntry(each, 'loss') ?? '',
    );
    each = each.parent;
  }
  return names;
}
