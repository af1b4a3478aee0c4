import type { ClassOptima } from '../../loss/theory/classOptima.ts';
import { MOST_SHOWN } from '../charts/classLines.ts';

/** The classes that are drawn, in their order: of many, those whose own best p is lowest, and what has taken their place. */
export function shownClasses({ own, favoured }: Pick<ClassOptima, 'own' | 'favoured'>): number[] {
  const all = Array.from(own, (_, k) => k);
  if (all.length <= MOST_SHOWN) return all;
  const place = (k: number) => (Number.isNaN(own[k]!) ? 2 : own[k]!);
  const shown = new Set<number>();
  for (const k of all.toSorted((a, b) => place(a) - place(b) || a - b)) {
    if (new Set([...shown, k, favoured[k]!]).size > MOST_SHOWN) break;
    shown.add(k).add(favoured[k]!);
  }
  return [...shown].sort((a, b) => a - b);
}
