interface Entry {
  readonly sign: string;
  /** What colours the sign, as it does the mark. */
  readonly mark: string;
  readonly text: string;
}

/** What the marks of a chart are. An entry is never broken, and exports keep it in one piece, too. */
export function Legend({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <p class="legend" aria-hidden="true">
      {entries.map(({ sign, mark, text }) => (
        <span key={text} class="entry">
          <span class={mark}>{sign}</span>
          {`\u00a0${text}`}
        </span>
      ))}
    </p>
  );
}
