const PAGE = 1 << 16;
/** All that WASM can address but for the last page: an address a little behind the end of an array is above its beginning, too. */
const MOST_PAGES = (1 << 16) - 1;
/** A cache line. */
const ALIGNMENT = 64;
/** The kernel loads whole vectors: it may read this much behind the end of what it's given. It writes nothing there. */
export const PADDING = 16;

/** Thrown where there is no room left: 4 GiB at most, less where the system has less. */
export class OutOfKernelMemory extends Error {
  override readonly name = 'OutOfKernelMemory';
  readonly bytes: number;

  constructor(bytes: number) {
    super(`No room for ${bytes} bytes in the kernel's memory`);
    this.bytes = bytes;
  }
}

/** Bytes of the kernel's memory that belong together. */
export interface MemorySpan {
  readonly at: number;
  readonly bytes: number;
}

export const NO_SPAN: MemorySpan = { at: 0, bytes: 0 };

interface Range {
  readonly at: number;
  readonly size: number;
}

/**
 * The memory the kernel works in, and who has which part of it. Shared between threads where that's possible; then what is
 * in it is never moved. Otherwise views of it end when it grows: make them when they are needed.
 */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  readonly shared: boolean;
  /** Free ranges, by address. The end of the memory is free, too, but in no range. */
  #free: Range[] = [];
  /** From here on nothing has been given away. */
  #top: number;
  /** How much is at each address that was given away: what was asked for, and what that takes. */
  readonly #held = new Map<number, { readonly bytes: number; readonly size: number }>();
  readonly #gap: number;
  /** A shared memory that has grown has another buffer for the same bytes; views of the former ones stay good. */
  readonly #buffers = new WeakSet<object>();

  /** The first `reserved` bytes are the kernel's own. At least `gap` bytes are left free behind whatever is given away. */
  constructor(shared: boolean, reserved: number, gap = PADDING) {
    this.shared = shared;
    this.#gap = gap;
    this.#top = align(reserved);
    this.memory = new WebAssembly.Memory({
      initial: Math.ceil(this.#top / PAGE),
      maximum: MOST_PAGES,
      shared,
    });
  }

  /** The address of `bytes` bytes. They are not zero. Throws OutOfKernelMemory. */
  allocate(bytes: number): number {
    const size = align(bytes + this.#gap);
    const fit = this.#free.findIndex((range) => range.size >= size);
    const at = fit === -1 ? this.#extend(size) : this.#cut(fit, size);
    this.#held.set(at, { bytes, size });
    return at;
  }

  free(at: number): void {
    const block = this.#held.get(at);
    if (!block) throw new Error(`Nothing is allocated at ${at}`);
    const { size } = block;
    this.#held.delete(at);
    const next = this.#free.findIndex((range) => range.at > at);
    this.#free.splice(next === -1 ? this.#free.length : next, 0, { at, size });
    this.#free = merged(this.#free);
    const last = this.#free.at(-1);
    if (last && last.at + last.size === this.#top) {
      this.#free.pop();
      this.#top = last.at;
    }
  }

  /** How many bytes are given away: for tests. */
  get used(): number {
    let used = 0;
    for (const { size } of this.#held.values()) used += size;
    return used;
  }

  /** The address of an array that lies in this memory, or undefined. */
  addressOf(array: ArrayBufferView): number | undefined {
    return this.#buffers.has(array.buffer) && array.byteLength > 0 ? array.byteOffset : undefined;
  }

  // Views of what was given away at `at`. They throw RangeError rather than reach beyond it.

  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#within(at, 4 * length), at, length);
  }

  ints(at: number, length: number): Int32Array {
    return new Int32Array(this.#within(at, 4 * length), at, length);
  }

  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.#within(at, 8 * length), at, length);
  }

  #within(at: number, bytes: number): ArrayBufferLike {
    const block = this.#held.get(at)?.bytes ?? 0;
    if (bytes > block) throw new RangeError(`${bytes} bytes at ${at}, where there are ${block}`);
    return this.#buffer();
  }

  #buffer(): ArrayBufferLike {
    const { buffer } = this.memory;
    this.#buffers.add(buffer);
    return buffer;
  }

  #cut(index: number, size: number): number {
    const range = this.#free[index]!;
    if (range.size === size) this.#free.splice(index, 1);
    else this.#free[index] = { at: range.at + size, size: range.size - size };
    return range.at;
  }

  #extend(size: number): number {
    const at = this.#top;
    const missing = Math.ceil((at + size - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) {
      try {
        this.memory.grow(missing);
      } catch {
        throw new OutOfKernelMemory(size);
      }
    }
    this.#top = at + size;
    return at;
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last && last.at + last.size === range.at)
      result[result.length - 1] = { at: last.at, size: last.size + range.size };
    else result.push(range);
  }
  return result;
}
