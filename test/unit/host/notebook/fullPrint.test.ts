import { describe, expect, test } from 'vitest';
import { fullPrintCode, printedName } from '../../../../src/host/notebook/fullPrint.ts';

describe('what a cell calls the tensor it shows', () => {
  test.each([
    ['an expression on its last line', 'logits = model(x)\nlogits', 'logits'],
    ['an attribute', 'out = model(x)\nout.logits;', 'out.logits'],
    ['what it prints', 'logits = model(x)\nprint("logits:", logits, flush=True)', 'logits'],
    ['of several, the first', 'print(a)\nprint(b)', 'a'],
    ['with CRLF', 'x = 1\r\nlogits\r\n', 'logits'],
    ['nothing by its name', 'print(model(x))', undefined],
    ['nothing in an empty cell', '', undefined],
    ['no string', 'print("logits")', undefined],
  ])('%s', (_, code, name) => {
    expect(printedName(code)).toBe(name);
  });
});

describe('the cell that prints in full', () => {
  test('is complete, and prints the tensor by its name', () => {
    expect(fullPrintCode('pytorch', 'logits')).toBe(
      "import torch\n\ntorch.set_printoptions(threshold=float('inf'), precision=8)\nprint(logits)",
    );
    expect(fullPrintCode('numpy', 'out.logits')).toMatch(/threshold=sys\.maxsize.*\nprint\(out\.logits\)$/);
  });

  test('leaves the name to the user where there’s none', () => {
    expect(fullPrintCode('pandas', undefined)).toMatch(/# print\(/);
    expect(fullPrintCode('spark', undefined)).toBe('df.show(truncate=False)');
  });
});
