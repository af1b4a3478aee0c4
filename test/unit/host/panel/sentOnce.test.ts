import { expect, it } from 'vitest';
import { SentOnce } from '../../../../src/host/panel/sentOnce.ts';

/** What a panel shows of many rows. */
const shown = (part: object = {}) => ({
  revision: 1,
  stats,
  view: { weight: [1, 2] },
  notice: null,
  ...part,
});
const stats = { rows: 3, hard: Float64Array.of(1, 2, 3), target: Int32Array.of(0, 1, 2) };

function sending() {
  const sent: unknown[] = [];
  const once = new SentOnce<object>();
  return { once, sent, send: (value: object) => once.send(value, (each) => sent.push(each)) };
}

it('what the page has isn’t sent again, however often something else changes', () => {
  const { sent, send } = sending();
  for (let i = 0; i < 100; i++) send(shown());
  expect(sent).toHaveLength(1);
});

it.each([
  ['a revision', { revision: 2 }],
  ['an entry of a view', { view: { weight: [1, 3] } }],
  ['a view with more', { view: { weight: [1, 2], temperature: 2 } }],
  ['a view without', { view: {} }],
  ['a key instead of another', { view: { temperature: undefined } }],
  ['numbers of rows', { stats: { ...stats, hard: Float64Array.of(1, 2, 3) } }],
  ['a word', { notice: 'It was read again.' }],
  ['nothing', { notice: undefined }],
  ['a list instead of an object', { view: { weight: { 0: 1, 1: 2 } } }],
])('%s that changed is sent', (_, part) => {
  const { sent, send } = sending();
  send(shown());
  send(shown(part));
  send(shown(part));
  expect(sent).toHaveLength(2);
});

it('a page that has lost it gets it again', () => {
  const { once, sent, send } = sending();
  send(shown());
  once.forget();
  send(shown());
  expect(sent).toHaveLength(2);
});
