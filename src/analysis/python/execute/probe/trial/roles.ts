import type { ParameterCode } from '../../code/code.ts';

/** What a parameter is for. */
export type ParameterRole =
  | 'scores'
  | 'labels'
  | 'alpha'
  | 'classes'
  | 'ignored'
  | 'weights'
  | 'mask'
  | 'gamma'
  | 'temperature'
  /** Of sequences. */
  | 'lengths'
  /** Whether the model is being trained. */
  | 'training'
  | 'other';

export interface RoleParameter {
  readonly name: string;
  readonly role: ParameterRole;
  readonly hasDefault: boolean;
  readonly star: ParameterCode['star'];
}

const LABELS =
  /^(?:y|yb|ys|t|true|truth|gt|gts|gold|golds|hot|lbl|lab|tgt|tgts|trg|targ|targs|target|targets|target_ids|label|labels|y_true|y_true_.*|ytrue|gt_.*|ground_?truths?|one_?hots?|true_?labels?|labels?_.*|\w*_labels?|\w*_targets?|\w*_gold|answers?|class_?ids?|hard_?targets?|idx|index|indices|classes_true)$/i;
const SCORES =
  /^(?:x|z|o|input|inputs|output|outputs|out|outs|pred|preds|prediction|predictions|predicted|logit|logits|score|scores|y_pred|y_pred_.*|ypred|y_hat|yhat|y_p|p|lp|logp|log_?p\w*|lprobs|logprobs|log_?probs\w*|log_?softmax|probs?|probabilities|net_?outputs?|model_?outputs?|feats?|features|cls_score|student\w*|\w*logits?|\w*_pred|\w*_preds|\w*_outputs?|pred_\w*|logits?_\w*|\w*activations?|main|side|aux_out|hypothesis|dec_out|xs?|z\d|x\d)$/i;
const SMOOTHS = /smooth|^ls$|^lsr|lb_smooth|^lsm/i;
/** What is shared out by it isn't how much. */
const DISTRIBUTION = /dist(?:ribution)?$|matrix$|prior$/i;
const ALPHA =
  /^(?:eps(?:ilon)?(?:_ls)?|e|a|s|alpha|α|ε|eta|delta|factor|share|amount|rate|ratio|smooth_?eps|para_lsr)$/i;
const CONFIDENCE = /^(?:label_?|true_?)?conf(?:idence)?$/i;
const CLASSES =
  /^(?:n|k|c|v|m|num|num_?c|num_?cls|n_?cls|num_?class(?:es)?|n_?class(?:es)?|nclass(?:es)?|nb_?class(?:es)?|no_?of_?class(?:es)?|classes|classes_?num|class_?nums?|class_?num(?:ber)?|class_?counts?|class_?sizes?|num_?labels?|n_?labels?|label_?num|nlabels?|(?:n_?|num_?|(?:tgt|trg|target|output)_?)?vocab(?:ulary)?(?:_?(?:size|len(?:gth)?|dim))?|size|n_?out|out_?dim|cls|cls_?num|output_?(?:dim|size)|num_?outputs?|lbl_?set_?size|n_?tokens?|ntoken|ntokens|num_?tokens|depth|categories|num_?categories|num_?target(?:s)?|num_?entity|num_?ids?|num_?words|dict_?size)$/i;
const SETTING_OF_CLASSES =
  /^(?:num_?class(?:es)?|n_?class(?:es)?|nb_?classes|class_?num|num_?labels|(?:tgt_|trg_)?vocab_?size)$/i;
const IGNORED =
  /pad|^(?:cls|sep|bos|eos|sos|unk)_?(?:idx|id|index|token(?:_?id)?)$|ignore|^skip$|blank|^ignored?_?\w*$/i;
const SETTING_OF_IGNORED =
  /^(?:pad(?:ding)?|pad(?:ding)?_?(?:idx|index|id|token|token_id)|ignore_?(?:id|idx|index|label))$/i;
/** Both temperatures of a bi-tempered loss. */
const TEMPERATURES = /^t_?[12]$/i;
const LENGTHS = /^(?:\w*_)?(?:len|lens|length|lengths|seq_?lens?|seq_?lengths?)$/i;
const WEIGHTS =
  /^(?:class_?|cls_?|label_?|loss_?)?weights?$|^w$|^class_w$|^pos_weight$|^sample_?weights?$|^cls_num_weight$|^weighting$/i;
const MASK = /mask|^valid$/i;
const TRAINING = /^(?:is_?)?train(?:ing)?$/i;
const GAMMA = /gamma|focus/i;
const TEMPERATURE = /^t$|^tau$|temp/i;

/** What a setting of an object, or of a module, that isn't known is for: `args.label_smoothing`, `Constants.PAD`. */
export function roleOfSetting(name: string): 'alpha' | 'classes' | 'ignored' | null {
  if (SMOOTHS.test(name) && !DISTRIBUTION.test(name)) return 'alpha';
  if (SETTING_OF_IGNORED.test(name)) return 'ignored';
  return SETTING_OF_CLASSES.test(name) ? 'classes' : null;
}

/**
 * What each parameter is for, by name and place. `alpha` is the one for α where that is known, `plain` are those that
 * are given numbers or texts, `classes` is the one for K where that is known.
 */
export function rolesOf(
  parameters: readonly ParameterCode[],
  isConstructor: boolean,
  alpha: string | undefined,
  plain: ReadonlySet<string>,
  classes?: string,
): RoleParameter[] {
  const smooths = alpha ?? smoothing(parameters);
  const roles = parameters.map((parameter) => {
    const { name, star, fallback } = parameter;
    const role =
      star !== ''
        ? 'other'
        : name === smooths
          ? 'alpha'
          : name === classes && isConstructor
            ? 'classes'
            : roleOf(parameter, isConstructor || plain.has(name));
    return { name, role, hasDefault: fallback !== null, star };
  });
  const all = withTemperatures(roles);
  return isConstructor ? all : withTensors(all, plain);
}

