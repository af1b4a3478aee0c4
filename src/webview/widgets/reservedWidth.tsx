import type { ComponentChildren } from 'preact';

interface Props {
  /**
   * The text with as many digits as it may get while α is dragged. It isn't shown: it keeps room then, so that what follows stays on its
   * line. At rest a text has no more room than it takes.
   */
  readonly widest: string;
  readonly children: ComponentChildren;
}

/** Part of a line that α makes longer and shorter. */
export function ReservedWidth({ widest, children }: Props) {
  return (
    <span class="roomy" data-widest={widest}>
      <span>{children}</span>
    </span>
  );
}
