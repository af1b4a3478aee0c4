import type { Printer } from '../../readers/readProblem.ts';

const NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

const NUMPY = [
  'import sys',
  'import numpy as np',
  '',
  'np.set_printoptions(threshold=sys.maxsize, precision=9)',
];
const TORCH = ['import torch', '', "torch.set_printoptions(threshold=float('inf'), precision=8)"];

const PANDAS = [
  'import pandas as pd',
  '',
  "pd.set_option('display.max_rows', None, 'display.max_columns', None, 'display.precision', 9)",
];

/** What makes each print everything, and all the digits a float32 has. */
const SETUP: Readonly<Record<Exclude<Printer, 'spark'>, readonly string[]>> = {
  pytorch: TORCH,
  python: TORCH,
  numpy: NUMPY,
  tensorflow: NUMPY,
  jax: NUMPY,
  libtorch: TORCH,
  paddle: ['import sys', 'import paddle', '', 'paddle.set_printoptions(threshold=sys.maxsize, precision=9)'],
  polars: ['import polars as pl', '', 'pl.Config.set_tbl_rows(-1).set_tbl_cols(-1)'],
  r: ['options(max.print = .Machine$integer.max, digits = 9)'],
  julia: ['Base.active_repl.options.iocontext[:limit] = false'],
  matlab: ['format long'],
  pandas: PANDAS,
  table: PANDAS,
};

/** Python that prints what's called `name` in full. A frame of Spark prints itself. */
export function fullPrintCode(printer: Printer, name: string | undefined): string {
  if (printer === 'spark') return `${name ?? 'df'}.show(truncate=False)`;
  return [...SETUP[printer], name === undefined ? '# print(the tensor)' : `print(${name})`].join('\n');
}

/**
 * What a cell's code calls the tensor it shows: the expression on its last line, or the first name it prints. Undefined if it
 * shows none by its name.
 */
export function printedName(code: string): string | undefined {
  const last = code
    .trim()
    .split(/\r\n|\r|\n/)
    .at(-1)!
    .replace(/;\s*$/, '');
  if (NAME.test(last)) return last;
  return [...code.matchAll(/\b(?:print|display)\(([^()]*)\)/g)]
    .flatMap(([, args]) => args!.split(','))
    .map((arg) => arg.trim())
    .find((arg) => NAME.test(arg));
}
