import { exact, nats } from '../format.ts';

interface Props {
  readonly name: string;
  readonly value: number;
  readonly title: string;
  readonly label?: string;
  readonly format?: (value: number) => string;
}

/** A number in a sentence, in the colour of its mark, with all its digits on hover. */
export function Figure({ name, value, title, label, format = nats }: Props) {
  return (
    <b class={`figure ${name}`} data-figure={name} data-exact={value} title={`${title}\n${exact(value)}`}>
      {label && `${label} `}
      {format(value)}
    </b>
  );
}
