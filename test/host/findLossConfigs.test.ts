import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import { extensions, Uri, workspace } from 'vscode';
import type { FoundLossConfig } from '../../src/answers/foundConfig.ts';
import type { SmoothLabelsApi } from '../../src/host/api/publicApi.ts';

const extension = extensions.getExtension<SmoothLabelsApi>('smooth-labels.smooth-labels')!;
const FIXTURES = join(extension.extensionPath, 'test', 'fixtures', 'analysis');

/**
 * "2: nn.CrossEntropyLoss = torch.… | UNIFORM_K | α 0.1 | K 10 (…)", in the API's terms. A convention that is judged by a name or a
 * pattern isn't told to others, nor is one of several α or K.
 */
function expectedOf(finding: string) {
  const [head = '', convention = '', alpha = '', ...more] = finding.split(' | ');
  const [, line, api] = /^(\d+): .* = (.*)$/.exec(head)!;
  const value = /^α (-?[\d.e+-]+)(?! or )(?= |$)/.exec(alpha)?.[1];
  const classes = more.map((part) => /^K (\d+) \((?!weak)/.exec(part)?.[1]).find(Boolean);
  return {
    line: Number(line) - 1,
    api,
    convention: /^[A-Z_]+(?! \((?:name|formula)\))\b/.exec(convention)?.[0],
    labelSmoothing: value === undefined ? undefined : Number(value),
    numClasses: classes === undefined ? undefined : Number(classes),
  };
}

/** `line` if a range contains it: a CodeLens of a declaration may be at its α. Else where the range begins. */
function lineWithin({ start, end }: FoundLossConfig['range'], line = start.line): number {
  return start.line <= line && line <= end.line ? line : start.line;
}

describe('findLossConfigs, for other extensions', () => {
  let api: SmoothLabelsApi;
  before(async () => {
    api = await extension.activate();
  });

  for (const file of readdirSync(FIXTURES).filter((name) => name.endsWith('.txt'))) {
    const [language = ''] = file.split('.');
    for (const text of readFileSync(join(FIXTURES, file), 'utf8')
      .split(/^#### /m)
      .slice(1)) {
      const newline = text.indexOf('\n');
      const [source = '', findings = ''] = text.slice(newline + 1).split(/^==>\n?/m);
      it(`${file}: ${text.slice(0, newline)}`, async () => {
        const found = await api.findLossConfigs(source, language);
        const expected = findings.split('\n').filter(Boolean).map(expectedOf);
        assert.deepEqual(
          found.map(({ range, api: name, convention, labelSmoothing, numClasses }, i) => ({
            line: lineWithin(range, expected[i]?.line),
            api: name,
            convention,
            labelSmoothing,
            numClasses,
          })),
          expected,
        );
        const lines = source.split('\n');
        for (const { range, framework } of found) {
          assert.equal(typeof framework, 'string');
          assert.ok(range.end.character <= lines[range.end.line]!.length);
        }
      });
    }
  }

  it('gives ranges in UTF-16 units, from 0, with any line ends', async () => {
    const source =
      'from torch import nn\r\nx = "🎉"; loss = nn.CrossEntropyLoss(\r\n  label_smoothing=0.1)\r\n';
    const [found] = await api.findLossConfigs(source, 'python', 'train.py');
    assert.deepEqual(found, {
      range: { start: { line: 1, character: 17 }, end: { line: 2, character: 22 } },
      api: 'torch.CrossEntropyLoss.index',
      framework: 'PyTorch',
      convention: 'UNIFORM_K',
      labelSmoothing: 0.1,
      alpha: { value: 0.1, state: 'known' },
      numClassesFrom: null,
      targets: null,
      form: 'ce',
      floor: null,
      problems: [],
      executed: null,
      execution: null,
    });
  });

  it('says what the targets and the floor are, and what isn’t known', async () => {
    const source = [
      'from torch import nn',
      'net = nn.Linear(8, 10)',
      'a = nn.CrossEntropyLoss(label_smoothing=0.1)',
      'b = nn.CrossEntropyLoss()',
      'def make(eps=0.0, **options):',
      '    c = nn.CrossEntropyLoss(label_smoothing=eps)',
      '    return nn.CrossEntropyLoss(**options)',
      'd = nn.CrossEntropyLoss(label_smoothing=1.5)',
    ].join('\n');
    const found = await api.findLossConfigs(source, 'python');
    const [a, b, c, unknown, refused] = found;
    assert.deepEqual(a!.targets && a!.targets !== 'soft' && [a!.targets.on, a!.targets.off], [0.91, 0.01]);
    assert.ok(Math.abs(a!.floor! - 0.5002880350577578) < 1e-12);
    assert.equal(a!.numClassesFrom, 'inferred');
    assert.deepEqual(b!.targets, { on: 1, off: 0, sum: 1 });
    assert.deepEqual([b!.alpha, b!.floor], [{ value: 0, state: 'default' }, 0]);
    assert.deepEqual([c!.alpha, c!.targets, c!.floor], [{ value: 0, state: 'callers' }, null, null]);
    assert.deepEqual([unknown!.alpha, unknown!.targets], [{ state: 'unknown' }, null]);
    assert.equal(refused!.problems[0]!.code, 'SL001');
    assert.equal(refused!.floor, null);
  });

  it('takes a file, whose imports it follows as the editor does', async () => {
    const folder = workspace.workspaceFolders![0]!.uri;
    const [module, file] = ['smoothing_settings.py', 'smoothing_main.py'].map((name) =>
      Uri.joinPath(folder, name),
    );
    const write = (uri: Uri, text: string) => workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await write(module!, 'EPS = 0.3\n');
    await write(
      file!,
      'from torch import nn\nfrom smoothing_settings import EPS\nloss = nn.CrossEntropyLoss(label_smoothing=EPS)\n',
    );
    try {
      const [found] = await api.findLossConfigs(file!);
      assert.deepEqual(found!.alpha, { value: 0.3, state: 'known' });
      assert.equal(found!.range.start.line, 2);
    } finally {
      await Promise.all([module!, file!].map((uri) => workspace.fs.delete(uri)));
    }
  });

  it('finds nothing in other languages, and in nothing', async () => {
    assert.deepEqual(await api.findLossConfigs('nn.CrossEntropyLoss()', 'markdown'), []);
    assert.deepEqual(await api.findLossConfigs('', 'python'), []);
  });

  it('refuses what isn’t text, and names the argument', async () => {
    const wrong = api.findLossConfigs(7 as unknown as string, 'python');
    await assert.rejects(wrong, { message: /^text: expected a string, found 7$/ });
  });
});
