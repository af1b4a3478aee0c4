import type { NumberScan, NumberScanner, Scanned } from '../../readers/text/numberScanner.ts';

/** What the kernel has for JSON, in addresses of `memory`: see `engine/kernel/assembly/jsonScan.ts`. */
export interface JsonKernel {
  readonly memory: WebAssembly.Memory;
  markJson(text: number, end: number, marks: number): void;
  scanJson(
    text: number,
    marks: number,
    values: number,
    spans: number,
    spansEnd: number,
    fixes: number,
    fixesEnd: number,
    rowLength: number,
    bare: number,
    origin: number,
    result: number,
  ): number;
}

/** The kernel reads as far as this before the text … */
const BEFORE = 32;
/** … and after it. */
const AFTER = 96;
/** Nearer to the end of a window than this it is moved on first: a number would be cut. */
const NEAR_END = 64;
/**
 * V8 copies to memory that threads share by words of so many bytes, if both sides lie alike to them; else byte by byte, which
 * takes several times as long.
 */
const WORD = 8;
/** Windows are whole blocks of so many bytes. */
const BLOCK = 64;
/**
 * Bytes for a byte of the window: itself, its mark, 2 for values (a number is 2 bytes, with what ends it), 1 for spans
 * and ¼ for fixes (these may run out: the scan ends early then).
 */
const BYTES_PER_BYTE = 1 + 1 / 8 + 2 + 1 + 1 / 4;
const OVERHEAD = 512;
const FIX_BYTES = 12;

/** As much as `JsonScanner` wants: for a window of 128 KB, which with its values stays in a core's own cache. */
export const JSON_SCANNER_BYTES = 0x8c200;

const decoder = new TextDecoder();

/** A scanner of JSON's numbers in `size` bytes of the kernel's memory from `base` on, a multiple of 16, which are its own. */
export class JsonScanner implements NumberScanner {
  readonly #kernel: JsonKernel;
  readonly #memory: ScannerMemory;

  constructor(kernel: JsonKernel, base: number, size = JSON_SCANNER_BYTES) {
    this.#kernel = kernel;
    this.#memory = new ScannerMemory(kernel.memory, base, size);
  }

  open(bytes: Uint8Array, end: number): NumberScan {
    return new TextScan(this.#kernel, this.#memory, bytes, end);
  }
}

/** Where things are. Texts that are read by turns share it. */
class ScannerMemory {
  readonly text: number;
  /** How much of a text is in memory at a time. */
  readonly window: number;
  readonly marks: number;
  readonly values: number;
  readonly spans: number;
  readonly spansEnd: number;
  readonly fixes: number;
  readonly fixesEnd: number;
  readonly result: number;
  /** Whose text is in the window. */
  owner: TextScan | undefined;
  readonly #memory: WebAssembly.Memory;
  #bytes: Uint8Array = new Uint8Array();
  #results: Uint32Array = new Uint32Array();

  constructor(memory: WebAssembly.Memory, base: number, size: number) {
    this.#memory = memory;
    this.window = BLOCK * Math.floor((size - OVERHEAD) / (BLOCK * BYTES_PER_BYTE));
    if (this.window < BLOCK) throw new RangeError(`${size} bytes are too few to scan a text`);
    this.result = base;
    this.text = BLOCK * Math.ceil((base + BLOCK + BEFORE) / BLOCK);
    this.marks = this.text + this.window + BLOCK * Math.ceil(AFTER / BLOCK);
    this.values = this.marks + this.window / 8 + AFTER;
    this.spans = this.values + 2 * this.window;
    this.spansEnd = this.spans + this.window;
    this.fixes = this.spansEnd;
    this.fixesEnd = this.fixes + FIX_BYTES * Math.floor(this.window / 4 / FIX_BYTES);
  }

  get buffer(): ArrayBufferLike {
    return this.#memory.buffer;
  }

  /** All of the memory, anew where it has grown. */
  get bytes(): Uint8Array {
    if (this.#bytes.buffer !== this.buffer) this.#bytes = new Uint8Array(this.buffer);
    return this.#bytes;
  }

  get results(): Uint32Array {
    if (this.#results.buffer !== this.buffer) this.#results = new Uint32Array(this.buffer, this.result, 6);
    return this.#results;
  }
}

class TextScan implements NumberScan {
  readonly #kernel: JsonKernel;
  readonly #memory: ScannerMemory;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #windowStart = 0;
  #windowEnd = 0;

  constructor(kernel: JsonKernel, memory: ScannerMemory, bytes: Uint8Array, end: number) {
    this.#kernel = kernel;
    this.#memory = memory;
    this.#bytes = bytes;
    this.#end = end;
  }

  numbers(offset: number): Scanned {
    return this.#scan(offset, 0, false);
  }

  rows(offset: number, rowLength: number, bare: boolean): Scanned {
    return this.#scan(offset, rowLength, bare);
  }

  #scan(offset: number, rowLength: number, bare: boolean): Scanned {
    this.#show(offset);
    const { buffer, text, marks, values, spans, spansEnd, fixes, fixesEnd, result, results } = this.#memory;
    const origin = this.#windowStart - text;
    const end = this.#kernel.scanJson(
      offset - origin,
      marks - text / 8,
      values,
      spans,
      spansEnd,
      fixes,
      fixesEnd,
      rowLength,
      bare ? 1 : 0,
      origin,
      result,
    );
    // An address above 2 GiB comes as a number below 0.
    const stop = end >>> 0;
    const scanned = new Float32Array(buffer, values, results[0]);
    if (results[2]! > 0) this.#fix(scanned, new Uint32Array(buffer, fixes, 3 * results[2]!), origin);
    return {
      values: scanned,
      spans: new Float64Array(buffer, spans, 2 * results[1]!),
      decimals: results[3]!,
      offset: stop + origin,
      open: results[4] === 0 ? undefined : { start: results[4]! + origin, count: results[5]! },
    };
  }

  /** Sees to it that the text from `offset` on is in the window, from a word's start on, and zeros after it. */
  #show(offset: number): void {
    const memory = this.#memory;
    const { owner, window, text, marks, bytes } = memory;
    const nearEnd = this.#windowEnd - offset < NEAR_END && this.#windowEnd < this.#end;
    if (owner === this && offset >= this.#windowStart && offset <= this.#windowEnd && !nearEnd) return;
    memory.owner = this;
    const start = Math.max(0, offset - ((this.#bytes.byteOffset + offset) % WORD));
    this.#windowStart = start;
    this.#windowEnd = Math.max(offset, Math.min(start + window, this.#end));
    const end = text + this.#windowEnd - start;
    bytes.set(this.#bytes.subarray(start, this.#windowEnd), text);
    bytes.fill(0, end, end + AFTER);
    this.#kernel.markJson(text, end + AFTER, marks);
  }

  /** Reads the numbers that the kernel can't round: in `list` are (index, start, end) of each. */
  #fix(values: Float32Array, list: Uint32Array, origin: number): void {
    for (let i = 0; i < list.length; i += 3) {
      const text = this.#bytes.subarray(list[i + 1]! + origin, list[i + 2]! + origin);
      values[list[i]!] = Number(decoder.decode(text));
    }
  }
}
