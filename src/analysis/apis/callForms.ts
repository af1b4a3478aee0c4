import type { CodeForm } from '../../frameworks/callForm.ts';
import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { FrameworkPackage } from '../../frameworks/frameworkPackage.ts';
import type { ImportNames } from './importAliases.ts';

/** One way to call an API. */
export interface ApiForm {
  readonly api: FrameworkApi;
  /** The APIs with the same calls, of which an argument chooses one. */
  readonly variants: readonly FrameworkApi[];
  readonly form: CodeForm;
  /** The full name it is in the catalogue under. */
  readonly path: string;
}

/** No API has a longer name. */
const LONGEST_PATH = 300;
/** Full names whose answer is kept: a text has many calls of few names. */
const MOST_ASKED = 1000;

/** Everything of the catalogue that code can call, by its names. */
export class CallForms {
  /** The last names of all of it. */
  readonly names: ReadonlySet<string>;
  /** Packages it's imported from: `import torch` isn't a file of the workspace. */
  readonly packages: ReadonlySet<string>;
  readonly #imports: ImportNames;
  readonly #exact = new Map<string, ApiForm>();
  /** By package and last name: a package may export one thing from many modules. */
  readonly #loose = new Map<string, ApiForm[]>();
  /** Of examples that are copied, not imported: known by their name and parameters only. */
  readonly #copied = new Map<string, ApiForm[]>();
  readonly #methods = new Map<string, ApiForm[]>();
  readonly #registered = new Map<string, ApiForm[]>();
  readonly #lookalikes = new Map<string, NonNullable<FrameworkPackage['lookalikes']>>();
  readonly #asked = new Map<string, ApiForm | undefined>();

  constructor(apis: readonly FrameworkApi[], imports: ImportNames) {
    this.#imports = imports;
    for (const api of apis) {
      const { lookalikes, name } = api.package ?? {};
      if (lookalikes && name) this.#lookalikes.set(name, lookalikes);
      if (api.sameCallAs !== undefined) continue;
      const variants = apis.filter(({ sameCallAs }) => sameCallAs === api.id);
      for (const form of api.calls) {
        if (form.kind === 'key' || form.kind === 'flag') continue;
        for (const path of form.paths) this.#add({ api, variants, form, path });
      }
    }
    this.names = new Set([...this.#exact.keys(), ...this.#copied.keys()].map(lastOf));
    this.packages = new Set([...[...this.#exact.keys()].map(packageOf), ...imports.packages]);
  }

  #add(entry: ApiForm): void {
    const { form, path } = entry;
    if (path.includes('.')) this.#exact.set(path, entry);
    else listIn(this.#copied, path, entry);
    listIn(this.#loose, `${packageOf(path)} ${lastOf(path)}`, entry);
    if (form.kind === 'method') listIn(this.#methods, lastOf(path), entry);
    if (path === form.paths[0])
      for (const name of form.registered?.names ?? []) listIn(this.#registered, name, entry);
  }

  /** What the full name of an imported thing stands for, whichever module of its package it was imported from. */
  of(imported: string): ApiForm | undefined {
    if (imported.length > LONGEST_PATH) return undefined;
    const known = this.#asked.get(imported);
    if (known || this.#asked.has(imported)) return known;
    if (this.#asked.size >= MOST_ASKED) this.#asked.clear();
    const form = this.#find(this.#imports.canonical(imported));
    this.#asked.set(imported, form);
    return form;
  }

  #find(path: string): ApiForm | undefined {
    const exact = this.#exact.get(path);
    if (exact) return exact;
    if (!path.includes('.')) return undefined;
    const candidates = this.#loose.get(`${packageOf(path)} ${lastOf(path)}`);
    if (!candidates) return undefined;
    const parts = path.split('.');
    const lookalikes = this.#lookalikes.get(packageOf(path));
    if (lookalikes && (!parts.includes(lookalikes.under) || parts.includes(lookalikes.notUnder)))
      return undefined;
    const parent = (entry: ApiForm) => entry.path.split('.').at(-2) ?? '';
    return (
      candidates.find((entry) => parts.includes(parent(entry))) ??
      (new Set(candidates.map(parent)).size === 1 ? candidates[0] : undefined)
    );
  }

  /** What a class or function of this name may be a copy of. */
  copiesOf(name: string): readonly ApiForm[] {
    return this.#copied.get(name) ?? [];
  }

  /** Methods of this name, of any object of their package: `logits.cross_entropy(…)`. */
  methods(name: string): readonly ApiForm[] {
    return this.#methods.get(name) ?? [];
  }

  /** What config files of a framework know by this bare name. */
  registered(name: string): readonly ApiForm[] {
    return this.#registered.get(name) ?? [];
  }
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The package a path begins with. */
export function packageOf(path: string): string {
  const dot = path.indexOf('.');
  return dot === -1 ? path : path.slice(0, dot);
}

function listIn<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
