import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { commands, Range, WorkspaceEdit, window, workspace } from 'vscode';
import { movedRange, toPlaceRange, toRange } from '../../src/host/sources/editorPositions.ts';

const TEXT = 'before\n  x = [[1, 2],\n [3, 4]] after\nend';
const LOGITS = toPlaceRange(new Range(1, 6, 2, 8));

describe('a range of a document, followed through an edit', () => {
  after(() => commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  const cases: [string, Range, string, string][] = [
    ['before it, on its line', new Range(1, 2, 1, 3), 'logits', '[[1, 2],\n [3, 4]]'],
    ['before it, adding lines', new Range(0, 0, 0, 0), 'one\ntwo\n', '[[1, 2],\n [3, 4]]'],
    ['before it, joining its line', new Range(0, 6, 1, 2), ' ', '[[1, 2],\n [3, 4]]'],
    ['inside', new Range(1, 8, 1, 9), '10, 20', '[[10, 20, 2],\n [3, 4]]'],
    ['inside, adding a line', new Range(1, 13, 1, 13), '\n [0, 0],', '[[1, 2]\n [0, 0],,\n [3, 4]]'],
    ['at its end', new Range(2, 8, 2, 8), ',', '[[1, 2],\n [3, 4]],'],
    ['after it', new Range(3, 0, 3, 3), 'END', '[[1, 2],\n [3, 4]]'],
    ['of all of it', new Range(1, 6, 2, 8), '[5, 6]', '[5, 6]'],
  ];
  for (const [where, range, text, expected] of cases) {
    it(where, async () => {
      const document = await workspace.openTextDocument({ content: TEXT });
      await window.showTextDocument(document);
      let followed = LOGITS;
      const listener = workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document) return;
        for (const change of event.contentChanges) followed = movedRange(followed, change);
      });
      const edit = new WorkspaceEdit();
      edit.replace(document.uri, range, text);
      await workspace.applyEdit(edit);
      listener.dispose();
      assert.equal(document.getText(toRange(followed)).replaceAll('\r\n', '\n'), expected);
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  }
});
