import { outsideOf } from '../../frameworks/acceptedAlpha.ts';
import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { ConfigAlpha } from '../lossConfig.ts';
import type { AlphaOutside } from './findings.ts';

/** What is wrong with α, if what the API does with it then is known. `integer`: it's written as one. */
export function outsideRange(
  entry: FrameworkApi | null,
  alpha: ConfigAlpha,
  integer: boolean,
): AlphaOutside | undefined {
  const { value, span, token } = alpha;
  if (!entry || entry.instead !== undefined || value === undefined || !span) return undefined;
  const { range } = entry;
  const outside = outsideOf(value, range);
  if (outside === undefined && !(integer && range.floatOnly)) return undefined;
  const does = outside ?? 'raises';
  if (does === 'unknown') return undefined;
  const here =
    token && token.place.module === undefined && token.place.cell === undefined ? token.place.span : null;
  const percent = Number.isInteger(value) && value >= 2 && value <= 100;
  const asFloat = outside === undefined && here;
  return {
    rule: 'alpha-range',
    span,
    found: value,
    range,
    does,
    integer: outside === undefined,
    percent,
    fix: asFloat
      ? { kind: 'write-as-float', edits: [{ span: asFloat, text: `${value}.0` }] }
      : percent && value < 100 && here && !token?.complement
        ? { kind: 'percent', edits: [{ span: here, text: String(value / 100) }] }
        : null,
  };
}
