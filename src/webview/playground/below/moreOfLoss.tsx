import * as l10n from '@vscode/l10n';
import { subtracted } from '../../../loss/theory/lossForms.ts';
import { specFiguresOf } from '../../../loss/theory/specFigures.ts';
import type { ReadingState } from '../../../protocol/panelKept.ts';
import { Curve } from '../../charts/curve.tsx';
import { ConventionLine } from '../../controls/conventionSelect.tsx';
import { LossReader } from '../../explain/lossReader.tsx';
import { OptimumSentence } from '../../explain/targetSentences.tsx';
import type { Played } from '../played/whatChanged.ts';
import { ConventionsTable } from './conventionsTable.tsx';

interface Props {
  readonly played: Played;
  readonly reading: ReadingState;
  readonly keepReading: (reading: ReadingState) => void;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

/** What α means here, writing it to the code, the same targets elsewhere, and the loss as a curve. */
export function MoreOfLoss({ played, reading, keepReading, isOpen, toggle }: Props) {
  const { loss, state } = played;
  const { convention, form } = loss;
  const { labelSmoothing: alpha, classes } = state;
  const { smoothing } = specFiguresOf(convention, alpha, classes, form);
  return (
    <section class="more-of-loss">
      <button
        type="button"
        class="link"
        data-control="more"
        aria-expanded={isOpen}
        aria-controls="more-of-loss"
        onClick={toggle}
      >
        <span class="twist" aria-hidden="true">
          ›
        </span>{' '}
        {l10n.t('More: what α means, other frameworks, the loss as a curve')}
      </button>
      <div id="more-of-loss" class="folded" hidden={!isOpen}>
        <ConventionLine convention={convention} />
        <OptimumSentence spec={{ convention, labelSmoothing: alpha }} smoothing={smoothing} />
        <ConventionsTable convention={convention} alpha={alpha} classes={classes} />
        {isOpen && <Curve terms={{ smoothing, constant: subtracted(form, smoothing) }} alpha={alpha} />}
        <div class="chart">
          <div class="title">
            <h2>{l10n.t('Read a loss')}</h2>
          </div>
          <LossReader
            spec={{ convention, labelSmoothing: alpha, form }}
            classes={classes}
            state={reading}
            keep={keepReading}
          />
        </div>
      </div>
    </section>
  );
}
