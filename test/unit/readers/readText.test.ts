import { describe, expect, it } from 'vitest';
import { finish } from '../../../src/loss/work.ts';
import { membersOfText, readText, type TextOptions } from '../../../src/readers/readText.ts';

const encoder = new TextEncoder();
const LOGITS = 'tensor([[1.5, 2.5],\n        [3.5, 4.5]])';
const OTHERS = '[[ 0.5 -0.5]\n [ 1.5 -1.5]]';
const LABELS = 'tensor([1, 0])';

/** What is read: the text of it, or the reason it isn't. "|" is the cursor. */
function read(marked: string, options: TextOptions = {}): string {
  const text = marked.replace('|', '');
  const bytes = encoder.encode(text);
  const cursor = marked.includes('|') && {
    offset: encoder.encode(marked.slice(0, marked.indexOf('|'))).length,
  };
  const found = finish(readText(bytes, { ...options, ...cursor }));
  if (!found.ok) return found.problem.reason;
  return new TextDecoder().decode(bytes.subarray(found.value.start, found.value.end));
}

const members = (text: string) => finish(membersOfText(encoder.encode(text)));

describe('of a text is read', () => {
  it.each([
    ['JSON, if it is that', '[[1.5, 2.5]]', '[[1.5, 2.5]]'],
    ['the only tensor', `before\n${LOGITS} after`, LOGITS],
    ['all of it, where targets are beside the logits', `${LABELS} ${LOGITS}`, `${LABELS} ${LOGITS}`],
    ['no whole numbers in one row: they are labels', `x ${LABELS}`, 'no-logits'],
    ['none of several', `${LOGITS} ${OTHERS}`, 'several'],
    ['the one around the cursor', `${LOGITS} [[ 0.5 -|0.5]\n [ 1.5 -1.5]]`, OTHERS],
    ['the one around the cursor, JSON or not', 'x = tensor([[1.5, |2.5]])', 'tensor([[1.5, 2.5]])'],
    ['the only one, wherever the cursor is', `|x\n${LOGITS}`, LOGITS],
    ['none of several, with the cursor elsewhere', `|x ${LOGITS} ${OTHERS}`, 'several'],
    ['no code away from the cursor', 'w = torch.tensor([1.0, 2.0])\nx = [1, 2]\n|y', 'no-logits'],
    ['code that is selected', 'w = torch.tensor([-1., 2.])', 'torch.tensor([-1., 2.])'],
    ['a list of tuples in code', 'x = [(1., 2), (3, |4)]', '[(1., 2), (3, 4)]'],
    [
      'a table of numbers only',
      '     0    1\n0  1.5  2.5\n1  3.5  4.5',
      '     0    1\n0  1.5  2.5\n1  3.5  4.5',
    ],
    ['a row of numbers', '1.5 -2.5\n3.5', '1.5 -2.5\n3.5'],
    ['the mistake in JSON, not what is right in it', '{"logits": [[1, 2], [3 4]], "y": [0, 1]}', 'syntax'],
    ['the mistake in a list, not what is right in it', '[[1, 2], [3 4], [5, 6]]', 'syntax'],
    ['the mistake in JSON Lines', '{"logits": [1, 2]}\n{"logits": [3, 4}', 'syntax'],
    ['JSON that has other keys', '{"note": "none"}', 'no-logits'],
    ['no losses', '{"loss": [0.5, 0.25]}', 'losses'],
    [
      'a dictionary of Python',
      "{'logits': [[1.5, 2.5], [3.5, 4.5]], 'labels': [1, 0]}",
      "{'logits': [[1.5, 2.5], [3.5, 4.5]], 'labels': [1, 0]}",
    ],
    ['nothing but the part that was printed', 'logits [[1. 2. ... 3. 4.]]', 'summarised'],
    ['no other tensor in place of one printed in part', `${LABELS}\n[[1. 2. ... 3. 4.]]`, 'summarised'],
  ])('%s', (_, text, expected) => expect(read(text)).toBe(expected));

  it('the member that is asked for, wherever the cursor is', () => {
    const text = `a = ${LOGITS}\nb = ${OTHERS}\n`;
    expect(read(text, { member: 'b' })).toBe(OTHERS);
    expect(read(`|${text}`, { member: 'b' })).toBe(OTHERS);
    expect(read(text, { member: 'c' })).toBe('no-member');
  });

  it('the only member, whatever it was called before', () =>
    expect(read(LOGITS, { member: 'logits' })).toBe(LOGITS));
});

describe('the members of a text', () => {
  it('are its tensors, whole numbers among them', () => {
    expect(members(`logits: ${LOGITS}\nlabels: ${LABELS}`)).toMatchObject({
      ok: true,
      value: [
        { name: 'logits', shape: [2, 2], type: 'float32', start: 8 },
        { name: 'labels', shape: [2], type: 'int64' },
      ],
    });
  });
  it('are the logits of JSON', () =>
    expect(members('{"scores": [[1, 2]]}')).toMatchObject({
      ok: true,
      value: [{ name: 'scores', shape: [1, 2] }],
    }));
  it('aren’t a number by itself, such as a loss', () => {
    for (const number of ['0.3897', '-1e-3\n', '12'])
      expect(members(number)).toMatchObject({ problem: { reason: 'no-logits' } });
    expect(members('tensor([2])')).toMatchObject({ value: [{ shape: [1] }] });
  });

  it('can’t be chosen from if the logits can’t be read', () => {
    expect(members(`${LABELS}\n[[1. 2. ... 3. 4.]]`)).toMatchObject({
      ok: false,
      problem: { reason: 'summarised' },
    });
    expect(members('hello')).toMatchObject({ ok: false, problem: { reason: 'no-logits' } });
  });
});
