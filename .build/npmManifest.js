// What npm packs is the program alone: its bundle has all that it needs, so it depends on nothing. `npm pack` runs this before and after.
const { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const MANIFEST = join(__dirname, '..', 'package.json');
/** package.json as it is, while a smaller one stands in its place. */
const KEPT = join(__dirname, '..', 'dist', 'cli', 'package.json.kept');

/** What a program's package has to say. */
const FIELDS = ['name', 'version', 'description', 'license', 'private', 'bin', 'keywords'];

function reduce() {
  // An earlier run was interrupted.
  if (existsSync(KEPT)) restore();
  copyFileSync(MANIFEST, KEPT);
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const { description } = JSON.parse(readFileSync(join(__dirname, '..', 'package.nls.json'), 'utf8'));
  const reduced = Object.fromEntries(
    FIELDS.flatMap((field) => (field in manifest ? [[field, manifest[field]]] : [])),
  );
  writeFileSync(
    MANIFEST,
    `${JSON.stringify({ ...reduced, description, engines: { node: '>=20.11' } }, null, 2)}\n`,
  );
}

function restore() {
  copyFileSync(KEPT, MANIFEST);
  rmSync(KEPT);
}

if (process.argv.includes('--restore')) restore();
else reduce();
