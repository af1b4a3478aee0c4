import { parseArgs } from 'node:util';

/** Rows and classes. */
export type Shape = readonly [rows: number, classes: number];

export const PARTS = ['loss', 'gradient', 'npy', 'json', 'alpha', 'questions', 'limits'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly parts: readonly Part[];
  readonly shapes: readonly Shape[];
  /** Those whose gradient is taken, too. */
  readonly gradientShapes: readonly Shape[];
  /** Those that every question is asked of. */
  readonly questionShapes: readonly Shape[];
  readonly rounds: number;
  /** What a contender may take for a shape before it's given fewer turns; who takes twice as long for one is left out. */
  readonly patienceMs: number;
  /** Sizes of the files that are read. */
  readonly npyShape: Shape;
  readonly jsonShape: Shape;
  readonly json: string | undefined;
  readonly markdown: boolean;
  /** A Python with PyTorch; absent: the one that's found. */
  readonly python: string | undefined;
}

const SHAPES: readonly Shape[] = [
  [50_000, 1000],
  [8192, 32_000],
  [2000, 128_256],
  [1_000_000, 10],
  [200_000, 100],
  [500_000, 64],
  [4_000_000, 2],
];

const QUICK = {
  shapes: [
    [500, 1000],
    [10_000, 10],
  ],
  gradientShapes: [[500, 1000]],
  questionShapes: [[500, 1000]],
  rounds: 3,
  patienceMs: 2000,
  npyShape: [500, 1000],
  jsonShape: [100, 100],
} as const satisfies Partial<Options>;

const FULL = {
  shapes: SHAPES,
  gradientShapes: [
    [50_000, 1000],
    [4096, 32_000],
  ],
  questionShapes: [
    [50_000, 1000],
    [1_000_000, 10],
  ],
  rounds: 7,
  patienceMs: 16_000,
  npyShape: [50_000, 1000],
  jsonShape: [5000, 1000],
} as const satisfies Partial<Options>;

export const USAGE = `npm run bench -- [options]
  --shapes 50000x1000,1000000x10   rows × classes
  --rounds N                       turns of each contender
  --only ${PARTS.join(',')}
  --quick                          small inputs, few turns: to see that it works
  --python PATH                    a Python with PyTorch and NumPy, as one that has torch.compile
  --json FILE                      writes what was measured
  --markdown                       puts the tables into docs/speed.md`;

/** Throws an error whose message says which option is wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      shapes: { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      markdown: { type: 'boolean', default: false },
      python: { type: 'string' },
    },
  });
  const defaults = values.quick ? QUICK : FULL;
  return {
    ...defaults,
    parts: values.only === undefined ? PARTS : values.only.split(',').map(readPart),
    shapes: values.shapes === undefined ? defaults.shapes : values.shapes.split(',').map(readShape),
    rounds: values.rounds === undefined ? defaults.rounds : readCount('--rounds', values.rounds),
    json: values.json,
    markdown: values.markdown,
    python: values.python,
  };
}

function readPart(name: string): Part {
  const part = PARTS.find((each) => each === name);
  if (part === undefined) throw new Error(`--only: there is no "${name}", but ${PARTS.join(', ')}`);
  return part;
}

function readShape(text: string): Shape {
  const [rows, classes, ...more] = text.split('x').map((count) => readCount('--shapes', count));
  if (rows === undefined || classes === undefined || more.length > 0)
    throw new Error(`--shapes: "${text}" isn't ROWSxCLASSES`);
  return [rows, classes];
}

function readCount(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${option}: "${text}" isn't a whole number above 0`);
  return Number(text);
}
