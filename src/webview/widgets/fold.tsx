interface Props {
  readonly name: string;
  /** The id of what is folded away. */
  readonly controls: string;
  readonly open: boolean;
  readonly toggle: () => void;
  /** What tests find it by. */
  readonly control: string;
}

/** A button that folds something away, or unfolds it. */
export function Fold({ name, controls, open, toggle, control }: Props) {
  return (
    <button
      type="button"
      class="link fold"
      aria-expanded={open}
      aria-controls={controls}
      data-control={control}
      onClick={toggle}
    >
      <span class="twist" aria-hidden="true">
        ›
      </span>
      {name}
    </button>
  );
}
