import { remembered } from '../common/remembered.ts';
import type { ConfigObject } from '../config/configEntries.ts';

/** Keys that come with the config files of a framework, or with losses that are about something else. */
const SIGNS = {
  timm: 'mixup cutmix cutmix_minmax mixup_prob mixup_switch_prob mixup_mode aa reprob remode recount drop_path drop model_ema model_ema_decay train_interpolation bce_loss jsd_loss aug_splits hflip color_jitter sched warmup_lr warmup_epochs',
  preference: 'dpo_beta loss_type reference_free dpo pref_loss max_prompt_length rpo_alpha',
  joeynmt:
    'joeynmt_version scheduling normalization early_stopping_metric learning_rate_min eval_metric validation_freq plateau label_smoothing batch_multiplier keep_best_ckpts keep_last_ckpts',
  'yolov5.detect': 'lr0 lrf hsv_h hsv_s hsv_v mosaic fl_gamma anchor_t cls_pw obj_pw box nbs',
  'opennmt_py.new':
    'src_vocab tgt_vocab save_model train_steps valid_steps save_checkpoint_steps decay_method world_size gpu_ranks accum_count batch_type enc_layers dec_layers encoder_type decoder_type share_vocab rnn_size transformer_ff max_generator_batches param_init src_seq_length keep_checkpoint position_encoding param_init_glorot',
  marian:
    'vocabs train-sets mini-batch-fit optimizer-delay dim-vocabs transformer-dropout lr-warmup exponential-smoothing valid-metrics enc-depth',
  marianKeys: 'type vocabs train-sets',
} as const;

type Signs = keyof typeof SIGNS;
const NAMES = Object.keys(SIGNS) as Signs[];

/** For each key, a bit in each of the sets it's in. */
const bits = new Map<string, number[]>();
for (const [set, name] of NAMES.entries())
  for (const [bit, key] of SIGNS[name].split(' ').entries()) {
    const found = bits.get(key) ?? NAMES.map(() => 0);
    found[set] = 1 << bit;
    bits.set(key, found);
  }

const NONE: readonly number[] = NAMES.map(() => 0);

/** Which signs are at the level of an object, or above: a number for each set, with a bit for each key. */
const found = remembered(({ entries, parent }: ConfigObject): readonly number[] => {
  const above = parent ? found(parent) : NONE;
  let all: number[] | undefined;
  for (const { key } of entries) {
    const own = bits.get(key);
    if (own) all = (all ?? above).map((bit, set) => bit | own[set]!);
  }
  return all ?? above;
});

/** How many of a set of keys are at the same level, or above. */
export function signsAround(object: ConfigObject, set: Signs): number {
  let rest = found(object)[NAMES.indexOf(set)]!;
  let count = 0;
  for (; rest !== 0; rest &= rest - 1) count++;
  return count;
}
