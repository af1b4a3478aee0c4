/** Makes a text of about `length` characters. */
export type MakeText = (length: number) => string;

/** One piece, over and over. */
export function repeated(piece: string, head = '', tail = ''): MakeText {
  return (length) => head + piece.repeat(Math.ceil(length / piece.length)) + tail;
}

/** Pieces that differ by their number. */
export function numbered(piece: (i: number) => string, head = '', tail = ''): MakeText {
  return (length) => {
    const pieces: string[] = [];
    for (let made = 0, i = 0; made < length; i++) {
      pieces.push(piece(i));
      made += pieces.at(-1)!.length;
    }
    return head + pieces.join('') + tail;
  };
}

/** Texts one after another, each with its share of the length. */
export function joined(...parts: readonly MakeText[]): MakeText {
  return (length) => parts.map((part) => part(length / parts.length)).join('');
}

/** Opened as often as closed. */
export function nested(open: string, inside: string, close: string, head = '', tail = ''): MakeText {
  return (length) => {
    const count = Math.ceil(length / (open.length + close.length));
    return head + open.repeat(count) + inside + close.repeat(count) + tail;
  };
}

/** Any of these in a random order, the same each time. */
export function shuffled(pieces: readonly string[], seed: number): MakeText {
  return (length) => {
    let state = seed;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return pieces[Math.floor((state / 2 ** 32) * pieces.length)]!;
    };
    const made: string[] = [];
    for (let size = 0; size < length; size += made.at(-1)!.length) made.push(next());
    return made.join('');
  };
}
