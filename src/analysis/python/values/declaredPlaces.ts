import { isSharedKey } from '../../apis/sharedKeys.ts';
import { configured } from '../../config/configuredLoss.ts';
import type { LossConfig, ValueOrigin } from '../../lossConfig.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import { localOrigins, localToken } from '../names/localPlaces.ts';
import { lineOf, type PyModule, type Scope } from '../syntax/pythonScopes.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import { declaredIn } from './declaredOptions.ts';
import type { Expression } from './expression.ts';
import type { Resolver } from './resolver.ts';

/** Preferences that are flipped go by the same name. */
const OTHER_MATTERS = /[DCKTI]PO(?:Trainer|Config)|Preference|Reward(?:Trainer|Config)/;
/** Options of a name, and fields, that are looked at. */
const MOST_PLACES = 200;

/** Where the default of α stands: an option of a command line, a field of a dataclass. Whoever starts the program may set another. */
export function declaredPlaces(module: PyModule, resolver: Resolver): readonly LossConfig[] {
  const { options, fields } = declaredIn(module);
  const places: LossConfig[] = [];
  for (const [name, definitions] of options) {
    if (!isSharedKey(name) || places.length > MOST_PLACES) continue;
    for (const { scope, flag, value } of definitions.slice(0, MOST_PLACES)) {
      if ('kind' in value) continue;
      const call = value.parent?.parent ?? value;
      places.push(...placeOf('flag', flag, call, { node: value, scope }, resolver));
    }
  }
  for (const [name, bindings] of fields) {
    if (!isSharedKey(name) || places.length > MOST_PLACES) continue;
    for (const binding of bindings.slice(0, MOST_PLACES)) {
      if (binding.kind !== 'value' || binding.scope.module !== module) continue;
      const span = { from: binding.at, to: binding.value.to };
      places.push(...placeOf('key', name, span, { node: binding.value, scope: binding.scope }, resolver));
    }
  }
  return places.length > 0 && OTHER_MATTERS.test(module.text) ? [] : places;
}

function placeOf(
  kind: 'flag' | 'key',
  name: string,
  { from, to }: SourceSpan,
  fallback: Expression,
  resolver: Resolver,
): readonly LossConfig[] {
  const value = resolver.resolve(fallback);
  if (value.kind !== 'number') return [];
  const { scope, node } = fallback;
  const origins: readonly ValueOrigin[] = localOrigins(value.origins, scope.module);
  const span = { from: node.from, to: node.to };
  return [
    configured({
      kind,
      entry: null,
      name,
      convention: null,
      by: null,
      span: { from, to },
      line: lineOf(scope.module, kind === 'key' ? from : node.from),
      callee: calleeAt(name, { from, to }, scope),
      alpha: {
        value: value.value,
        state: 'callers',
        values: [],
        unknown: null,
        text: textOf(node, scope.module.text),
        span,
        argument: span,
        origins,
        token: localToken(value.token, scope.module),
        insertion: null,
      },
      integer: value.integer,
      classes: { guess: null, refused: null, argument: null },
      weighted: false,
    }),
  ];
}

/** The name as it is written, in its call or in front of its value. */
function calleeAt(name: string, { from, to }: SourceSpan, { module }: Scope): SourceSpan {
  const at = module.text.slice(from, to).indexOf(name);
  return at === -1 ? { from, to } : { from: from + at, to: from + at + name.length };
}
