import { describe, expect, test } from 'vitest';
import { fullPrintCode, shownName } from '../../../../src/host/notebook/fullPrint.ts';

describe('what a cell calls the tensor it shows', () => {
  test.each([
    ['an expression on its last line', 'logits = model(x)\nlogits', undefined, 'logits'],
    ['an attribute', 'out = model(x)\nout.logits;', undefined, 'out.logits'],
    ['what it prints', 'logits = model(x)\nprint("logits:", logits)', undefined, 'logits'],
    ['of several, the wanted one', 'print(a)\nprint("b", b, flush=True)', 'b', 'b'],
    ['of several, the first', 'print(a)\nprint(b)', 'c', 'a'],
    ['with CRLF', 'x = 1\r\nlogits\r\n', undefined, 'logits'],
    ['nothing by its name', 'print(model(x))', undefined, undefined],
    ['nothing in an empty cell', '', undefined, undefined],
    ['no string', 'print("logits")', undefined, undefined],
  ])('%s', (_, code, wanted, name) => {
    expect(shownName(code, wanted)).toBe(name);
  });
});

describe('the cell that prints in full', () => {
  test('is complete, and prints the tensor by its name', () => {
    expect(fullPrintCode('torch', 'logits')).toBe(
      "import torch\n\ntorch.set_printoptions(threshold=float('inf'), precision=8)\nprint(logits)",
    );
    expect(fullPrintCode('numpy', 'out.logits')).toMatch(/threshold=sys\.maxsize.*\nprint\(out\.logits\)$/);
  });

  test('leaves the name to the user where there’s none', () => {
    expect(fullPrintCode('pandas', undefined)).toMatch(/# print\(/);
  });
});
