import * as l10n from '@vscode/l10n';
import { parseTemperature } from '../controls/moreControls.tsx';
import { Field } from '../widgets/field.tsx';

/** The slider goes from 1/8 to 32, in even steps of ln T; the field takes any T above 0. */
const LEAST = Math.log(1 / 8);
const MOST = Math.log(32);

interface Props {
  readonly temperature: number;
  readonly choose: (temperature: number) => void;
}

/** The teacher's temperature T. */
export function TemperatureField({ temperature, choose }: Props) {
  return (
    <span class="alpha">
      <label for="teacher-temperature">T</label>
      <input
        id="teacher-temperature"
        type="range"
        min={LEAST}
        max={MOST}
        step="0.02"
        value={Math.log(temperature)}
        aria-label={l10n.t('Temperature T of the teacher')}
        aria-valuetext={String(temperature)}
        onInput={(event) => choose(Number(Math.exp(event.currentTarget.valueAsNumber).toPrecision(3)))}
      />
      <Field
        text={String(temperature)}
        parse={parseTemperature}
        onValue={choose}
        label={l10n.t('Temperature T of the teacher, exactly')}
        control="teacherTemperature"
      />
    </span>
  );
}
