/** What a loss may be measured in: by natural, binary or decimal logarithms. */
export type LossUnit = 'nats' | 'bits' | 'log10';

const NATS: Readonly<Record<LossUnit, number>> = { nats: 1, bits: Math.LN2, log10: Math.LN10 };

export const LOSS_UNITS = Object.keys(NATS) as readonly LossUnit[];

/** A loss of this unit in nats: 1 bit is ln 2, 1 log10 is ln 10. */
export function toNats(loss: number, unit: LossUnit): number {
  return loss * NATS[unit];
}

/** A loss in nats in this unit: the inverse of `toNats`. */
export function fromNats(nats: number, unit: LossUnit): number {
  return nats / NATS[unit];
}
