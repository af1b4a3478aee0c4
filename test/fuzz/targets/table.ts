import { readTable } from '../../../src/readers/table/readTable.ts';
import { readTableTargets } from '../../../src/readers/table/readTableTargets.ts';
import { scannerOf } from '../../unit/engine/kernel/scanner.ts';
import { checkOutcome, checkProblem, checkSame, outcomeOf } from '../properties.ts';
import { encode, expectThat, type FuzzTarget } from '../target.ts';
import { CONTEXT, fileSamples } from './samples.ts';

const scanner = scannerOf();

const WIDE = 'a,b,c,d,e,f,g,h,i,j\n1.5,2,3,4,5,6,7,8,9,10\n-1,2e3,3,4,5,6,7,8,9,0.125\n';

const SAMPLES = [
  ...[
    WIDE,
    '1 2\n3 4\n',
    'a|b\n1|2\n',
    '"x","y"\r\n"1","2"\r\n',
    'logit_cat\tlogit_dog\tlabel\n1\t2\tdog\n',
  ].map(encode),
  ...fileSamples('tables', '.csv'),
  ...fileSamples('tables', '.tsv'),
].filter(({ length }) => length < 2000);

const TOKENS = [
  ...', ; | " "" # 1 1.5 -2 1e5 007 .5 1. nan inf x label logit_ logit__ score[ ] \n \r\n \r'.split(' '),
  ' ',
  '\t',
  '\n\n',
  '1,2,3\n',
  'a,b,label\n',
  ',\n',
  '9'.repeat(400),
  '_'.repeat(40),
  '\uFEFF',
  'é😀',
];

/** Tables of logits: what the kernel reads is what the reader reads. */
export const tableTarget: FuzzTarget = {
  name: 'tables',
  samples: SAMPLES,
  tokens: TOKENS,
  *run(bytes) {
    const read = yield* readTable(bytes);
    checkOutcome(read, bytes.length, bytes.length);
    checkSame(read, yield* readTable(bytes, undefined, scanner), 'With and without the kernel');
    return outcomeOf(read);
  },
};

/** Tables of targets. */
export const tableTargetsTarget: FuzzTarget = {
  name: 'tables of targets',
  samples: [
    ...['label\n0\n1\n', 'cat\ndog\n', '0.5,0.5\n1,0\n', 'id,y\na,1\nb,-1\n'].map(encode),
    ...SAMPLES,
  ],
  tokens: [...TOKENS, 'cat', 'dog', 'cat\n', '1\n', '-1\n', 'y\n'],
  *run(bytes) {
    let outcome = '';
    for (const member of ['a', undefined]) {
      const found = yield* readTableTargets(bytes, CONTEXT, member);
      outcome = outcomeOf(found);
      if (!found.ok) {
        checkProblem(found.problem, bytes.length);
        continue;
      }
      const { kind, values } = found.value.targets;
      expectThat(values.length === (kind === 'soft' ? 4 : 2), () => `${values.length} targets`);
    }
    return outcome;
  },
};
