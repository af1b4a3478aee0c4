import { literal, plain } from '../../words/numberFormat.ts';

interface Props {
  readonly targets: readonly number[];
  /** What stands for them where they're too many. */
  readonly text?: string;
}

/** The smoothed targets of a row as a list, and whether it has all digits there are. */
export function TargetVector({ targets, text = `[${targets.map(plain).join(', ')}]` }: Props) {
  const isExact = targets.every((target) => plain(target) === literal(target));
  return (
    <span class="vector">
      <b class="target">y′</b> {isExact ? '=' : '≈'} <code data-figure="targetVector">{text}</code>
    </span>
  );
}
