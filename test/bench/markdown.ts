/** Three digits, or all those of a whole number. */
export function duration(value: number | undefined): string {
  if (value === undefined) return '–';
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

export function ratio(slow: number | undefined, quick: number | undefined): string {
  if (slow === undefined || quick === undefined) return '–';
  const times = slow / quick;
  return `${times >= 100 ? times.toFixed(0) : times.toPrecision(2)}×`;
}

/** A Markdown table whose columns are aligned as text, too. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, i) => Math.max(3, title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}
