import type { KeyForm } from '../../frameworks/callForm.ts';
import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import { remembered } from '../common/remembered.ts';
import { type ConfigObject, hasKey, textOfEntry } from '../config/configEntries.ts';
import { type CommandText, fitsCommand } from './commandSigns.ts';
import { keyAbove, SurroundingSigns } from './surroundingSigns.ts';

/** What a key of a config file sets: α of an API (with those that have the same key), or of one of many that share it (null). */
export type KeyMeaning =
  | { readonly api: FrameworkApi; readonly variants: readonly FrameworkApi[] }
  | { readonly api: null };

/** α, and nobody can tell whose. */
const SOMEBODYS: KeyMeaning = { api: null };

/** Keys that say it is labels that are smoothed, in any framework. */
const SHARED =
  /^(?:label[_-]?smooth(?:ing)?(?:[_-]?(?:eps(?:ilon)?|rate|value|val|alpha|factor|amount|weight|param|coef|prob))?|labelSmoothing|ls[_-](?:eps(?:ilon)?|alpha|factor|rate)|lb_smooth)$/i;

/** Preferences that are flipped, and discriminators. */
const OTHER_MATTERS = /dpo|cpo|orpo|kto|simpo|preference|reward|discriminator|\bgan\b|(?:^|_)d_|adversarial/i;

/** A key as an entry of the catalogue has it. */
interface KnownKey {
  readonly form: KeyForm;
  readonly meaning: KeyMeaning & { readonly api: FrameworkApi };
}

/** The keys of the catalogue, and what they mean where. */
export class ConfigKeys {
  readonly #byKey = new Map<string, KnownKey[]>();
  readonly #signs: SurroundingSigns;

  constructor(apis: readonly FrameworkApi[]) {
    for (const api of apis) {
      if (api.sameCallAs !== undefined) continue;
      const variants = apis.filter(({ sameCallAs }) => sameCallAs === api.id);
      for (const form of api.calls) {
        if (form.kind !== 'key') continue;
        for (const key of form.paths)
          this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), { form, meaning: { api, variants } }]);
      }
    }
    const forms = [...this.#byKey.values()].flat().map(({ form }) => form);
    this.#signs = new SurroundingSigns(forms.flatMap(({ signs = [] }) => signs));
  }

  /** What the key means where it is; undefined if it has nothing to do with label smoothing. */
  meaningOf(key: string, object: ConfigObject): KeyMeaning | undefined {
    const isShared = SHARED.test(key);
    const known = this.#byKey.get(key) ?? [];
    const own = known.find(({ form }) => !form.signs);
    if (own) return own.meaning;
    if (isShared && (isOtherMatter(object) || this.#isPreference(object))) return undefined;
    if (key === 'smoothing' && isNamedSmoothing(object)) return SOMEBODYS;
    const signed = known.find(({ form }) => this.#fits(form, object));
    if (signed) return signed.meaning;
    const isSmoothing = key === 'smoothing' ? mayBeSmoothing(object) : key === 'smooth_factor';
    return isShared || isSmoothing ? SOMEBODYS : undefined;
  }

  /** The API whose key an override on a command line sets, if the command says so. */
  overridden(key: string, command: CommandText): KeyMeaning | undefined {
    return this.#byKey
      .get(key)
      ?.find(({ form }) => form.commands?.some((signs) => fitsCommand(signs, command)))?.meaning;
  }

  #fits({ signs = [] }: KeyForm, object: ConfigObject): boolean {
    return signs.some((each) => this.#signs.fit(each, object));
  }

  /** The probability that a preference is flipped, by any key. */
  readonly #isPreference = remembered((object: ConfigObject): boolean => {
    for (const known of this.#byKey.values())
      for (const { form, meaning } of known)
        if (meaning.api.instead === 'preference' && this.#fits(form, object)) return true;
    return false;
  });
}

/** Something above is called so. */
const isOtherMatter = remembered(({ key, parent }: ConfigObject): boolean => {
  return (key !== null && OTHER_MATTERS.test(key)) || (parent !== null && isOtherMatter(parent));
});

const nameOfObject = remembered((object: ConfigObject): string => {
  return textOfEntry(object, 'type', 'name', '_name', '_target_', 'class', 'class_name', 'class_path') ?? '';
});

/** A loss that smooths labels, by its name. */
const isNamedSmoothing = remembered((object: ConfigObject): boolean => {
  const name = nameOfObject(object);
  return /label_?smooth/i.test(name) || (/cross_?entropy/i.test(name) && /smooth/i.test(name));
});

/** `smoothing` of a mix of images, which is told K as well, or below a loss. Else it may be anything. */
const mayBeSmoothing = remembered((object: ConfigObject): boolean => {
  if (hasKey(object, 'num_class') || hasKey(object, 'num_classes')) return true;
  const near = keyAbove(object);
  const isLoss = /loss|criterion/i.test(near) && /label|cross/i.test(nameOfObject(object) + near);
  return /label_?smooth/i.test(near) || isLoss;
});
