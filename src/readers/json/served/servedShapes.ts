import type { Work } from '../../../loss/work.ts';
import type { NamedArray } from '../../roles/namedArray.ts';
import type { Node } from '../jsonNodes.ts';
import { areOfOneRow, labelRows, type NamedRow, rowOfLabels, rowOfObject } from './namedRows.ts';
import { serverArrays } from './serverAnswers.ts';
import { tokenArrays } from './topTokens.ts';
import { typedTensor } from './typedTensors.ts';

/**
 * One row of scores by class: `{"cat": 0.7, "dog": 0.3}`, `[{"label": "cat", "score": 0.7}, …]`; undefined if it's something else.
 * `key` is what it's below.
 */
export function* namedRow(node: Node, key: string): Work<NamedRow | undefined> {
  if (node.type === 'object') return rowOfObject(node, key);
  if (node.type !== 'list') return undefined;
  // One place of an older answer: [{"yes": -0.25, "no": -1.6}].
  if (node.length === 1 && node.first?.type === 'object' && /logprobs?$/i.test(key))
    return rowOfObject(node.first, key);
  const row = yield* rowOfLabels(node);
  return row && areOfOneRow(row.values) ? row : undefined;
}

/** The arrays of what model servers, runtimes and test harnesses answer with; undefined if it's something else. */
export function* servedArrays(node: Node, path: readonly string[]): Work<readonly NamedArray[] | undefined> {
  const tensor = node.type === 'object' ? typedTensor(node, path) : undefined;
  if (tensor) return [tensor];
  return (
    (yield* serverArrays(node, path)) ?? (yield* tokenArrays(node, path)) ?? (yield* labelRows(node, path))
  );
}
