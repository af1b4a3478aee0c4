/** What targets have to be for truth values to be indices. */
interface TruthContext {
  readonly classNames: readonly string[] | null;
  readonly classes: number;
}

/**
 * 1 for "True", 0 for "False", as pandas, R and JSON write them, where there are two classes without names that say otherwise;
 * undefined for anything else.
 */
export function truthIndex(text: string, { classNames, classes }: TruthContext): 0 | 1 | undefined {
  if (!isTruth(text) || classes !== 2 || classNames?.some((name) => !/^\d+$/.test(name))) return undefined;
  return /^t/i.test(text) ? 1 : 0;
}

/** True for a truth value, as languages write it. */
export function isTruth(text: string): boolean {
  return /^(?:true|false|True|False|TRUE|FALSE)$/.test(text);
}
