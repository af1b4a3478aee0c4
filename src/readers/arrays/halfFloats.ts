/** Every float16 as float32: 2¹⁶ of them, made when the first one is asked for. */
let table: Float32Array | undefined;

/** The value of an IEEE 754 binary16, by its bits. */
export function toFloat32FromFloat16(bits: number): number {
  table ??= Float32Array.from({ length: 1 << 16 }, (_, each) => valueOfBits(each));
  return table[bits]!;
}

function valueOfBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

/** The value of a bfloat16, which is the upper half of a float32, by its bits. */
export function toFloat32FromBfloat16(bits: number): number {
  word[0] = bits << 16;
  return float[0]!;
}
