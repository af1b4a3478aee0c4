interface Props<Column> {
  readonly column: Column;
  readonly name: string;
  readonly title: string;
  readonly sort: { readonly column: Column; readonly descending: boolean };
  /** Names and indices are looked for from the start, numbers from the largest. */
  readonly firstDescending: boolean;
  readonly onSort: (sort: { readonly column: Column; readonly descending: boolean }) => void;
}

/** The head of a column, which sorts by it; again the other way round. */
export function ColumnHead<Column>({ column, name, title, sort, firstDescending, onSort }: Props<Column>) {
  const sorted = sort.column === column;
  const descending = sorted ? !sort.descending : firstDescending;
  return (
    <th scope="col" aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" title={title} onClick={() => onSort({ column, descending })}>
        {name}
        {sorted ? (sort.descending ? ' ▾' : ' ▴') : ''}
      </button>
    </th>
  );
}
