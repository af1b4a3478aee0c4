import type { ApiForm } from '../apis/callForms.ts';
import type { ConfigAlpha } from '../lossConfig.ts';
import type { ConfigEntry, ConfigObject, Scalar } from './configEntries.ts';
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
  const { number, boolean, written, span, origins, token } = dereferenced(scalar as Scalar, object);
  const off = boolean === false || /^(?:null|none|~|false)?$/i.test(written.trim());
  const turned = complement && number !== undefined;
  return {
    value: turned ? Number((1 - number).toPrecision(15)) : (number ?? (off ? 0 : undefined)),
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
  return { value, text: null, span: null, argument: null, origins, token: null, insertion: null };
}
