/** How the eight bits of a number are used. `bias` is taken off the exponent. */
interface Float8 {
  readonly exponentBits: number;
  readonly bias: number;
  /** Which bits aren't numbers: as in IEEE 754, with infinities; all ones; or the place of −0. */
  readonly special: 'ieee' | 'ones' | 'negative-zero';
}

// As OCP's specification of 8-bit floating point has them, and those without −0 of Graphcore, AMD and Qualcomm.
const FORMATS = {
  float8_e4m3fn: { exponentBits: 4, bias: 7, special: 'ones' },
  float8_e4m3fnuz: { exponentBits: 4, bias: 8, special: 'negative-zero' },
  float8_e5m2: { exponentBits: 5, bias: 15, special: 'ieee' },
  float8_e5m2fnuz: { exponentBits: 5, bias: 16, special: 'negative-zero' },
} as const satisfies Readonly<Record<string, Float8>>;

export type Float8Name = keyof typeof FORMATS | 'float8_e8m0fnu';

const tables = new Map<Float8Name, Float32Array>();

/** The value of every byte in one of the 8-bit formats: 256 of them, made when first asked for. */
export function float8Values(name: Float8Name): Float32Array {
  let values = tables.get(name);
  if (!values) {
    values = Float32Array.from({ length: 256 }, (_, bits) =>
      name === 'float8_e8m0fnu' ? powerOf(bits) : numberOfBits(bits, FORMATS[name]),
    );
    tables.set(name, values);
  }
  return values;
}

/** An exponent alone: powers of two, for scales. */
function powerOf(bits: number): number {
  return bits === 0xff ? Number.NaN : 2 ** (bits - 127);
}

function numberOfBits(bits: number, { exponentBits, bias, special }: Float8): number {
  const fractionBits = 7 - exponentBits;
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits & 0x7f) >> fractionBits;
  const fraction = bits & ((1 << fractionBits) - 1);
  if (special === 'negative-zero' && bits === 0x80) return Number.NaN;
  if (special === 'ones' && (bits & 0x7f) === 0x7f) return Number.NaN;
  if (special === 'ieee' && exponent === (1 << exponentBits) - 1)
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  const scale = 2 ** -fractionBits;
  return exponent === 0
    ? sign * fraction * scale * 2 ** (1 - bias)
    : sign * (1 + fraction * scale) * 2 ** (exponent - bias);
}
