import type { ComponentChildren } from 'preact';

interface Props {
  /** A translated sentence with a `{name}` for each part, wherever the language wants it. */
  readonly text: string;
  readonly parts: Readonly<Record<string, ComponentChildren>>;
}

/** A sentence with figures or other elements in it. */
export function Sentence({ text, parts }: Props) {
  // Names are at odd places.
  return <>{text.split(/\{(\w+)\}/).map((piece, i) => (i % 2 === 1 ? parts[piece] : unbroken(piece)))}</>;
}

/** No line ends within “α = 0.1”. */
export function unbroken(text: string): string {
  return text.replaceAll(' = ', '\u00a0=\u00a0');
}
