import * as l10n from '@vscode/l10n';
import { fromNats } from '../../loss/theory/lossUnits.ts';
import { exact, nats, PENDING_TEXT, UNKNOWN_TEXT } from '../../words/numberFormat.ts';
import { ReservedWidth } from './reservedWidth.tsx';

interface Props {
  readonly name: string;
  /** Undefined while it's on its way, or if it isn't. */
  readonly value: number | undefined;
  readonly isPending?: boolean;
  readonly title: string;
  readonly label?: string;
  /** Without one it's a loss, in nats. */
  readonly format?: (value: number) => string;
  /** A loss as it's read here, where that isn't `nats`: as a part of a sum, say. */
  readonly shown?: string | undefined;
  /** With as many digits as it may get while α is dragged: see `Roomy`. */
  readonly widest?: string;
}

/** A number in a sentence, in the colour of its mark, with all its digits on hover. */
export function Figure({
  name,
  value,
  isPending = value === undefined,
  title,
  label,
  format,
  shown,
  widest,
}: Props) {
  const named = (text: string) => (label === undefined ? text : `${label} ${text}`);
  const text = named(
    isPending ? PENDING_TEXT : value === undefined ? UNKNOWN_TEXT : (shown ?? (format ?? nats)(value)),
  );
  return (
    <b
      class={`figure ${name}`}
      data-figure={name}
      data-exact={value}
      aria-busy={isPending}
      title={value === undefined ? title : `${title}\n${format ? exact(value) : exactLoss(value)}`}
    >
      {widest === undefined ? text : <ReservedWidth widest={named(widest)}>{text}</ReservedWidth>}
    </b>
  );
}

/** All digits of a loss, for tooltips, and how much it is in bits. */
export function exactLoss(value: number): string {
  return l10n.t('{0} nats ({1} bits)', exact(value), nats(fromNats(value, 'bits')));
}
