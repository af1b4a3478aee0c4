/** A way to make inputs of any length that are hard for someone: the longer, the more of the same. */
export interface Growing {
  readonly name: string;
  /** About `length` characters or bytes. */
  readonly make: (length: number) => Uint8Array;
}

const encoder = new TextEncoder();

/** A unit over and over, with something before the first and after the last of it. */
export function repeats(name: string, unit: string, before = '', after = ''): Growing {
  return {
    name,
    make: (length) => encoder.encode(before + unit.repeat(Math.ceil(length / unit.length)) + after),
  };
}

/** Units that differ, by their number. */
export function counts(name: string, unit: (index: number) => string, before = '', after = ''): Growing {
  return {
    name,
    make(length) {
      const units: string[] = [];
      for (let i = 0, at = 0; at < length; i++) {
        units.push(unit(i));
        at += units[i]!.length;
      }
      return encoder.encode(before + units.join('') + after);
    },
  };
}

/** Several parts that each have a share of the length: what is slow for one may depend on how long another is. */
export function parts(name: string, make: (length: number) => string): Growing {
  return { name, make: (length) => encoder.encode(make(length)) };
}
