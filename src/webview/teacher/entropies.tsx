import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { alphaOfUniform } from '../../loss/conventions.ts';
import type { Smoothing } from '../../loss/smoothing.ts';
import { labelEntropy, uniformOfEntropy } from '../../loss/theory.ts';
import type { PanelSnapshot, PanelSpec, TeacherSnapshot } from '../../protocol/panel.ts';
import { host } from '../bridge.ts';
import type { Chosen } from '../choice.ts';
import { Figure } from '../components/figure.tsx';
import { plain } from '../format.ts';
import type { Floors, Measured } from '../model.ts';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly floors: Floors;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  readonly temperature: number;
  readonly teacher: TeacherSnapshot;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** How much both kinds of targets leave open, on average, and the α that leaves as much open as the teacher. */
export function Entropies(props: Props) {
  const { snapshot, measured, floors, spec, smoothing, temperature, teacher, choose } = props;
  const wanted = useMeanEntropy(snapshot.revision, teacher.id, temperature);
  const own = meanTargetEntropy(measured, floors, smoothing);
  const uniform = wanted === undefined ? Number.NaN : uniformOfEntropy(wanted, smoothing);
  const alpha = alphaOfUniform(spec.convention, uniform, smoothing.classes);
  const isHard = measured.stats.targets === 'indices' && smoothing.activation === 'softmax';
  return (
    <p class="formula" aria-busy={wanted === undefined}>
      {l10n.t('Mean entropy of the targets:')}{' '}
      <Figure
        name="teacherEntropy"
        label={l10n.t('teacher')}
        value={wanted ?? Number.NaN}
        title={l10n.t('mean entropy of softmax(z/T) over all rows, in nats')}
      />{' '}
      {own !== undefined && (
        <Figure
          name="smoothingEntropy"
          label={l10n.t('smoothing')}
          value={own}
          title={l10n.t('mean entropy of the smoothed targets, in nats')}
        />
      )}
      {isHard && !Number.isNaN(alpha) && (
        <>
          {' · '}
          {l10n.t('the same at')}{' '}
          <button
            type="button"
            class="link"
            data-figure="sameAlpha"
            data-exact={alpha}
            onClick={() => choose({ labelSmoothing: alpha, settledAlpha: alpha })}
          >
            α = {plain(alpha)}
          </button>
        </>
      )}
    </p>
  );
}

/** Undefined where there's none: targets of sigmoids are no distribution, floors of weighted soft targets no entropies. */
function meanTargetEntropy(
  { stats, weight, totals }: Measured,
  floors: Floors,
  smoothing: Smoothing,
): number | undefined {
  if (smoothing.activation === 'sigmoid') return undefined;
  if (stats.targets === 'indices') return labelEntropy(smoothing);
  return weight ? undefined : floors.sum / totals.counted;
}

/** From the engine; while it's on its way, that of the last temperature. */
function useMeanEntropy(revision: number, id: string, temperature: number): number | undefined {
  const [answer, setAnswer] = useState<{ readonly id: string; readonly value: number }>();
  useEffect(() => {
    let wanted = true;
    host.teacherEntropy(revision, temperature).then(
      (value) => wanted && setAnswer({ id, value: value[0]! }),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [revision, id, temperature]);
  return answer?.id === id ? answer.value : undefined;
}
