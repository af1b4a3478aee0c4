import * as l10n from '@vscode/l10n';
import type { RowFloors } from '../../loss/batch/rowFloors.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import type { PanelSnapshot, TeacherSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count } from '../../words/numberFormat.ts';
import { percent } from '../../words/percent.ts';
import { plural } from '../../words/plural.ts';
import { parseTemperature } from '../controls/moreControls.tsx';
import { isElsewhere, NeedsLogits } from '../panel/elsewhere.tsx';
import { usePage } from '../state/page.ts';
import type { Chosen } from '../state/panelChoices.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { shownName } from '../widgets/classNames.ts';
import { LearnLink } from '../widgets/learnLink.tsx';
import { TemperatureField } from '../widgets/temperatureField.tsx';
import { DistilledTargets } from './distilledTargets.tsx';
import { Entropies } from './entropies.tsx';

/** Of the slider; the field takes any T above 0. */
const SLIDER_RANGE = [1 / 8, 32] as const;

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly floors: RowFloors;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  readonly row: number;
  /** It's the first of the table of rows, which is sorted so. */
  readonly isFirst: boolean;
  readonly sort: Chosen['sort'];
  readonly temperature: number;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** Another model's softmax as the target, beside uniform smoothing. */
export function TeacherTab(props: Props) {
  const { host } = usePage();
  const { snapshot, measured } = props;
  const { teacher } = snapshot;
  if (isElsewhere(snapshot))
    return <NeedsLogits what={l10n.t('Comparing with a teacher needs the logits of both models.')} />;
  if (!teacher)
    return (
      <div class="distillation">
        <p class="says">
          {l10n.t(
            'In distillation the targets come from a teacher: the softmax of its logits z divided by a temperature T. Like smoothed targets, they are less confident than hard ones, but they also say which other classes come closest. Load a teacher’s logits for the same rows to compare both.',
          )}
        </p>
        <p>
          <ChooseTeacher name={l10n.t('Choose a teacher’s logits…')} />
        </p>
        <p class="learn">
          <LearnLink page="distillation" text={l10n.t('Learn more: distillation')} />
        </p>
      </div>
    );
  return (
    <div class="distillation">
      <div class="controls">
        <b dir="auto">{shownName(teacher.name)}</b>
        <ChooseTeacher name={l10n.t('Change…')} />
        <button type="button" onClick={() => host.removeTeacher()}>
          {l10n.t('Remove')}
        </button>
        {!teacher.problem && (
          <TemperatureField
            temperature={props.temperature}
            range={SLIDER_RANGE}
            parse={parseTemperature}
            choose={(chosen) => props.choose({ teacherTemperature: chosen })}
            labels={[l10n.t('Temperature T of the teacher'), l10n.t('Temperature T of the teacher, exactly')]}
            control="teacherTemperature"
          />
        )}
      </div>
      {teacher.problem ? (
        <p class="problem" role="alert">
          {teacher.problem}
        </p>
      ) : (
        <>
          <p class="says">{agreement(teacher, measured)}</p>
          <Entropies {...props} teacher={teacher} />
          <DistilledTargets {...props} teacher={teacher} />
        </>
      )}
    </div>
  );
}

function ChooseTeacher({ name }: { readonly name: string }) {
  const { host } = usePage();
  return (
    <button type="button" data-control="teacher" onClick={() => host.chooseTeacher()}>
      {name}
    </button>
  );
}

/** How far both models think the same. */
function agreement({ prediction, otherTargets }: TeacherSnapshot, { stats }: Measured): string {
  if (!prediction) return '';
  const same = prediction.reduce((sum, k, row) => (k === stats.prediction[row] ? sum + 1 : sum), 0);
  const agrees = l10n.t(
    'The teacher predicts the same class as these logits in {0} of the rows.',
    percent(same / stats.rows),
  );
  if (otherTargets === 0) return agrees;
  const doubt = plural(
    otherTargets,
    l10n.t('⚠ The targets given with the teacher’s logits are different in 1 row. Are these the same rows?'),
    l10n.t(
      '⚠ The targets given with the teacher’s logits are different in {0} rows. Are these the same rows?',
      count(otherTargets),
    ),
  );
  return `${agrees} ${doubt}`;
}
