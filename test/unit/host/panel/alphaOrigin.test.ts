import { describe, expect, it, vi } from 'vitest';
import type { CodeLoss } from '../../../../src/host/editor/nearby/codeLoss.ts';
import { AlphaOrigin } from '../../../../src/host/panel/alpha/alphaOrigin.ts';
import type { Source } from '../../../../src/host/sources/source.ts';
import type { ConfigSnapshot } from '../../../../src/protocol/panelSnapshot.ts';

vi.mock('vscode', async () => {
  const stub = await import('../vscode.ts');
  const silent = () => ({ dispose: () => {} });
  return {
    ...stub,
    NotebookCellOutputItem: { stdout: () => ({ mime: '' }), stderr: () => ({ mime: '' }) },
    Disposable: { from: silent },
    FileType: { File: 1 },
    ViewColumn: { One: 1 },
    workspace: { ...stub.workspace, onDidChangeTextDocument: silent, onDidChangeNotebookDocument: silent },
  };
});

const K = 3;
const logits = (uri: string): Source => ({ kind: 'document', uri }) as Source;
const loss = (uri: string, line: number, labelSmoothing: number): ConfigSnapshot => ({
  name: 'nn.CrossEntropyLoss',
  framework: 'PyTorch',
  source: { name: uri.slice(uri.lastIndexOf('/') + 1), uri, line, character: 4 },
  convention: 'UNIFORM_K',
  conventionWords: '',
  form: 'ce',
  labelSmoothing,
  classes: K,
  notes: [],
});
const found = (config: ConfigSnapshot, part: Partial<CodeLoss> = {}): CodeLoss => ({
  id: `${config.source.uri}#0`,
  config,
  besides: { weight: null, ignoreIndex: null, reduction: 'mean', form: 'ce' },
  why: null,
  isSetting: false,
  ...part,
});

const TRAIN = loss('file:///a/train.py', 0, 0.2);
const ELSEWHERE = loss('file:///b/other.py', 6, 0.3);

/** What is found where: a loss of a file is in that file, and beside others of its folder. */
function origin(...all: readonly (ConfigSnapshot | CodeLoss)[]): AlphaOrigin {
  const folder = (uri: string) => uri.slice(0, uri.lastIndexOf('/'));
  return new AlphaOrigin(
    async (uri, where) =>
      all
        .map((each) => ('config' in each ? each : found(each)))
        .filter(({ config: { source } }) =>
          where === 'here'
            ? source.uri === String(uri)
            : source.uri !== String(uri) && folder(source.uri) === folder(String(uri)),
        ),
    () => {},
  );
}

describe('the α of logits', () => {
  it('is that of the only loss of their own file', async () => {
    const alpha = origin(TRAIN);
    await alpha.follow(logits('file:///a/train.py'));
    expect(alpha.alphaFor(K)).toMatchObject({ labelSmoothing: 0.2, place: 'train.py, line 1' });
  });

  it('is that of the only loss where a setting has the same α, and not where it has another one', async () => {
    const setting = (alpha: number) =>
      found(loss('file:///a/train.py', 4, alpha), {
        id: 'setting',
        why: 'Its use isn’t known.',
        isSetting: true,
      });
    const alpha = origin(TRAIN, setting(0.2));
    await alpha.follow(logits('file:///a/train.py'));
    expect(alpha.alphaFor(K)).toMatchObject({ labelSmoothing: 0.2, place: 'train.py, line 1' });
    expect(alpha.offered(alpha.alphaFor(K)!)).toHaveLength(1);
    const other = origin(TRAIN, setting(0.1));
    await other.follow(logits('file:///a/train.py'));
    expect(other.alphaFor(K)).toBeUndefined();
    expect(other.offered(null)).toHaveLength(2);
  });

  it('isn’t that of a loss that was opened for other logits, which is offered', async () => {
    const alpha = origin(TRAIN, ELSEWHERE);
    await alpha.follow(logits('file:///a/one.json'));
    alpha.open(ELSEWHERE);
    expect(alpha.takeOpened(K)).toMatchObject({ labelSmoothing: 0.3, isWanted: true });
    await alpha.follow(logits('file:///a/two.json'));
    expect(alpha.alphaFor(K)).toBeUndefined();
    const offered = alpha.offered(null);
    expect(offered.map(({ place, isTaken, isHere }) => [place, isTaken, isHere])).toEqual([
      ['train.py, line 1', false, false],
      ['other.py, line 7', false, false],
    ]);
    expect(alpha.choose(offered[1]!.id, K)).toMatchObject({ labelSmoothing: 0.3, place: 'other.py, line 7' });
    expect(alpha.offered(alpha.alphaFor(K)!).map(({ isTaken }) => isTaken)).toEqual([false, true]);
  });

  it('stays that of the opened loss where the same file is shown again', async () => {
    const alpha = origin(ELSEWHERE);
    await alpha.follow(logits('file:///a/one.json'));
    alpha.open(ELSEWHERE);
    alpha.takeOpened(K);
    await alpha.follow(logits('file:///a/one.json'));
    expect(alpha.alphaFor(K)).toMatchObject({ labelSmoothing: 0.3 });
  });

  it('is that of the opened one of several losses of their own file', async () => {
    const second = loss('file:///a/train.py', 8, 0.1);
    const alpha = origin(TRAIN, second);
    alpha.open(second);
    await alpha.follow(logits('file:///a/train.py'));
    expect(alpha.alphaFor(K)).toMatchObject({ labelSmoothing: 0.1, place: 'train.py, line 9' });
  });
});
