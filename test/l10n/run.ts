// Writes the English strings to test/output/l10n, and says what the Korean bundle lacks: `npm run l10n`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { OUTPUT, ROOT } from '../vscode/paths.ts';
import {
  englishStrings,
  KOREAN,
  KOREAN_MANIFEST,
  MANIFEST,
  readBundle,
  shortfalls,
  unreadableCalls,
} from './strings.ts';

const english = await englishStrings();
const path = join(OUTPUT, 'l10n', 'bundle.l10n.json');
mkdirSync(join(OUTPUT, 'l10n'), { recursive: true });
writeFileSync(path, `${JSON.stringify(Object.fromEntries(english.map((text) => [text, text])), null, 2)}\n`);
console.log(`${english.length} strings: ${relative(ROOT, path)}`);

const manifest = shortfalls(Object.keys(readBundle(MANIFEST)), readBundle(KOREAN_MANIFEST));
const { missing, unused, otherPlaceholders } = shortfalls(english, readBundle(KOREAN));
list('Without Korean', missing);
list('No longer used', unused);
list('With other placeholders', otherPlaceholders);
list('Keys of package.nls.json without Korean', manifest.missing);
list('Keys of package.nls.ko.json that aren’t in package.nls.json', manifest.unused);
list('Not a literal, so not exported', unreadableCalls());

function list(title: string, found: readonly string[]): void {
  if (found.length === 0) return;
  process.exitCode = 1;
  console.log(`\n${title}: ${found.length}`);
  for (const each of found) console.log(`  ${JSON.stringify(each)}`);
}
