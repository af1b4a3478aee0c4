import { describe, expect, it } from 'vitest';
import { FILES, roomOf, textOfFile } from './imports.ts';

/** Rooms that others build upon: what they export says in words what its signature can't. */
const ROOMS = ['loss', 'frameworks', 'readers', 'lab', 'engine', 'protocol'];

const EXPORT =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|class|interface) ([A-Za-z_$][\w$]*)/gm;

/** Those that have none yet. */
const MISSING: readonly string[] = [
  'src/frameworks/catalogue.ts: apiOf',
  'src/frameworks/frameworkApi.ts: ofKeys',
  'src/frameworks/frameworkApi.ts: ofFlags',
];

/** Names of exported functions, classes and interfaces without a docstring right above. Of overloads the first one has it. */
function withoutDocstring(text: string): readonly string[] {
  const seen = new Set<string>();
  return [...text.matchAll(EXPORT)].flatMap(({ 1: name, index }) => {
    if (seen.has(name!)) return [];
    seen.add(name!);
    return text.slice(0, index).endsWith('*/\n') ? [] : [name!];
  });
}

describe('a docstring', () => {
  it.each(ROOMS)('is above each exported function, class and interface of %s', (room) => {
    const missing = FILES.filter((file) => roomOf(file) === room).flatMap((file) =>
      withoutDocstring(textOfFile(file)).map((name) => `${file}: ${name}`),
    );
    expect(missing.filter((each) => !MISSING.includes(each))).toEqual([]);
  });

  it('is found where it is, and missed where it isn’t', () => {
    const text = [
      '/** Why. */',
      'export function told(a: number): void;',
      'export function told(a: string): void;',
      '// No docstring.',
      'export async function untold(): Promise<void> {}',
      '/** Of something else. */',
      '',
      'export interface Untold {}',
      'export class Bare {}',
    ].join('\n');
    expect(withoutDocstring(text)).toEqual(['untold', 'Untold', 'Bare']);
  });
});
