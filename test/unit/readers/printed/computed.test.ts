import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { membersOfText, readText } from '../../../../src/readers/readText.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => finish(readText(encode(text)));

function namesIn(text: string): readonly string[] {
  const members = finish(membersOfText(encode(text)));
  if (!members.ok) throw new Error(members.problem.reason);
  return members.value.map(({ name }) => name);
}

describe('numbers in code that others are computed from', () => {
  it.each([
    ['x = np.array([[1, 2], [3, 4]]) * 2', '*'],
    ['x = torch.tensor([[1, 2], [3, 4]]) / 10', '/'],
    ['logits = -torch.tensor([[1., 2.], [3., 4.]])', '-'],
    ['logits = 2 * torch.tensor([[1., 2.], [3., 4.]])', '*'],
    ['x = torch.tensor([[1.5, 2], [3, 4]]).softmax(1)', '.softmax'],
    ['x = torch.tensor([[1.5, 2], [3, 4]], dtype=torch.float32).to(device).T', '.T'],
    ['x = torch.tensor([[1.5, 2], [3, 4]])[:, :1]', '['],
    ['x = (\n  np.array([[1.5, 2], [3, 4]])\n  .reshape(1, 4)\n)', '.reshape'],
  ])('aren’t read as those: %s', (text, found) => {
    expect(read(text)).toMatchObject({ ok: false, problem: { reason: 'computed', found } });
  });

  it.each([
    'x = torch.tensor([[1.5, 2], [3, 4]]).to(device).float().requires_grad_()',
    'x = np.array([[1.5, 2], [3, 4]])  # / 10',
    'x = np.array([[1.5, 2], [3, 4]])\n-1',
    '- np.array([[1.5, 2], [3, 4]])',
    'f(x=np.array([[1.5, 2], [3, 4]]), y=2)',
    'tensor([[1.5, 2.0], [3.0, 4.0]]) - epoch 3',
  ])('are read where nothing is: %s', (text) => {
    const done = read(text);
    expect(done.ok && [...done.value.values]).toEqual([1.5, 2, 3, 4]);
  });

  it('lend their name to what is made of them only if it’s the same', () => {
    expect(namesIn('a = tf.constant([[1.5, 2]])\nb = np.asarray(np.array([[1.5, 2]]))')).toEqual(['a', 'b']);
    expect(() => namesIn('p = F.softmax(torch.tensor([[1.5, 2]]), dim=1)')).toThrow('computed');
    expect(() => namesIn('p = np.log([[0.25, 0.75]])')).toThrow('computed');
  });

  it('have a name of their own each, whatever names there are', () => {
    expect(
      namesIn('log\nx: [1.5, 2]\nx: [1.5, 2]\n"x (2)": [1.5, 2]\n"list 5": [1.5, 2]\n [1.5, 2]'),
    ).toEqual(['x', 'x (2)', 'x (2) (2)', 'list 5', 'list 5 (2)']);
    expect(namesIn('log\n"x (2)": [1.5, 2]\nx: [1.5, 2]\nx: [1.5, 2]')).toEqual(['x (2)', 'x', 'x (3)']);
  });
});
