import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_FILES, FILES, folderOf, textOfFile } from './imports.ts';

const EXPORT =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|interface|type|enum) ([A-Za-z_$][\w$]*)/gm;

/** Names that stand in two places, each with its reason. */
const TWICE: Readonly<Record<string, string>> = {};

/** More entries than this, and a folder isn't understood at a glance. */
const MOST_ENTRIES = 16;

/** `x.node.ts` and `x.web.ts` are two ends of one thing. */
const withoutTwin = (file: string) => file.replace(/\.(?:node|web)(?=\.)/, '');

describe('names', () => {
  it('of exports have one meaning', () => {
    const files = new Map<string, Set<string>>();
    for (const file of FILES)
      for (const [, name] of textOfFile(file).matchAll(EXPORT))
        files.set(name!, (files.get(name!) ?? new Set()).add(withoutTwin(file)));
    const twice = [...files].filter(([name, places]) => places.size > 1 && !Object.hasOwn(TWICE, name));
    expect(twice.map(([name, places]) => `${name}: ${[...places].join(', ')}`)).toEqual([]);
  });

  it('of files stand once', () => {
    const places = new Map<string, string[]>();
    for (const file of new Set(ALL_FILES.map(withoutTwin))) {
      const name = basename(file).replace(/\.tsx?$/, '');
      places.set(name, [...(places.get(name) ?? []), file]);
    }
    const twice = [...places].filter(([name, files]) => files.length > 1 && !Object.hasOwn(TWICE, name));
    expect(twice.map(([name, files]) => `${name}: ${files.join(', ')}`)).toEqual([]);
  });

  it('of a folder are few enough to read', () => {
    const entries = new Map<string, Set<string>>();
    for (const file of FILES)
      for (let path = file; path !== 'src'; path = folderOf(path))
        entries.set(folderOf(path), (entries.get(folderOf(path)) ?? new Set()).add(basename(path)));
    const large = [...entries].filter(([, names]) => names.size > MOST_ENTRIES);
    expect(large.map(([folder, names]) => `${folder}: ${names.size}`)).toEqual([]);
  });
});
