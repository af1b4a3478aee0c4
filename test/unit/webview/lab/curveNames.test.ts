// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from 'vitest';
import {
  isCovered,
  levelWordsAt,
  placedNames,
  wordsEnd,
} from '../../../../src/webview/lab/charts/curveNames.tsx';

beforeAll(() => {
  const context = { font: '', measureText: (text: string) => ({ width: 6 * text.length }) };
  HTMLCanvasElement.prototype.getContext = (() => context) as unknown as HTMLCanvasElement['getContext'];
});

const ends = (hard: number, smoothed: number) =>
  [
    { name: 'α = 0', mark: 'hard', y: hard },
    { name: 'α = 0.1', mark: 'smoothed', y: smoothed },
  ] as const;
const room = { right: 300, lowest: 160 };

describe('the names of curves', () => {
  it('are beside their ends while they grow, never over each other', () => {
    for (const apart of [0, 3, 20]) {
      const placed = placedNames(ends(100, 100 + apart), { ...room, x: 80 });
      expect(placed.map(({ mark, x, isBeside }) => [mark, x, isBeside])).toEqual([
        ['hard', 88, true],
        ['smoothed', 88, true],
      ]);
      expect(placed[1]!.y - placed[0]!.y).toBe(Math.max(12, apart));
    }
  });

  it('are above the edge, both', () => {
    const placed = placedNames(ends(158, 159), { ...room, x: 80 });
    expect(placed.map(({ y }) => y)).toEqual([148, 160]);
  });

  it('are within the picture at its right edge', () => {
    const placed = placedNames(ends(40, 100), { ...room, x: 300 });
    expect(placed.map(({ x, y, isBeside }) => [x, y, isBeside])).toEqual([
      [300, 32, false],
      [300, 92, false],
    ]);
    // Two in one place at the bottom are one.
    expect(placedNames(ends(158, 158), { ...room, x: 300 })).toHaveLength(1);
  });

  it('and the words on a level aren’t on a curve that ends there, if there’s room below', () => {
    expect(levelWordsAt(100, [], 160)).toBe(95);
    expect(levelWordsAt(100, ends(95, 30), 160)).toBe(114);
    expect(levelWordsAt(150, ends(145, 30), 160)).toBe(145);
  });

  it('give way to the words on a level only where those are', () => {
    const level = { name: 'optimum', wordsAt: 100 };
    const [beside] = placedNames(ends(96, 150), { ...room, x: 80 });
    const [above] = placedNames(ends(108, 150), { ...room, x: 300 });
    expect([isCovered(beside!, level, 300), isCovered(above!, level, 300)]).toEqual([false, true]);
  });

  it('have the words on a level end before them, if both have room', () => {
    const level = { name: 'optimum', wordsAt: 100 };
    const names = placedNames(ends(108, 150), { ...room, x: 300 });
    const end = wordsEnd(names, level, { left: 40, right: 300 });
    expect(end).toBeLessThan(300 - 6 * names[0]!.name.length);
    expect(isCovered(names[0]!, level, end)).toBe(false);
    expect(wordsEnd(names, level, { left: 230, right: 300 })).toBe(300);
    expect(wordsEnd([], level, { left: 40, right: 300 })).toBe(300);
  });
});
