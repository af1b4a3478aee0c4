import type { Work } from '../../../loss/work.ts';
import type { NamedArray } from '../../roles/namedArray.ts';
import type { ListNode, Node, ObjectNode } from '../jsonNodes.ts';
import { NamedRows, rowOfLabels } from './namedRows.ts';

export const TOP_NAME = 'top_logprobs';
/** So many places say enough about whether they have the same tokens. */
const MOST_PLACES = 1 << 16;

/**
 * The likeliest tokens of each place, as servers of language models answer: a row of log-probabilities by token, (N, K), if all places
 * have the same tokens. They're the top of a distribution, not all of it. Undefined if it's another document.
 */
export function* tokenArrays(node: Node, path: readonly string[]): Work<readonly NamedArray[] | undefined> {
  if (node.type === 'object') {
    const choices = choicesOf(node);
    if (!choices) return undefined;
    const rows = new NamedRows(path, TOP_NAME);
    yield* takeChoices(choices, rows);
    return rows.rows === 0 ? undefined : [rows.toArray(node, rows.rows === 1)];
  }
  if (node.type !== 'list' || node.first?.type !== 'object' || !choicesOf(node.first)) return undefined;
  const rows = new NamedRows(path, TOP_NAME);
  for (let i = 0; i < node.length && !rows.isWrong && rows.rows < MOST_PLACES; i++) {
    yield i / node.length;
    const answer = yield* node.readItem(i);
    const choices = answer.type === 'object' ? choicesOf(answer) : undefined;
    if (choices) yield* takeChoices(choices, rows);
  }
  return rows.rows === 0 ? undefined : [rows.toArray(node, false)];
}

/** The choices of an answer, if they have log-probabilities. */
function choicesOf({ members }: ObjectNode): ListNode | undefined {
  const choices = members.get('choices');
  if (choices?.type !== 'list' || choices.first?.type !== 'object') return undefined;
  const logprobs = choices.first.members.get('logprobs');
  return logprobs?.type === 'object' ? choices : undefined;
}

function* takeChoices(choices: ListNode, rows: NamedRows): Work<void> {
  for (let i = 0; i < choices.length && !rows.isWrong; i++) {
    const choice = yield* choices.readItem(i);
    const logprobs = choice.type === 'object' ? choice.members.get('logprobs') : undefined;
    if (logprobs?.type !== 'object') continue;
    const content = logprobs.members.get('content');
    const top = logprobs.members.get(TOP_NAME);
    if (content?.type === 'list') yield* takePlaces(content, rows);
    else if (top?.type === 'list') yield* takeOlder(top, rows);
  }
}

/** `[{"token": "B", "top_logprobs": [{"token": "B", "logprob": -0.1}, …]}, …]` */
function* takePlaces(places: ListNode, rows: NamedRows): Work<void> {
  for (let i = 0; i < places.length && !rows.isWrong && rows.rows < MOST_PLACES; i++) {
    yield i / places.length;
    const place = yield* places.readItem(i);
    const top = place.type === 'object' ? place.members.get(TOP_NAME) : undefined;
    const row = top?.type === 'list' ? yield* rowOfLabels(top) : undefined;
    if (row) rows.take(row, place);
  }
}

/** `[{"yes": -0.25, "no": -1.6}, …]` */
function* takeOlder(places: ListNode, rows: NamedRows): Work<void> {
  for (let i = 0; i < places.length && !rows.isWrong && rows.rows < MOST_PLACES; i++) {
    yield i / places.length;
    const place = yield* places.readItem(i);
    if (place.type !== 'object' || place.members.size < 2) continue;
    const nodes = [...place.members.values()];
    const values = Float64Array.from(nodes, (node) => (node.type === 'number' ? node.value : Number.NaN));
    rows.take({ names: [...place.members.keys()], values }, place);
  }
}
