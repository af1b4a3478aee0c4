import { describe, expect, it, vi } from 'vitest';
import { shownIn } from './shown.ts';

vi.mock('vscode', () => import('../vscode.ts'));

const TORCH = 'import torch.nn as nn\n';
const hoverOn = (argument: string, classes: number) =>
  shownIn(`${TORCH}loss = nn.CrossEntropyLoss(${argument})  # smooth-labels: K=${classes}\n`)[0]!.hover;

/** The picture in a hover. */
function pictureIn(hover: string): string {
  const [, encoded] = /data:image\/svg\+xml;base64,([\w+/=]+)/.exec(hover)!;
  return Buffer.from(encoded!, 'base64').toString('utf8');
}

/** How far down a text or a line of it is. */
function heightOf(svg: string, text: string): number {
  const found = new RegExp(`<text x="[\\d.]+" y="([\\d.]+)"[^>]*>${text}</text>`).exec(svg);
  return Number(found![1]);
}

describe('the picture of a hover', () => {
  it.each([
    [0.1, 2, '0.95'],
    [0.1, 5, '0.92'],
    [0.01, 10, '0.991'],
    [0.9, 2, '0.55'],
  ])('has the target below the line that is 1, at α = %f and K = %i', (alpha, classes, target) => {
    const svg = pictureIn(hoverOn(`label_smoothing=${alpha}`, classes));
    const line = /y1="([\d.]+)" x2="[\d.]+" y2="\1" stroke="#cccccc" stroke-width="1\.5"/g;
    const hard = Math.min(...[...svg.matchAll(line)].map(([, y]) => Number(y)));
    expect(heightOf(svg, target.replace('.', '\\.'))).toBeGreaterThan(hard + 4);
  });
});

describe('what a hover says of an API', () => {
  it('is only what can happen with that α', () => {
    const [smoothed, hard] = [hoverOn('label_smoothing=0.1', 5), hoverOn('', 5)];
    expect(smoothed).toContain('one −∞ logit');
    expect(hard).not.toContain('one −∞ logit');
    for (const hover of [smoothed, hard]) {
      expect(hover).toContain('If all rows are ignored, the mean is NaN.');
      expect(hover).not.toContain('An α of NaN');
    }
    expect(hoverOn('label_smoothing=True', 5)).toContain('True acts as 1');
  });

  it('offers nothing to copy or to see trained where nothing can be smoothed', () => {
    expect(hoverOn('label_smoothing=0.1', 5)).toMatch(/Copy for[\s\S]*See it train/);
    expect(hoverOn('label_smoothing=0.1', 1)).not.toMatch(/Copy for|See it train|one −∞ logit/);
  });

  it('has the floor to its sixth digit, as its picture does', () => {
    const hover = hoverOn('label_smoothing=0.1', 5);
    expect(hover).toContain('**0.389673 nats**');
    expect(pictureIn(hover)).toContain('floor 0.389673');
  });
});
