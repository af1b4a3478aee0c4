import { expect, it } from 'vitest';
import { withoutBreaks, withoutJoiners } from '../../../../../src/host/panel/page/lineBreaks.ts';

/** With a bar where no line may end. */
const shown = (text: string) =>
  withoutBreaks({ key: text }).key!.replaceAll('\u2060', '|').replaceAll('\u00a0', '_');

it.each([
  ['정확도는 {0}입니다', '정확도는 {0}|입니다'],
  ['신뢰도 80%인 예측', '신뢰도 80%|인 예측'],
  ['“{name}”의 타깃 y′과 같음(학습 행)', '“{name}”|의 타깃 y′|과 같음|(학습 행)'],
  ['α = {0}: {1} nats ({2} → {3})', 'α_=_{0}: {1}_nats ({2}_→_{3})'],
  ['{0} · {1} seeds…', '{0} · {1} seeds…'],
])('no line ends within a word of %s', (text, kept) => {
  expect(shown(text)).toBe(kept);
  expect(withoutJoiners(withoutBreaks({ key: text }).key!).replaceAll('\u00a0', ' ')).toBe(text);
});

it('what stands for a string stays as it was', () => {
  expect(Object.keys(withoutBreaks({ 'α = {0} ({1} nats)': '' }))).toEqual(['α = {0} ({1} nats)']);
});
