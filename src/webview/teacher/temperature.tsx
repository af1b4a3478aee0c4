import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';

/** The slider goes from 1/8 to 32, in even steps of ln T; the field takes any T above 0. */
const LEAST = Math.log(1 / 8);
const MOST = Math.log(32);

interface Props {
  readonly temperature: number;
  readonly choose: (temperature: number) => void;
}

/** The teacher's temperature T. */
export function Temperature({ temperature, choose }: Props) {
  const [text, setText] = useState<string>();
  const isRight = (value: number) => value > 0 && Number.isFinite(value);
  const isWrong = text !== undefined && !isRight(Number(text));
  const type = (value: string) => {
    setText(value);
    if (isRight(Number(value))) choose(Number(value));
  };
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
      <input
        type="text"
        inputMode="decimal"
        class="number"
        value={text ?? String(temperature)}
        aria-label={l10n.t('Temperature T of the teacher, exactly')}
        aria-invalid={isWrong}
        data-control="teacherTemperature"
        onInput={(event) => type(event.currentTarget.value)}
        onBlur={() => setText(undefined)}
      />
      {isWrong && (
        <span class="wrong" role="alert">
          {l10n.t('T is a number above 0')}
        </span>
      )}
    </span>
  );
}
