import * as l10n from '@vscode/l10n';
import { count, plain } from '../../words/numberFormat.ts';
import { usePage } from '../state/page.ts';
import type { Chosen } from '../state/panelChoices.ts';
import { LearnLink } from '../widgets/learnLink.tsx';
import { BinsTable } from './binsTable.tsx';
import { ReliabilityDiagram } from './reliabilityDiagram.tsx';
import type { Scored } from './scoredRows.ts';
import { ScoresTable } from './scoresTable.tsx';

interface Props {
  readonly bins: Chosen['bins'];
  readonly choose: (part: Partial<Chosen>) => void;
  readonly before: Scored;
  readonly after: Scored | null;
  /** Before and after. */
  readonly temperatures: readonly [number, number];
}

/** The figures of one temperature or of two, and their pictures. */
export function CalibrationView({ bins, choose, before, after, temperatures }: Props) {
  const { host } = usePage();
  const [now, best] = temperatures;
  return (
    <>
      <p class="says">
        <button type="button" class="link" data-control="lab" onClick={() => host.openLab()}>
          {l10n.t('See in the lab what smoothing does to calibration')}
        </button>
      </p>
      <div class="calibrated">
        <ScoresTable temperatures={temperatures} before={before} after={after} />
        <BinsTable bins={bins} choose={(chosen) => choose({ bins: chosen })} />
      </div>
      <div class="pair">
        <ReliabilityDiagram
          title={
            now === 1 ? l10n.t('Before temperature scaling') : l10n.t('Logits divided by T = {0}', plain(now))
          }
          scored={before}
          kind={bins.kind}
        />
        {after && (
          <ReliabilityDiagram
            title={l10n.t('After temperature scaling, T = {0}', plain(best))}
            scored={after}
            kind={bins.kind}
          />
        )}
      </div>
      <p class="learn">
        <LearnLink page="calibration" text={l10n.t('Learn more: calibration')} />
      </p>
    </>
  );
}

/** How many of the rows that count have no confidence. */
export function UnsureNote({ before, counted }: { readonly before: Scored; readonly counted: number }) {
  if (before.rows >= counted) return null;
  return (
    <p class="note" data-figure="unsure">
      {l10n.t(
        '{0} of {1} rows have no confidence, because their softmax isn’t a number. Accuracy, ECE and MCE leave them out.',
        count(counted - before.rows),
        count(counted),
      )}
    </p>
  );
}
