import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { FRAMEWORK_APIS } from '../../src/frameworks/catalogue.ts';
import { ROOT } from '../vscode/paths.ts';

/** English strings and what stands for each; a bundle as VS Code loads it. */
export type Bundle = Readonly<Record<string, string>>;

/** The strings of package.json, by key. */
export const MANIFEST = join(ROOT, 'package.nls.json');
export const KOREAN_MANIFEST = join(ROOT, 'package.nls.ko.json');

export const KOREAN = join(ROOT, 'l10n', 'bundle.l10n.ko.json');

export function readBundle(path: string): Bundle {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** It hands the catalogue's texts on: those are collected here instead. */
const CATALOGUE_WORDS = 'src/problems/losses/catalogueWords.ts';

const CALL = /\bl10n\.t\b\(?/g;
const LITERAL = /^\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")\s*[,)]/;

/** What each call of `l10n.t` is given first: a literal, as it's written, or null if it's something else. */
const CALLS = globSync('src/**/*.{ts,tsx}', { cwd: ROOT })
  .sort()
  .flatMap((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return [...text.matchAll(CALL)].map((call) => {
      const rest = text.slice(call.index + call[0].length);
      return { path, call: call[0], rest, literal: LITERAL.exec(rest)?.[1] ?? null };
    });
  });

/** What a framework's error says is what it says in any language. */
const ERROR = /^TypeError: /;

/** The texts of the catalogue of frameworks that are shown, by `catalogueWords`. */
function catalogueTexts(): string[] {
  return FRAMEWORK_APIS.flatMap(({ choice, beyond, versions, notes = [], smoothedNotes = [], oddAlpha }) =>
    [choice, beyond, versions, ...notes, ...smoothedNotes, oddAlpha].filter(
      (text) => text !== undefined && !ERROR.test(text),
    ),
  ) as string[];
}

/** The strings that are given to `l10n.t`. */
export async function englishStrings(): Promise<string[]> {
  // On whole files the scanner takes ten times as long.
  const calls = CALLS.flatMap(({ literal }) => (literal === null ? [] : [`l10n.t(${literal});`]));
  const contents = ["import { l10n } from 'vscode';", ...calls].join('\n');
  const found = Object.keys(await getL10nJson([{ extension: '.ts', contents }]));
  return [...new Set([...found, ...catalogueTexts()])].sort();
}

/** Where `l10n.t` is given something that no scanner can read, as "path: the call". */
export function unreadableCalls(): string[] {
  return CALLS.filter(({ path, literal }) => literal === null && path !== CATALOGUE_WORDS).map(
    ({ path, call, rest }) => `${path}: ${call}${rest.slice(0, rest.indexOf('\n'))}`,
  );
}

/** The placeholders of a string, each once, sorted. */
export function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].sort();
}

/** What keeps a bundle from being all of these strings and nothing else. */
export function shortfalls(english: readonly string[], bundle: Bundle) {
  const known = new Set(english);
  return {
    missing: english.filter((text) => bundle[text] === undefined),
    unused: Object.keys(bundle).filter((text) => !known.has(text)),
    otherPlaceholders: Object.entries(bundle)
      .filter(([text, translated]) => placeholders(text).join() !== placeholders(translated).join())
      .map(([text, translated]) => `${text} → ${translated}`),
  };
}
