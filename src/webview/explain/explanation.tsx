import * as l10n from '@vscode/l10n';
import type { BatchFigures } from '../../loss/batch/batchFigures.ts';
import { nats, plain } from '../../words/numberFormat.ts';
import { equalsSign, numberIn } from '../../words/readNumber.ts';
import { ConventionLine } from '../controls/conventionSelect.tsx';
import type { ExplanationProps } from '../state/lateParts.ts';
import { pushedDown } from '../summary/pushedDown.ts';
import { Figure } from '../widgets/figure.tsx';
import { LearnLink } from '../widgets/learnLink.tsx';
import { ReservedWidth } from '../widgets/reservedWidth.tsx';
import { OptimumSentence, TargetsSentence } from './targetSentences.tsx';

/** How the loss comes about: the targets, the formula with its numbers, and where the loss is lowest. */
export function Explanation({ measured, figures, spec, smoothing, soft, children }: ExplanationProps) {
  const above = pushedDown(measured, smoothing);
  return (
    <>
      <ConventionLine convention={spec.convention} />
      <TargetsSentence spec={spec} smoothing={smoothing} soft={soft} />
      <Formula figures={figures} uniform={smoothing.uniform} />
      {above !== undefined && (
        <OptimumSentence
          spec={spec}
          smoothing={smoothing}
          weighted={measured.weight !== null && smoothing.activation === 'softmax'}
          rows={{ above, counted: measured.totals.counted }}
        />
      )}
      {children}
      <p class="learn">
        <LearnLink page="label-smoothing" text={l10n.t('Learn more: why labels are smoothed')} />{' '}
        <LearnLink page="cross-entropy" text={l10n.t('Learn more: cross-entropy and its floor')} />
      </p>
    </>
  );
}

/** The loss by its terms, with the figures as they are to be read. */
function Formula({
  figures: { loss, nll, uniform: term, constant },
  uniform,
}: {
  readonly figures: BatchFigures;
  readonly uniform: number;
}) {
  const u = plain(uniform);
  const share = numberIn(u);
  const read = (value: number) => numberIn(nats(value));
  const weighed = (1 - share) * read(nll) + share * read(term) - read(constant);
  return (
    <p class="formula">
      {l10n.t('loss')} {equalsSign(weighed, read(loss))}{' '}
      <span class="glued">
        <ReservedWidth widest="(1 − 0.000)·">{`(1 − ${u})·`}</ReservedWidth>
        <Figure name="nll" value={nll} title={l10n.t('NLL: the loss at α = 0')} label="NLL" />
      </span>
      {' + '}
      <span class="glued">
        <ReservedWidth widest="0.000·">{`${u}·`}</ReservedWidth>
        <Figure
          name="uniform"
          value={term}
          title={l10n.t('uniform term: −ln p, averaged over all classes')}
          label={l10n.t('uniform term')}
        />
      </span>
      {constant !== 0 && (
        <>
          {' − '}
          <Figure
            name="constant"
            value={constant}
            widest={nats(Math.max(...[nll, term, 0].filter(Number.isFinite)))}
            title={l10n.t('what this form of the loss subtracts: the entropy of the smoothed target')}
            label="H(y′)"
          />
        </>
      )}
    </p>
  );
}
