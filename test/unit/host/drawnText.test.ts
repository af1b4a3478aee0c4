import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sayError, sayInformation, sayWarning } from '../../../src/host/messages/notifications.ts';
import { showProblem } from '../../../src/host/messages/showProblem.ts';
import { pickArray } from '../../../src/host/sources/file/pickArray.ts';
import type { TargetsSource } from '../../../src/host/sources/kinds/kindOf.ts';
import { pickSource } from '../../../src/host/sources/pickSource.ts';
import { withLateProgress } from '../../../src/host/sources/readSource.ts';
import { pickTargets } from '../../../src/host/targets/pickTargets.ts';
import type { SourceProblem } from '../../../src/problems/sources/sourceProblem.ts';
import { HOSTILE_NAMES } from '../../fixtures/hostileNames.ts';
import { drawn, Uri } from '../../fixtures/vscode.ts';

const SRC = join(import.meta.dirname, '../../../src');

/** Fails if VS Code would draw an icon that isn't ours, make a link, or show what isn't seen. */
function expectText(): void {
  expect(drawn.length).toBeGreaterThan(0);
  for (const text of drawn) {
    expect(text.replace(/^\$\((?:file|beaker|notebook|clippy|folder-opened)\) /, '')).not.toMatch(
      /\$\([A-Za-z0-9-]+/,
    );
    expect(text).not.toMatch(/\]\((?:https?:|command:|file:)/i);
    expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u);
  }
}

const sourceOf = (name: string): TargetsSource => ({
  kind: 'file',
  name,
  bytes: new Uint8Array(),
  member: name,
});

describe('what is said of a problem', () => {
  beforeEach(() => void drawn.splice(0));
  const place = { line: 2, character: 0 };

  it('begins with the name of the file', async () => {
    await showProblem(sourceOf('cut.npy'), { reason: 'unreadable', message: 'EACCES' });
    expect(drawn[0]).toMatch(/cut\.npy: .*EACCES/);
  });

  it('has that name once, where the sentence has it', async () => {
    await showProblem(sourceOf('cut.npy'), { reason: 'gone', message: 'cut.npy was deleted or moved.' });
    expect(drawn[0]).toBe('cut.npy was deleted or moved.');
  });

  it('has the line in that file', async () => {
    await showProblem(sourceOf('one.json'), { offset: 9, place, reason: 'not-a-number', found: 'x' });
    expect(drawn[0]).toMatch(/one\.json: Line 3: “?x”? isn’t a number/);
  });
});

describe('a name is text', () => {
  beforeEach(() => void drawn.splice(0));

  it('in a list of arrays', async () => {
    for (const name of HOSTILE_NAMES)
      await pickArray([{ name, shape: [2, 3], type: name }], `Which array of ${name}?`);
    expectText();
  });

  it('in a list of targets', async () => {
    for (const name of HOSTILE_NAMES)
      await pickTargets([{ name, where: name, count: 3, source: sourceOf(name) }], `Targets for ${name}`);
    expectText();
  });

  it('in a list of sources', async () => {
    for (const name of HOSTILE_NAMES) {
      const path = /\p{Cs}/u.test(name) ? 'x' : encodeURIComponent(name);
      const inEditor = { kind: 'document', uri: `file:///${path}` } as const;
      const arrayOfIt = { ...inEditor, member: name };
      await pickSource('Where?', {
        editors: [inEditor, arrayOfIt],
        samples: Uri.file('/extension') as never,
      });
    }
    expectText();
  });

  it('in a message', async () => {
    for (const name of HOSTILE_NAMES)
      for (const say of [sayError, sayWarning, sayInformation]) await say(`${name} isn’t there.`);
    expectText();
  });

  it('in what is said of a problem', async () => {
    const where = { offset: 0, place: { line: 0, character: 0 } };
    for (const name of HOSTILE_NAMES) {
      const problems: readonly SourceProblem[] = [
        { reason: 'unreadable', message: name },
        { reason: 'gone', message: name },
        { ...where, reason: 'not-a-number', found: name },
        { ...where, reason: 'no-logits', keys: [name, name] },
        { ...where, reason: 'several', candidates: [{ name, shape: [2], role: 'logits' }] },
        { ...where, reason: 'no-member', name, members: [name] },
      ];
      for (const problem of problems) await showProblem(sourceOf(name), problem);
    }
    expect(drawn.length).toBeGreaterThanOrEqual(6 * HOSTILE_NAMES.length);
    expectText();
  });

  it('in a notification of progress', async () => {
    vi.useFakeTimers();
    for (const name of HOSTILE_NAMES) {
      const work = withLateProgress(
        sourceOf(name),
        () => new Promise<void>((resolve) => setTimeout(resolve, 400)),
      );
      await vi.runAllTimersAsync();
      await work;
    }
    vi.useRealTimers();
    expect(drawn).toHaveLength(HOSTILE_NAMES.length);
    expectText();
  });
});

describe('text reaches VS Code and the page of the panel', () => {
  const sources = globSync('**/*.{ts,tsx}', { cwd: SRC }).map((path) => ({
    path: path.replaceAll('\\', '/'),
    text: readFileSync(join(SRC, path), 'utf8'),
  }));
  const having = (pattern: RegExp) =>
    sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

  it('in messages by way of one module', () =>
    expect(having(/window\s*\.show(?:Error|Warning|Information)Message/)).toEqual([
      'host/messages/notifications.ts',
    ]));

  it('as Markdown by way of one module, which trusts our own commands only, and no HTML', () => {
    expect(having(/new MarkdownString|appendMarkdown|(?<!workspace\.)isTrusted|supportHtml/)).toEqual([
      'host/editor/hover/hoverMarkdown.ts',
    ]);
    expect(having(/isTrusted = true|supportHtml = true/)).toEqual([]);
  });

  it('never as HTML', () =>
    expect(having(/innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write/)).toEqual(
      [],
    ));
});
