import type { FrameworkApi, LossKind } from '../../frameworks/frameworkApi.ts';
import { CONVENTIONS, type ConventionName } from '../../loss/conventions/conventions.ts';

/** What an API computes of targets and logits; null where that isn't known. `convention`: the one it has here. */
export function formOf(entry: FrameworkApi | null, convention: ConventionName | null): LossKind | null {
  if (!entry) return null;
  if (entry.computes) return entry.computes;
  if (entry.focal || entry.instead === 'focal') return 'focal';
  if (entry.beyond !== undefined || entry.instead === 'fixed' || entry.instead === 'preference')
    return 'other';
  if (entry.form !== undefined && entry.form !== 'ce') return 'kl';
  const name = convention ?? entry.conventions[0];
  return name !== undefined && CONVENTIONS[name].activation === 'sigmoid' ? 'sigmoid' : 'ce';
}
