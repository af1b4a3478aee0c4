import type { ApiForm } from '../apis/callForms.ts';
import type { ConfigAlpha } from '../lossConfig.ts';
import { type ConfigEntry, type ConfigObject, type Scalar, sweptValues } from './configEntries.ts';
import { dereferenced } from './configReferences.ts';

/** True if an entry may set α: it's a plain value, and not a switch that is on. */
export function maySetAlpha({ scalar, size }: ConfigEntry): boolean {
  return scalar !== null && size === 0 && scalar.boolean !== true;
}

/** α as an entry sets it. `complement`: the entry is told 1 − α. */
export function alphaOfEntry(
  { scalar, span: argument }: ConfigEntry,
  object: ConfigObject,
  complement = false,
): ConfigAlpha {
  const read = dereferenced(scalar as Scalar, object);
  const { number, boolean, written, span, origins, token } = read;
  const values = read.values ?? (read.text === undefined ? undefined : sweptValues(read.text));
  const off = boolean === false || /^(?:null|none|~|false)?$/i.test(written.trim());
  const turned = complement && number !== undefined;
  const value = turned ? complementOf(number) : (number ?? (off ? 0 : undefined));
  return {
    ...certain(value, written, {
      origins,
      values: values?.map((each) => (complement ? complementOf(each) : each)),
    }),
    text: written,
    span,
    argument,
    origins,
    token: turned && token ? { ...token, complement: true } : token,
    insertion: null,
  };
}

/** α of a loss whose config leaves it out. */
export function defaultAlpha({ api, form }: ApiForm): ConfigAlpha {
  const value = form.default ?? api.default ?? undefined;
  const origins =
    value === undefined ? [] : [{ kind: 'api-default', name: form.argument ?? '', place: null } as const];
  const state = value === undefined ? 'unknown' : 'default';
  return {
    value,
    state,
    values: [],
    unknown: null,
    text: null,
    span: null,
    argument: null,
    origins,
    token: null,
    insertion: null,
  };
}

/** α as a file says it: known, one of several, what there is if a variable isn't set; or `written` is what isn't known. */
export function certain(
  value: number | undefined,
  written: string,
  {
    values,
    origins = [],
  }: { readonly values?: Scalar['values'] | undefined; readonly origins?: Scalar['origins'] } = {},
): Pick<ConfigAlpha, 'value' | 'state' | 'values' | 'unknown'> {
  if (value !== undefined) {
    const isDefault = origins.some(({ kind }) => kind === 'environment');
    return { value, state: isDefault ? 'callers' : 'known', values: [], unknown: null };
  }
  if (values) return { value, state: 'several', values, unknown: null };
  return { value, state: 'unknown', values: [], unknown: { kind: 'value', name: written, place: null } };
}

function complementOf(value: number): number {
  return Number((1 - value).toPrecision(15));
}
