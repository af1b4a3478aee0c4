import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marked } from 'marked';
import { afterEach, describe, it } from 'mocha';
import {
  type CodeLens,
  commands,
  type Hover,
  languages,
  MarkdownString,
  type TextDocument,
  Uri,
  workspace,
} from 'vscode';
import { closeAll, open, until } from './documents.ts';

/** What a text in a source may be, to be more than text in a hover. All fit a string of Python, JSON or YAML as they are. */
const HOSTILE: readonly string[] = [
  '[x](command:workbench.action.quit)',
  '![](https://evil.example/x.png)',
  '![x][y]',
  'a`![](https://evil.example/x.png)`b',
  '`` ![](https://evil.example/x.png)',
  '<img src=https://evil.example/x.png>',
  '<a href=command:workbench.action.quit>x</a>',
  '&lt;img src=x&gt; &#91;x&#93;(command:x)',
  'https://evil.example/x',
  '<https://evil.example/x>',
  'www.evil.example',
  'a@evil.example',
  '$(warning) $(sync~spin)',
  '**bold** _x_ ~~y~~ # h',
  'a | b | c',
  '\u202eevil\u2066\u200f',
];
/** Only Python takes these in a string of three quotes, and YAML and JSON as escapes. */
const LINES = 'a\n\n![](https://evil.example/x.png)\n\n# h\n- b\u2028c\u0085d';

const LOSS = (alpha: string) => `nn.CrossEntropyLoss(label_smoothing=${alpha})`;
const texts = (quote: string) => [...HOSTILE, LINES].map((text) => `${quote}${text}${quote}`);

/** A document for each place in a source that comes into what is said of a loss: one loss for each hostile text. */
const PYTHON: Readonly<Record<string, (texts: readonly string[]) => string>> = {
  'the key of a dictionary': (all) =>
    all.map((text, i) => `HP${i} = {${text}: 0.1}\nloss${i} = ${LOSS(`HP${i}[${text}]`)}\n`).join(''),
  'a key that isn’t there': (all) => all.map((text) => `loss = ${LOSS(`cfg[${text}]`)}\n`).join(''),
  'an attribute by its name': (all) =>
    `class Config:\n    x = 0.1\n${all.map((text) => `setattr(Config, ${text}, 0.1)\nloss = ${LOSS(`getattr(Config, ${text}, 0.1)`)}\n`).join('')}`,
  'the default of a get': (all) => all.map((text) => `loss = ${LOSS(`cfg.get(${text}, 0.1)`)}\n`).join(''),
  arithmetic: (all) => all.map((text) => `loss = ${LOSS(`0.1 + 0.01 * len(${text})`)}\n`).join(''),
  'an environment variable': (all) =>
    all.map((text) => `loss = ${LOSS(`float(os.environ.get(${text}, "0.1"))`)}\n`).join(''),
  'a flag': (all) =>
    `import argparse\np = argparse.ArgumentParser()\n${all.map((text, i) => `p.add_argument("--a${i}", ${text}, default=0.1)\n`).join('')}args = p.parse_args()\n${all.map((_, i) => `loss = ${LOSS(`args.a${i}`)}\n`).join('')}`,
  'the callee': (all) => all.map((text) => `loss = nets[${text}].${LOSS('0.1')}\n`).join(''),
};
const COUNTS: Readonly<Record<string, (text: string) => string>> = {
  'the last layer': (text) => `head = nn.Linear(sizes[${text}], 5)\nloss = ${LOSS('0.1')}\n`,
  'the name of a data set': (text) =>
    `data = load_dataset("cifar10", ${text})\nother = load_dataset(${text.replace(/^("+|'+)/, '$1cifar10 ')})\nloss = ${LOSS('0.1')}\n`,
  'the weights': (text) =>
    `loss = nn.CrossEntropyLoss(weight=torch.tensor([1.0, float(${text})]), label_smoothing=0.1)\n`,
  'the list of classes': (text) => `classes = [${text}, ${text}]\nloss = ${LOSS('0.1')}\n`,
  'a comment': (text) =>
    `# smooth-labels: K=10 ${text.replace(/\n/g, ' ')}\nloss = ${LOSS('0.1')}  # ${text.replace(/\n/g, ' ')}\n`,
};
const CONFIGS: Readonly<Record<string, (text: string) => [language: string, source: string]>> = {
  'a key of JSON': (text) => ['json', JSON.stringify({ [text]: { label_smoothing: 0.1, num_classes: 5 } })],
  'a value of JSON': (text) => [
    'json',
    JSON.stringify({ label_smoothing: text, loss: text, dataset: text, num_classes: text }),
  ],
  'a data set of JSON': (text) => [
    'json',
    JSON.stringify({ label_smoothing: 0.1, dataset: `cifar10 ${text}` }),
  ],
  'a type of JSON': (text) => [
    'json',
    JSON.stringify({ loss: { type: 'LabelSmoothLoss', label_smooth_val: 0.1, num_classes: 5, mode: text } }),
  ],
  'a key of YAML': (text) => ['yaml', `${JSON.stringify(text)}:\n  label_smoothing: 0.1\n  num_classes: 5\n`],
  'a value of YAML': (text) => ['yaml', `label_smoothing: ${JSON.stringify(text)}\n`],
  'a reference of YAML': (text) => [
    'yaml',
    `${JSON.stringify(text)}: 0.1\nlabel_smoothing: ${JSON.stringify(`\${${text}}`)}\nother: !ref <${text.replace(/\s/g, ' ')}>\n`,
  ],
  'an anchor of YAML': (text) => {
    const name = text.replace(/[\s,[\]{}]/g, '');
    return ['yaml', `a: &${name} 0.1\nlabel_smoothing: *${name}\n`];
  },
  'a comment of YAML': (text) => [
    'yaml',
    `# smooth-labels: K=10 ${text.replace(/\s/g, ' ')}\nlabel_smoothing: 0.1 # ${text.replace(/\s/g, ' ')}\n`,
  ],
  'a key of TOML': (text) => ['toml', `[${JSON.stringify(text)}]\nlabel_smoothing = 0.1\nnum_classes = 5\n`],
  'a value of TOML': (text) => ['toml', `label_smoothing = ${JSON.stringify(text)}\n`],
  'a word of a command': (text) => [
    'shellscript',
    `A='${text}'\npython train.py --label-smoothing "$A" --dataset '${text}'\npython train.py --label-smoothing '${text}'\n`,
  ],
};

