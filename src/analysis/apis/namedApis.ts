import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { FrameworkPackage, NameTaker } from '../../frameworks/frameworkPackage.ts';
import type { ApiForm } from './callForms.ts';

/** The APIs of the catalogue that texts stand for, and the calls that take such texts. */
export class NamedApis {
  readonly #byName = new Map<string, ApiForm>();
  readonly #takers = new Map<string, NameTaker[]>();

  constructor(apis: readonly FrameworkApi[], packages: readonly FrameworkPackage[]) {
    for (const api of apis) {
      const form = api.calls.find((each) => each.kind === 'class');
      if (form?.kind !== 'class') continue;
      for (const name of api.names ?? [])
        this.#byName.set(name, { api, variants: [], form, path: form.paths[0]! });
    }
    for (const { takesNames = [] } of packages)
      for (const taker of takesNames)
        this.#takers.set(taker.call, [...(this.#takers.get(taker.call) ?? []), taker]);
  }

  /** What a text stands for. */
  of(name: string): ApiForm | undefined {
    return this.#byName.get(name);
  }

  /** The arguments of a call of this name that may be losses. */
  takers(call: string): readonly NameTaker[] {
    return this.#takers.get(call) ?? NONE;
  }
}

const NONE: readonly NameTaker[] = [];
