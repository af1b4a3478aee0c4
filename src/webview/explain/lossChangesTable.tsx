import * as l10n from '@vscode/l10n';
import { USERS } from '../../frameworks/conventionUsers.ts';
import { targetFormula } from '../../loss/conventions/targetFormula.ts';
import {
  changed,
  consistentChanges,
  type LossChange,
  readSeen,
  type SeenLoss,
} from '../../loss/theory/lossChanges.ts';
import type { LossReading } from '../../loss/theory/lossReading.ts';
import { toNats } from '../../loss/theory/lossUnits.ts';
import { specFiguresOf } from '../../loss/theory/specFigures.ts';
import { count, nats, plain, probability } from '../../words/numberFormat.ts';
import { trueSum } from '../../words/trueSum.ts';
import { formName } from '../controls/lossFormSelect.tsx';
import { Figure } from '../widgets/figure.tsx';
import { Sentence } from '../widgets/sentence.tsx';
import { excessMeaning, floorMeaning } from './definitions.ts';

type Possible = Exclude<LossReading, { impossible: unknown }>;

interface ReadingProps {
  readonly seen: SeenLoss;
  readonly reading: Possible;
}

/** What a loss stands for, if all rows were alike. */
export function LossChangesTable({ seen, reading: { unsure, oversure } }: ReadingProps) {
  const inNats = toNats(seen.loss, seen.unit);
  const { floor, guessing } = specFiguresOf(seen.convention, seen.labelSmoothing, seen.classes, seen.form);
  const sum = trueSum(floor, inNats - floor);
  return (
    <>
      <p class="loss">
        <Sentence
          text={l10n.t(
            '{p} would be the p of the true class if every row had this loss and the other classes shared the rest equally.',
          )}
          parts={{
            p: (
              <output data-figure="p" data-exact={unsure.p}>
                {probability(unsure.p)}
              </output>
            ),
          }}
        />
      </p>
      <p class="formula">
        <Sentence
          text={
            oversure
              ? l10n.t(
                  'That’s a logit gap of {gap}. Beyond the minimum, p = {p} (a logit gap of {gapPast}) has the same loss.',
                )
              : l10n.t('A logit gap of {gap}')
          }
          parts={{
            gap: (
              <Figure
                name="seen-gap"
                value={unsure.gap}
                format={nats}
                title={l10n.t('How far the true class’s logit is above the others, if those are equal')}
              />
            ),
            p: (
              <Figure
                name="oversure"
                value={oversure?.p}
                format={probability}
                title={l10n.t('Beyond the minimum the loss rises again')}
              />
            ),
            gapPast: (
              <Figure
                name="oversure-gap"
                value={oversure?.gap}
                format={nats}
                title={l10n.t('logit gap beyond the minimum')}
              />
            ),
          }}
        />
      </p>
      <p class="formula">
        <Sentence
          text={l10n.t('{loss} nats = {floor} + {excess}')}
          parts={{
            loss: <Figure name="seen" value={inNats} title={l10n.t('the loss')} shown={sum.total} />,
            floor: (
              <Figure
                name="floor"
                value={floor}
                title={floorMeaning()}
                label={l10n.t('floor')}
                shown={sum.first}
              />
            ),
            excess: (
              <Figure
                name="excess"
                value={inNats - floor}
                title={excessMeaning()}
                label={l10n.t('excess')}
                shown={sum.second}
              />
            ),
          }}
        />
      </p>
      <p class="formula">
        <Sentence
          text={l10n.t('NLL at p = {p}: {nll} nats, a perplexity of {perplexity}')}
          parts={{
            nll: <Figure name="nll" value={-Math.log(unsure.p)} title={l10n.t('NLL: −ln p')} />,
            p: probability(unsure.p),
            perplexity: plain(1 / unsure.p),
          }}
        />
      </p>
      {inNats > guessing && <p class="note">{l10n.t('That’s worse than a uniform guess.')}</p>}
    </>
  );
}

interface ChangesProps {
  readonly seen: SeenLoss;
  readonly apply: (change: LossChange) => void;
}

/** The single changes that would make a loss possible. */
export function Changes({ seen, apply }: ChangesProps) {
  const changes = consistentChanges(seen);
  if (changes.length === 0) {
    return (
      <p class="says">
        {l10n.t(
          'Nothing explains it: a cross-entropy is never negative. Check for extra loss terms or a flipped sign.',
        )}
      </p>
    );
  }
  return (
    <ul class="changes">
      {changes.map((change) => {
        const read = readSeen(changed(seen, change));
        return (
          <li key={`${change.of}:${change.to}`} data-change={change.of}>
            <button type="button" class="link" onClick={() => apply(change)}>
              {changeWords(change)}
            </button>
            {'unsure' in read && (
              <span class="quiet">{` →\u00a0p\u00a0=\u00a0${probability(read.unsure.p)}`}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function changeWords(change: LossChange): string {
  switch (change.of) {
    case 'unit':
      if (change.to === 'log10') return l10n.t('It was computed with log10 instead of ln');
      return change.to === 'nats' ? l10n.t('It’s in nats') : l10n.t('It’s in bits');
    case 'convention':
      return l10n.t(
        'Every other class gets {0}, as in {1}',
        targetFormula(change.to, 'α', 'K')[1],
        USERS[change.to],
      );
    case 'form':
      return change.to === 'ce'
        ? l10n.t('It’s a cross-entropy without smoothing')
        : l10n.t('It’s {0}: the floor has already been subtracted', formName(change.to));
    case 'labelSmoothing':
      return l10n.t('α was at most {0} (validation often isn’t smoothed)', plain(floored(change.to)));
    case 'classes':
      return l10n.t('There were at most {0} classes', count(change.to));
  }
}

/** Rounded down, so that what is said is still possible. */
function floored(alpha: number): number {
  return Math.floor(alpha * 1e4) / 1e4;
}
