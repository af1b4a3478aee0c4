import { getHeapStatistics } from 'node:v8';
import { describe, expect, it } from 'vitest';
import type { Work } from '../../src/loss/work.ts';
import { TEXT_READERS } from './entryPoints.ts';

const BYTES = 27e6;
/** What is read may take so many times the room of its text, the garbage on the way included. */
const MOST = 4;

function held(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

/** How much more memory was taken at any time than before. */
function mostHeld(work: Work<unknown>): number {
  globalThis.gc!();
  const before = held();
  let most = before;
  for (let step = work.next(); ; step = work.next()) {
    most = Math.max(most, held());
    if (step.done) return most - before;
  }
}

// When V8 collects garbage depends on the machine: what takes too much takes it every time.
describe('27 MB of text take at most four times as much memory to read', { retry: 3 }, () => {
  it.each([
    ['JSON Lines', 'text', '{"logits": [1.2345, -0.5, 3.25], "label": 2}\n'],
    ['short JSON Lines', 'text', '{"logits":[1,2]}\n'],
    ['JSON Lines with names', 'text', '{"logits": [1, 2], "text": "some words", "label": null}\n'],
    ['rows', 'text', '[1.25, -0.5]\n'],
    ['a table', 'table', '1.25,-0.5,2\n'],
  ])('as %s', (_, reader, line) => {
    const bytes = new TextEncoder().encode(line.repeat(BYTES / line.length));
    expect(mostHeld(TEXT_READERS[reader]!(bytes)) / bytes.length).toBeLessThan(MOST);
  });
});
