import type { ReadProblem } from '../readProblem.ts';

/** More than this is no list of arguments. */
const LONGEST = 1 << 14;
/** "lr: 0.05", "lr = 0.05", "  'lr': 0.05,"; and what stands around such lines. */
const PAIR = /^[\s\-{]{0,80}['"]?([A-Za-z_][\w.-]{0,60})['"]?\s{0,20}[:=](?:\s(.{0,200})|(\S.{0,200})?)$/;
const BESIDE = /^[\s{}[\],-]{0,80}(?:#.*|\.\.\.)?$/;
const ITEM = /^\s{0,80}-\s/;
const SMOOTHING = /(?:^|[._-])label_?smoothing(?:_factor|_eps|_epsilon)?$/i;
const ARGUMENTS: ReadonlySet<string> = new Set(
  `lr learning_rate base_lr weight_decay momentum batch_size train_batch_size per_device_train_batch_size epochs num_epochs max_epochs
  num_train_epochs max_steps optimizer optim scheduler lr_scheduler lr_scheduler_type warmup warmup_steps warmup_epochs warmup_ratio dropout
  drop_rate seed hidden_size hidden_dim num_layers gradient_clip_val max_grad_norm mixup cutmix`.split(/\s+/),
);

/** The value of an argument, by its name; undefined if it isn't a number. */
type Arguments = ReadonlyMap<string, number | undefined>;

/** True for what a training run is started with, besides the values that it logs. */
export function isRunArgument(name: string): boolean {
  return ARGUMENTS.has(name.toLowerCase());
}

/** Why these aren't logits: they're what a training run was started with. Undefined for anything else. */
export function runArguments(found: Arguments): ReadProblem | undefined {
  const key = [...found.keys()].find((name) => SMOOTHING.test(name)) ?? null;
  const known = [...found.keys()].filter(isRunArgument);
  if (key === null && known.length < 2) return undefined;
  const value = key === null ? undefined : found.get(key);
  const isKnown = value !== undefined && value >= 0 && value <= 1;
  return { reason: 'training-arguments', offset: 0, key, labelSmoothing: isKnown ? value : null };
}

/** The same for a text of which each line is an argument, as in Lightning's hparams.yaml. */
export function runArgumentsIn(bytes: Uint8Array): ReadProblem | undefined {
  if (bytes.length > LONGEST) return undefined;
  const found = new Map<string, number | undefined>();
  for (const line of new TextDecoder().decode(bytes).split(/\r?\n/)) {
    const [, name, spaced, close] = PAIR.exec(line) ?? [];
    if (name !== undefined) found.set(name, numberOf(spaced ?? close ?? ''));
    else if (!BESIDE.test(line) && !ITEM.test(line)) return undefined;
  }
  return runArguments(found);
}

const NUMBER = /^[-+]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:e[-+]?\d{1,3})?$/i;

/** Without a comment, and the comma before the next. */
function numberOf(text: string): number | undefined {
  const word = text.split('#')[0]!.replace(',', '').trim();
  return NUMBER.test(word) ? Number(word) : undefined;
}
