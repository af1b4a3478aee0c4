import type { Printer } from '../../readProblem.ts';

/** What stands before the numbers of a tensor, in its own words. */
export interface Head {
  readonly printer: Printer;
  readonly kind: 'tensor' | 'array';
  /** Where it begins. */
  readonly start: number;
  /** In source code: nothing was rounded. */
  readonly isCode: boolean;
  /** It says that it's a parameter of a model. */
  readonly isParameter?: boolean;
}

const HEADS = new Map<string, Pick<Head, 'printer' | 'kind'>>([
  ['tensor', { printer: 'pytorch', kind: 'tensor' }],
  ['array', { printer: 'numpy', kind: 'array' }],
  // fastai's.
  ['TensorBase', { printer: 'pytorch', kind: 'tensor' }],
  ['TensorCategory', { printer: 'pytorch', kind: 'tensor' }],
  ['TensorMultiCategory', { printer: 'pytorch', kind: 'tensor' }],
  // Spark's.
  ['DenseVector', { printer: 'spark', kind: 'array' }],
  ['Array', { printer: 'jax', kind: 'array' }],
  ['DeviceArray', { printer: 'jax', kind: 'array' }],
  ['tf.Tensor', { printer: 'tensorflow', kind: 'tensor' }],
  ['Tensor', { printer: 'paddle', kind: 'tensor' }],
  ['SparseTensor', { printer: 'tensorflow', kind: 'tensor' }],
]);
const EQUALS = 0x3d;
const COLON = 0x3a;
const LONGEST_WORD = 64;
/** As far back as what belongs to a head is looked for. */
const LONGEST_PRELUDE = 400;
const LONGEST_TAIL = 400;

const decoder = new TextDecoder();
/** A character for each byte: where only ASCII counts, and places. */
const byteDecoder = new TextDecoder('latin1');

/** The characters before a place; the first may be cut. */
export function textBefore(bytes: Uint8Array, offset: number, most: number): string {
  return decoder.decode(bytes.subarray(Math.max(0, offset - most), offset));
}

/** The name, with its dots, that ends at `offset`; empty if none does. */
export function wordBefore(bytes: Uint8Array, offset: number): string {
  let start = offset;
  while (start > 0 && offset - start < LONGEST_WORD && isWordByte(bytes[start - 1]!)) start--;
  return start === offset ? '' : decoder.decode(bytes.subarray(start, offset));
}

/** The last byte before `offset` that isn't white space. */
function lastWord(bytes: Uint8Array, offset: number): number | undefined {
  let i = offset - 1;
  while (offset - i < LONGEST_PRELUDE && bytes[i]! <= 0x20) i--;
  return bytes[i];
}

function isWordByte(byte: number): boolean {
  const letter = byte | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte === 0x2e
  );
}

/** The head that opens its parenthesis at `offset`, if `word` before it is one of a tensor. */
export function headOf(bytes: Uint8Array, offset: number, word: string): Head | undefined {
  const printed = HEADS.get(word);
  const known = printed ?? HEADS.get(word.slice(word.lastIndexOf('.') + 1));
  if (!known) return undefined;
  const start = offset - word.length;
  const last = lastWord(bytes, start);
  // Most heads have neither before them.
  if (last !== EQUALS && last !== COLON) return { ...known, start, isCode: !printed };
  const before = byteDecoder.decode(bytes.subarray(Math.max(0, start - LONGEST_PRELUDE), start));
  const variable = /<tf\.\w[^<>]*numpy=\s*$/.exec(before)?.[0];
  if (variable) {
    const facts = { printer: 'tensorflow', kind: 'tensor', isCode: false } as const;
    return { ...facts, start: start - variable.length, isParameter: OF_LAYER.test(variable) };
  }
  const parameter = /Parameter containing:\s*$/.exec(before)?.[0];
  if (parameter !== undefined)
    return { ...known, start: start - parameter.length, isCode: !printed, isParameter: true };
  return { ...known, start, isCode: !printed };
}

/** What Keras calls the variables of layers: 'dense/kernel:0'. */
const OF_LAYER = /\/(?:kernel|bias|gamma|beta|embeddings|moving_mean|moving_variance)(?::\d+)?'/;

