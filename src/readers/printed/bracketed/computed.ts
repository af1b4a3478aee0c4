/** What is made of a tensor that leaves its numbers and their places as they are. */
const KEEPING: ReadonlySet<string> = new Set(
  'to cuda cpu float double half bfloat16 numpy detach clone copy contiguous requires_grad_ requires_grad astype type tolist shape size dtype device ndim block_until_ready'.split(
    ' ',
  ),
);
const OPERATION_AFTER = /^[ \t]*(?:\*\*?|\/\/?|@|%|[-+])[ \t]*(?=[\w.(-])/;
const SUBSCRIPT = /^\[/;
const METHOD = /^\s{0,200}\.([A-Za-z_]\w{0,60})/;
/** At the start of a line a sign is the mark of a list's item. */
const OPERATION_BEFORE = /[^\s][ \t]*(\*\*?|\/|@|%|[-+])[ \t]*$/;
/** A function that the tensor is given to: `np.log([[0.7, 0.3]])`. */
const CALLED =
  /(?:^|[^\w.])(?:[A-Za-z_]\w{0,20}\.){0,3}((?:log|log2|log10|log1p|exp|exp2|expm1|sqrt|square|abs|negative|softmax|log_softmax|logsoftmax|sigmoid|logsigmoid|logit|expit|tanh|relu|transpose|normalize|cumsum)\()\s{0,40}$/;
const LOOKED_AT = 400;

const decoder = new TextDecoder();

/**
 * What code does to the tensor it has at [start, end), which then has other numbers than are written there; undefined if it does
 * nothing. `np.array([1, 2]) / 10`, `-torch.tensor([1, 2])`, `torch.tensor([1, 2]).softmax(0)`.
 */
export function operationOn(bytes: Uint8Array, start: number, end: number): string | undefined {
  const after = decoder.decode(bytes.subarray(end, end + LOOKED_AT));
  const before = decoder.decode(bytes.subarray(Math.max(0, start - LOOKED_AT), start));
  return operationAfter(after) ?? OPERATION_BEFORE.exec(before)?.[1] ?? callAround(bytes, start);
}

/** The function of mathematics that what begins at `start` is given to in code; undefined if there's none. */
export function callAround(bytes: Uint8Array, start: number): string | undefined {
  const before = decoder.decode(bytes.subarray(Math.max(0, start - LOOKED_AT), start));
  const call = CALLED.exec(before)?.[1];
  return call && `${call})`;
}

function operationAfter(text: string): string | undefined {
  const operation = OPERATION_AFTER.exec(text)?.[0] ?? SUBSCRIPT.exec(text)?.[0];
  if (operation !== undefined) return operation.trim();
  const [call, name] = METHOD.exec(text) ?? [];
  if (call === undefined || name === undefined) return undefined;
  return KEEPING.has(name) ? operationAfter(withoutCall(text.slice(call.length))) : `.${name}`;
}

/** What comes after the arguments of a call that has no other in them. */
function withoutCall(text: string): string {
  return text.replace(/^\([^()]*\)/, '');
}
