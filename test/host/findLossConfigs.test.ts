import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import { extensions } from 'vscode';
import type { SmoothLabelsApi } from '../../src/host/api/publicApi.ts';

const extension = extensions.getExtension<SmoothLabelsApi>('smooth-labels.smooth-labels')!;
const FIXTURES = join(extension.extensionPath, 'test', 'fixtures', 'analysis');

/** "2: nn.CrossEntropyLoss = torch.… | UNIFORM_K | α 0.1 | K 10 (…)", in the API's terms. */
function expectedOf(finding: string) {
  const [head = '', convention = '', alpha = '', ...more] = finding.split(' | ');
  const [, line, api] = /^(\d+): .* = (.*)$/.exec(head)!;
  const value = /^α (-?[\d.e+-]+)/.exec(alpha)?.[1];
  const classes = more.map((part) => /^K (\d+) /.exec(part)?.[1]).find(Boolean);
  return {
    line: Number(line) - 1,
    api,
    convention: /^[A-Z_]+/.exec(convention)?.[0],
    labelSmoothing: value === undefined ? undefined : Number(value),
    numClasses: classes === undefined ? undefined : Number(classes),
  };
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
        assert.deepEqual(
          found.map(({ range, api: name, convention, labelSmoothing, numClasses }) => ({
            line: range.start.line,
            api: name,
            convention,
            labelSmoothing,
            numClasses,
          })),
          findings.split('\n').filter(Boolean).map(expectedOf),
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
    });
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
