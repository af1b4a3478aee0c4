// @vitest-environment happy-dom
import { render } from 'preact';
import { expect, it } from 'vitest';
import { Sentence } from '../../../src/webview/widgets/sentence.tsx';

it('has its parts where the language wants them', () => {
  const root = document.createElement('p');
  const parts = { p: <b>0.92</b>, rows: '6', unused: 'never' };
  render(<Sentence text="Lowest at p = {p} in {rows} rows" parts={parts} />, root);
  expect(root.innerHTML).toBe('Lowest at p&nbsp;=&nbsp;<b>0.92</b> in 6 rows');
  render(<Sentence text="{rows}개 행에서 p = {p}일 때 최소" parts={parts} />, root);
  expect(root.innerHTML).toBe('6개 행에서 p&nbsp;=&nbsp;<b>0.92</b>일 때 최소');
});
