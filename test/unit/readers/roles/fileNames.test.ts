import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readJson } from '../../../../src/readers/json/readJson.ts';

const LIST = '[0.9, 0.7, 0.5]';
const ROW = '[0.9, -0.7, 0.5]';
/** They may be counts, and labels. */
const COUNTS = '[[1.5, 2.5, 1], [3.5, 0.5, 0], [2.5, 1.5, 1]]';
const ROWS = '[[0.9, -0.7], [0.5, 1.5]]';

function outcomeOf(text: string, fileName: string, member?: string): string {
  const options = { fileName, ...(member !== undefined && { member }) };
  const read = finish(readJson(new TextEncoder().encode(text), options));
  return read.ok ? 'read' : read.problem.reason;
}

describe('the name of a file that holds nothing but numbers', () => {
  it.each([
    ['losses.json', LIST, 'losses'],
    ['runs/val_loss.json.gz', LIST, 'losses'],
    ['lr.json', LIST, 'losses'],
    ['history.json', LIST, 'losses'],
    ['losses.json', ROWS, 'several'],
    ['embeddings.json', ROWS, 'several'],
    ['X_test.json', ROWS, 'several'],
    ['y_test.json', LIST, 'several'],
    ['class_weights.json', LIST, 'several'],
    ['confusion_matrix.json', ROWS, 'several'],
    ['preds.json', LIST, 'several'],
    ['rows.json', LIST, 'several'],
    ['rows.json', COUNTS, 'several'],
    ['view-step.json', LIST, 'several'],
  ])('%s says that %s isn’t logits', (name, text, reason) => expect(outcomeOf(text, name)).toBe(reason));

  it.each([
    ['rows.json', ROW],
    ['view-step.json', ROW],
    ['val_logits.json', ROWS],
    ['loss_landscape_logits.json', LIST],
    ['preds.json', ROWS],
    ['logits.json', COUNTS],
    ['resnet_lr0.1_epoch10.json', ROWS],
  ])('%s leaves it open', (name, text) => expect(outcomeOf(text, name)).toBe('read'));

  it('counts less than names in it, and than a choice', () => {
    expect(outcomeOf(`{"logits": ${ROWS}}`, 'losses.json')).toBe('read');
    expect(outcomeOf(LIST, 'losses.json', 'logits')).toBe('read');
  });
});
