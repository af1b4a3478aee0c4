import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundLossConfig } from '../../../../src/answers/foundConfig.ts';

const FIELD = join(import.meta.dirname, '../../../fixtures/field');
/** `variants`: more of the same kinds, with other names and structures, and traps: α that is changed on its way. */
const FOLDERS = ['code', 'variants'].map((folder) => join(FIELD, folder));

/** A lens that there should be, with what is right to say of it; `silent`: there should be none. See expected.json. */
export interface Expected {
  readonly file: string;
  readonly group: string;
  /** From 1. */
  readonly line?: number;
  /** Of a notebook, from 0. */
  readonly cell?: number;
  readonly silent?: true;
  readonly alpha?: number | string;
  readonly alphaMayBe?: number | string;
  readonly mayBe?: number;
  readonly K?: number | 'unknown';
  readonly KMayBe?: number | 'unknown';
  readonly convention?: string | null;
  readonly byName?: string;
  readonly on?: number;
  readonly off?: number;
  readonly mass?: number;
  readonly form?: string;
  readonly floor?: number | 'not known';
  readonly silentAllowed?: true;
  /** What a check has to say, whatever it stands at: one word of each list. */
  readonly findings?: readonly { readonly mustName: readonly (readonly string[])[] }[];
  readonly why: string;
}

export type Grade = 'right' | 'missed' | 'wrong';

/** What one thing that is said was graded as, and what it is held against. */
export interface Graded {
  readonly what: 'lens' | 'alpha' | 'K' | 'convention' | 'targets' | 'form' | 'floor';
  readonly grade: Grade;
  readonly expected: string;
  readonly found: string;
}

const ENTRIES = FOLDERS.map((folder): readonly [string, readonly Expected[]] => [
  folder,
  JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')),
]);

export const EXPECTED: readonly Expected[] = ENTRIES.flatMap(([, entries]) => entries);

const FOLDER_OF: ReadonlyMap<string, string> = new Map(
  ENTRIES.flatMap(([folder, entries]) => entries.map(({ file }) => [file, folder] as const)),
);

export const FILES: readonly string[] = [...new Set(EXPECTED.map(({ file }) => file))];

/** The parts of a file that are a document each: itself, or the cells of a notebook, with its language. */
export function partsOf(file: string): readonly { readonly text: string; readonly language: string }[] {
  const text = readFileSync(join(FOLDER_OF.get(file)!, file), 'utf8');
  const extension = file.slice(file.lastIndexOf('.') + 1);
  if (extension === 'ipynb')
    return JSON.parse(text).cells.map(({ source }: { source: string[] }) => ({
      text: source.join(''),
      language: 'python',
    }));
  return [{ text, language: LANGUAGES[extension]! }];
}

const LANGUAGES: Readonly<Record<string, string>> = {
  py: 'python',
  yaml: 'yaml',
  json: 'json',
  toml: 'toml',
  sh: 'shellscript',
};

/** The one that is on the line, else the innermost around it. */
export function onLine(found: readonly FoundLossConfig[], line: number): FoundLossConfig | undefined {
  const at = found.find(({ range }) => range.start.line === line - 1);
  return at ?? found.findLast(({ range: { start, end } }) => start.line < line && line - 1 <= end.line);
}

/** Everything that is said of a configuration, graded. */
export function graded(
  expected: Expected,
  found: FoundLossConfig | undefined,
  here: readonly FoundLossConfig[],
): readonly Graded[] {
  if (!found) {
    const isSaid = expected.findings?.every(({ mustName }) => isNamed(mustName, here)) ?? false;
    const grade = expected.silentAllowed || isSaid ? 'right' : 'missed';
    return [{ what: 'lens', grade, expected: String(expected.alpha), found: 'nothing' }];
  }
  const { alpha, numClasses, convention, targets, form, floor } = found;
  const values = targets !== null && targets !== 'soft' ? targets : null;
  return [
    row('alpha', alphaGrade(expected, found), expected.alpha, `${alpha.value ?? '?'} ${alpha.state}`),
    row('K', kGrade(expected, numClasses), expected.K, numClasses),
    ...(expected.convention === undefined
      ? []
      : [row('convention', conventionGrade(expected, convention), expected.convention, convention)]),
    row(
      'targets',
      targetsGrade(expected, found, values),
      expected.on && [expected.on, expected.off, expected.mass].join(' / '),
      values && [values.on, values.off, values.sum].map((each) => Number(each.toPrecision(6))).join(' / '),
    ),
    row('form', formGrade(expected, form), expected.form, form),
    row('floor', floorGrade(expected, found), expected.floor, floor),
  ];
}

/** Where a finding stands is free: at the object, or where that is called. */
function isNamed(mustName: readonly (readonly string[])[], here: readonly FoundLossConfig[]): boolean {
  const messages = here.flatMap(({ problems }) => problems.map(({ message }) => message.toLowerCase()));
  return messages.some((message) =>
    mustName.every((words) => words.some((word) => message.includes(word.toLowerCase()))),
  );
}

