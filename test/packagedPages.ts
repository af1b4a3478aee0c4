import { existsSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { dirname } from 'node:path/posix';
import { ROOT } from './vscode/paths.ts';

const LINK = /(!?)\[([^\]]*)\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g;

/**
 * A page as it is in the package. VS Code shows README and CHANGELOG of an installed extension with pictures from public addresses only,
 * and without links to files or commands. So they have no pictures there, and of links to other pages only the text: the command "Open
 * documentation…" leads to those. Docs are shown as any Markdown is: their pictures become part of the text, and links among them stay.
 */
export function packagedPage(path: string): string {
  const isInDocs = path.startsWith('docs/');
  const page = readFileSync(join(ROOT, path), 'utf8').replaceAll(LINK, (link, picture, text, target) => {
    const file = normalize(join(dirname(path), target));
    if (!existsSync(join(ROOT, file))) throw new Error(`${path}: there is no ${target}.`);
    if (picture && isInDocs)
      return `![${text}](data:image/png;base64,${readFileSync(join(ROOT, file)).toString('base64')})`;
    if (picture) return '';
    return isInDocs && file.endsWith('.md') ? link : text;
  });
  // A picture leaves its empty lines.
  return page.replaceAll(/\n{3,}/g, '\n\n');
}
