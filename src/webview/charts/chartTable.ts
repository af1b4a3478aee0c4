export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Words or the name of a class, a number, or one that is read with fewer digits than it has. */
export type Cell = string | number | ShownNumber;

interface ShownNumber {
  readonly value: number;
  readonly shown: string;
}

export function shownAs(value: number, format: (value: number) => string): ShownNumber {
  return { value, shown: format(value) };
}
