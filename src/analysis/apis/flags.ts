import type { ConventionName } from '../../loss/conventions.ts';
import type { FrameworkApi } from '../../loss/frameworks/api.ts';
import { apiOf } from '../../loss/frameworks/registry.ts';

/** α on a command line. */
export interface FlagMeaning {
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
const PROGRAMS: readonly (readonly [id: string, command: RegExp])[] = [
  ['fairseq', /\bfairseq-(?:hydra-)?train\b|fairseq_cli|label_smoothed_cross_entropy/],
  ['sockeye', /\bsockeye(?:-train\b|\.train\b)/],
  ['marian', /(?:^|[/\s"'}])marian(?:-train)?(?=["'\s])|--mini-batch-fit\b/],
  ['opennmt_py.new', /\bonmt_train\b|OpenNMT|\s-(?:save_model|world_size|train_steps|valid_steps)\s/],
  ['yolov5.classify', /classify\/train\.py/],
  ['yolov5.detect', /yolov5|--hyp\s|--data\s+\S*\.yaml\s.*--weights|--weights\s.*--data\s+\S*\.yaml/],
  ['gluoncv.imagenet', /train_imagenet\.py.*--rec-train|--rec-train.*train_imagenet|--mode\s+hybrid/],
  ['jadore', /-data_pkl\b/],
  ['megatron', /pretrain_(?:gpt|bert|t5)\w*\.py|--tensor-model-parallel-size/],
  ['nvidia.DLE', /multiproc\.py|--static-loss-scale|--data-backend\s+dali|launch\.py\s+--model/],
  [
    'torchvision.references',
    /--lr-scheduler\s+cosineannealinglr|--ra-sampler|--lr-warmup-epochs|--auto-augment\s+(?:ta_wide|imagenet|ra)|references\/classification/,
  ],
];

/** What the flag sets, on this command line. Undefined for a flag of another matter. */
export function meaningOfFlag(flag: string, command: string, hasValue: boolean): FlagMeaning | undefined {
  if (/dpo|preference|reward/i.test(command)) return undefined;
  if (/factor$/.test(flag)) return { entry: apiOf('hf.TrainingArguments') ?? null, convention: 'UNIFORM_K' };
  if (/lsm/.test(flag)) return { entry: apiOf('espnet') ?? null, convention: 'UNIFORM_OTHERS' };
  if (flag === '--smoothing') return smoothing(command, hasValue);
  const id = PROGRAMS.find(([, words]) => words.test(command))?.[0];
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
    /main\w*\.py/.test(command) && /--(?:mixup|drop[-_]path|model|cutmix|reprob|nb_classes)\b/.test(command);
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
