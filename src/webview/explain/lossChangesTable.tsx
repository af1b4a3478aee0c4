import * as l10n from '@vscode/l10n';
import { USERS } from '../../frameworks/conventionUsers.ts';
import {
  changed,
  consistentChanges,
  type LossChange,
  readSeen,
  type SeenLoss,
} from '../../loss/theory/lossChanges.ts';
import type { LossReading } from '../../loss/theory/lossReading.ts';
import { fromNats, toNats } from '../../loss/theory/lossUnits.ts';
import { specFiguresOf } from '../../loss/theory/specFigures.ts';
import { count, nats, plain, probability } from '../../words/numberFormat.ts';
import { equalsSign, numberIn } from '../../words/readNumber.ts';
import { shortName } from '../controls/conventionSelect.tsx';
import { formName } from '../controls/lossFormSelect.tsx';
import { Figure } from '../widgets/figure.tsx';

type Possible = Exclude<LossReading, { impossible: unknown }>;

interface ReadingProps {
  readonly seen: SeenLoss;
  readonly reading: Possible;
}

/** What a loss stands for, if all rows were alike. */
export function LossChangesTable({ seen, reading: { unsure, oversure } }: ReadingProps) {
  const inNats = toNats(seen.loss, seen.unit);
  const { floor, guessing } = specFiguresOf(seen.convention, seen.labelSmoothing, seen.classes, seen.form);
  const bits = fromNats(inNats, 'bits');
  // Of the figures as they are to be read.
  const read = (value: number) => numberIn(nats(value));
  const inBits = equalsSign(fromNats(read(inNats), 'bits'), read(bits));
  const inParts = equalsSign(read(inNats), read(floor) + read(inNats - floor));
  return (
    <>
      <p class="loss">
        <output data-figure="p" data-exact={unsure.p}>
          {probability(unsure.p)}
        </output>
        <span>{l10n.t('p of the true class, if all rows were alike')}</span>
      </p>
      <p class="formula">
        {`${l10n.t('a logit gap of')} `}
        <Figure
          name="seen-gap"
          value={unsure.gap}
          title={l10n.t('The true class’s logit above the others’, which are alike')}
        />
        {oversure && (
          <>
            {` · ${l10n.t('or, if overconfident,')} p = `}
            <Figure
              name="oversure"
              value={oversure.p}
              format={probability}
              title={l10n.t('Past the lowest point the loss grows again')}
            />
            {`, ${l10n.t('a gap of')} `}
            <Figure
              name="oversure-gap"
              value={oversure.gap}
              title={l10n.t('logit gap past the lowest point')}
            />
          </>
        )}
      </p>
      <p class="formula">
        {`${nats(inNats)} ${l10n.t('nats')} ${inBits} ${nats(bits)} ${l10n.t('bits')} ${inParts} `}
        <Figure
          name="floor"
          value={floor}
          title={l10n.t('the lowest this loss can be')}
          label={l10n.t('floor')}
        />
        {' + '}
        <Figure
          name="excess"
          value={inNats - floor}
          title={l10n.t('what training can still remove')}
          label={l10n.t('excess')}
        />
      </p>
      <p class="formula">
        {`${l10n.t('without smoothing this p costs')} `}
        <Figure name="nll" value={-Math.log(unsure.p)} title="−ln p" label="NLL" />
        {`, ${l10n.t('a perplexity of')} ${plain(1 / unsure.p)}`}
      </p>
      {inNats > guessing && (
        <p class="note">{l10n.t('That is worse than guessing: all classes equally likely cost less.')}</p>
      )}
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
        {l10n.t('None does: a cross-entropy is never below 0. Look for a loss with other terms, or a sign.')}
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
              <span class="quiet">{l10n.t(': then p = {0}', probability(read.unsure.p))}</span>
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
      return change.to === 'nats' ? l10n.t('It is in nats') : l10n.t('It is in bits');
    case 'convention':
      return l10n.t('α means {0}, as in {1}', shortName(change.to), USERS[change.to]);
    case 'form':
      return change.to === 'ce'
        ? l10n.t('It is a plain cross-entropy')
        : l10n.t('It is {0}: the floor is taken off already', formName(change.to));
    case 'labelSmoothing':
      return l10n.t('α was {0} or less; for validation it is often 0', plain(floored(change.to)));
    case 'classes':
      return l10n.t('There were {0} classes or fewer', count(change.to));
  }
}

/** Rounded down, so that what is said is still possible. */
function floored(alpha: number): number {
  return Math.floor(alpha * 1e4) / 1e4;
}
