import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import type { AlphaPreview } from '../../../protocol/alphaChannel.ts';

interface Props {
  readonly preview: AlphaPreview;
  readonly apply: () => void;
  readonly cancel: () => void;
}

/** Lines of code before and after an edit, and whether to make it. */
export function EditPreview({ preview, apply, cancel }: Props) {
  const { id, file, line, above, removed, added, notes } = preview;
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => confirm.current?.focus(), [id]);
  const title = l10n.t('{0}, line {1}', file, line + 1);
  const [before, after] = removed.length > 0 ? marked(removed[0]!, added[0] ?? '') : [];
  return (
    <section
      class="edit"
      aria-label={l10n.t('Edit of {0}', title)}
      onKeyDown={(event) => event.key === 'Escape' && cancel()}
    >
      <p>{title}</p>
      <pre>
        {above !== null && (
          <span class="above">
            <Line sign=" " text={above} part={undefined} />
          </span>
        )}
        {removed.map((text, i) => (
          <del key={String(i)}>
            <span class="unseen">{l10n.t('before:')} </span>
            <Line sign="−" text={text} part={i === 0 ? before : undefined} />
          </del>
        ))}
        {added.map((text, i) => (
          <ins key={String(i)}>
            <span class="unseen">{l10n.t('after:')} </span>
            <Line sign="+" text={text} part={i === 0 ? after : undefined} />
          </ins>
        ))}
      </pre>
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      <p class="choices">
        <button type="button" class="primary" ref={confirm} onClick={apply} data-control="confirm">
          {l10n.t('Apply')}
        </button>
        <button type="button" onClick={cancel}>
          {l10n.t('Cancel')}
        </button>
      </p>
    </section>
  );
}

type Part = readonly [from: number, to: number];

function Line({ sign, text, part }: { sign: string; text: string; part: Part | undefined }) {
  const [from, to] = part ?? [0, 0];
  return (
    <>
      <span aria-hidden="true">{sign} </span>
      {text.slice(0, from)}
      {to > from && <mark>{text.slice(from, to)}</mark>}
      {text.slice(to)}
      {'\n'}
    </>
  );
}

/** What of two lines isn't the same, by whole words and numbers. */
function marked(a: string, b: string): readonly [Part, Part] {
  let from = 0;
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from++;
  while (from > 0 && /[\w.]/.test(a[from - 1]!)) from--;
  let same = 0;
  const most = Math.min(a.length, b.length) - from;
  while (same < most && a.at(-1 - same) === b.at(-1 - same)) same++;
  while (same > 0 && /[\w.]/.test(a.at(-same)!)) same--;
  return [
    [from, a.length - same],
    [from, b.length - same],
  ];
}
