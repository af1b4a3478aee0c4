import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { inMemory } from '../../../../src/readers/arrays/byteSource.ts';
import { fileArrays } from '../../../../src/readers/fileArrays.ts';
import { fileBytes, float32, list, read } from './files.ts';

/** A file with this header and so many bytes of numbers. */
function safetensors(header: unknown, bytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

const tensor = (begin: number, end: number, shape = [(end - begin) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

function problemOf(file: Uint8Array, member?: string) {
  const outcome = read(file, 'safetensors', member, float32);
  return outcome.ok ? undefined : outcome.problem;
}

describe('a .safetensors file', () => {
  it('has its tensors in the order of their numbers, without its metadata', () => {
    const file = safetensors({ b: tensor(8, 16), __metadata__: { format: 'pt' }, a: tensor(0, 8) }, 16);
    const listed = list(file, 'safetensors');
    expect(listed.ok && listed.value.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(problemOf(file, 'b')).toBeUndefined();
  });

  it('with a type that isn’t read lists the tensor, and refuses it by name', () => {
    expect(problemOf(fileBytes('pair.safetensors'), 'eighth')).toMatchObject({
      reason: 'array-type',
      found: 'F8_E4M3',
    });
    expect(problemOf(fileBytes('pair.safetensors'), 'logits')).toBeUndefined();
  });

  it.each([
    ['overlap', { a: tensor(0, 8), b: tensor(4, 12) }, 12, 'tensor-place'],
    ['leave a gap', { a: tensor(0, 8), b: tensor(12, 16) }, 16, 'tensor-place'],
    ['are too many for the shape', { a: tensor(0, 8, [3]) }, 8, 'tensor-place'],
    ['end before they begin', { a: tensor(8, 0, [1]) }, 8, 'tensor-place'],
    ['are cut', { a: tensor(0, 8) }, 7, 'file-size'],
    ['are followed by others', { a: tensor(0, 8) }, 9, 'file-size'],
    ['aren’t placed', { a: { dtype: 'F32', shape: [2] } }, 8, 'not-format'],
    ['have a negative axis', { a: tensor(0, 8, [-2]) }, 8, 'not-format'],
    ['have no JSON before them', '{"a": ', 8, 'not-format'],
    ['have a list before them', [1], 0, 'not-format'],
  ])('whose numbers %s is refused', (_, header, bytes, reason) => {
    expect(problemOf(safetensors(header, bytes))).toMatchObject({ reason });
  });

  it('with a header longer than the format allows, or than the file, is refused unread', () => {
    const file = safetensors({}, 0);
    const view = new DataView(file.buffer);
    view.setBigUint64(0, 1n << 62n, true);
    expect(problemOf(file)).toMatchObject({ reason: 'not-format' });
    view.setBigUint64(0, 99_999_999n, true);
    expect(problemOf(file)).toMatchObject({ reason: 'file-size', expected: 100_000_007 });
  });

  it('without tensors says so', () => {
    expect(finish(fileArrays(inMemory(safetensors({}, 0)), 'safetensors'))).toMatchObject({
      problem: { reason: 'no-arrays' },
    });
  });
});