/** Facts that paddle prints before the numbers: `shape=[2, 3], dtype=float32, place=Place(cpu), stop_gradient=True,` */
const PADDLE =
  /^\s*shape=\[[\d,\s]{0,80}\](?:\s*,\s*\w+=[\w.:]+(?:\([\w:., ]{0,40}\))?)*\s*,\s*(?:value=\s*)?(?=\[)/;

interface PaddleList {
  readonly start: number;
  readonly type: string | undefined;
}

/** Where the list of a tensor of paddle begins, whose parenthesis is right before `inside`; undefined if it's another's. */
export function paddleList(
  bytes: Uint8Array,
  inside: number,
  end: number,
  { printer }: Head,
): PaddleList | undefined {
  if (printer !== 'paddle') return undefined;
  const text = byteDecoder.decode(bytes.subarray(inside, Math.min(end, inside + LONGEST_PRELUDE)));
  const facts = PADDLE.exec(text)?.[0];
  if (facts === undefined) return undefined;
  return { start: inside + facts.length, type: TYPE.exec(facts)?.[1]?.toLowerCase() };
}

/** What Elixir's Nx prints before the numbers of a tensor, and where those are: `#Nx.Tensor<`, `f32[batch: 2][3]`. */
const NX =
  /#Nx\.Tensor<\s{0,40}(bf|[fsu])(\d{1,3})(?:\[[^\]\n]{0,40}\]){0,8}\s{0,40}(?:[A-Z][\w.]{0,40}<[^>\n]{0,120}>\s{0,40})?$/;
const NX_TYPES: Readonly<Record<string, string>> = { f: 'float', bf: 'bfloat', s: 'int', u: 'uint' };

/** A head of Nx that ends at `offset`. */
export function nxHead(
  bytes: Uint8Array,
  offset: number,
): { readonly start: number; readonly type: string } | undefined {
  const before = byteDecoder.decode(bytes.subarray(Math.max(0, offset - LONGEST_PRELUDE), offset));
  const match = NX.exec(before);
  return match ? { start: offset - match[0].length, type: `${NX_TYPES[match[1]!]}${match[2]}` } : undefined;
}

/** What follows the numbers, up to the closing parenthesis. */
interface Tail {
  readonly type: string | undefined;
  /** A loss for each sample, by the function that made it. */
  readonly isLoss: boolean;
  /** Each of its items has fields. */
  readonly isStructured: boolean;
  readonly end: number;
}

const TAIL =
  /^(?:\s*,\s*(?:\w+=)?(?:<[^>]*>|\([^()]*\)|\[[^[\]]*\]|'[^']*'|"[^"]*"|[\w.:+-]+))*[\s,]*\)(\s*>)?/;
const LOSS = /\bgrad_fn=<\w{0,40}(?:Loss|CrossEntropy)\w{0,40}>/;
const TYPE = /\bdtype=["']?(?:\w+\.)*(\w+)|,\s*(?:torch|np|numpy|jnp|tf)\.(\w+\d)/;

/** The arguments after the numbers, which end at `offset`: `, dtype=float32, device='cuda:0')`. */
export function tailAt(bytes: Uint8Array, offset: number, end: number): Tail {
  const text = byteDecoder.decode(bytes.subarray(offset, Math.min(end, offset + LONGEST_TAIL)));
  const tail = TAIL.exec(text)?.[0];
  if (tail === undefined) return { type: undefined, isLoss: false, isStructured: false, end: offset };
  const type = TYPE.exec(tail);
  return {
    type: type?.[1] ?? type?.[2],
    isLoss: LOSS.test(tail),
    isStructured: /\bdtype=\[/.test(tail),
    end: offset + tail.length,
  };
}

/** The type that a printer doesn't write, because it's its own. */
export function impliedType(printer: Printer, isWhole: boolean): string {
  if (printer === 'pytorch') return isWhole ? 'int64' : 'float32';
  if (printer === 'numpy') return isWhole ? 'int64' : 'float64';
  return isWhole ? 'int' : 'float';
}
