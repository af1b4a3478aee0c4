/** Labels are smoothed, to judge by the name alone. */
const SMOOTHS =
  /label_?smooth|smooth(?:ed|ing)?_?(?:label|cross|ce|nll|loss|soft|xent|bce|target|one_?hot)|\bLSR\b|^LSR|LSCE|LS_?CrossEntropy|CrossEntropy_?LS\b/i;
/** With "smooth" anywhere behind it. */
const LOSS = /cross_?entropy|ce|nll|xent|criterion|loss|bce/i;
/** Smooth, but not labels. */
export const OTHER_SMOOTHING =
  /l1|huber|dice|iou|tversky|jaccard|edge|depth|disp|grad|tempor|total_?var|laplac|exponential|ema|average|bleu|f0|vad|motion|flow|mesh|surface|gauss|savgol|spectr|smooth_?(?:ap|rank|net|grad|quant)|kneser|curve|normal|regulari/i;
export const LOSS_NAME = /loss|criterion|cross_?entropy|xent|\bce\b|nll|objective/i;

/** True for the name of a class or function that smooths labels, or is called as if it did. */
export function smoothsByName(name: string): boolean {
  if (SMOOTHS.test(name)) return true;
  const last = name.toLowerCase().lastIndexOf('smooth');
  return last > 0 && LOSS.test(name.slice(0, last));
}

/** Flipped preferences, discriminators, tests. */
const OTHER_MATTERS = /Input$|[Ss]ample|[Mm]ock|assert|[DCKTI]PO|Preference|Reward|Discriminator|GAN/;
/** What defines an option, or handles values. */
const HANDLES = new Set(
  [
    'add_argument add_arg set_defaults field Field replace update print format info log debug warning join append extend get pop',
    'setattr getattr hasattr isinstance str int float len Option uniform choice grid_search log_param log_params config setdefault',
    'dict Namespace SimpleNamespace',
  ].flatMap((names) => names.split(' ')),
);

/** True for the name of a function that may be told α and has nothing to do with a loss. */
export function isNoLoss(name: string): boolean {
  return HANDLES.has(name) || /^(?:suggest|DEFINE)_\w/.test(name) || OTHER_MATTERS.test(name);
}
