/** A polynomial in Newton's form. */
export interface Polynomial {
  readonly nodes: Float64Array;
  readonly coefficients: Float64Array;
}

/** A point, and what a function and its first two derivatives are there. */
export type Osculated = readonly [x: number, value: number, first: number, second: number];

/** The polynomial of lowest degree with these values and derivatives: Hermite's, by divided differences. */
export function osculating(points: readonly Osculated[]): Polynomial {
  const nodes = Float64Array.from(points.flatMap(([x]) => [x, x, x]));
  const of = (i: number) => points[Math.floor(i / 3)]!;
  let column = nodes.map((_, i) => of(i)[1]);
  const coefficients = new Float64Array(nodes.length);
  for (let order = 0; order < nodes.length; order++) {
    if (order > 0) {
      const before = column;
      column = column.subarray(0, nodes.length - order).map((_, i) => {
        const width = nodes[i + order]! - nodes[i]!;
        if (width !== 0) return (before[i + 1]! - before[i]!) / width;
        // Where nodes coincide a divided difference is a derivative, over the factorial of its order.
        return order === 1 ? of(i)[2] : of(i)[3] / 2;
      });
    }
    coefficients[order] = column[0]!;
  }
  return { nodes, coefficients };
}

/** Its value and its derivative. */
export function evaluated(
  { nodes, coefficients }: Polynomial,
  x: number,
): { readonly value: number; readonly derivative: number } {
  let [value, derivative] = [0, 0];
  for (let i = nodes.length - 1; i >= 0; i--) {
    derivative = derivative * (x - nodes[i]!) + value;
    value = value * (x - nodes[i]!) + coefficients[i]!;
  }
  return { value, derivative };
}
