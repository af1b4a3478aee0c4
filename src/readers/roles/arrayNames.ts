import type { ValueKind } from '../logitsBatch.ts';

/** What a setting of the loss, or of its classes, may be called. */
export type SettingName =
  | 'class-names'
  | 'class-count'
  | 'weight'
  | 'ignore-index'
  | 'label-smoothing'
  | 'reduction';

/** What the name of an array says of it. Shapes and values have to agree before any of it counts. */
export interface NameMeaning {
  /** Scores of classes: 3 says so, and of what kind; 2 says so; 1 may; 0 doesn't. */
  readonly scores: 0 | 1 | 2 | 3;
  readonly kind: ValueKind | 'percent' | null;
  /** What is right: 3 says so, 2 is the usual word, 1 may be, 0 isn't. */
  readonly target: 0 | 1 | 2 | 3;
  readonly prediction: boolean;
  /** Losses, metrics, and what else a training log has. */
  readonly loss: boolean;
  /** Computed from the scores of a row. */
  readonly derived: boolean;
  readonly id: boolean;
  readonly feature: boolean;
  readonly setting: SettingName | null;
  /** What has rows of numbers that are no scores: the weights of a layer, boxes, distances, inputs. */
  readonly matrix: boolean;
  /** What an array measures, as its own shape does. */
  readonly size: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const LOGITS = words('logit logits');
const LOG_PROBABILITIES = words(
  'lp lprob lprobs logp logps logprob logprobs loglik logliks loglikelihood loglikelihoods logsoftmax resps',
);
const PROBABILITIES = words(
  'prob probs proba probas probability probabilities softmax sigmoid likelihood likelihoods',
);
const PERCENT = words('pct percent percents percentage percentages');
const SCORES = words('score scores output outputs out activation activations z');
const PREDICTIONS = words(
  'pred preds predict predicted predicts prediction predictions guess guesses guessed argmax hat forecast forecasts estimate estimated inferred recognized recognised yhat ypred',
);
const TRUE = words(
  'true truth actual actuals gold golden real groundtruth gt truths groundtruths target targets tgt expected reference references ytrue ytest',
);
/** Of these the ones that say what is wanted of a model, as labels may, too. */
const WANTED = words('target targets tgt expected reference references');
const LABELS = words('label labels');
const MAYBE = words('y class classes category categories species lab lbl answer answers');
/** "class_id", "label_idx": who gave it the class isn't said. */
const CLASS = words('class cls category');
const INDEX = words('id ids idx index indices');
/** Parts of a data set: "y_test". */
const SETS = words('test val valid validation train eval dev batch b');
const LOSSES = words(
  'loss losses nll bce ce crossentropy xent acc accuracy auc auroc f1 precision recall support epoch epochs step steps lr perplexity ppl rmse mse mae iter iteration iterations error errors runtime grad norm lrs metric metrics stderr mcc kappa iou miou',
);
const DERIVED = words(
  'confidence conf margin entropy max maximum gap uncertainty certainty correct hit hits best top rank energy diff delta threshold thresholds temperature temperatures total totals sum',
);
const IDS = words(
  'id ids idx index indices number row rows sample samples example examples frame frames image images img file files filename path name uid uuid guid url key text texts sentence sentences prompt question document doc time timestamp date datetime split fold user session job clip photo model seed',
);
const FEATURES = words(
  'coef coefs coefficient coefficients intercept intercepts age bmi pixel pixels px glucose insulin tenure fare mileage sepal petal embeds income height weight width length depth price amount cost humidity pressure temp latitude longitude lat lon lng duration count counts coverage start end pos position speed distance area volume size salary balance feature features feat feats tsne umap betas param params hyperparameter hyperparameters emb embedding embeddings hidden dim pca micros millis attention mask confusion cm reward rewards advantages weights variance ratio ratios version ret return returns latency fps throughput residual residuals palette colors colours rgb',
);
/** Shares and scores of something else than classes of samples: "class_prior_", "router probs", "bleu scores", "similarity scores". */
const OF_OTHERS = words(
  'prior priors router routing gate gating transition similarity similarities bleu rouge meteor shap lime',
);
const UNITS = words(
  'kg g mg lb cm mm m km ms us ns s sec secs seconds usd eur gbp celsius fahrenheit hz mb kb gb',
);
const MATRICES = words(
  'w kernel bias biases attn cov covariance corr correlation correlations similarity similarities cosine distances dists box boxes bbox bboxes anchors points point coords coordinates keypoints landmarks grads gradient gradients jacobian hessian rotation matmul adjacency adj encode embed transform centers centroids components cos sim pairwise tfidf qtable eigenvalues eigenvectors quaternion extrinsics intrinsics',
);
/** After the kind of a score: it's that of one class of the row, or made of several. */
const ONE_OF_ROW = words(
  'on of max min true pred predicted correct top best diff gap margin entropy target label gold actual sum mean std stdev var variance median average avg rank total range ratio norm value argmax winner chosen',
);

const SETTINGS: ReadonlyMap<string, SettingName> = new Map(
  Object.entries({
    'class-names':
      'class_names classnames class_labels classes target_names label_names names choices options categories',
    'class-count': 'num_classes numclasses n_classes nclasses num_labels',
    weight: 'weight weights class_weight class_weights',
    'ignore-index': 'ignore_index ignoreindex',
    'label-smoothing': 'label_smoothing labelsmoothing alpha smoothing epsilon',
    reduction: 'reduction',
  }).flatMap(([setting, names]) => names.split(' ').map((name) => [name, setting as SettingName] as const)),
);

const SIZES = words('shape size sizes');
/** What scikit-learn calls the scores of whole models: "mean_test_score", "cross_val_score". */
const MODEL_SCORES =
  /^(?:mean|std|rank|split_\d{1,3})_(?:train|test)_scores?$|^(?:cross_val|cv)_scores?$|^(?:train|test)_score$|^(?:fit|score)_time$/;
/** At the end of a name: what is said of an array, not what it has. */
const ABOUT = words('shape size sizes dtype device grad grads gradient gradients');
/** Parameters of a model by the keys of PyTorch: "fc.bias". */
const PARAMETER = /\w\.(?:weight|bias|running_mean|running_var|gamma|beta)$/;
const LONGEST_NAME = 200;

/** The words of a name, in lower case: "yTrue" and "y_true" have the same. A number is a word. */
export function nameWords(name: string): readonly string[] {
  const parted = name.slice(0, LONGEST_NAME).replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2');
  return parted.toLowerCase().match(/f1(?=[ _-](?:score|macro|micro|weighted)|score)|\p{L}+|\d+|%/gu) ?? [];
}

/** Names that were asked about: records have the same ones a million times. */
const KNOWN = new Map<string, NameMeaning>();
const MOST_KNOWN = 1 << 17;

/** What a name says, whatever its case, and however its words are put together. */
export function meaningOf(name: string): NameMeaning {
  const known = KNOWN.get(name);
  if (known) return known;
  const meaning = understood(name);
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  if (name.length <= LONGEST_NAME) KNOWN.set(name, meaning);
  return meaning;
}

/** True for what is called right, and not only wanted. */
export function saysTrue(name: string): boolean {
  return nameWords(name).some((word) => word === 'truth' || (TRUE.has(word) && !WANTED.has(word)));
}

/** What a name has beside the words that say what it's for: "test" of "test_labels" and of "y_test", "resnet" of "resnet_logits". */
export function partOfName(name: string): string {
  return nameWords(name)
    .filter((word) => {
      const { scores, target, prediction, setting } = meaningOf(word);
      return scores === 0 && target === 0 && !prediction && setting === null && !INDEX.has(word);
    })
    .join(' ');
}

/** True for the name of a part of a data set. */
export function isSplit(part: string): boolean {
  return /^(?:train|training|val|valid|validation|test|eval|dev)$/.test(part);
}

/** True for the index of a class that may be the right one or the predicted one. */
export function isClassIndex(name: string): boolean {
  const all = nameWords(name);
  return all.length === 2 && CLASS.has(all[0]!) && INDEX.has(all[1]!);
}

/** True for what may be the classes of pixels: "seg_mask"; not of what is attended to. */
export function isClassMask(name: string): boolean {
  const all = nameWords(name);
  return /^(?:masks?|seg|segmentation|annotations?)$/.test(all.at(-1) ?? '') && !all.includes('attention');
}

/** True if a name says anything that is looked for. */
export function isSaid(name: string): boolean {
  const { scores, target, setting } = meaningOf(name);
  return scores > 0 || target > 0 || setting !== null;
}

function understood(name: string): NameMeaning {
  const all = nameWords(name);
  if ((all.length > 1 && ABOUT.has(all.at(-1)!)) || PARAMETER.test(name)) return { ...NOTHING, size: true };
  if (MODEL_SCORES.test(all.join('_'))) return { ...NOTHING, loss: true };
  const has = (set: ReadonlySet<string>) => all.some((word) => set.has(word));
  const kind = kindIn(all);
  // "Scored Labels" is what Azure ML calls them.
  const prediction = has(PREDICTIONS) || (all[0] === 'scored' && has(LABELS));
  const setting =
    SETTINGS.get(all.join('_')) ??
    SETTINGS.get(all.join('')) ??
    (/\bclasses_$/.test(name) ? 'class-names' : null);
  const named = targetIn(all, kind !== null, prediction);
  const scores = kind !== null ? 3 : has(SCORES) ? 2 : prediction || setting !== null ? 1 : 0;
  // "x1", "x_2": what goes into a model.
  const isInput = all.length === 2 && all[0] === 'x' && /^\d+$/.test(all[1]!);
  // One letter by itself is as likely a class.
  const isUnit = UNITS.has(all.at(-1) ?? '') && (all.length > 1 || all[0]!.length > 1);
  return {
    scores,
    kind,
    target: named,
    prediction,
    loss:
      named === 0 &&
      kind === null &&
      (has(LOSSES) || all.join('').includes('crossentropy')) &&
      !(all.length > 1 && all.includes('classes')),
    // What pandas calls the shares of values that are counted.
    derived: named === 0 && (isDerived(all, kind !== null, prediction) || name === 'proportion'),
    id: named === 0 && kind === null && !has(SCORES) && !prediction && (has(IDS) || /^[\s#]*$/.test(name)),
    feature:
      has(OF_OTHERS) || (named === 0 && kind === null && !prediction && (has(FEATURES) || isUnit || isInput)),
    setting,
    matrix: named === 0 && kind === null && !has(SCORES) && (has(MATRICES) || isInputs(name)),
    size: has(SIZES),
  };
}

const NOTHING: NameMeaning = {
  scores: 0,
  kind: null,
  target: 0,
  prediction: false,
  loss: false,
  derived: false,
  id: false,
  feature: false,
  setting: null,
  matrix: false,
  size: false,
};

/** "X", "X_train": a capital is the usual name of what goes in; what comes out may well be called x. */
function isInputs(name: string): boolean {
  return /^X(?:_(?:train|test|val|valid|eval|dev))?$/.test(name);
}

function kindIn(all: readonly string[]): NameMeaning['kind'] {
  const has = (set: ReadonlySet<string>) => all.some((word) => set.has(word));
  if (has(LOGITS)) return 'logits';
  const isLogarithm = all.includes('log') && (has(PROBABILITIES) || all.includes('p'));
  if (has(LOG_PROBABILITIES) || isLogarithm) return 'log-probabilities';
  if (has(PROBABILITIES)) return 'probabilities';
  return has(PERCENT) || all.includes('%') ? 'percent' : null;
}

function targetIn(all: readonly string[], isKind: boolean, prediction: boolean): NameMeaning['target'] {
  const has = (set: ReadonlySet<string>) => all.some((word) => set.has(word));
  if (prediction || all.includes('num') || all.includes('names') || all.includes('weights')) return 0;
  const isAnswer = all.includes('correct') && (all.includes('answer') || all.includes('answers'));
  const truth = has(TRUE) || isAnswer || (all.includes('ground') && all.includes('truth'));
  if (truth) return 3;
  if (has(LABELS)) return isKind || all.includes('smoothing') ? 0 : 2;
  // "y_test", and "y_test[:4]"; "y_0" is a column of several.
  const isPart = all.slice(2).every((word) => SETS.has(word) || /^\d+$/.test(word));
  if (all[0] === 'y' && SETS.has(all[1] ?? '') && isPart) return 2;
  const own = all.filter((word) => !/^\d+$/.test(word));
  if (own.length === 1 && MAYBE.has(own[0]!) && own[0] !== 'classes') return all.length === 1 ? 1 : 0;
  return 0;
}

function isDerived(all: readonly string[], isKind: boolean, prediction: boolean): boolean {
  if (!isKind) return !prediction && all.some((word) => DERIVED.has(word));
  // "max_prob", "prob_on_correct_class"; not "prob_true" beside "prob_false", which columns tell apart.
  if (all.join('_') === 'top_logprobs') return false;
  const rest = all.filter((word) => kindIn([word]) === null);
  return rest.some((word) => DERIVED.has(word) || word === 'on');
}

/** True for what follows the kind of a score where it's about one number of the row: "max", "on_correct". */
export function isOneOfRow(rest: string): boolean {
  const [first] = nameWords(rest);
  return first !== undefined && ONE_OF_ROW.has(first);
}
