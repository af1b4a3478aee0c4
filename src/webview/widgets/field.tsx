import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** What a text means, or why it means nothing. */
export type ParsedField<T> = { readonly value: T } | { readonly problem: string };

interface Props<T> {
  /** Shown while nobody is typing. */
  readonly text: string;
  readonly parse: (text: string) => ParsedField<T>;
  readonly onValue: (value: T) => void;
  readonly label: string;
  /** What tests and styles find it by. */
  readonly control: string;
  readonly id?: string;
  readonly inputMode?: 'decimal' | 'numeric' | 'text';
  readonly wide?: boolean;
  readonly placeholder?: string;
}

/**
 * A text field for a value. While what is typed makes no sense it says why, and the last good value stays. What is typed gives way to
 * another value from elsewhere: from code, say.
 */
export function Field<T>({
  text,
  parse,
  onValue,
  label,
  control,
  id,
  inputMode = 'decimal',
  wide = false,
  placeholder,
}: Props<T>) {
  const [typed, setTyped] = useState<string>();
  const given = useRef<string>(undefined);
  useLayoutEffect(() => {
    // What was given is shown a moment later; by then more may be typed.
    if (typed === undefined || sign(parse(text)) === given.current) return;
    setTyped(undefined);
  }, [text]);
  const parsed = typed === undefined ? undefined : parse(typed);
  const problem = parsed && 'problem' in parsed ? parsed.problem : undefined;
  const type = (next: string) => {
    setTyped(next);
    const result = parse(next);
    if ('problem' in result) return;
    given.current = sign(result);
    onValue(result.value);
  };
  return (
    <span class="field">
      <input
        {...(id !== undefined && { id })}
        type="text"
        inputMode={inputMode}
        class={wide ? 'number wide' : 'number'}
        value={typed ?? text}
        placeholder={placeholder}
        aria-label={label}
        aria-invalid={problem !== undefined}
        data-control={control}
        onInput={(event) => type(event.currentTarget.value)}
        onBlur={() => setTyped(undefined)}
      />
      {problem !== undefined && (
        <span class="wrong" role="alert">
          {text === '' || text.length > 12 ? problem : l10n.t('{0} (shown: {1})', problem, text)}
        </span>
      )}
    </span>
  );
}

/** The same for the same values. */
function sign(parsed: ParsedField<unknown>): string {
  return JSON.stringify(parsed);
}
