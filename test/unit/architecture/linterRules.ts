// `node test/unit/architecture/linterRules.ts --write` puts the rules into biome.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../vscode/paths.ts';
import { ROOMS, type Room } from './rooms.ts';

/** Biome’s overrides, one a room: an editor that has Biome marks an import that isn't allowed as it's written. */
export function linterRules(): readonly object[] {
  return ROOMS.map(rulesOf);
}

function rulesOf({ name, imports, types = [], uses = [] }: Room): object {
  const allowed = [name, ...imports, ...types];
  const others = ROOMS.map((room) => room.name).filter((room) => !allowed.includes(room));
  const group = [...others.map((room) => `**/${room}/**`), ...(uses.includes('vscode') ? [] : ['vscode'])];
  const message =
    imports.length + types.length > 0
      ? `${name} imports ${[...imports, ...types.map((room) => `types of ${room}`)].join(', ')} only.`
      : `${name} imports nothing but itself.`;
  const options = { patterns: [{ group, message }] };
  return {
    includes: [`src/${name}/**`],
    linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } },
  };
}

if (process.argv.includes('--write')) {
  const file = join(ROOT, 'biome.json');
  const configuration = JSON.parse(readFileSync(file, 'utf8'));
  const isRule = (override: { linter?: { rules?: { style?: object } } }) =>
    'noRestrictedImports' in (override.linter?.rules?.style ?? {});
  const others = configuration.overrides.filter((override: object) => !isRule(override));
  configuration.overrides = [...linterRules(), ...others];
  writeFileSync(file, `${JSON.stringify(configuration, null, 2)}\n`);
}
