/** VS Code counts the buffers of a message in a byte: of 256 and more it loses most, without a word. */
const MOST_BUFFERS = 200;
/** Any array may begin where a float64 may. */
const ALIGNMENT = 8;

type TypedArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/**
 * The same message with its arrays in one buffer, if they are in more buffers than arrive: VS Code sends a buffer once, however many
 * arrays are in it. Arrays are looked for in plain objects, arrays and nothing else, as structured clones of messages have them.
 */
export function withFewBuffers(message: unknown): unknown {
  const arrays = new Set<TypedArray>();
  collect(message, arrays);
  if (new Set([...arrays].map(({ buffer }) => buffer)).size <= MOST_BUFFERS) return message;
  const lengths = [...arrays].map(({ byteLength }) => Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT);
  const buffer = new ArrayBuffer(lengths.reduce((sum, length) => sum + length, 0));
  const moved = new Map<TypedArray, TypedArray>();
  let at = 0;
  for (const [i, array] of [...arrays].entries()) {
    const copy = new (array.constructor as Float64ArrayConstructor)(buffer, at, array.length);
    copy.set(array);
    moved.set(array, copy);
    at += lengths[i]!;
  }
  return replaced(message, moved);
}

function collect(value: unknown, into: Set<TypedArray>): void {
  if (ArrayBuffer.isView(value)) into.add(value as TypedArray);
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) collect(each, into);
}

function replaced(value: unknown, moved: ReadonlyMap<TypedArray, TypedArray>): unknown {
  if (ArrayBuffer.isView(value)) return moved.get(value as TypedArray);
  if (Array.isArray(value)) return value.map((each) => replaced(each, moved));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, moved)]));
}
