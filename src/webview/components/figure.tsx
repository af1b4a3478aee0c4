import { exact, nats } from '../format.ts';

interface Props {
  readonly name: string;
  readonly value: number;
  readonly title: string;
  readonly label?: string;
  readonly format?: (value: number) => string;
  /** Characters to keep room for, where it may get another digit. */
  readonly width?: number;
}

/** A number in a sentence, in the colour of its mark, with all its digits on hover. */
export function Figure({ name, value, title, label, format = nats, width }: Props) {
  return (
    <b
      class={`figure ${name}`}
      {...(width !== undefined && {
        style: { display: 'inline-block', minWidth: `${width}ch`, textAlign: 'start' },
      })}
      data-figure={name}
      data-exact={value}
      title={`${title}\n${exact(value)}`}
    >
      {label && `${label} `}
      {format(value)}
    </b>
  );
}
