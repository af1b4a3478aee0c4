import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compute } from '../../../src/engine/measure/compute.ts';
import { ArraysOrigin } from '../../../src/engine/origins/arraysOrigin.ts';
import { lengthOf } from '../../../src/loss/rows/shape.ts';
import type { Work } from '../../../src/loss/work.ts';
import { ROOT } from '../../vscode/paths.ts';
import { checkBatch, checkProblem, outcomeOf } from '../properties.ts';
import { expectThat, type FuzzTarget } from '../target.ts';
import { CONTEXT } from './samples.ts';

const FOLDER = join(ROOT, 'test', 'reference', 'pickles');
/** Longer files are much of the same. */
const LONGEST = 3000;
const OPENED = 3;
/** A file says of itself where things are, be it true or not. */
const ANYWHERE = Number.POSITIVE_INFINITY;
/** Numbers that a small file may have, as a row may be there many times; and how many each of its bytes may. */
const SOME_NUMBERS = 1_000_000;
const NUMBERS_PER_BYTE = 64;

function samples(names: RegExp, folders: readonly string[] = ['', 'hostile']): readonly Uint8Array[] {
  return folders
    .flatMap((folder) => readdirSync(join(FOLDER, folder)).map((name) => join(folder, name)))
    .filter((name) => names.test(name))
    .toSorted()
    .map((name) => new Uint8Array(readFileSync(join(FOLDER, name))))
    .filter(({ length }) => length < LONGEST);
}

function run(format: 'pickle' | 'npy'): (bytes: Uint8Array) => Work<string> {
  return function* (bytes) {
    const compute = new Compute(undefined);
    const origin = (member?: string) =>
      new ArraysOrigin(format, { bytes }, member === undefined ? {} : { member }, compute);
    const listed = yield* origin().listMembers();
    if (!listed.ok) {
      checkProblem(listed.problem, ANYWHERE);
      return outcomeOf(listed);
    }
    const most = Math.max(SOME_NUMBERS, NUMBERS_PER_BYTE * 1032 * bytes.length);
    for (const { name, shape } of listed.value)
      expectThat(
        shape.length <= 64 && shape.every((axis) => Number.isSafeInteger(axis) && axis >= 0),
        () => `${name} of shape ${shape}`,
      );
    const names = listed.value.map(({ name }) => name);
    const read = yield* origin().read(undefined);
    if (!read.ok) checkProblem(read.problem, ANYWHERE);
    for (const name of names.slice(0, OPENED)) {
      const own = yield* origin(name).read(undefined);
      if (!own.ok) checkProblem(own.problem, ANYWHERE);
      else {
        const { batch, source } = own.value;
        const count = 'values' in source ? source.values.length : Number.NaN;
        expectThat(count === lengthOf(batch.shape), () => `${count} numbers of shape ${batch.shape}`);
        checkBatch(batch, count, bytes.length, most);
      }
      const targets = yield* origin(name).readTargets(CONTEXT);
      if (!targets.ok) checkProblem(targets.problem, ANYWHERE);
    }
    return outcomeOf(read);
  };
}

/** Names that mean something, as protocol 0 and 2 write them. */
const GLOBALS = [
  'ctorch._utils\n_rebuild_tensor_v2\n',
  'ctorch._utils\n_rebuild_tensor_v3\n',
  'ctorch._utils\n_rebuild_parameter\n',
  'ctorch._tensor\n_rebuild_from_type_v2\n',
  'ctorch.storage\n_load_from_bytes\n',
  'ctorch\nFloatStorage\n',
  'ctorch\nSize\n',
  'ctorch\nfloat8_e4m3fn\n',
  'cnumpy.core.multiarray\n_reconstruct\n',
  'cnumpy.core.multiarray\nscalar\n',
  'cnumpy._core.numeric\n_frombuffer\n',
  'cnumpy\ndtype\n',
  'cnumpy\nndarray\n',
  'c_codecs\nencode\n',
  'ccollections\nOrderedDict\n',
  'cjoblib.numpy_pickle\nNumpyArrayWrapper\n',
  'cos\nsystem\n',
];

