/** A number without rounding: numerator and denominator, the latter above 0. */
export type Fraction = readonly [numerator: bigint, denominator: bigint];

const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
export const minus = (x: Fraction, [c, d]: Fraction): Fraction => plus(x, [-c, d]);
const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => (c < 0n ? [-a * d, b * -c] : [a * d, b * c]);

/** What a formula of decimal numbers, +, −, / and brackets comes to, as a calculator without an end of digits has it. */
export function exactly(formula: string): Fraction {
  const tokens = formula.match(/(?:\d+\.?\d*|\.\d+)(?:e[−-]?\d+)?|[-−+/()]/g) ?? [];
  let at = 0;
  const value = (): Fraction => {
    const token = tokens[at++]!;
    if (token === '−' || token === '-') return minus([0n, 1n], value());
    if (token !== '(') return decimal(token);
    const inner = sum();
    at++;
    return inner;
  };
  const quotient = (): Fraction => {
    let result = value();
    while (tokens[at] === '/') {
      at++;
      result = over(result, value());
    }
    return result;
  };
  const sum = (): Fraction => {
    let result = quotient();
    while (tokens[at] === '+' || tokens[at] === '−' || tokens[at] === '-') {
      const operator = tokens[at++];
      result = operator === '+' ? plus(result, quotient()) : minus(result, quotient());
    }
    return result;
  };
  return sum();
}

function decimal(token: string): Fraction {
  const [mantissa = '', exponent = '0'] = token.replaceAll('−', '-').split('e');
  const [whole = '', part = ''] = mantissa.split('.');
  const power = Number(exponent) - part.length;
  const digits = BigInt(whole + part);
  return power >= 0 ? [digits * 10n ** BigInt(power), 1n] : [digits, 10n ** BigInt(-power)];
}
