import { existsSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { dirname } from 'node:path/posix';
import { ROOT } from './vscode/paths.ts';

const LINK = /(!?)\[([^\]]*)\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g;

/** Nobody installs what is installed, or builds it from a package; and none of the pages linked there is in it, nor the other language. */
const REPOSITORY_ONLY = /^## (?:Install|Develop|설치|개발)\n[\s\S]*?(?=^## |$(?![\s\S]))|^\*English\*\n/gm;

/**
 * Pictures know whether the page around them is dark, but the preview's page doesn't say so by itself. A wide table scrolls by itself: the
 * text around it stays where it is.
 */
const STYLE = `<style>
.vscode-light img, .vscode-high-contrast-light img { color-scheme: light }
.vscode-dark img, .vscode-high-contrast:not(.vscode-high-contrast-light) img { color-scheme: dark }
table { display: block; overflow-x: auto }
</style>`;

/** Lines of Korean end between words. */
const KOREAN_STYLE = '<style>body { word-break: keep-all }</style>';

/** What stays as it is: code, where a link leads, headings, which links name. */
const AS_IT_IS = /(```[\s\S]*?```|`[^`\n]*`|\]\([^)\n]*\)|^#.*$|<[^>\n]*>)/m;

/** Lines don't end within “α = 0.1” or “0.39 nats”. */
function unbroken(page: string): string {
  return page
    .split(AS_IT_IS)
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part
            .replaceAll(/(\S) ([=≈]) (?=\S)/g, '$1\u00a0$2\u00a0')
            .replaceAll(/(\d) (?=(?:nats|bits|points|MB|GB|ms|%)(?![a-z]))/g, '$1\u00a0'),
    )
    .join('');
}

/**
 * A page as it is in the package. VS Code shows README and CHANGELOG of an installed extension with pictures from public addresses only,
 * and without links to files or commands. So they have no pictures there, and of links to other pages only the text, as a title: the command "Open
 * documentation…" leads to those. Docs are shown as any Markdown is: their pictures become part of the text, and links among them stay.
 */
export function packagedPage(path: string): string {
  const isInDocs = path.startsWith('docs/');
  const page = readFileSync(join(ROOT, path), 'utf8').replaceAll(LINK, (link, picture, text, target) => {
    const file = normalize(join(dirname(path), target));
    if (!existsSync(join(ROOT, file))) throw new Error(`${path}: there is no ${target}.`);
    if (picture && isInDocs) return `![${text}](${embedded(join(ROOT, file))})`;
    if (picture) return '';
    if (!file.endsWith('.md')) return text;
    // An underscore ends nothing before Hangul.
    return isInDocs ? link : `*${text}*`;
  });
  const shown = /^README(?:\.ko)?\.md$/.test(path) ? page.replaceAll(REPOSITORY_ONLY, '') : page;
  const whole = unbroken(shown);
  const style = path.includes('/ko/') ? `${KOREAN_STYLE}\n\n${STYLE}` : STYLE;
  const styled = isInDocs ? `${whole.trimEnd()}\n\n${style}` : whole;
  // A picture leaves its empty lines.
  return `${styled.replaceAll(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}

/** A picture as an address that has it in it. */
function embedded(path: string): string {
  const type = path.endsWith('.svg') ? 'svg+xml' : 'png';
  return `data:image/${type};base64,${readFileSync(path).toString('base64')}`;
}
