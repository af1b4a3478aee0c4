import type { Work } from '../../../loss/work.ts';
import { failure } from '../../outcome.ts';
import { printedLineAt } from '../printedLines.ts';
import type { FoundTensor } from '../printedTensor.ts';
import { readMatlabArray } from './matlabArray.ts';

/** "scores(:,:,2)": one matrix of an array with three axes. */
const PAGE = /^(.{1,200})\(:,:,(\d{1,9})\)$/;

/**
 * What MATLAB and Octave show after a name on the line that starts at `start`: a matrix, or the matrices of an array with more axes. Those
 * are known for what they are and not read: which axis has the classes isn't shown.
 */
export function* readMatlabPages(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<FoundTensor | undefined> {
  const first = yield* readMatlabArray(bytes, start, limit);
  const name = PAGE.exec(first?.ownName ?? '')?.[1];
  if (!first || name === undefined) return first;
  let last = first;
  let pages = 1;
  for (;;) {
    yield last.end / limit;
    const next = yield* readMatlabArray(bytes, nextLine(bytes, last.end, limit), limit);
    const page = PAGE.exec(next?.ownName ?? '');
    if (!next || page?.[1] !== name) break;
    last = next;
    pages++;
  }
  const shape = [...(first.shape.length === 1 ? [1, ...first.shape] : first.shape), pages];
  const problem = { reason: 'pages', offset: start, name, shape } as const;
  return { ...first, ownName: name, shape, end: last.end, read: failure(problem) };
}

/** The next line that isn't empty. */
function nextLine(bytes: Uint8Array, end: number, limit: number): number {
  let line = printedLineAt(bytes, end, limit);
  while (line.next < limit && isEmpty(bytes, line)) line = printedLineAt(bytes, line.next, limit);
  return line.start;
}

function isEmpty(
  bytes: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! > 0x20) return false;
  return true;
}
