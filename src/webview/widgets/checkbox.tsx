interface Props {
  readonly name: string;
  readonly title?: string;
  readonly checked: boolean;
  readonly choose: (checked: boolean) => void;
}

/** Something that is on or off, in the title's line of a chart. */
export function Checkbox({ name, title, checked, choose }: Props) {
  return (
    <label class="check" {...(title !== undefined && { title })}>
      <input type="checkbox" checked={checked} onChange={(event) => choose(event.currentTarget.checked)} />
      {name}
    </label>
  );
}
