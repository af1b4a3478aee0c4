import { remembered } from '../common/remembered.ts';
import {
  type ConfigEntry,
  type ConfigObject,
  hasKey,
  type Scalar,
  textOfEntry,
} from '../config/configEntries.ts';
import { keyAbove } from './surroundingSigns.ts';

/** Keys that say it is labels that are smoothed, in any framework. */
const SHARED =
  /^(?:label[_-]?smooth(?:ing|ness)?(?:[_-]?(?:eps(?:ilon)?|rate|value|val|alpha|factor|amount|weight|param|coef|prob))?|labelSmoothing|ls[_-](?:eps(?:ilon)?|alpha|factor|rate)|lb_smooth|smooth(?:ing)?_?eps(?:ilon)?|lsr_eps(?:ilon)?)$/i;

/** A block of its own: `label_smoothing: {enabled: true, epsilon: 0.1}`. */
const BLOCK = /^label[_-]?smooth(?:ing)?_?(?:loss|config|cfg|params?)$/i;
/** What α goes by in one. */
const AMOUNT =
  /^(?:eps(?:ilon)?|alpha|value|val|factor|amount|rate|weight|strength|coef(?:ficient)?|smooth(?:ing)?)$/i;

/** A cross-entropy's name, as a key or a type. Poly loss has another epsilon, InfoNCE another meaning of "ce". */
const CROSS_ENTROPY =
  /^(?:(?:mix_?)?ce(?:_?loss)?|xent|(?:softmax_?|soft_?)?cross_?entropy(?:_?loss)?(?:v\d)?|cls_?ce(?:_?loss)?)$/i;
/** What α goes by there, beside an epsilon that keeps a logarithm finite. */
const EPSILON = /^(?:eps(?:ilon)?|smooth(?:ing)?)$/i;
const LEAST_SMOOTHING = 0.005;

/** Where a loss that is named has its arguments. */
const ARGUMENTS = /^(?:params?|kwargs|args|init_args|config|options)$/i;

/** What turns smoothing on or off, in a block of its own and beside a key. */
const SWITCH = /^(?:enabled?|use|active|activate|on|apply)$/i;
const SWITCH_BESIDE =
  /^(?:(?:use|enable|with|apply|if|do)_?label_?smooth(?:ing)?|label_?smooth(?:ing)?(?:_?(?:enabled?|on|flag))?)$/i;

/** Lists of what is tried out, one value a run. */
const CHOICES = /^(?:values|choices|feasible_?points|options|grid(?:_search)?|candidates|search)$/i;

/** True for a key that says by itself that it's α. */
export function isSharedKey(key: string): boolean {
  return SHARED.test(key);
}

/** True for the key of a block that is about label smoothing, and nothing else. */
export function isBlock(key: string): boolean {
  return BLOCK.test(key) || SHARED.test(key);
}

/** True for what α goes by in such a block. */
export function isAmount(key: string): boolean {
  return AMOUNT.test(key);
}

/** True if a key is α by what it is below, or beside, and by its value. */
export function smoothsInPlace(key: string, object: ConfigObject, scalar: Scalar | null): boolean {
  if (key === 'smooth_factor') return mayBeLoss(object);
  if (key === 'smoothing') return mayBeSmoothing(object) || isOfSmoothing(object);
  if (!EPSILON.test(key)) return false;
  // `{name: ce, params: {eps: 0.1}}`
  const named = object.parent && ARGUMENTS.test(object.key ?? '') ? object.parent : object;
  if (isNamedSmoothing(named)) return true;
  const isEntropy = CROSS_ENTROPY.test(named.key ?? '') || CROSS_ENTROPY.test(lastPart(nameOfObject(named)));
  const number = scalar?.number;
  return isEntropy && number !== undefined && (number === 0 || (number >= LEAST_SMOOTHING && number < 1));
}

