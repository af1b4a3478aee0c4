/**
 * What a page was sent last. All of it is sent with every change, and there are many a second while something is computed: of a million
 * rows that's more than the page can take, and nothing else gets through.
 */
export class SentOnce<T> {
  #last: { readonly value: T } | undefined;

  /** Sends a value unless the page has the same. */
  send(value: T, send: (value: T) => void): void {
    if (this.#last && isSame(this.#last.value, value)) return;
    this.#last = { value };
    send(value);
  }

  /** The page has nothing, or something else. */
  forget(): void {
    this.#last = undefined;
  }
}

/** Arrays of numbers are made once, and never changed: another one has other numbers. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isPlain(a) || !isPlain(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
