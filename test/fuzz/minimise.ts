/** Pieces are taken out of an input as long as it still fails, for so long at most. */
const MOST_MS = 5000;

/** The smallest part of an input, as far as it is found, that still fails. */
export function minimised(input: Uint8Array, fails: (input: Uint8Array) => boolean): Uint8Array {
  const deadline = Date.now() + MOST_MS;
  let smallest = input;
  for (let size = Math.ceil(input.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length; ) {
      if (Date.now() > deadline) return smallest;
      const without = new Uint8Array(smallest.length - Math.min(size, smallest.length - at));
      without.set(smallest.subarray(0, at));
      without.set(smallest.subarray(at + size), at);
      if (fails(without)) smallest = without;
      else at += size;
    }
  }
  return smallest;
}
