import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagedPage } from '../packagedPages.ts';
import { ROOT } from '../vscode/paths.ts';

const PAGES = [...globSync('*.md', { cwd: ROOT }), ...globSync('docs/**/*.md', { cwd: ROOT })].sort();

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** The anchors that headings of a page have, as VS Code and GitHub make them. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('a page', () => {
  it.each(PAGES)('%s has links to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)]*))?\)/g)];
    const broken = links.filter(([, path = '', anchor]) => {
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, file))) return true;
      return anchor !== undefined && !anchorsOf(read(file)).includes(anchor);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it('of docs is linked from the README, and offered by the command', () => {
    const offered = read('src/host/openDocs.ts');
    for (const page of PAGES.filter((path) => /^docs\/[^/]*$/.test(path))) {
      expect(read('README.md')).toContain(`](${page})`);
      expect(offered).toContain(`'${page}'`);
    }
  });

  it('that VS Code shows of the installed extension has neither pictures nor links to files', () => {
    for (const page of ['README.md', 'README.ko.md', 'CHANGELOG.md']) {
      const text = packagedPage(page);
      expect(text).not.toMatch(/!\[/);
      expect(text).not.toMatch(/\]\((?!https?:)/);
    }
  });

  it('that is shown once installed doesn’t say how to install or build it', () => {
    const text = packagedPage('README.md');
    expect(text.match(/^## .*$/gm)).toEqual(['## Three steps', '## What you get', '## Limits']);
    expect(text).toContain('VS Code for the Web.');
    expect(text).not.toMatch(/npm|한국어/);
    const korean = packagedPage('README.ko.md');
    expect(korean.match(/^## .*$/gm)).toEqual(['## 세 단계로 시작하기', '## 기능', '## 한계']);
    expect(korean).not.toMatch(/npm|English/);
  });

  it('has no line that ends within a formula once packaged', () => {
    expect(packagedPage('README.md')).toContain('α\u00a0=\u00a00.1, K\u00a0=\u00a05');
    expect(packagedPage('docs/learn/calibration.md')).toContain('92.6\u00a0%');
    // What is to be copied stays as it is.
    expect(packagedPage('docs/scale.md')).toContain('labels = da.concatenate');
  });

  it('of docs has its pictures in it once packaged', () => {
    expect(packagedPage('docs/code.md')).toMatch(/!\[[^\]]*\]\(data:image\/png;base64,/);
    // VS Code's preview doesn't tell a picture that the page is dark.
    expect(packagedPage('docs/learn/mixup.md')).toMatch(/<style>[^<]*color-scheme: dark[^<]*<\/style>\n$/);
    expect(packagedPage('README.md')).not.toContain('<style>');
    expect(packagedPage('docs/learn/ko/mixup.md')).toContain('word-break: keep-all');
    expect(packagedPage('docs/learn/mixup.md')).not.toContain('word-break');
  });
});

/** What a translation keeps: links (of a translated page to it), code, and numbers outside of them. */
function kept(page: string): string[] {
  const text = read(page);
  const links = [...text.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) =>
    target!.replace('docs/learn/ko/', 'docs/learn/'),
  );
  const code = text.match(/`[^`]+`/g) ?? [];
  const numbers = text.replaceAll(/`[^`]+`|\]\([^)]*\)/g, '').match(/\d+([.,]\d+)*/g) ?? [];
  return [...links, ...code, ...numbers].filter((each) => !each.startsWith('README')).sort();
}

it('the Korean README says what the English one does', () => {
  expect(kept('README.ko.md')).toEqual(kept('README.md'));
});

it('the README has a page of text', () => {
  expect(read('README.md').split(/\s+/).length).toBeLessThan(750);
});
