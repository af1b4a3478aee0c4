// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { fitted, textWidth } from '../../../../src/webview/charts/textWidth.ts';

/** A font that lacks wide letters: each is drawn as a box half as wide as it's high. In black it has them, and they're wider. */
const context = {
  font: '',
  measureText: (text: string) => {
    const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(context.font)!;
    return { width: (weight === '900' ? 1.2 : 0.5) * Number(size) * [...text].length };
  },
};
HTMLCanvasElement.prototype.getContext = (() => context) as unknown as HTMLCanvasElement['getContext'];

describe('how wide a text is drawn', () => {
  it.each([
    ['Latin', 'cat 0.1 α', 45],
    ['Hangul', '고양이', 30],
    ['Hangul among others', '개 0.1', 10 + 20],
    ['Han', '猫科', 20],
    ['beyond the first plane', '𠮷', 10],
    ['kana', 'ネコねこ', 40],
    ['full-width forms', '（１）。', 40],
  ])('is at least an em a letter where the font may lack them: %s', (_, text, width) => {
    expect(textWidth(text, { size: 10 })).toBe(width);
  });

  it('is what the font says where it has wider ones', () => {
    expect(textWidth('고양이', { size: 10, weight: 900 })).toBe(36);
  });

  it('cuts what is too wide after as many letters as fit', () => {
    expect(fitted('고양이와 개', 35, { size: 10 })).toBe('고양이…');
    expect(fitted('cat and dog', 35, { size: 10 })).toBe('cat an…');
  });
});
