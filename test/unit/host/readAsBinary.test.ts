import { afterEach, expect, it, vi } from 'vitest';
import { window } from 'vscode';
import { showProblem } from '../../../src/host/messages/showProblem.ts';
import type { TargetsSource } from '../../../src/host/sources/kinds/kindOf.ts';

const SOURCE: TargetsSource = { kind: 'file', name: 'out.npy', bytes: new Uint8Array(), member: 'out.npy' };
const ONE_CLASS = { reason: 'one-class', offset: 0, place: null } as const;

afterEach(() => void vi.restoreAllMocks());

it('one output per row is read again as binary, once someone says so', async () => {
  const shown = vi.spyOn(window, 'showErrorMessage').mockResolvedValue('Read as Binary' as never);
  const again = vi.fn();
  await showProblem(SOURCE, ONE_CLASS, again);
  expect(shown.mock.calls[0]).toContain('Read as Binary');
  expect(again).toHaveBeenCalledExactlyOnceWith({ ...SOURCE, binary: true });
});

it.each([
  ['it was said before', { ...SOURCE, binary: true }, ONE_CLASS],
  ['it’s the targets that have one column', SOURCE, { ...ONE_CLASS, of: 'targets' } as const],
])('isn’t offered where %s', async (_, source, problem) => {
  const shown = vi.spyOn(window, 'showErrorMessage').mockResolvedValue(undefined as never);
  await showProblem(source, problem, vi.fn());
  expect(shown.mock.calls[0]).not.toContain('Read as Binary');
});
