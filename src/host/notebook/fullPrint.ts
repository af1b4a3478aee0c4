/** Libraries that leave out the middle of what's large when they print it. */
export type PrintingLibrary = 'torch' | 'numpy' | 'pandas';

/** The call that makes a library print everything. */
export const PRINT_ALL: Readonly<Record<PrintingLibrary, string>> = {
  torch: "torch.set_printoptions(threshold=float('inf'))",
  numpy: 'np.set_printoptions(threshold=sys.maxsize)',
  pandas: "pd.set_option('display.max_rows', None, 'display.max_columns', None)",
};

const NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/** Python that prints what's called `name` in full, with the digits a float32 has. */
export function fullPrintCode(library: PrintingLibrary, name: string | undefined): string {
  const print = name === undefined ? '# print(the tensor)' : `print(${name})`;
  switch (library) {
    case 'torch':
      return `import torch\n\ntorch.set_printoptions(threshold=float('inf'), precision=8)\n${print}`;
    case 'numpy':
      return `import sys\nimport numpy as np\n\nnp.set_printoptions(threshold=sys.maxsize, precision=9)\n${print}`;
    case 'pandas':
      return `import pandas as pd\n\npd.set_option('display.max_rows', None, 'display.max_columns', None, 'display.precision', 9)\n${print}`;
  }
}

/**
 * What a cell's code calls the tensor it shows: the name that's `wanted` if it shows that, the expression on its last line, or
 * the first name it prints. Undefined if it shows none by its name.
 */
export function shownName(code: string, wanted: string | undefined): string | undefined {
  const printed = [...code.matchAll(/\b(?:print|display)\(([^()]*)\)/g)]
    .flatMap(([, args]) => args!.split(','))
    .map((arg) => arg.trim())
    .filter((arg) => NAME.test(arg));
  const last = code
    .trim()
    .split(/\r\n|\r|\n/)
    .at(-1)!
    .replace(/;\s*$/, '');
  const shown = NAME.test(last) ? [last, ...printed] : printed;
  return shown.find((name) => name === wanted) ?? shown[0];
}