const latin1 = (text: string) => Uint8Array.from(text, (each) => each.charCodeAt(0));

const TOKENS = [
  ...'( ) ] } . 0 1 2 N R b t e u s a o i Q q h r j l d \x81 \x85 \x86 \x87 \x88 \x89 \x8f \x90 \x91 \x92 \x93 \x94'.split(
    ' ',
  ),
  ...GLOBALS,
  'I01\n',
  'F1.5\n',
  'Vlogits\n',
  "S'x'\n",
  'X\x06\x00\x00\x00logits',
  'X\x06\x00\x00\x00labels',
  'X\x02\x00\x00\x00f4',
  'K\x02',
  'h\x00h\x00h\x00h\x00h\x00h\x00',
  'J\xff\xff\xff\xff',
  '\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f',
  'G\x3f\xf8\x00\x00\x00\x00\x00\x00',
  '\x95\xff\x00\x00\x00\x00\x00\x00\x00',
  'PK\x01\x02',
  'PK\x03\x04',
  'PK\x05\x06',
  'PK\x06\x06',
].map(latin1);

const FRAME_TOKENS = [
  'cpandas.core.frame\nDataFrame\n',
  'cpandas.core.internals.managers\nBlockManager\n',
  'cpandas._libs.internals\n_unpickle_block\n',
  'cpandas.core.indexes.base\n_new_Index\n',
  'cpandas.core.indexes.base\nIndex\n',
  'cpandas.core.indexes.range\nRangeIndex\n',
  'cpandas.core.arrays.categorical\nCategorical\n',
  'cbuiltins\nslice\n',
  'X\x04\x00\x00\x00_mgr',
  'X\x04\x00\x00\x00axes',
  'X\x04\x00\x00\x00data',
  'K\x00K\x01K\x01\x87R',
  'K\x00K\x03K\xff\x87R',
].map(latin1);

const TORCH_FILES = samples(/\.(?:pth?|bin)$/);
const isZip = ([first, second]: Uint8Array) => first === 0x50 && second === 0x4b;

/** What `torch.save` writes. */
export const torchTarget: FuzzTarget = {
  name: '.pt',
  samples: TORCH_FILES.filter(isZip),
  tokens: TOKENS,
  run: run('pickle'),
};

/** What `torch.save` wrote before it wrote zip files: pickles in a row, then the numbers. */
export const legacyTorchTarget: FuzzTarget = {
  name: '.pt legacy',
  samples: TORCH_FILES.filter((file) => !isZip(file)),
  tokens: TOKENS,
  run: run('pickle'),
};

/** What `pickle.dump` writes. */
export const pickleTarget: FuzzTarget = {
  name: '.pkl',
  samples: samples(/\.(?:pkl|p)$/),
  tokens: TOKENS,
  run: run('pickle'),
};

/** What `joblib.dump` writes: arrays lie between the opcodes. */
export const joblibTarget: FuzzTarget = {
  name: '.joblib',
  samples: samples(/\.joblib$/),
  tokens: [...TOKENS, Uint8Array.of(0x78, 0x9c)],
  run: run('pickle'),
};

/** What `DataFrame.to_pickle` writes: blocks of columns, and their index. */
export const framesTarget: FuzzTarget = {
  name: 'DataFrame pickles',
  samples: samples(/frame.*\.pkl$/, ['', '../frames']),
  tokens: [...TOKENS, ...FRAME_TOKENS],
  run: run('pickle'),
};

/** What `numpy.save` writes of objects. */
export const objectsTarget: FuzzTarget = {
  name: '.npy of objects',
  samples: samples(/\.npy$/),
  tokens: TOKENS,
  run: run('npy'),
};
