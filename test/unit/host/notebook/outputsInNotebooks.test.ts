import { afterEach, expect, it, vi } from 'vitest';
import { outputsInNotebooks } from '../../../../src/host/notebook/outputsInNotebooks.ts';
import { workspace } from '../vscode.ts';

vi.mock('vscode', () => import('../vscode.ts'));

afterEach(() => {
  workspace.notebookDocuments.length = 0;
});

/** Opens a notebook whose cells have each printed some texts. */
function openPrinted(uri: string, printed: readonly (readonly string[])[]): void {
  const notebook = {
    uri,
    getCells: () =>
      printed.map((texts, i) => ({
        notebook,
        document: { uri: `${uri}#${i}` },
        outputs: texts.map((text) => ({
          items: [{ mime: 'text/plain', data: new TextEncoder().encode(text) }],
        })),
      })),
  };
  workspace.notebookDocuments.push(notebook);
}

it('are those that may have tensors in them, of every cell, the last cell first', () => {
  openPrinted('file:///a.ipynb', [
    ['tensor([[1., 2.], [3., 4.]])', 'array([0, 1])'],
    ['done'],
    ['tensor([0, 1])'],
  ]);
  openPrinted('file:///b.ipynb', [['array([[1, 2]])']]);
  expect(outputsInNotebooks().map(({ cell, output }) => `${cell} ${output}`)).toEqual([
    'file:///a.ipynb#2 0',
    'file:///a.ipynb#0 0',
    'file:///a.ipynb#0 1',
    'file:///b.ipynb#0 0',
  ]);
});

it('are none where no notebook is open', () => {
  expect(outputsInNotebooks()).toEqual([]);
});
