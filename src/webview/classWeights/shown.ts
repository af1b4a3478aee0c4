import type { ClassOptima } from '../../loss/classOptima.ts';
import { MOST_CLASSES } from '../classes.ts';

/** The classes that are drawn, in their order: of many, those whose own best p is lowest. */
export function shownClasses({ own }: Pick<ClassOptima, 'own'>): number[] {
  const all = Array.from(own, (_, k) => k);
  if (all.length <= MOST_CLASSES) return all;
  const place = (k: number) => (Number.isNaN(own[k]!) ? 2 : own[k]!);
  return all
    .sort((a, b) => place(a) - place(b) || a - b)
    .slice(0, MOST_CLASSES)
    .sort((a, b) => a - b);
}

export function nameOfClass(k: number, names: readonly string[] | null): string {
  return names?.[k] ?? String(k);
}
