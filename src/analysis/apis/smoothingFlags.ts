import { apiOf } from '../../frameworks/catalogue.ts';
import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { ConventionName } from '../../loss/conventions/conventions.ts';
import { lastWord } from '../sourceTokens.ts';

/** α on a command line. */
interface FlagMeaning {
  readonly entry: FrameworkApi | null;
  readonly convention: ConventionName | null;
  /** Of a flag that takes no value. */
  readonly fixed?: number;
}

const FLAG =
  /^--?(?:label[-_]smooth(?:ing)?(?:[-_](?:factor|eps(?:ilon)?|value|val|rate|alpha))?|ls[-_](?:eps(?:ilon)?|alpha)|smooth[-_]eps|lsm[-_]weight|lsr|smoothing)$/;

export function isSmoothingFlag(word: string): boolean {
  return FLAG.test(word);
}

/** By what else is on the command line, the likelier ones first. */
const PROGRAMS: readonly (readonly [id: string, isRun: (command: string) => boolean])[] = [
  ['fairseq', has(/\bfairseq-(?:hydra-)?train\b|fairseq_cli|label_smoothed_cross_entropy/)],
  ['sockeye', has(/\bsockeye(?:-train\b|\.train\b)/)],
  ['marian', has(/(?:^|[/\s"'}])marian(?:-train)?(?=["'\s])|--mini-batch-fit\b/)],
  ['opennmt_py.new', has(/\bonmt_train\b|OpenNMT|\s-(?:save_model|world_size|train_steps|valid_steps)\s/)],
  ['yolov5.classify', has(/classify\/train\.py/)],
  ['yolov5.detect', isYolo],
  ['gluoncv.imagenet', isGluon],
  ['jadore', has(/-data_pkl\b/)],
  ['megatron', isMegatron],
  ['nvidia.DLE', has(/multiproc\.py|--static-loss-scale|--data-backend\s+dali|launch\.py\s+--model/)],
  [
    'torchvision.references',
    has(
      /--lr-scheduler\s+cosineannealinglr|--ra-sampler|--lr-warmup-epochs|--auto-augment\s+(?:ta_wide|imagenet|ra)|references\/classification/,
    ),
  ],
];

function has(pattern: RegExp): (command: string) => boolean {
  return (command) => pattern.test(command);
}

function isYolo(command: string): boolean {
  if (/yolov5|--hyp\s/.test(command)) return true;
  return /--weights\s/.test(command) && /--data\s+[^\s]*\.yaml\s/.test(`${command} `);
}

function isGluon(command: string): boolean {
  if (/--mode\s+hybrid/.test(command)) return true;
  return command.includes('train_imagenet') && command.includes('--rec-train');
}

function isMegatron(command: string): boolean {
  return command.includes('--tensor-model-parallel-size') || runsScript(command, /pretrain_(?:gpt|bert|t5)/);
}

/** A Python file whose name has this in it. */
function runsScript(command: string, name: RegExp): boolean {
  for (let at = command.indexOf('.py'); at !== -1; at = command.indexOf('.py', at + 1))
    if (name.test(lastWord(command.slice(0, at)))) return true;
  return false;
}

/** A command with all its words, and what its flags mean. */
export class CommandLine {
  readonly #text: string;
  readonly #known = new Map<string, FlagMeaning | undefined>();

  constructor(text: string) {
    this.#text = text;
  }

  /** What a flag sets. Undefined for one of another matter. The whole command is looked at once for each kind of flag. */
  meaningOf(flag: string, hasValue: boolean): FlagMeaning | undefined {
    const key = `${flag} ${hasValue}`;
    if (!this.#known.has(key)) this.#known.set(key, meaningOfFlag(flag, this.#text, hasValue));
    return this.#known.get(key);
  }
}

function meaningOfFlag(flag: string, command: string, hasValue: boolean): FlagMeaning | undefined {
  if (/dpo|preference|reward/i.test(command)) return undefined;
  if (/factor$/.test(flag)) return { entry: apiOf('hf.TrainingArguments') ?? null, convention: 'UNIFORM_K' };
  if (/lsm/.test(flag)) return { entry: apiOf('espnet') ?? null, convention: 'UNIFORM_OTHERS' };
  if (flag === '--smoothing') return smoothing(command, hasValue);
  const id = PROGRAMS.find(([, isRun]) => isRun(command))?.[0];
  const entry = (id !== undefined && apiOf(id)) || null;
  if (!hasValue) {
    if (/yolo/i.test(command)) return { entry: apiOf('gluoncv.yolo3') ?? null, convention: null };
    const fixed = id === 'gluoncv.imagenet' || id === 'jadore';
    return fixed && entry ? { entry, convention: entry.conventions[0] ?? null, fixed: 0.1 } : undefined;
  }
  if (id === 'sockeye') {
    const other = /--label-smoothing-impl[=\s]+fairseq/.test(command);
    return { entry, convention: other ? 'UNIFORM_OTHERS' : 'UNIFORM_K' };
  }
  return { entry, convention: entry?.conventions[0] ?? null };
}

/** timm's, and of the many scripts that came of DeiT's. Their losses mean the same by it. */
function smoothing(command: string, hasValue: boolean): FlagMeaning | undefined {
  if (!hasValue) return undefined;
  const deit =
    runsScript(command, /main/) && /--(?:mixup|drop[-_]path|model|cutmix|reprob|nb_classes)\b/.test(command);
  const timm =
    /--(?:mixup|cutmix|drop-path|drop|aa|reprob|remode|model-ema|sched|bce-loss|jsd-loss|amp)\b/.test(
      command,
    );
  if (deit) return { entry: apiOf('deit_convnext') ?? null, convention: 'UNIFORM_K' };
  if (!timm) return undefined;
  const binary = /--bce-loss\b/.test(command);
  const entry = apiOf(binary ? 'timm.BinaryCrossEntropy' : 'timm.LabelSmoothingCrossEntropy') ?? null;
  return { entry, convention: entry?.conventions[0] ?? null };
}