/** True for `{name: label_smoothing, value: 0.1}`: a list of settings has them so. */
export function isNamedSetting(key: string, object: ConfigObject): boolean {
  return key === 'value' && SHARED.test(textOfEntry(object, 'name', 'key') ?? '');
}

/** True if what is beside a key turns smoothing off, or may do so. */
export function isSwitchedOff(key: string, object: ConfigObject): boolean {
  const { parent } = object;
  const isInBlock = object.key !== null && isBlock(object.key);
  if (isInBlock && isOffInside(object)) return true;
  const beside = isInBlock ? parent : object;
  return offBeside(beside ?? object).some((each) => each !== key);
}

const isOffInside = remembered(({ entries }: ConfigObject): boolean => {
  return entries.some((entry) => SWITCH.test(entry.key) && !isOn(entry));
});

/** The keys that do. One is enough, of a key that isn't itself one. */
const offBeside = remembered(({ entries }: ConfigObject): readonly string[] => {
  const keys = entries.flatMap((entry) => (SWITCH_BESIDE.test(entry.key) && isOff(entry) ? entry.key : []));
  return [...new Set(keys)].slice(0, 2);
});

function isOn({ scalar }: ConfigEntry): boolean {
  return scalar?.boolean === true || scalar?.number === 1;
}

function isOff({ scalar }: ConfigEntry): boolean {
  return scalar?.boolean === false || /^(?:off|no|false)$/i.test(scalar?.text ?? '');
}

/** True for a list of what α is tried out with: `label_smoothing: {values: [0, 0.1]}`. */
export function isChoiceOfAlpha(key: string, { key: above }: ConfigObject): boolean {
  return above !== null && SHARED.test(above) && CHOICES.test(key);
}

/** A loss that smooths labels, by its name. */
export const isNamedSmoothing = remembered((object: ConfigObject): boolean => {
  const name = nameOfObject(object);
  return /label_?smooth/i.test(name) || (/cross_?entropy/i.test(name) && /smooth/i.test(name));
});

const nameOfObject = remembered((object: ConfigObject): string => {
  return (
    textOfEntry(
      object,
      ...['type', 'name', '_name', '_target_', 'class', 'class_name', 'class_path', 'method'],
      ...['TYPE', 'NAME', 'CLASS_NAME'],
    ) ?? ''
  );
});

/** `criterion: LabelSmoothing`: what is beside it is what that loss is told. */
const CHOSEN_LOSS = ['criterion', 'loss', 'loss_fn', 'loss_func', 'loss_name', 'loss_type'];

/** `{criterion: LabelSmoothing, smoothing: 0.1}` and `{CLASS_NAME: LabelSmoothingLoss, PARAMS: {smoothing: 0.1}}` */
const isOfSmoothing = remembered((object: ConfigObject): boolean => {
  const { key, parent } = object;
  if (/label_?smooth|smooth_?label|smooth_?(?:ce|cross)/i.test(textOfEntry(object, ...CHOSEN_LOSS) ?? ''))
    return true;
  if (!parent || !ARGUMENTS.test(key ?? '')) return false;
  const isLoss = /^(?:loss|criterion)/i.test(parent.key ?? '') && /smooth|smth/i.test(nameOfObject(parent));
  return isNamedSmoothing(parent) || isLoss;
});

/** What isn't named, and what is named like a loss: predictions are smoothed by a factor, too. */
function mayBeLoss(object: ConfigObject): boolean {
  const name = lastPart(nameOfObject(object));
  return name === '' || /loss|entropy|criterion|ce$/i.test(name);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** `smoothing` of a mix of images, which is told K as well, or below a loss. Else it may be anything. */
const mayBeSmoothing = remembered((object: ConfigObject): boolean => {
  if (hasKey(object, 'num_class') || hasKey(object, 'num_classes')) return true;
  const near = keyAbove(object);
  const isLoss = /loss|criterion/i.test(near) && /label|cross/i.test(nameOfObject(object) + near);
  return /label_?smooth/i.test(near) || isLoss;
});