function row(what: Graded['what'], grade: Grade, expected: unknown, found: unknown): Graded {
  return { what, grade, expected: String(expected ?? '–'), found: String(found ?? '–') };
}

function alphaGrade({ alpha, alphaMayBe, mayBe }: Expected, found: FoundLossConfig): Grade {
  const grades = [alpha, alphaMayBe].flatMap((each) =>
    each === undefined ? [] : alphaIs(each, mayBe, found),
  );
  return best(grades);
}

function alphaIs(
  expected: number | string,
  mayBe: number | undefined,
  { alpha: { value, state }, targets, problems, floor }: FoundLossConfig,
): Grade {
  const isKnown = state === 'known' || state === 'default';
  const isHard = isKnown && targets !== 'soft' && (value === 0 || value === undefined);
  const isUnknown =
    state === 'unknown' || state === 'several' || (state === 'callers' && value === undefined);
  if (typeof expected === 'number') {
    if (value === expected && (isKnown || state === 'callers')) return 'right';
    return isUnknown || (isHard && targets === null && value === undefined) ? 'missed' : 'wrong';
  }
  const [, ofCaller] = /^caller's, default (.*)$/.exec(expected) ?? [];
  if (ofCaller !== undefined) {
    if (state === 'callers' && value === Number(ofCaller)) return 'right';
    return isUnknown ? 'missed' : 'wrong';
  }
  switch (expected) {
    case "caller's, no default":
      return isUnknown ? 'right' : 'wrong';
    case 'unknown':
      return isUnknown || value === mayBe ? 'right' : 'wrong';
    case 'soft targets':
      if (targets === 'soft' && (value === undefined || value === 0)) return 'right';
      return isUnknown ? 'missed' : 'wrong';
    case 'none: hard targets':
      if (isHard) return 'right';
      return isUnknown || (state === 'callers' && value === 0) ? 'missed' : 'wrong';
    case 'none: raises':
      return targets === null && floor === null && problems.length > 0 ? 'right' : 'wrong';
    default:
      throw new Error(`α ${expected}`);
  }
}

function kGrade({ K, KMayBe }: Expected, found: number | undefined): Grade {
  const grades = [K, KMayBe].flatMap((each): Grade | [] => {
    if (each === undefined) return [];
    if (found === undefined) return each === 'unknown' ? 'right' : 'missed';
    return found === each ? 'right' : 'wrong';
  });
  return best(grades.length === 0 ? ['right'] : grades);
}

function conventionGrade({ convention }: Expected, found: string | undefined): Grade {
  if (found === undefined) return convention === null ? 'right' : 'missed';
  return found === convention ? 'right' : 'wrong';
}

/** What is unknown, as it may be: then no numbers are expected, either. */
function mayBeUnknown({ alphaMayBe, KMayBe }: Expected, { alpha, numClasses }: FoundLossConfig): boolean {
  const isOpen = alpha.value === undefined && alpha.state !== 'default';
  return (alphaMayBe === 'unknown' && isOpen) || (KMayBe === 'unknown' && numClasses === undefined);
}

/** Where α or K isn't known, no numbers are right. */
function targetsGrade(
  expected: Expected,
  config: FoundLossConfig,
  found: { readonly on: number; readonly off: number; readonly sum: number } | null,
): Grade {
  const { alpha, K, on, off, mass } = expected;
  if (!found && mayBeUnknown(expected, config)) return 'right';
  if (on === undefined || off === undefined) {
    const isKnown = typeof alpha === 'number' && K !== 'unknown';
    return found === null || isKnown || alpha === 'none: hard targets' ? 'right' : 'wrong';
  }
  if (!found) return 'missed';
  const is = near(found.on, on) && near(found.off, off) && (mass === undefined || near(found.sum, mass));
  return is ? 'right' : 'wrong';
}

const FORMS: Readonly<Record<string, string>> = { bce: 'sigmoid', 'sum of losses': 'sum' };

function formGrade({ form }: Expected, found: string | null): Grade {
  if (form === undefined) return 'right';
  if (found === null) return 'missed';
  return found === (FORMS[form] ?? form) ? 'right' : 'wrong';
}

function floorGrade(expected: Expected, config: FoundLossConfig): Grade {
  const { floor } = expected;
  const found = config.floor;
  if (found === null && mayBeUnknown(expected, config)) return 'right';
  if (found === null) return typeof floor === 'number' ? 'missed' : 'right';
  return typeof floor === 'number' && near(found, floor) ? 'right' : 'wrong';
}

/** As expected.json has it: six decimals. */
function near(found: number, expected: number): boolean {
  return Math.abs(found - expected) < 1.1e-6;
}

export function best(grades: readonly Grade[]): Grade {
  return grades.includes('right') ? 'right' : grades.includes('missed') ? 'missed' : 'wrong';
}

export function worst(grades: readonly Grade[]): Grade {
  return grades.includes('wrong') ? 'wrong' : grades.includes('missed') ? 'missed' : 'right';
}
