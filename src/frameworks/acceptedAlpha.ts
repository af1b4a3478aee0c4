/** What a framework does with an α outside its range: raise an error, compute with it, take it as 0, give NaN. */
export type Outside = 'raises' | 'applies' | 'off' | 'nan' | 'unknown';

/** Which α an API takes, as a share of the label (0…1). NaN is treated as what is below. */
export interface AlphaRange {
  readonly from: number;
  readonly to: number;
  /** The ends that are outside. */
  readonly open?: 'from' | 'to' | 'both';
  readonly below: Outside;
  readonly above: Outside;
  /** The error, as it reads; X is the value. */
  readonly error?: string;
  readonly at?: 'construction' | 'call';
  /** True if it has to be a float: 0 and 1 are refused. */
  readonly floatOnly?: boolean;
}

/** No check at all: any α is computed with. */
export const UNCHECKED: AlphaRange = { from: 0, to: 1, below: 'applies', above: 'applies' };
/** Nothing happens unless α is above 0. */
export const POSITIVE: AlphaRange = { from: 0, to: 1, below: 'off', above: 'applies' };
/** Documented or not said; what happens outside wasn't looked at. */
export const UNKNOWN_RANGE: AlphaRange = { from: 0, to: 1, below: 'unknown', above: 'unknown' };

/** What an API with this range does with α; undefined if α is inside. Never throws: NaN is outside. */
export function outsideOf(alpha: number, { from, to, open, below, above }: AlphaRange): Outside | undefined {
  const opened = (end: 'from' | 'to') => open === end || open === 'both';
  if (!(alpha >= from) || (alpha === from && opened('from'))) return below;
  return alpha > to || (alpha === to && opened('to')) ? above : undefined;
}
