import type { ConventionName } from '../../loss/conventions.ts';

/** Names that α goes by in hand-written losses. */
export const SMOOTHING_NAME =
  /^(?:label_?smooth(?:ing)?(?:_?(?:factor|val(?:ue)?|eps(?:ilon)?|rate|param|alpha|amount))?|smooth(?:ing|ness)?(?:_?(?:factor|val(?:ue)?|eps(?:ilon)?|rate|param|ratio|alpha))?|lb_smooth|smooth_eps|ls_?(?:eps(?:ilon)?|alpha|factor|smoothing)?|eps(?:ilon)?(?:_ls)?|e|lsr|para_LSR|lsm_?weight|alpha|ε|α)$/;

/**
 * Which convention the code of a hand-written loss is, by what it divides α, or what is shared out, by: K − 2, K − 1 or K. Null
 * if it doesn't say, or the targets it makes don't sum to 1. `parameter` is what it calls α; `code` has neither comments nor strings.
 */
export function conventionOfFormula(code: string, parameter: string): ConventionName | null {
  const divisors = divisorsOf(code);
  const ends = (minus: number) => new RegExp(`[\\w)\\]]\\s*-\\s*${minus}(?:\\.0*)?$`);
  if (divisors.some(({ divisor }) => ends(2).test(divisor))) return 'PAD_EXCLUDED';
  if (divisors.some(({ divisor }) => ends(1).test(divisor))) return 'UNIFORM_OTHERS';
  if (lessOne(code, divisors)) return 'UNIFORM_OTHERS';
  const own = new RegExp(`\\b${parameter}$`);
  const alpha = divisors.filter(({ numerator }) => ALPHA.test(numerator) || own.test(numerator));
  if (alpha.some(({ divisor }) => /^2(?:\.0*)?$/.test(divisor)) || HALF.test(code)) {
    return /bce|binary|sigmoid/i.test(code) ? 'BINARY_HALF' : null;
  }
  const shared = alpha.some(({ divisor }) => CLASSES.test(divisor)) || MEAN.test(code);
  if (!shared) return null;
  // A fill of α/K under a true class of 1 − α sums to less than 1.
  const filled = /\.(?:fill_|full|full_like|ones_like)\b|torch\.full/.test(code);
  const overwritten = /scatter_?\([^)]*(?:confidence|1(?:\.0*)?\s*-)/.test(code);
  return filled && overwritten ? null : 'UNIFORM_K';
}

const ALPHA = /smooth|eps|alpha|\bls\b|\blsr\b|lb_|\be\b|1(?:\.0*)?$|confidence|\bloss\b|sum\(/i;
const HALF = /0?\.5\s*\*\s*(?:self\.)?\w*(?:smooth|eps|alpha)|(?:smooth\w*|eps\w*|alpha)\s*\*\s*0?\.5\b/i;
const CLASSES = /class|\bn\b|\bk\b|\bc\b|\bcls\b|size|shape|vocab|num_?|dim|categor|len\(|labels/i;
/** The mean over the classes is the sum divided by K. */
const MEAN =
  /log_?p\w*\s*(?:\.mean\(|\)?\.mean\()|mean\((?:dim|axis|-1|1)|log_softmax\([^)]*\)\s*\.mean\(|\.mean\(\s*(?:dim|axis|-1)/i;

/** `K = n - 1` and a division by it. */
function lessOne(code: string, divisors: readonly { readonly divisor: string }[]): boolean {
  return divisors.some(({ divisor }) => {
    if (!/^[A-Za-z_]\w*$/.test(divisor)) return false;
    return new RegExp(`\\b${divisor}\\s*=\\s*[^\\n=]*[\\w)\\]]\\s*-\\s*1\\s*$`, 'm').test(code);
  });
}

/** What is divided by what, everywhere in the code. */
function divisorsOf(code: string): readonly { readonly numerator: string; readonly divisor: string }[] {
  const found: { numerator: string; divisor: string }[] = [];
  for (const { index } of code.matchAll(/(?<![/])\/(?![/])/g)) {
    const after = code.slice(index + 1, index + 200);
    const before = code.slice(Math.max(0, index - 80), index);
    const line = before.slice(before.lastIndexOf('\n') + 1);
    found.push({ numerator: (/[^=,]*$/.exec(line)?.[0] ?? '').trim(), divisor: operandOf(after) });
  }
  return found;
}

/** The operand at the start: a name with calls and subscripts, or what is in parentheses. */
function operandOf(text: string): string {
  const start = text.length - text.trimStart().length;
  const inner = /^(?:float|int)?\(/.exec(text.slice(start));
  let depth = 0;
  let at = start;
  for (; at < text.length; at++) {
    const character = text[at]!;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) {
      if (--depth < 0) break;
    } else if (depth === 0 && !/[\w.]/.test(character)) break;
  }
  const operand = text.slice(start, at).trim();
  return inner && operand.endsWith(')') ? operand.slice(inner[0].length, -1).trim() : operand;
}
