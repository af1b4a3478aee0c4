import type { Expression } from '../../values/expression.ts';
import type { Resolver } from '../../values/resolver.ts';
import { ACTIVATES, KEEPS } from '../outputs.ts';

/** Layers that are called by whatever name: `self.out = nn.Softmax(dim=1)`, `nn.Sigmoid()(z)`. */
export function layerNamed(callee: Expression, resolver: Resolver): string | undefined {
  const value = resolver.resolve(callee);
  const name = value.kind === 'result' ? value.of.parts.at(-1) : undefined;
  return name !== undefined && /^[A-Z]/.test(name) && (ACTIVATES.has(name) || KEEPS.has(name))
    ? name
    : undefined;
}

/** `self.softmax = nn.LogSoftmax(dim=1)`: it's called like an activation, and is another layer. */
export function isOtherModule(callee: Expression, resolver: Resolver): boolean {
  const value = resolver.resolve(callee);
  if (value.kind === 'result') return !ACTIVATES.has(value.of.parts.at(-1) ?? '');
  return value.kind === 'instance' || value.kind === 'definition';
}

/** `torch`, `F`: a function of it is given what it works on; a method works on its object. */
export function isModule(object: Expression, resolver: Resolver): boolean {
  return resolver.evaluate(object).kind === 'path';
}
