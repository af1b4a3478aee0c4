import type { SourcePlace, SourceSpan } from '../sourcePlace.ts';
import type { Scalar } from './configEntries.ts';

const NUMBER = /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?$/;

/** 8 to YAML 1.1 and to C, 10 to others, an error in JSON and TOML. */
const LEADING_ZERO = /^[-+]?0[\d_]+$/;

/** A value as it is written: a number, a truth value, else a text. Quoted ones are texts, whatever is in them. */
export function scalarOf(written: string, value: string, quoted: boolean, place: SourcePlace): Scalar {
  const { span } = place;
  const plain = { written, span, integer: false, origins: [], token: null };
  if (!quoted && NUMBER.test(value) && !LEADING_ZERO.test(value)) {
    const number = Number(value.replaceAll('_', ''));
    return { ...plain, number, integer: /^[-+]?\d+$/.test(value), token: { place, complement: false } };
  }
  if (!quoted && /^(?:true|yes|on)$/i.test(value)) return { ...plain, boolean: true };
  if (!quoted && /^(?:false|no|off)$/i.test(value)) return { ...plain, boolean: false };
  if (!quoted && /^(?:null|none|~)?$/i.test(value)) return plain;
  return { ...plain, text: value };
}

/** Nothing between a key and the next. */
export function emptyScalar(offset: number): Scalar {
  const span: SourceSpan = { from: offset, to: offset };
  return { written: '', span, integer: false, origins: [], token: null };
}
