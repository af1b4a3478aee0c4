import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DrawQueue } from '../../../../src/webview/lab/pictures/drawQueue.ts';

let frames: (() => void)[];
let now: number;

beforeEach(() => {
  frames = [];
  now = 0;
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What is drawn in each frame, until there's nothing left: a picture takes so long. */
function drawnByFrame(
  queue: DrawQueue,
  asked: readonly [name: string, isSmall: boolean][],
  ms: number,
): string[][] {
  const canvases = new Map(asked.map(([name]) => [name, {} as HTMLCanvasElement]));
  let drawn: string[] = [];
  for (const [name, isSmall] of asked)
    queue.add(
      canvases.get(name)!,
      () => {
        drawn.push(name);
        now += ms;
      },
      isSmall,
    );
  const all: string[][] = [];
  for (let frame = frames.shift(); frame; frame = frames.shift()) {
    drawn = [];
    frame();
    all.push(drawn);
  }
  return all;
}

it('draws large pictures before small ones, in each frame as many as there’s time for', () => {
  const asked: [string, boolean][] = [
    ['a', true],
    ['b', true],
    ['A', false],
    ['c', true],
  ];
  expect(drawnByFrame(new DrawQueue(), asked, 5)).toEqual([['A'], ['a'], ['b'], ['c']]);
  expect(drawnByFrame(new DrawQueue(), asked, 1)).toEqual([
    ['A', 'a'],
    ['b', 'c'],
  ]);
});

it('draws a picture once that changes again before its turn', () => {
  expect(
    drawnByFrame(
      new DrawQueue(),
      [
        ['a', true],
        ['b', true],
        ['a', true],
      ],
      0.1,
    ),
  ).toEqual([['a', 'b']]);
});
