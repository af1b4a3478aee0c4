import { useId } from 'preact/hooks';
import { Field, type ParsedField } from './field.tsx';

interface Props {
  readonly temperature: number;
  /** The slider goes from one to the other, in even steps of ln T. */
  readonly range: readonly [least: number, most: number];
  /** What the field takes, which may be more than the slider has. */
  readonly parse: (text: string) => ParsedField<number>;
  readonly choose: (temperature: number) => void;
  /** Says whose T it is: of the slider, and of the field. */
  readonly labels: readonly [slider: string, field: string];
  readonly control: string;
}

/** A temperature T, by a slider or typed. */
export function TemperatureField({ temperature, range, parse, choose, labels, control }: Props) {
  const id = useId();
  return (
    <span class="alpha">
      <label for={id}>T</label>
      <input
        id={id}
        type="range"
        min={Math.log(range[0])}
        max={Math.log(range[1])}
        step="0.02"
        value={Math.log(temperature)}
        aria-label={labels[0]}
        aria-valuetext={String(temperature)}
        onInput={(event) => choose(within(range, Math.exp(event.currentTarget.valueAsNumber)))}
      />
      <Field text={String(temperature)} parse={parse} onValue={choose} label={labels[1]} control={control} />
    </span>
  );
}

/** Three digits are as fine as the slider's steps. */
function within([least, most]: Props['range'], temperature: number): number {
  return Math.min(most, Math.max(least, Number(temperature.toPrecision(3))));
}
