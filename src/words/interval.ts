/** Numbers from one to another; `open` says which of the two aren't in it. */
interface Interval {
  readonly from: number;
  readonly to: number;
  readonly open?: 'from' | 'to' | 'both' | undefined;
}

/** "[0, 1)" */
export function intervalText({ from, to, open }: Interval): string {
  const [opens, closes] = [open === 'from' || open === 'both', open === 'to' || open === 'both'];
  return `${opens ? '(' : '['}${from}, ${to}${closes ? ')' : ']'}`;
}
