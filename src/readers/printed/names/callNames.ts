import { textBefore } from '../bracketed/tensorHeads.ts';

/** Calls whose value is the tensor that they are given. */
const SAME: ReadonlySet<string> = new Set(
  'print display repr str pprint log info debug warning tensor as_tensor Tensor FloatTensor DoubleTensor LongTensor IntTensor Parameter Variable constant convert_to_tensor tensor1d tensor2d tensor3d tensor4d from_numpy array asarray asanyarray ascontiguousarray float32 float64 device_put DataFrame Series list tuple one_hot to_categorical'.split(
    ' ',
  ),
);

/** Without the calls at its end that the tensor is an argument of: `print(`, `tf.constant(`. What others make of it has other numbers. */
export function withoutCalls(line: string): string {
  let end = line.length;
  while (line[end - 1] === '(') {
    let start = end - 1;
    while (start > 0 && /[\w.]/.test(line[start - 1]!)) start--;
    if (start === end - 1 || !SAME.has(line.slice(start, end - 1).replace(/^.*\./, ''))) break;
    end = start;
  }
  return line.slice(0, end);
}

const LOOK_BACK = 160;
const LONGEST_BETWEEN = 200;
/** Methods of a tensor that may stand before the comma: `.cuda()`. */
const METHODS = /\.\w+\([^()\n]*\)/g;
/** What is left between two arguments then: `)` and arguments that aren't tensors. */
const BETWEEN = /^(?:\)?|,[^()[\]{}\n]*\))$/;

/** The first two parameters of losses, by the names that functions and classes have. */
const PARAMETERS: readonly (readonly [RegExp, readonly [string, string]])[] = [
  [
    /^(?:(?:binary_)?cross_entropy(?:_with_logits)?|nll_loss|kl_div|(?:sigmoid_)?focal_loss)$/,
    ['input', 'target'],
  ],
  [/^(?:(?:sparse_)?categorical_crossentropy|binary_crossentropy|log_loss)$/, ['y_true', 'y_pred']],
  [
    /^(?:softmax_cross_entropy(?:_with_integer_labels)?|sigmoid_binary_cross_entropy|poly_loss_cross_entropy)$/,
    ['logits', 'labels'],
  ],
];
/** What people call a loss: PyTorch's has its logits first, Keras' its targets. */
const ANY_LOSS = /^(?:loss(?:_fn|_func|_function|_object|_obj)?|criterion|crit)$/;
/** Classes, whose objects are called: `CrossEntropyLoss()(…)`. */
const CLASSES: readonly (readonly [RegExp, readonly [string, string]])[] = [
  [/Crossentropy$/, ['y_true', 'y_pred']],
  [/^(?:NLLLoss|BCEWithLogitsLoss|BCELoss|KLDivLoss|FocalLoss)$|CrossEntropy(?:Loss)?$/, ['input', 'target']],
];

/** The parameters of the loss whose parenthesis ends a text; undefined if it's no loss that is known. `isWhole`: the first is whole numbers. */
function parametersOf(text: string, isWhole: boolean): readonly [string, string] | undefined {
  const called = text.slice(0, -1);
  if (ANY_LOSS.test(lastName(called))) return isWhole ? ['y_true', 'y_pred'] : ['input', 'target'];
  if (!called.endsWith(')')) return PARAMETERS.find(([name]) => name.test(lastName(called)))?.[1];
  const open = called.lastIndexOf('(');
  if (open === -1 || called.indexOf(')', open) !== called.length - 1) return undefined;
  const name = lastName(called.slice(0, open));
  return CLASSES.find(([each]) => each.test(name))?.[1];
}

/** The last part of the dotted name that ends a text. */
function lastName(text: string): string {
  let start = text.length;
  while (start > 0 && /\w/.test(text[start - 1]!)) start--;
  return text.slice(start);
}

/** Names tensors that are written as the arguments of a loss by its parameters: `F.cross_entropy(torch.tensor(…), torch.tensor(…))`. */
export class CallNames {
  /** The name of the argument that follows the last tensor, if it is in a call. */
  #second: string | undefined;
  #end = 0;

  /** The parameter of the tensor at [start, end); undefined if it's in no such call. They're asked for in their order. */
  next(bytes: Uint8Array, start: number, end: number, isWhole: boolean): string | undefined {
    const second = this.#second;
    const from = this.#end;
    this.#second = undefined;
    this.#end = end;
    if (second !== undefined && start - from <= LONGEST_BETWEEN && start > from) {
      const between = withoutCalls(textBefore(bytes, start, start - from)).trimEnd();
      const left = between.replace(METHODS, '').slice(0, -1).trim();
      if (between.endsWith(',') && BETWEEN.test(left)) return second;
    }
    const before = withoutCalls(textBefore(bytes, start, LOOK_BACK)).trimEnd();
    if (!before.endsWith('(')) return undefined;
    const parameters = parametersOf(before, isWhole);
    this.#second = parameters?.[1];
    return parameters?.[0];
  }
}
