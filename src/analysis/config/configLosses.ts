import type { Work } from '../../loss/work.ts';
import type { KeyMeaning } from '../apis/configKeys.ts';
import { chosenConvention } from '../apis/conventionChoice.ts';
import type { KnownApis } from '../apis/knownApis.ts';
import type { LossConfig } from '../lossConfig.ts';
import { alphaOfEntry, maySetAlpha } from './configAlpha.ts';
import { type ClassSources, classesIn } from './configClasses.ts';
import { type ConfigEntry, type ConfigObject, textFor } from './configEntries.ts';
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
    if (typed?.used === entry || !maySetAlpha(entry)) continue;
    const meaning = apis.keys.meaningOf(entry.key, object);
    if (meaning) losses.push(keyConfig(object, entry, meaning, sources));
  }
  return losses;
}

function keyConfig(
  object: ConfigObject,
  entry: ConfigEntry,
  meaning: KeyMeaning,
  sources: ClassSources,
): LossConfig {
  const chosen = meaning.api
    ? chosenConvention(meaning, (argument) => textFor(object, argument))
    : { entry: null, convention: null, by: null };
  return configured({
    kind: 'key',
    entry: chosen.entry,
    name: entry.key,
    convention: chosen.convention,
    by: chosen.by,
    span: entry.span,
    line: entry.line,
    callee: entry.keySpan,
    alpha: alphaOfEntry(entry, object),
    integer: entry.scalar?.integer ?? false,
    classes: classesIn(object, [entry.line, entry.line], sources),
    weighted: false,
  });
}
