import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { FrameworkPackage } from '../../frameworks/frameworkPackage.ts';
import { remembered } from '../common/remembered.ts';
import { CallForms } from './callForms.ts';
import { ConfigKeys } from './configKeys.ts';
import { ImportNames } from './importAliases.ts';
import { NamedApis } from './namedApis.ts';
import { SmoothingFlags } from './smoothingFlags.ts';

/** The catalogue as the analysis asks it: by call, import, key, flag and name. */
export class KnownApis {
  readonly packages: readonly FrameworkPackage[];
  readonly imports: ImportNames;
  readonly calls: CallForms;
  readonly keys: ConfigKeys;
  readonly flags: SmoothingFlags;
  readonly named: NamedApis;
  /** Names of arguments for smoothing, in one framework or another. */
  readonly smoothingArguments: readonly string[];
  /** By the name of a layer, the parameter for the size of its output. */
  readonly layers: ReadonlyMap<string, { readonly parameter: string; readonly position: number }>;
  /** By the name of a class that is copied from project to project. */
  readonly #copies = new Map<string, FrameworkApi>();

  constructor(apis: readonly FrameworkApi[]) {
    this.packages = [...new Set(apis.flatMap((api) => api.package ?? []))];
    this.imports = new ImportNames(this.packages);
    this.calls = new CallForms(apis, this.imports);
    this.keys = new ConfigKeys(apis);
    this.flags = new SmoothingFlags(apis);
    this.named = new NamedApis(apis, this.packages);
    const code = apis
      .flatMap(({ calls }) => calls)
      .filter((form) => form.kind !== 'key' && form.kind !== 'flag');
    const names = code.flatMap((form) => [form.argument, form.switch]);
    this.smoothingArguments = [
      ...new Set(names.flatMap((name) => (name && /smooth/i.test(name) ? name : []))),
    ];
    this.layers = new Map(this.packages.flatMap(({ layers = {} }) => Object.entries(layers)));
    for (const api of apis) if (api.copiedAs !== undefined) this.#copies.set(api.copiedAs, api);
  }

  /** The API whose convention a class of this name has wherever it's copied to. */
  copied(name: string): FrameworkApi | undefined {
    return this.#copies.get(name);
  }

  /** The framework a loss written by hand is written with, by its code. */
  frameworkOf(code: string): string | undefined {
    return this.packages.find(({ handwritten }) => handwritten?.code.test(code))?.handwritten?.framework;
  }

  /** The same by what its module imports. */
  frameworkImported(isImported: (packageName: string) => boolean): string | undefined {
    return this.packages.find(({ name, handwritten }) => handwritten?.byImport && isImported(name))
      ?.handwritten?.framework;
  }
}

/** The index of a catalogue. Made once for each. */
export const knownApis = remembered((apis: readonly FrameworkApi[]) => new KnownApis(apis));
