import { describe, expect, it } from 'vitest';
import { finish, portion, type Work } from '../../../src/loss/work.ts';

function* counting(steps: number, ended: () => void): Work<string> {
  try {
    for (let i = 0; i < steps; i++) yield i / steps;
    return 'done';
  } finally {
    ended();
  }
}

describe('work as a part of something longer', () => {
  const ignore = () => {};

  it('has its fraction of the whole', () => {
    const [first, second] = [counting(2, ignore), counting(2, ignore)];
    expect([...portion(first, 0.5, 1)]).toEqual([0.5, 0.75]);
    expect(finish(portion(second, 0, 1))).toBe('done');
  });

  it('ends with it: what it holds is given back, once', () => {
    let ends = 0;
    const part = counting(5, () => ends++);
    const whole = portion(portion(part, 0, 0.5), 0, 0.5);
    whole.next();
    whole.next();
    expect(ends).toBe(0);
    whole.return(undefined as never);
    expect(ends).toBe(1);
    const other = counting(5, () => ends++);
    finish(portion(other, 0, 1));
    expect(ends).toBe(2);
  });
});
