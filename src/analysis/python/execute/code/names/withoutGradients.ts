import type { ExpressionCode } from '../code.ts';

/** `torch.no_grad()` and its like, in a `with` or as a decorator. */
export function isWithoutGradients(code: ExpressionCode): boolean {
  const callee = code.is === 'call' ? code.callee : code;
  const name = callee.is === 'attribute' || callee.is === 'name' ? callee.name : '';
  return name === 'no_grad' || name === 'inference_mode' || name === 'stop_recording';
}
