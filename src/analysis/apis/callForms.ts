import { FRAMEWORK_APIS } from '../../frameworks/catalogue.ts';
import type { CallForm, FrameworkApi } from '../../frameworks/frameworkApi.ts';
import { canonicalPath } from './importAliases.ts';

/** One way to call an API. */
export interface ApiForm {
  readonly api: FrameworkApi;
  readonly form: CallForm;
  /** The full name it is registered under. */
  readonly path: string;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function rootOf(path: string): string {
  const dot = path.indexOf('.');
  return dot === -1 ? path : path.slice(0, dot);
}

const exact = new Map<string, ApiForm>();
/** By package and last name: a package may export one thing from many modules. */
const loose = new Map<string, ApiForm[]>();
/** Of examples that are copied, not imported: known by their name and parameters only. */
const copied = new Map<string, ApiForm[]>();

function listIn<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

for (const api of FRAMEWORK_APIS) {
  for (const form of api.calls) {
    if (form.kind === 'key' || form.kind === 'flag') continue;
    for (const path of form.paths) {
      const entry: ApiForm = { api, form, path };
      if (!path.includes('.')) listIn(copied, path, entry);
      else if (!exact.has(path)) exact.set(path, entry);
      listIn(loose, `${rootOf(path)} ${lastOf(path)}`, entry);
    }
  }
}

/** The last names of everything that can be called. */
export const CALLED_NAMES: ReadonlySet<string> = new Set(
  [...exact.keys(), ...copied.keys()].map((path) => lastOf(path)),
);

/** No API has a longer name. */
const LONGEST_PATH = 300;

/** What was asked last: a text has many calls of few names. */
const asked = new Map<string, ApiForm | undefined>();
const MOST_ASKED = 1000;

/** What the full name of an imported thing stands for, whichever module of its package it was imported from. */
export function callFormOf(imported: string): ApiForm | undefined {
  if (imported.length > LONGEST_PATH) return undefined;
  const known = asked.get(imported);
  if (known || asked.has(imported)) return known;
  if (asked.size >= MOST_ASKED) asked.clear();
  const form = formAt(imported);
  asked.set(imported, form);
  return form;
}

function formAt(imported: string): ApiForm | undefined {
  const path = canonicalPath(imported);
  const found = exact.get(path);
  if (found) return found;
  if (!path.includes('.')) return undefined;
  const candidates = loose.get(`${rootOf(path)} ${lastOf(path)}`);
  if (!candidates) return undefined;
  const parts = path.split('.');
  // PyTorch's operators have the names of its functions, and other arguments.
  if (parts[0] === 'torch' && (!parts.includes('nn') || parts.includes('_C'))) return undefined;
  const parent = (entry: ApiForm) => entry.path.split('.').at(-2) ?? '';
  return (
    candidates.find((entry) => parts.includes(parent(entry))) ??
    (new Set(candidates.map(parent)).size === 1 ? candidates[0] : undefined)
  );
}

/** What a class or function of this name may be a copy of. */
export function copiesOf(name: string): readonly ApiForm[] {
  return copied.get(name) ?? [];
}

/** Packages of the registry: `import torch` isn't a file of the workspace. */
export const PACKAGES: ReadonlySet<string> = new Set([...exact.keys()].map(rootOf));

/** Methods that can be called on any object of their package: `logits.cross_entropy(…)`. */
export function methodForm(packageName: string, method: string): ApiForm | undefined {
  return loose.get(`${packageName} ${method}`)?.find(({ form }) => form.kind === 'method');
}
