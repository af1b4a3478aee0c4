/** Of two sentences the one that fits a number of things. */
export function plural(things: number, one: string, other: string): string {
  return things === 1 ? one : other;
}
