import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FRAMEWORK_APIS } from '../../src/frameworks/catalogue.ts';
import { CONVENTION_NAMES } from '../../src/loss/conventions/conventions.ts';
import {
  type Bundle,
  englishStrings,
  KOREAN,
  KOREAN_MANIFEST,
  MANIFEST,
  readBundle,
  shortfalls,
  unreadableCalls,
} from '../l10n/strings.ts';
import { ROOT } from '../vscode/paths.ts';

/** Names, symbols and units that are the same in Korean. */
const SAME = new Set([
  '0 nats',
  'KL = CE − H(y′)',
  'NLL',
  'NLL {0}',
  'PyTorch α',
  'Smooth Labels',
  'Smooth labels',
  'Smooth Labels: {0}',
  'nats',
  'on/off',
  'p = {0}: {1} nats',
  'reduction',
  '{0} nats',
  'NLL: −ln p',
  '{0} nats ({1} bits)',
  '{loss} nats = {floor} + {excess}',
]);

/** Letters that stand next to each other, outside of placeholders. */
const WORD = /\p{L}{2}/u;

/** A particle that depends on what stands for the placeholder before it: 0.1로, but 0.3으로. */
const PARTICLE = /\}(?:은|는|이|가|을|를|와|과|로|으로)(?![\p{L}(])/u;

/** Those of a bundle that are as they were, but for those that should be. */
function untranslated(bundle: Bundle): string[] {
  return Object.entries(bundle)
    .filter(([text, translated]) => text === translated && WORD.test(text) && !SAME.has(text))
    .map(([text]) => text);
}

test('every string has Korean with the same placeholders, and the bundle has nothing else', async () => {
  const english = await englishStrings();
  expect(english.length).toBeGreaterThan(800);
  expect(shortfalls(english, readBundle(KOREAN))).toEqual({
    missing: [],
    unused: [],
    otherPlaceholders: [],
  });
});

test('every call of l10n.t begins with a literal, which is what a scanner can read', () => {
  expect(unreadableCalls()).toEqual([]);
});

test('names of conventions are for code: only who calls the API reads them', () => {
  const forCallers = new Set(FRAMEWORK_APIS.map(({ choice }) => choice));
  const named = Object.entries(readBundle(KOREAN)).filter(
    ([english, korean]) =>
      !forCallers.has(english) && CONVENTION_NAMES.some((name) => `${english} ${korean}`.includes(name)),
  );
  expect(named).toEqual([]);
});

test('nothing in the bundle is left in English', () => {
  const bundle = readBundle(KOREAN);
  expect(untranslated(bundle)).toEqual([]);
  expect([...SAME].filter((text) => bundle[text] !== text)).toEqual([]);
});

test('Korean has no particle that depends on a placeholder, and one kind of quotation marks', () => {
  const korean = [...Object.values(readBundle(KOREAN)), ...Object.values(readBundle(KOREAN_MANIFEST))];
  expect(korean.filter((text) => PARTICLE.test(text))).toEqual([]);
  expect(korean.filter((text) => /[‘’]/.test(text))).toEqual([]);
});

test('Korean has a percent sign right behind its number', () => {
  expect(Object.values(readBundle(KOREAN)).filter((text) => /[\d}]\s%/.test(text))).toEqual([]);
});

test('package.json, its English and its Korean have the same keys', () => {
  const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8');
  const used = [...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);
  const english = readBundle(MANIFEST);
  const korean = readBundle(KOREAN_MANIFEST);
  expect(Object.keys(english).sort()).toEqual(used.sort());
  expect(Object.keys(korean)).toEqual(Object.keys(english));
  expect(Object.keys(english).filter((key) => english[key] === korean[key])).toEqual([]);
});

test('pictures of the first steps are there in Korean, and differ in words only', () => {
  const [english, korean] = [readBundle(MANIFEST), readBundle(KOREAN_MANIFEST)];
  const pictures = Object.keys(english).filter((key) => key.endsWith('.picture'));
  expect(pictures).toHaveLength(5);
  const drawn = (path: string) => readFileSync(join(ROOT, path), 'utf8').replaceAll(/>[^<\n]*</g, '><');
  // Korean has the numbers of a sum elsewhere in it.
  const shapes = (path: string) =>
    drawn(path)
      .split('\n')
      .map((line) => [...line].sort().join(''));
  for (const key of pictures) expect(shapes(korean[key]!), key).toEqual(shapes(english[key]!));
});
