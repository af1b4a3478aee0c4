import type { FrameworkApi } from '../../loss/frameworks/api.ts';
import { apiOf } from '../../loss/frameworks/registry.ts';
import { type ConfigObject, keysAbove, keysOf, outwards, textOfEntry } from '../config/entries.ts';

/** What a key of a config file sets: α of an API, or of one of many that share the key (null). */
export interface KeyMeaning {
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
  const above = keysAbove(object);
  if (key === 'smoothing') return smoothing(object, above);
  if (key === 'smooth_factor') return { entry: null };
  if (key === 'epsilon' || key === 'ls_epsilon') return paddle(key, object, above);
  if (!SHARED.test(key)) return undefined;
  if (above.some((each) => OTHER_MATTERS.test(each)) || preference(object)) return undefined;
  return { entry: contextOf(object, key) ?? null };
}

/** timm's, and of an object that is a loss by its name. Else it may be anything. */
function smoothing(object: ConfigObject, above: readonly string[]): KeyMeaning | undefined {
  const name =
    textOfEntry(object, 'type', 'name', '_name', '_target_', 'class', 'class_name', 'class_path') ?? '';
  if (/label_?smooth|cross_?entropy.*smooth|smooth.*cross_?entropy/i.test(name)) return { entry: null };
  const timm = countOf(object, TIMM) >= 3;
  if (timm) return { entry: apiOf('timm.LabelSmoothingCrossEntropy') ?? null };
  // Mixes of images are told both.
  if (object.entries.some(({ key }) => /^num_class(?:es)?$/.test(key))) return { entry: null };
  const near = above.at(-1) ?? '';
  const parent =
    /label_?smooth/i.test(near) || (/loss|criterion/i.test(near) && /label|cross/i.test(name + near));
  return parent ? { entry: null } : undefined;
}

const TIMM =
  'mixup cutmix cutmix_minmax mixup_prob mixup_switch_prob mixup_mode aa reprob remode recount drop_path drop model_ema model_ema_decay train_interpolation bce_loss jsd_loss aug_splits hflip color_jitter sched warmup_lr warmup_epochs'.split(
    ' ',
  );

/** PaddleClas: `CELoss: { epsilon: 0.1 }`, and `ls_epsilon` before. */
function paddle(key: string, object: ConfigObject, above: readonly string[]): KeyMeaning | undefined {
  if (
    key === 'ls_epsilon' ||
    /^(?:Mix|KL|Multi)?CELoss$/.test(above.at(-1) ?? '') ||
    textOfEntry(object, 'name') === 'CELoss'
  )
    return { entry: apiOf('paddle') ?? null };
  return undefined;
}

function preference(object: ConfigObject): boolean {
  return (
    countOf(object, [
      'dpo_beta',
      'loss_type',
      'reference_free',
      'dpo',
      'pref_loss',
      'max_prompt_length',
      'rpo_alpha',
    ]) >= 2
  );
}

/** How many of these keys are at the same level, or above. */
function countOf(object: ConfigObject, keys: readonly string[]): number {
  const around = [...outwards(object)].map(keysOf);
  return keys.filter((key) => around.some((each) => each.has(key))).length;
}

/** Keys that come with a framework's config files: two of them, and it's that framework. */
const SIGNS: readonly (readonly [id: string, keys: readonly string[]])[] = [
  [
    'yolov5.detect',
    [
      'lr0',
      'lrf',
      'hsv_h',
      'hsv_s',
      'hsv_v',
      'mosaic',
      'fl_gamma',
      'anchor_t',
      'cls_pw',
      'obj_pw',
      'box',
      'nbs',
    ],
  ],
  [
    'opennmt_py.new',
    [
      'src_vocab',
      'tgt_vocab',
      'save_model',
      'train_steps',
      'valid_steps',
      'save_checkpoint_steps',
      'decay_method',
      'world_size',
      'gpu_ranks',
      'accum_count',
      'batch_type',
      'enc_layers',
      'dec_layers',
      'encoder_type',
      'decoder_type',
      'share_vocab',
      'rnn_size',
      'transformer_ff',
      'max_generator_batches',
      'param_init',
      'src_seq_length',
      'keep_checkpoint',
      'position_encoding',
      'param_init_glorot',
    ],
  ],
  [
    'marian',
    [
      'vocabs',
      'train-sets',
      'mini-batch-fit',
      'optimizer-delay',
      'dim-vocabs',
      'transformer-dropout',
      'lr-warmup',
      'exponential-smoothing',
      'valid-metrics',
      'enc-depth',
    ],
  ],
  [
    'hf.TrainingArguments',
    [
      'per_device_train_batch_size',
      'num_train_epochs',
      'output_dir',
      'gradient_accumulation_steps',
      'warmup_ratio',
      'evaluation_strategy',
    ],
  ],
];

function contextOf(object: ConfigObject, key: string): FrameworkApi | undefined {
  const root = [...outwards(object)].at(-1)!;
  const name = textOfEntry(object, '_name') ?? textOfEntry(root, 'criterion');
  if (name !== undefined && /^label_smoothed_cross_entropy/.test(name)) return apiOf('fairseq');
  const keys = keysOf(root);
  if (object.key === 'training' && keys.has('model') && (keys.has('data') || keys.has('testing'))) {
    const joey = countOf(object, [
      'joeynmt_version',
      'scheduling',
      'normalization',
      'early_stopping_metric',
      'learning_rate_min',
      'eval_metric',
      'validation_freq',
      'plateau',
      'label_smoothing',
      'batch_multiplier',
      'keep_best_ckpts',
      'keep_last_ckpts',
    ]);
    if (joey >= 2) return apiOf('joeynmt');
  }
  for (const [id, signs] of SIGNS)
    if (id !== 'hf.TrainingArguments' && countOf(object, signs) >= 3) return apiOf(id);
  return key === 'label-smoothing' && countOf(object, ['type', 'vocabs', 'train-sets']) >= 1
    ? apiOf('marian')
    : undefined;
}