/** `t1` and `t2` beside labels that are called otherwise aren't labels. */
function withTemperatures(roles: RoleParameter[]): RoleParameter[] {
  const isTemperature = ({ name }: RoleParameter) => TEMPERATURES.test(name);
  const isOne = ({ role }: RoleParameter) => role === 'scores' || role === 'labels';
  const others = roles.filter((each) => isOne(each) && !isTemperature(each));
  if (roles.filter(isTemperature).length !== 2 || (others.length < 2 && roles.some(isOne))) return roles;
  return roles.map((each) => (isTemperature(each) ? { ...each, role: 'temperature' as const } : each));
}

function roleOf({ name, fallback }: ParameterCode, isConstructor: boolean): ParameterRole {
  if (IGNORED.test(name) && !MASK.test(name)) return 'ignored';
  if (MASK.test(name)) return 'mask';
  if (WEIGHTS.test(name)) return 'weights';
  if (GAMMA.test(name)) return 'gamma';
  if (TRAINING.test(name)) return 'training';
  if (fallback && TEMPERATURE.test(name)) return 'temperature';
  if (!fallback && !isConstructor && LENGTHS.test(name) && !CLASSES.test(name)) return 'lengths';
  if (isConstructor) {
    if (isClasses(name, fallback !== null)) return 'classes';
    return /^t$|^tau$|^temp/i.test(name) ? 'temperature' : 'other';
  }
  if (/^(?:num|n)_?(?:class|label)/i.test(name)) return 'classes';
  const plain = withoutNumber(name);
  if (fallback === null && LABELS.test(plain)) return 'labels';
  if (fallback === null && SCORES.test(plain)) return 'scores';
  if (isClasses(name, fallback !== null)) return 'classes';
  return 'other';
}

/** `logits` of `logits2` and `logits_2`. */
function withoutNumber(name: string): string {
  let end = name.length;
  while (end > 1 && /\d/.test(name[end - 1]!)) end--;
  if (end < name.length && end > 1 && name[end - 1] === '_') end--;
  return name.slice(0, end);
}

/** One letter with a default isn't K: `n=1`. */
function isClasses(name: string, hasDefault: boolean): boolean {
  return CLASSES.test(name) && !(hasDefault && name.length === 1);
}

/** The parameter that α most likely is: one that says so, then one of the names it often has. */
function smoothing(parameters: readonly ParameterCode[]): string | undefined {
  const isFraction = ({ fallback, star }: ParameterCode) => {
    if (star !== '') return false;
    if (!fallback) return true;
    // A default of 1e-8 is there to keep a logarithm finite; a text is a way, not an amount.
    if (fallback.is !== 'constant') return true;
    if (typeof fallback.value === 'number') return fallback.value === 0 || fallback.value >= 1e-3;
    return typeof fallback.value === 'object' && (fallback.value === null || fallback.value.int <= 1);
  };
  const possible = parameters.filter(isFraction);
  const named = possible.find(
    // `smoothed_targets` are what is made with it.
    ({ name }) => SMOOTHS.test(name) && !DISTRIBUTION.test(name) && !/(?:^|_)(?:label|target)s?$/i.test(name),
  );
  if (named) return named.name;
  const focal = parameters.some(({ name }) => GAMMA.test(name));
  const other = possible.find(({ name }) => ALPHA.test(name) && !(focal && /^alpha$|^a$/i.test(name)));
  const isNumber = ({ fallback }: ParameterCode) => !fallback || fallback.is === 'constant';
  return (other ?? possible.find((each) => CONFIDENCE.test(each.name) && isNumber(each)))?.name;
}

/** What is compared: by name, and where names say nothing, by place: the first two that have to be given. */
function withTensors(roles: readonly RoleParameter[], plain: ReadonlySet<string>): RoleParameter[] {
  const made = [...roles];
  const set = (index: number, role: ParameterRole) => {
    if (index !== -1) made[index] = { ...made[index]!, role };
  };
  const has = (role: ParameterRole) => made.some((each) => each.role === role);
  const free = () =>
    made.findIndex(
      ({ name, role, hasDefault, star }) =>
        role === 'other' && !hasDefault && star === '' && !plain.has(name),
    );
  // `forward(y, labels)`: of two that could be labels the first is what is compared with them.
  if (!has('scores') && made.filter(({ role }) => role === 'labels').length > 1)
    set(
      made.findIndex(({ role, name }) => role === 'labels' && !/true|gold|target|label/i.test(name)),
      'scores',
    );
  // `smooth(inputs, eps)`: there's but one tensor, and that has the labels.
  const required = made.filter(
    ({ name, hasDefault, star, role }) =>
      !hasDefault && star === '' && !plain.has(name) && ['scores', 'labels', 'other'].includes(role),
  );
  if (!has('labels') && has('scores') && required.length === 1)
    set(
      made.findIndex(({ role }) => role === 'scores'),
      'labels',
    );
  else if (!has('labels') && made.filter(({ role }) => role === 'scores').length > 1) {
    const last = made.findLastIndex(({ role }) => role === 'scores');
    set(free() === -1 ? last : free(), 'labels');
  } else {
    const before = has('scores') || required.length > 2;
    if (!has('scores') && required.length >= 2 && !before) set(free(), 'scores');
    else if (!has('scores') && required.length > 2) set(free(), 'scores');
    if (!has('labels')) set(free(), 'labels');
  }
  return made;
}
