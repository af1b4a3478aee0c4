import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import { DEFAULT_SPEC, LOSS_REDUCTIONS, type Reduction } from '../../loss/lossSpec.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { plain } from '../../words/numberFormat.ts';
import { typedNumber } from '../../words/readNumber.ts';
import { isElsewhere } from '../panel/elsewhere.tsx';
import { lazy } from '../state/lazy.tsx';
import { usePage } from '../state/page.ts';
import type { Chosen } from '../state/panelChoices.ts';
import { Field, type ParsedField } from '../widgets/field.tsx';
import { Fold } from '../widgets/fold.tsx';
import { FormSelect, formName } from './lossFormSelect.tsx';
import { formRefusal } from './specOfPanel.ts';
import { kindName, ValueKindControl } from './valueKind.tsx';
import type { WantedSettings } from './wantedSettings.ts';

const WeightsField = lazy((page) => page.loadLate().then((late) => late.WeightsField));

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly spec: PanelSpec;
  /** What takes another pass over the logits, as it's wanted. */
  readonly settings: WantedSettings;
  readonly choose: (part: Partial<Chosen>) => void;
  readonly open: boolean;
  readonly toggle: () => void;
  /** What the button stands behind. */
  readonly children: ComponentChildren;
}

/** What is changed less often. Folded away, it still says what isn't as usual. */
export function MoreControls({ snapshot, spec, settings, choose, open, toggle, children }: Props) {
  const { viewRequest } = usePage();
  /** Fields that are folded away again keep what is typed. */
  const wasOpen = useRef(false);
  wasOpen.current ||= open;
  const id = useId();
  const changed = changes(spec, settings);
  const soft = snapshot.stats.targets === 'soft';
  const elsewhere = isElsewhere(snapshot);
  // Sums are good for any weights, but what is ignored is in none of them.
  const isSummed = snapshot.sums !== null;
  return (
    <>
      <span class="flowing">
        {children}
        <Fold name={l10n.t('More')} controls={id} open={open} toggle={toggle} control="more" />
        {!open &&
          changed.map((each) => (
            <span key={each} class="changed" data-changed>
              {each}
            </span>
          ))}
      </span>
      <div id={id} class="controls folded" hidden={!open}>
        <label>
          {l10n.t('reduction')}
          <select
            value={spec.reduction}
            onChange={(event) => choose({ reduction: event.currentTarget.value as Reduction })}
            data-control="reduction"
          >
            {LOSS_REDUCTIONS.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {!elsewhere && <ValueKindControl snapshot={snapshot} settings={settings} />}
        {wasOpen.current && (!elsewhere || isSummed) && (
          <WeightsField snapshot={snapshot} settings={settings} />
        )}
        {!soft && !isSummed && <IgnoreIndex snapshot={snapshot} spec={spec} settings={settings} />}
        {!elsewhere && (
          <span class="name-and-field">
            <label for={`${id}-t`} title={l10n.t('Logits are divided by T before the softmax')}>
              {l10n.t('temperature T')}
            </label>
            <Field
              id={`${id}-t`}
              text={String(settings.temperature)}
              parse={parseTemperature}
              onValue={(temperature) => viewRequest.changeTyped(snapshot, { temperature })}
              label={l10n.t('Temperature T')}
              control="temperature"
            />
          </span>
        )}
        <FormSelect
          form={spec.form}
          refused={formRefusal(spec.convention, snapshot.stats.targets)}
          choose={(form) => choose({ form })}
        />
      </div>
    </>
  );
}

/** What isn't as it usually is, in a word or two each. */
function changes(
  { convention, form, reduction }: PanelSpec,
  { view, weight, ignoreIndex, temperature }: WantedSettings,
): string[] {
  const { padded } = CONVENTIONS[convention];
  const list = (numbers: Float64Array) => {
    const shown = Array.from(numbers.subarray(0, 4), plain).join(', ');
    return numbers.length > 4 ? `${shown}, …` : shown;
  };
  return [
    reduction !== DEFAULT_SPEC.reduction && reduction,
    view.kind !== undefined && kindName(view.kind),
    view.classAxis !== undefined && l10n.t('class axis {0}', view.classAxis),
    weight && l10n.t('weights {0}', list(weight)),
    padded && l10n.t('padding class {0}', ignoreIndex ?? ''),
    !padded && ignoreIndex === null && l10n.t('no target ignored'),
    !padded &&
      ignoreIndex !== null &&
      ignoreIndex !== DEFAULT_SPEC.ignoreIndex &&
      l10n.t('ignored: {0}', plain(ignoreIndex)),
    temperature !== 1 && l10n.t('T = {0}', plain(temperature)),
    form !== 'ce' && formName(form),
  ].filter((each) => typeof each === 'string');
}

export function parseTemperature(text: string): ParsedField<number> {
  const value = typedNumber(text);
  return value > 0 && Number.isFinite(value) ? { value } : { problem: l10n.t('Enter a number above 0') };
}

function IgnoreIndex({ snapshot, spec, settings }: Pick<Props, 'snapshot' | 'spec' | 'settings'>) {
  const { viewRequest } = usePage();
  const { padded } = CONVENTIONS[spec.convention];
  const name = padded ? l10n.t('padding class') : l10n.t('ignored target');
  return (
    <span class="name-and-field">
      <span class="name" title={l10n.t('Rows with this target are ignored (PyTorch’s ignore_index)')}>
        {name}
      </span>
      <Field
        text={settings.ignoreIndex === null ? '' : String(settings.ignoreIndex)}
        parse={(text) => parseIgnoreIndex(text, snapshot, padded)}
        onValue={(ignoreIndex) => viewRequest.changeTyped(snapshot, { ignoreIndex })}
        label={name}
        control="ignoreIndex"
        inputMode="numeric"
        placeholder={l10n.t('none')}
      />
    </span>
  );
}

function parseIgnoreIndex(
  text: string,
  { stats }: Pick<PanelSnapshot, 'stats'>,
  padded: boolean,
): ParsedField<number | null> {
  const { classes } = stats;
  const value = text.trim() === '' ? null : typedNumber(text);
  if (value !== null && !Number.isSafeInteger(value))
    return { problem: l10n.t('Enter a whole number, or leave it empty') };
  if (padded && !(value !== null && value >= 0 && value < classes))
    return { problem: l10n.t('Enter a class from 0 to {0}', classes - 1) };
  const row = stats.target.findIndex((target) => (target < 0 || target >= classes) && target !== value);
  if (row === -1) return { value };
  return {
    problem: l10n.t(
      'Row {0} has target {1}, which isn’t a class, so it must be ignored',
      row,
      stats.target[row]!,
    ),
  };
}
