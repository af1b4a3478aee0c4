import { remembered } from '../../common/remembered.ts';
import type { CallSite, PyModule } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, dottedOf, textOf } from '../syntax/syntaxNodes.ts';
import { statementAround } from './usedLoss.ts';

/** What a module says as a whole, of whatever loss: looked for once. */
export interface ModuleFacts {
  /** `math.exp(…)` where that is called perplexity; the first few. */
  readonly exponentials: readonly CallSite[];
  readonly isMultiLabel: boolean;
  /** The name of an index of padding, in a module that pads and has no other way to leave padding out. */
  readonly padding: string | undefined;
  /** A softmax of what a teacher gives. */
  readonly distils: boolean;
  readonly earlyStopping: readonly CallSite[];
}

/** Calls of a kind that are looked at. */
const MOST = 16;
const EXP = /^(?:(?:math|np|numpy|torch|jnp|tf|mx|keras\.ops)\.exp|(?:tf\.math|jax\.numpy)\.exp|exp)$/;
const PERPLEXITY = /\b(?:\w{1,30}_)?(?:ppl|perplexity|perplexities)\b/i;
const PADDING =
  /\b((?:[A-Za-z]\w{0,30}\.)?(?:pad|PAD|padding|PADDING)_?(?:idx|IDX|id|ID|index|INDEX|token_id|token|TOKEN_ID|value(?! ?=))\b)/;
const PADS = /\bpad_sequence\(|\bpadding_value ?=|padding ?= ?(?:True|["'](?:max_length|longest)["'])/;
/** With the index that is ignored by default, or a mask, padding may be left out elsewhere. */
const LEAVES_OUT = /- ?100\b|\bmasked_select\b|\bmask\b|_mask\b/;

/** What a module says as a whole; remembered. */
export const factsOf = remembered((module: PyModule): ModuleFacts => {
  const { text, calls } = module;
  return {
    exponentials: calls.filter((site) => isPerplexity(site, text)).slice(0, MOST),
    isMultiLabel: /["']multi_label_classification["']/.test(text),
    padding: PADS.test(text) && !LEAVES_OUT.test(text) ? PADDING.exec(text)?.[1] : undefined,
    distils: calls.some(({ name, node }) => /^(?:log_)?softmax$/i.test(name) && isOfTeacher(node, text)),
    earlyStopping: calls.filter(({ name }) => name === 'EarlyStopping'),
  };
});

function isPerplexity({ name, node, scope }: CallSite, text: string): boolean {
  if (name !== 'exp' || !EXP.test(dottedOf(calleeOf(node), text) ?? '')) return false;
  return PERPLEXITY.test(textOf(statementAround({ node, scope }), text).slice(0, 300));
}

/** The first name with a teacher in it. */
export function teacherIn(text: string): string | undefined {
  const at = text.search(/teacher/i);
  if (at < 0) return undefined;
  let from = at;
  while (from > 0 && /\w/.test(text.charAt(from - 1))) from--;
  return /^\w+/.exec(text.slice(from))?.[0];
}

function isOfTeacher(node: CallSite['node'], text: string): boolean {
  return argumentsOf(argListOf(node), text).some(
    ({ value }) => teacherIn(textOf(value, text).slice(0, 200)) !== undefined,
  );
}
