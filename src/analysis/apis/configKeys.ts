import { apiOf } from '../../frameworks/catalogue.ts';
import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import { remembered } from '../common/remembered.ts';
import { type ConfigObject, hasKey, rootOf, textOfEntry } from '../config/configEntries.ts';
import { signsAround } from './surroundingSigns.ts';

/** What a key of a config file sets: α of an API, or of one of many that share the key (null). */
interface KeyMeaning {
  readonly entry: FrameworkApi | null;
}

/** Keys of one framework only. */
const OWN: Readonly<Record<string, string>> = {
  label_smoothing_factor: 'hf.TrainingArguments',
  label_smooth_val: 'mmpretrain.original',
  label_smooth_eps: 'mmaction2',
  smoothing_param: 'classyvision',
  lsm_weight: 'espnet',
};

/** Keys that say it is labels that are smoothed, in any framework. */
const SHARED =
  /^(?:label[_-]?smooth(?:ing)?(?:[_-]?(?:eps(?:ilon)?|rate|value|val|alpha|factor|amount|weight|param|coef|prob))?|labelSmoothing|ls[_-](?:eps(?:ilon)?|alpha|factor|rate)|lb_smooth)$/i;

/** Preferences that are flipped, and discriminators. */
const OTHER_MATTERS = /dpo|cpo|orpo|kto|simpo|preference|reward|discriminator|\bgan\b|(?:^|_)d_|adversarial/i;

/** What the key means where it is; undefined if it has nothing to do with label smoothing. */
export function meaningOf(key: string, object: ConfigObject): KeyMeaning | undefined {
  const own = Object.hasOwn(OWN, key) ? OWN[key] : undefined;
  if (own !== undefined) return { entry: apiOf(own) ?? null };
  if (key === 'smoothing') return smoothing(object);
  if (key === 'smooth_factor') return { entry: null };
  if (key === 'epsilon' || key === 'ls_epsilon') return paddle(key, object);
  if (!SHARED.test(key) || isOtherMatter(object) || signsAround(object, 'preference') >= 2) return undefined;
  const marian = key === 'label-smoothing' && signsAround(object, 'marianKeys') >= 1;
  return { entry: contextOf(object) ?? (marian ? apiOf('marian') : undefined) ?? null };
}

/** Something above is called so. */
const isOtherMatter = remembered(({ key, parent }: ConfigObject): boolean => {
  return (key !== null && OTHER_MATTERS.test(key)) || (parent !== null && isOtherMatter(parent));
});

/** The key that is nearest above; empty if there is none. */
const keyAbove = remembered(({ key, parent }: ConfigObject): string => {
  return key ?? (parent ? keyAbove(parent) : '');
});

/** timm's, and of an object that is a loss by its name. Else it may be anything. */
const smoothing = remembered((object: ConfigObject): KeyMeaning | undefined => {
  const name =
    textOfEntry(object, 'type', 'name', '_name', '_target_', 'class', 'class_name', 'class_path') ?? '';
  const isEntropy = /cross_?entropy/i.test(name);
  if (/label_?smooth/i.test(name) || (isEntropy && /smooth/i.test(name))) return { entry: null };
  if (signsAround(object, 'timm') >= 3) return { entry: apiOf('timm.LabelSmoothingCrossEntropy') ?? null };
  // Mixes of images are told both.
  if (hasKey(object, 'num_class') || hasKey(object, 'num_classes')) return { entry: null };
  const near = keyAbove(object);
  const parent =
    /label_?smooth/i.test(near) || (/loss|criterion/i.test(near) && /label|cross/i.test(name + near));
  return parent ? { entry: null } : undefined;
});

/** PaddleClas: `CELoss: { epsilon: 0.1 }`, and `ls_epsilon` before. */
function paddle(key: string, object: ConfigObject): KeyMeaning | undefined {
  if (
    key === 'ls_epsilon' ||
    /^(?:Mix|KL|Multi)?CELoss$/.test(keyAbove(object)) ||
    textOfEntry(object, 'name') === 'CELoss'
  )
    return { entry: apiOf('paddle') ?? null };
  return undefined;
}

/** The framework whose config it is, to judge by what else is in it. */
const contextOf = remembered((object: ConfigObject): FrameworkApi | undefined => {
  const root = rootOf(object);
  const name = textOfEntry(object, '_name') ?? textOfEntry(root, 'criterion');
  if (name?.startsWith('label_smoothed_cross_entropy')) return apiOf('fairseq');
  const isTraining = object.key === 'training' && hasKey(root, 'model');
  if (isTraining && (hasKey(root, 'data') || hasKey(root, 'testing')) && signsAround(object, 'joeynmt') >= 2)
    return apiOf('joeynmt');
  for (const id of ['yolov5.detect', 'opennmt_py.new', 'marian'] as const)
    if (signsAround(object, id) >= 3) return apiOf(id);
  return undefined;
});
