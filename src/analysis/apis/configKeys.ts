import type { KeyForm } from '../../frameworks/callForm.ts';
import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import { remembered } from '../common/remembered.ts';
import type { ConfigObject, Scalar } from '../config/configEntries.ts';
import { type CommandText, fitsCommand } from './commandSigns.ts';
import {
  isAmount,
  isBlock,
  isNamedSetting,
  isNamedSmoothing,
  isSharedKey,
  isSwitchedOff,
  smoothsInPlace,
} from './sharedKeys.ts';
import { SurroundingSigns } from './surroundingSigns.ts';

/** What a key of a config file sets: α of an API (with those that have the same key), or of one of many that share it (null). */
export type KeyMeaning =
  | { readonly api: FrameworkApi; readonly variants: readonly FrameworkApi[] }
  | { readonly api: null };

/** α, and nobody can tell whose. */
const SOMEBODYS: KeyMeaning = { api: null };

/** Preferences that are flipped, and discriminators. */
const OTHER_MATTERS = /dpo|cpo|orpo|kto|simpo|preference|reward|discriminator|\bgan\b|(?:^|_)d_|adversarial/i;

/** Around what has nothing around it. */
const ALONE: ConfigObject = {
  entries: [],
  parent: null,
  key: null,
  tag: null,
  span: { from: 0, to: 0 },
  line: 0,
  lastLine: 0,
};

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
  meaningOf(key: string, object: ConfigObject, scalar: Scalar | null = null): KeyMeaning | undefined {
    const isShared = isSharedKey(key);
    const known = this.#byKey.get(key) ?? [];
    const own = known.find(({ form }) => !form.signs);
    if (own) return own.meaning;
    const { key: above, parent } = object;
    if (above !== null && isAmount(key) && (isBlock(above) || this.#byKey.has(above))) {
      if (isSwitchedOff(key, object)) return undefined;
      // `label_smoothing_loss: {epsilon: 0.1}`: that is no key for α itself.
      const isLoss = isBlock(above) && !isSharedKey(above) && !isOtherMatter(object);
      return this.meaningOf(above, parent ?? ALONE) ?? (isLoss ? SOMEBODYS : undefined);
    }
    const isPlaced = !isShared && (smoothsInPlace(key, object, scalar) || isNamedSetting(key, object));
    if ((isShared || isPlaced) && (isOtherMatter(object) || this.#isPreference(object))) return undefined;
    if (key === 'smoothing' && isNamedSmoothing(object)) return SOMEBODYS;
    const signed = known.find(({ form }) => this.#fits(form, object));
    if (signed) return signed.meaning;
    return (isShared || isPlaced) && !isSwitchedOff(key, object) ? SOMEBODYS : undefined;
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