interface Said {
  readonly hovers: readonly MarkdownString[];
  readonly labels: readonly string[];
}

/** All that is said of a document: every hover, and every title, tooltip and message. */
async function saidOf(document: TextDocument): Promise<Said> {
  const { uri } = document;
  const hovers: MarkdownString[] = [];
  for (const { index } of document
    .getText()
    .matchAll(/CrossEntropyLoss|label[-_]smooth\w+|LabelSmoothLoss/g)) {
    const at = document.positionAt(index + 1);
    const found = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, at);
    for (const content of found.flatMap(({ contents }) => contents))
      if (content instanceof MarkdownString && content.value.includes('α')) hovers.push(content);
  }
  const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  const labels = lenses.flatMap(({ command }) => [command?.title ?? '', command?.tooltip ?? '']);
  return { hovers, labels: [...labels, ...languages.getDiagnostics(uri).map(({ message }) => message)] };
}

/** Fails if a hover has a link, an image or HTML that isn't ours, or an icon that isn't. */
function assertOurs({ value, isTrusted, supportHtml }: MarkdownString): void {
  assert.equal(supportHtml ?? false, false);
  assert.ok(typeof isTrusted === 'object');
  for (const command of isTrusted.enabledCommands) assert.match(command, /^smoothLabels\./);
  marked.walkTokens(marked.lexer(value, { gfm: true, breaks: true }), (token) => {
    if (token.type === 'link') assert.match(token.href, /^command:smoothLabels\.\w+(?:\?%5B|$)/, value);
    if (token.type === 'image') assert.match(token.href, /^data:image\/svg\+xml;base64,[\w+/=]+$/, value);
    assert.ok(
      !['html', 'heading', 'code', 'blockquote', 'del'].includes(token.type),
      `${token.type}\n${value}`,
    );
  });
  const html = marked.parse(value, { gfm: true, breaks: true, async: false });
  for (const [icon] of html.matchAll(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g))
    assert.match(icon, /^\$\((?:graph|edit|copy|info|beaker|book|pulse)\)$/, value);
  assert.doesNotMatch(value, /[\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]/, value);
}

function assertLabel(label: string): void {
  assert.doesNotMatch(label, /\$\([A-Za-z0-9-]+/, label);
  assert.doesNotMatch(label, /\]\((?:https?:|command:|file:)/i, label);
  assert.doesNotMatch(label, /[\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]/, label);
}

/** Checks what is said of a document, and that there's as much as expected. */
async function check(document: TextDocument, atLeast: number): Promise<void> {
  const { hovers, labels } = await saidOf(document);
  assert.ok(hovers.length >= atLeast, `${hovers.length} hovers of\n${document.getText()}`);
  hovers.forEach(assertOurs);
  labels.forEach(assertLabel);
}

describe('hovers and lenses show what is in a source as text', () => {
  afterEach(closeAll);

  for (const [place, sourceOf] of Object.entries(PYTHON))
    it(`in ${place}`, async () => {
      const all = [...texts('"').slice(0, -1), ...texts('"""'), ...texts("'''")];
      await check(await open(`import os\nfrom torch import nn\n${sourceOf(all)}`), all.length);
    });

  for (const [place, sourceOf] of Object.entries(COUNTS))
    it(`in ${place}`, async () => {
      for (const text of texts('"""')) await check(await open(`from torch import nn\n${sourceOf(text)}`), 1);
    });

  for (const [place, sourceOf] of Object.entries(CONFIGS))
    it(`in ${place}`, async () => {
      for (const text of [...HOSTILE, LINES]) {
        const [language, source] = sourceOf(text);
        await check(await open(source, language), 0);
      }
    });

  it('in the name of a file that a value is imported from', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'names-'));
    const names = HOSTILE.filter((name) => !name.includes('/')).map((name) => `${name}.py`);
    for (const name of names)
      writeFileSync(join(folder, name), `from torch import nn\nloss = ${LOSS('0.1')}\n`);
    for (const name of names) await check(await workspace.openTextDocument(Uri.file(join(folder, name))), 1);
  });
});

describe('messages of checks', () => {
  afterEach(closeAll);

  it('are text', async () => {
    const calls = [...texts('"""')].map(
      (text) => `loss = nets[${text}].CrossEntropyLoss(label_smoothing=2.0)\n`,
    );
    const document = await open(`from torch import nn\n${calls.join('')}loss = ${LOSS('2.0')}\n`);
    await until(() => languages.getDiagnostics(document.uri).length > 0, 'a check says something');
    for (const { message } of languages.getDiagnostics(document.uri)) assertLabel(message);
  });
});
