import * as l10n from '@vscode/l10n';
import type { RowFloors } from '../../loss/batch/rowFloors.ts';
import { alphaOfUniform } from '../../loss/conventions/conventions.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import { labelEntropy } from '../../loss/theory/floors.ts';
import { uniformOfEntropy } from '../../loss/theory/matchedEntropy.ts';
import type { PanelSnapshot, TeacherSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { plain } from '../../words/numberFormat.ts';
import { answerOf } from '../state/askedQuestions.ts';
import { useTeacherEntropy } from '../state/engineAnswers.ts';
import type { Chosen } from '../state/panelChoices.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { Awaiting } from '../widgets/awaiting.tsx';
import { Figure } from '../widgets/figure.tsx';
import { Sentence } from '../widgets/sentence.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly floors: RowFloors;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  readonly temperature: number;
  readonly teacher: TeacherSnapshot;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** How much both kinds of targets leave open, on average, and the α that leaves as much open as the teacher. */
export function Entropies(props: Props) {
  const { snapshot, measured, floors, spec, smoothing, temperature, teacher, choose } = props;
  const { asked, ...asking } = useTeacherEntropy(snapshot, teacher, temperature);
  const wanted = answerOf(asked);
  const own = meanTargetEntropy(measured, floors, smoothing);
  const uniform = wanted === undefined ? Number.NaN : uniformOfEntropy(wanted, smoothing);
  const alpha = alphaOfUniform(spec.convention, uniform, smoothing.classes);
  const isHard = measured.stats.targets === 'indices' && smoothing.activation === 'softmax';
  return (
    <>
      <p class="formula" aria-busy={asked.state === 'pending'}>
        <Sentence
          text={
            own
              ? l10n.t('Mean entropy of the targets: teacher {teacher} nats, smoothing {smoothing} nats.')
              : l10n.t('Mean entropy of the teacher’s targets: {teacher} nats.')
          }
          parts={{
            teacher: (
              <Figure
                name="teacherEntropy"
                value={wanted}
                isPending={asked.state === 'pending'}
                title={l10n.t('mean entropy of softmax(z/T) over all rows')}
              />
            ),
            smoothing: (
              <Figure
                name="smoothingEntropy"
                value={own?.mean}
                title={l10n.t('mean entropy of the smoothed targets')}
              />
            ),
          }}
        />
        {isHard && !Number.isNaN(alpha) && (
          <>
            {' '}
            <Sentence
              text={l10n.t('Smoothed targets have the teacher’s mean entropy at {alpha}.')}
              parts={{
                alpha: (
                  <button
                    type="button"
                    class="link"
                    data-figure="sameAlpha"
                    data-exact={alpha}
                    onClick={() => choose({ labelSmoothing: alpha, settledAlpha: alpha })}
                  >
                    α = {plain(alpha)}
                  </button>
                ),
              }}
            />
          </>
        )}
      </p>
      {wanted !== undefined && Number.isNaN(wanted) && (
        <p class="says">
          {l10n.t(
            'The teacher has a logit of NaN or +∞, or a row with only logits of −∞, so its mean entropy isn’t a number.',
          )}
        </p>
      )}
      {asked.state !== 'answered' && (
        <Awaiting asked={asked} {...asking} label={l10n.t('Computing the teacher’s entropy')} />
      )}
    </>
  );
}

/** The mean, once it's known. Undefined where there's none: targets of sigmoids are no distribution, floors of weighted soft targets no entropies. */
function meanTargetEntropy(
  { stats, weight, totals }: Measured,
  floors: RowFloors,
  smoothing: Smoothing,
): { readonly mean: number | undefined } | undefined {
  if (smoothing.activation === 'sigmoid') return undefined;
  if (stats.targets === 'indices') return { mean: labelEntropy(smoothing) };
  if (weight) return undefined;
  return { mean: floors.sum === undefined ? undefined : floors.sum / totals.counted };
}
