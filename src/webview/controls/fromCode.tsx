import * as l10n from '@vscode/l10n';
import { convertAlpha } from '../../loss/conventions/conventions.ts';
import type { AppliedAlpha, PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { plain } from '../../words/numberFormat.ts';
import { lazy } from '../state/lazy.tsx';
import { usePage } from '../state/page.ts';
import { isolated } from '../widgets/classNames.ts';

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

/** Where in code α is from, with ways to write it there, and to the loss itself. */
export function FromCode({ snapshot, spec, took }: Props) {
  const { host } = usePage();
  const { applied, loss, stats } = snapshot;
  const { convention, labelSmoothing } = spec;
  return (
    <>
      <span class="note took" role="status" data-figure="took">
        {took && tookWords(took)}
      </span>
      {applied && !took && (
        <span class="note" data-figure="applied">
          {applied.labelSmoothing === labelSmoothing
            ? l10n.t('from {0}', applied.from)
            : l10n.t('{0} in {1}', plain(applied.labelSmoothing), applied.from)}
        </span>
      )}
      {loss !== null && (
        <button
          type="button"
          class="link"
          data-control="loss"
          title={l10n.t('Its targets and floor, without logits')}
          onClick={() => host.turnTo('loss')}
        >
          {l10n.t('Show only {0}', isolated(loss))}
        </button>
      )}
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
