import type { Fix } from '../../checks/fix.ts';
import type { ConfigAlpha } from '../../lossConfig.ts';
import type { PyModule, Scope } from '../syntax/pythonScopes.ts';
import { childrenOf } from '../syntax/syntaxNodes.ts';

/** 1 − α is what the parameter takes: the number that α is from, so that it smooths by what is written there now. */
export function complementFix({ token, value, state }: ConfigAlpha): Fix | null {
  if (!token || token.complement || value === undefined || state !== 'known') return null;
  const { place } = token;
  if (place.cell !== undefined || place.module !== undefined) return null;
  return {
    kind: 'complement',
    edits: [{ span: place.span, text: String(Number((1 - value).toPrecision(12))) }],
  };
}

/** A constructor that doesn't call its base's: the call, in front of its first statement. */
export function constructorFix(definition: Scope, module: PyModule): Fix | null {
  const init = definition.bindings.get('__init__')?.at(-1);
  if (definition.module !== module || init?.kind !== 'definition') return null;
  const body = init.defined.node?.getChild('Body');
  const statements = body ? childrenOf(body).filter(({ name }) => !BETWEEN.has(name)) : [];
  const first = statements.find((each, i) => i > 0 || each.firstChild?.name !== 'String');
  if (!first) return null;
  const line = module.text.slice(module.text.lastIndexOf('\n', first.from - 1) + 1, first.from);
  // On the line of `def` there's no room for a second one.
  if (line.trim() !== '') return null;
  const at = { from: first.from, to: first.from };
  return { kind: 'call-base', edits: [{ span: at, text: `${BASE_CALL}\n${line}` }] };
}

const BETWEEN = new Set([':', 'Comment']);
const BASE_CALL = 'super().__init__()';
