import type { PanelFunctions } from '../../protocol/panelChannel.ts';
import { MESSAGE_SHAPES } from './messageShapes.ts';

/**
 * True for a call of one of the functions with arguments that have their shapes, and for an answer. All else that may arrive in a
 * window changes nothing: what is shown stays.
 */
export function isMessage(message: unknown): boolean {
  if (typeof message !== 'object' || message === null) return false;
  // As birpc has them: a question with its method and arguments, an answer with its question's id.
  const { t: type, m: method, a: args, i: id } = message as Readonly<Record<'t' | 'm' | 'a' | 'i', unknown>>;
  if (type !== 'q') return type === 's' && typeof id === 'string';
  if (typeof method !== 'string' || !Object.hasOwn(MESSAGE_SHAPES, method) || !Array.isArray(args))
    return false;
  const checks = MESSAGE_SHAPES[method as keyof PanelFunctions];
  return args.length === checks.length && checks.every((check, i) => check(args[i]));
}
