import * as l10n from '@vscode/l10n';
import { convertAlpha } from '../../loss/conventions/conventions.ts';
import type { AppliedAlpha, PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { plain } from '../../words/numberFormat.ts';
import { lazy } from '../state/lazy.tsx';

const ApplyAlpha = lazy((page) => page.loadLate().then((late) => late.ApplyAlpha));

/** An α from code that was taken just now; `changed`: it's another one than before. */
export interface Took {
  readonly applied: AppliedAlpha;
  readonly changed: boolean;
}

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly spec: PanelSpec;
  readonly took: Took | undefined;
}

/** What was just taken from code, and a way to write α there. */
export function FromCode({ snapshot, spec, took }: Props) {
  const { applied, stats } = snapshot;
  const { convention, labelSmoothing } = spec;
  return (
    <>
      <span class="note took" role="status" data-figure="took">
        {took && tookWords(took)}
      </span>
      {applied && (
        <ApplyAlpha
          shown={{ convention, labelSmoothing, classes: stats.classes }}
          inCode={applied.labelSmoothing}
          same={isSame(applied, spec, stats.classes)}
        />
      )}
    </>
  );
}

function tookWords({ applied: { labelSmoothing, from }, changed }: Took): string {
  return changed
    ? `✓ ${l10n.t('Using α = {0} from {1}.', plain(labelSmoothing), from)}`
    : `✓ ${l10n.t('α is already {0}, the same as in {1}.', plain(labelSmoothing), from)}`;
}

/** True if the code's α gives the targets that are shown, but for what rounding adds. */
function isSame(inCode: AppliedAlpha, { convention, labelSmoothing }: PanelSpec, classes: number): boolean {
  const converted = convertAlpha(inCode.convention, convention, inCode.labelSmoothing, classes);
  return converted !== undefined && Math.abs(converted.alpha - labelSmoothing) < 1e-9;
}
