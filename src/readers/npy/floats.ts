/** Kinds of numbers logits are stored as, in NumPy's words: byte order, float, bytes. */
export type FloatType = '<f4' | '>f4' | '<f8' | '>f8';

export const FLOAT_TYPES: readonly FloatType[] = ['<f4', '>f4', '<f8', '>f8'];

export function bytesOf(type: FloatType): number {
  return type.endsWith('8') ? 8 : 4;
}

/** Turns stored numbers into float32. `into` may be where their bytes are, if they are float32 already. */
export function decode(bytes: Uint8Array, type: FloatType, into: Float32Array): void {
  if (type === '<f4' && bytes.byteOffset % 4 === 0) {
    const floats = new Float32Array(bytes.buffer, bytes.byteOffset, into.length);
    if (floats.buffer !== into.buffer || floats.byteOffset !== into.byteOffset) into.set(floats);
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = type.startsWith('<');
  if (bytesOf(type) === 8) for (let i = 0; i < into.length; i++) into[i] = view.getFloat64(8 * i, little);
  else for (let i = 0; i < into.length; i++) into[i] = view.getFloat32(4 * i, little);
}
