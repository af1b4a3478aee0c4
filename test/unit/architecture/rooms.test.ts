import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../vscode/paths.ts';
import { circlesIn, FILES, type Import, importsOf, roomOf } from './imports.ts';
import { linterRules } from './linterRules.ts';
import { ROOMS, rowOf } from './rooms.ts';

const IMPORTS = FILES.flatMap(importsOf);

describe('the graph of imports', () => {
  it('has arrows to rooms only that the table allows', () => {
    const table = new Map(ROOMS.map((room) => [room.name, room]));
    const isWrong = ({ from, to, isType }: Import): boolean => {
      const [source, target] = [roomOf(from), roomOf(to)];
      if (source === undefined || target === undefined || source === target) return false;
      const room = table.get(source);
      return !room?.imports.includes(target) && !(isType && room?.types?.includes(target));
    };
    expect(IMPORTS.filter(isWrong)).toEqual([]);
    expect(new Set(FILES.map(roomOf).filter(Boolean))).toEqual(new Set(table.keys()));
  });

  it('has no circle, types included', () => {
    const graph = new Map(
      FILES.map((file) => [
        file,
        IMPORTS.filter(({ from, to }) => from === file && to !== file && FILES.includes(to)).map(
          ({ to }) => to,
        ),
      ]),
    );
    expect(circlesIn(graph)).toEqual([]);
  });

  it('finds a circle where there is one', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['b']],
      ['d', []],
    ]);
    expect(circlesIn(graph)).toEqual([['b', 'c', 'b']]);
  });

  it('has VS Code in the host only, Node in files for Node only', () => {
    const usesCode = IMPORTS.filter(({ to }) => to === 'vscode').map(({ from }) => from);
    const rooms = ROOMS.filter(({ uses }) => uses?.includes('vscode')).map(({ name }) => name);
    expect(usesCode.filter((file) => file !== 'src/extension.ts' && !rooms.includes(roomOf(file)!))).toEqual(
      [],
    );
    const usesNode = IMPORTS.filter(({ to }) => to.startsWith('node:')).map(({ from }) => from);
    expect(usesNode.filter((file) => !file.endsWith('.node.ts'))).toEqual([]);
  });
});

describe('what is made of the table of rooms', () => {
  it('is the linter’s configuration (node test/unit/architecture/linterRules.ts --write)', () => {
    const { overrides } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
    expect(overrides.slice(0, ROOMS.length)).toEqual(linterRules());
  });

  it('is CONTRIBUTING’s table', () => {
    const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
    const rows = [...text.matchAll(/^\| `src\/\w+` .*$/gm)].map(([row]) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(rows).toEqual(ROOMS.map(rowOf));
  });

  it.each(ROOMS)(
    'are the references of $name’s tsconfig.json, and what it may use',
    ({ name, imports, types = [], uses = [] }) => {
      const { compilerOptions = {}, references = [] } = JSON.parse(
        readFileSync(join(ROOT, 'src', name, 'tsconfig.json'), 'utf8'),
      );
      expect(references).toEqual([...imports, ...types].map((room) => ({ path: `../${room}` })));
      const { lib = [], types: packages = [] } = compilerOptions;
      expect(lib.includes('dom')).toBe(uses.includes('dom'));
      expect(lib.includes('webworker')).toBe(uses.includes('worker'));
      expect(packages.includes('vscode')).toBe(uses.includes('vscode'));
      expect(packages.includes('node')).toBe(uses.includes('worker') || uses.includes('node'));
    },
  );
});
