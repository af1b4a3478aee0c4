import { FRAMEWORK_APIS } from '../frameworks/catalogue.ts';
import type { FrameworkApi } from '../frameworks/frameworkApi.ts';
import { CONVENTION_NAMES, type ConventionName } from '../loss/conventions/conventions.ts';
import { targetFormula } from '../loss/conventions/targetFormula.ts';
import { ToolError } from './tool.ts';

/** Losses are called by many names in code: "tf.keras.losses.X" is "keras.losses.X", "nn.X" is "torch.nn.X". */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^tensorflow\./, 'tf.'],
  [/^tf\.keras\./, 'keras.'],
  [/^(?:nn|F)\./, 'torch.nn.'],
];
const MOST_OFFERED = 8;

/**
 * The API that a model calls as code does, "nn.CrossEntropyLoss", or by its id of docs/semantics.md. Throws `ToolError` with the names
 * that come near for one that isn't known, or stands for several APIs whose α means different things.
 */
export function apiCalled(name: string): FrameworkApi {
  const wanted = ALIASES.reduce(
    (text, [from, to]) => text.replace(from, to),
    name.trim().replace(/\(.*$/s, ''),
  );
  const exact = FRAMEWORK_APIS.find(({ id }) => id.toLowerCase() === wanted.toLowerCase());
  if (exact) return exact;
  const last = lastWord(wanted);
  const called = FRAMEWORK_APIS.filter((api) => pathsOf(api).some((path) => path === wanted));
  const alike =
    called.length > 0
      ? called
      : FRAMEWORK_APIS.filter((api) => pathsOf(api).some((path) => lastWord(path) === last));
  const [first] = alike.filter(({ sameCallAs }) => sameCallAs === undefined);
  const isOne =
    first && new Set(alike.map(({ conventions, form }) => `${conventions.join()} ${form}`)).size === 1;
  if (first && (called.length > 0 || isOne)) return first;
  const offered =
    alike.length > 0 ? alike : FRAMEWORK_APIS.filter(({ id, framework }) => isNear(wanted, id, framework));
  const names = (offered.length > 0 ? offered : FRAMEWORK_APIS)
    .slice(0, MOST_OFFERED)
    .map(({ id }) => `"${id}"`);
  const why =
    alike.length > 1 ? `"${name}" may be one of several losses.` : `"${name}" isn’t a loss that is known.`;
  throw new ToolError(`${why} Name it by one of these: ${names.join(', ')}.`);
}

function pathsOf({ calls }: FrameworkApi): readonly string[] {
  return calls.filter(({ kind }) => kind !== 'key' && kind !== 'flag').flatMap(({ paths }) => paths);
}

function lastWord(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase();
}

function isNear(wanted: string, id: string, framework: string): boolean {
  const [first = ''] = wanted.toLowerCase().split(/[.\s]/);
  return first !== '' && (id.toLowerCase().startsWith(first) || framework.toLowerCase().includes(first));
}

/** The convention of that name, or of an API that has just one. Throws `ToolError` for anything else. */
export function conventionCalled(name: string): ConventionName {
  const convention = CONVENTION_NAMES.find((each) => each === name.toUpperCase());
  if (convention) return convention;
  const { id, conventions } = apiCalled(name);
  const [only, ...others] = conventions;
  if (only === undefined) throw new ToolError(`${id} has no label smoothing.`);
  if (others.length === 0) return only;
  throw new ToolError(`α of ${id} means one of ${conventions.join(', ')}, as its settings say: name that.`);
}

/** "UNIFORM_K: 1 − α + α/K for the true class, α/K for every other class" */
export function conventionText(convention: ConventionName): string {
  const [on, off] = targetFormula(convention, 'α', 'K');
  return `${convention}: ${on} for the true class, ${off} for every other class`;
}
