import { MOST_ORIGINS } from '../python/values/originLimit.ts';
import { type ConfigObject, entryOf, type Scalar } from './configEntries.ts';
import { scalarOf } from './yamlScalars.ts';

/** `${loss.smoothing}` and `${smoothing:0.1}` of OmegaConf, `!ref <smoothing>` of HyperPyYAML; nothing around them. */
const REFERENCE = /^(?:\$\{([\w.]+)(?::[^}]*)?\}|<([\w.]+)>)$/;

/** `${oc.env:EPS,0.1}` of OmegaConf, `${EPS:-0.1}` of others: the environment's, else what is written. */
const ENVIRONMENT = /^\$\{(?:(?:oc\.)?env:(\w+),|(\w+):-)([^{},]*)\}$/;

const DEPTH = 8;
/** Names of a path that is followed. */
const MOST_NAMES = 32;

/** What a text that refers to another entry of the file comes to; the text itself if it refers to none, or to nothing here. */
export function dereferenced(scalar: Scalar, object: ConfigObject, depth = 0): Scalar {
  const [whole, named, bare, fallback = ''] = ENVIRONMENT.exec(scalar.text ?? '') ?? [];
  if (whole !== undefined) return fromEnvironment(scalar, named ?? bare ?? '', fallback);
  const reference = REFERENCE.exec(scalar.text ?? '');
  const path = (reference?.[1] ?? reference?.[2])?.replace(/^\.+/, '');
  if (path === undefined || depth > DEPTH) return scalar;
  const names = path.split('.', MOST_NAMES + 1);
  const target = names.length > MOST_NAMES ? undefined : targetOf(names, object, scalar);
  if (!target?.scalar) return scalar;
  const { number, boolean, integer, token, origins, text } = dereferenced(
    target.scalar,
    target.object,
    depth + 1,
  );
  if (origins.length >= MOST_ORIGINS) return scalar;
  const { text: _, ...plain } = scalar;
  const place = { span: target.scalar.span, line: target.line };
  return {
    ...plain,
    ...(number !== undefined && { number }),
    ...(boolean !== undefined && { boolean }),
    ...(text !== undefined && { text: scalar.text ?? text }),
    integer,
    token,
    origins: [{ kind: 'reference', name: path, place }, ...origins],
  };
}

/** What is written for a variable that may not be set. */
function fromEnvironment(scalar: Scalar, name: string, fallback: string): Scalar {
  const { number, integer } = scalarOf(fallback, fallback.trim(), false, { span: scalar.span, line: 0 });
  if (number === undefined) return scalar;
  const { text: _, ...plain } = scalar;
  return { ...plain, number, integer, origins: [{ kind: 'environment', name, place: null }] };
}

/** From the top of the file, or from any object around; not the reference itself. */
function targetOf(
  path: readonly string[],
  from: ConfigObject,
  reference: Scalar,
): { readonly scalar: Scalar | null; readonly object: ConfigObject; readonly line: number } | undefined {
  for (let start: ConfigObject | null = from; start; start = start.parent) {
    let object: ConfigObject = start;
    for (const [i, key] of path.entries()) {
      const entry = entryOf(object, key);
      if (!entry) break;
      if (i === path.length - 1 && entry.scalar === reference) break;
      if (i === path.length - 1) return { scalar: entry.scalar, object, line: entry.line };
      if (!entry.object) break;
      object = entry.object;
    }
  }
  return undefined;
}
