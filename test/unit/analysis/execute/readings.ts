import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { executed, sourceOf } from './asked.ts';
import { type FixtureDefinition, FOLDER, fixtureDefinitions } from './definitions.ts';
import { readingInWords } from './readingInWords.ts';

/** What is read of a fixture; lines count from its title. */
export function readingOf({ text, name, headerLines }: FixtureDefinition): string {
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length - headerLines;
  return readingInWords(executed(sourceOf(text), name), lineOf);
}

/** `node test/unit/analysis/execute/readings.ts --write` writes what is read behind each definition. */
if (process.argv.includes('--write')) {
  const all = fixtureDefinitions();
  for (const file of new Set(all.map((each) => each.file))) {
    const path = join(FOLDER, `${file}.txt`);
    const own = all.filter((each) => each.file === file);
    const blocks = readFileSync(path, 'utf8').trimEnd().split('\n----\n');
    const written = blocks.map(
      (block, i) => `${block.split('\n==> ')[0]!.trimEnd()}\n==> ${readingOf(own[i]!)}`,
    );
    writeFileSync(path, `${written.join('\n----\n')}\n`);
  }
}
