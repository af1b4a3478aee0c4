import { describe, expect, it } from 'vitest';
import { arraysOf, EXPECTED_FILES, expectedNumbers, numbersByName, pickleBytes } from './pickleFiles.ts';

/** Batches and records are put together: these files have their pieces in the list of what Python sees. */
const PUT_TOGETHER: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'list-of-batches.pt': { '': ['0', '1', '2'] },
  'nested.pt': { 'test.logits': ['test.0.logits', 'test.1.logits'] },
};
/** Places of a tuple whose class has names for them. */
const NAMED_PLACES: Readonly<Record<string, readonly string[]>> = {
  'prediction-output.pkl': ['predictions', 'label_ids'],
};

const WITH_ARRAYS = Object.entries(EXPECTED_FILES).filter(([, { arrays }]) => arrays);

describe('arrays of pickles are what Python has in them:', () => {
  it.each(WITH_ARRAYS)('%s', (file, { arrays = [] }) => {
    const read = arraysOf(pickleBytes(file), file);
    if (!read.ok) return expect.unreachable(JSON.stringify(read.problem));
    const found = numbersByName(read.value);
    const pieces = PUT_TOGETHER[file] ?? {};
    for (const [i, { name, shape, values }] of arrays.entries()) {
      if (Object.values(pieces).flat().includes(name)) continue;
      const own = found.get(NAMED_PLACES[file]?.[i] ?? name);
      expect({ name, shape: own?.shape, values: own?.values }).toEqual({
        name,
        shape,
        values: expectedNumbers(values),
      });
    }
    for (const [name, parts] of Object.entries(pieces))
      expect(found.get(name)?.values).toEqual(
        parts.flatMap((part) => expectedNumbers(arrays.find((each) => each.name === part)!.values)),
      );
  });

  it('all of them: protocols 0 to 5, both containers, every type, views, lists, NumPy, joblib', () => {
    expect(WITH_ARRAYS.length).toBeGreaterThan(65);
  });
});

describe('what isn’t plain numbers is named:', () => {
  it.each([
    ['dtype-complex64.pt', 'array-type', 'complex64'],
    ['sparse.pt', 'array-type', 'sparse tensor'],
    ['structured.pkl', 'array-type', 'structured'],
    ['storage.pt', 'array-type', 'storage'],
  ])('%s: %s, %s', (file, reason, found) => {
    const read = arraysOf(pickleBytes(file));
    if (!read.ok) return expect.unreachable(JSON.stringify(read.problem));
    const problems = [...numbersByName(read.value).values()].map((each) => 'problem' in each && each.problem);
    expect(problems).toEqual([expect.objectContaining({ reason, found })]);
  });

  it('TorchScript', () => {
    const read = arraysOf(pickleBytes('torchscript.pt'));
    expect(read).toEqual({ ok: false, problem: { reason: 'other-file', offset: 0, found: 'torchscript' } });
  });
});
