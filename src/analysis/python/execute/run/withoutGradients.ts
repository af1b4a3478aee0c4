import type { ExpressionCode } from '../code/code.ts';

/** `torch.no_grad()` and its like, in a `with` or as a decorator. */
export function isWithoutGradients(code: ExpressionCode): boolean {
  const callee = code.is === 'call' ? code.callee : code;
  const name = callee.is === 'attribute' || callee.is === 'name' ? callee.name : '';
  if (name === 'set_grad_enabled' && code.is === 'call') {
    const value = code.given[0]?.value;
    return value?.is === 'constant' && value.value === false;
  }
  return name === 'no_grad' || name === 'inference_mode' || name === 'stop_recording';
}
