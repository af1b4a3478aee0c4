import * as l10n from '@vscode/l10n';
import { lossTermsOf } from '../../loss/batch/lossTerms.ts';
import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import { isClassCount, MOST_CLASSES } from '../../loss/conventions/smoothing.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import { changed, READABLE_CONVENTIONS, readSeen, type SeenLoss } from '../../loss/theory/lossChanges.ts';
import { fromNats, LOSS_UNITS, type LossUnit, toNats } from '../../loss/theory/lossUnits.ts';
import type { ReadingState } from '../../protocol/panelKept.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, nats, plain } from '../../words/numberFormat.ts';
import { typedNumber } from '../../words/readNumber.ts';
import { Curve } from '../charts/curve.tsx';
import { parseAlpha } from '../controls/alphaField.tsx';
import { ConventionSelect } from '../controls/conventionSelect.tsx';
import { FormSelect } from '../controls/lossFormSelect.tsx';
import { Field, type ParsedField } from '../widgets/field.tsx';
import { Changes, LossChangesTable } from './lossChangesTable.tsx';

interface Props {
  readonly spec: Pick<PanelSpec, 'convention' | 'labelSmoothing' | 'form'>;
  readonly classes: number;
  readonly state: ReadingState;
  readonly keep: (state: ReadingState) => void;
}

/** A loss someone has seen, in a log or a paper: what it says of the predictions, or why it can't be. */
export function LossReader({ spec, classes, state, keep }: Props) {
  const loss = typedNumber(state.loss);
  const seen = seenOf(loss, state, spec, classes);
  const set = (part: Partial<ReadingState>) => keep({ ...state, ...part });
  const { labelSmoothing: alpha, unit, convention, form } = seen;
  const reading = Number.isNaN(loss) ? undefined : readSeen(seen);
  const own = ['convention', 'labelSmoothing', 'classes', 'form'].some((key) => key in state);
  const terms = lossTermsOf(
    { convention, labelSmoothing: alpha, weight: null, form, ignoreIndex: seen.classes - 1 },
    { classes: seen.classes, targets: 'indices' },
  );
  const inNats = toNats(loss, unit);
  const marks =
    reading && !('impossible' in reading)
      ? [reading.unsure, ...(reading.oversure ? [reading.oversure] : [])].map(({ p }) => ({
          p,
          loss: inNats,
        }))
      : [];
  return (
    <section class="read" aria-label={l10n.t('Read a loss')}>
      <div class="controls">
        <span class="name-and-field">
          <label for="seen-loss">{l10n.t('loss')}</label>
          <Field
            id="seen-loss"
            text={state.loss}
            parse={parseLoss}
            onValue={(text) => set({ loss: text })}
            label={l10n.t('A loss from a log or paper')}
            control="seen-loss"
            placeholder="0.5"
          />
          <select
            value={unit}
            data-control="unit"
            aria-label={l10n.t('Unit of the loss')}
            onChange={(event) => set({ unit: event.currentTarget.value as LossUnit })}
          >
            {LOSS_UNITS.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </span>
        <span class="name-and-field">
          <label for="seen-alpha">α</label>
          <Field
            id="seen-alpha"
            text={String(alpha)}
            parse={parseAlpha}
            onValue={(value) => set({ labelSmoothing: value })}
            label={l10n.t('α of that loss')}
            control="seen-alpha"
          />
        </span>
        <span class="name-and-field">
          <label for="seen-classes">K</label>
          <Field
            id="seen-classes"
            text={String(seen.classes)}
            parse={(text) => parseClasses(text, CONVENTIONS[convention].padded ? 3 : 2)}
            onValue={(value) => set({ classes: value })}
            label={l10n.t('Number of classes of that loss')}
            control="seen-classes"
            inputMode="numeric"
          />
        </span>
        <ConventionSelect
          convention={convention}
          control="seen-convention"
          among={READABLE_CONVENTIONS}
          refusal={(name) =>
            CONVENTIONS[name].padded && seen.classes < 3
              ? l10n.t('Needs at least two classes besides padding')
              : undefined
          }
          choose={(next) => set({ convention: next })}
        />
        <FormSelect
          form={form}
          control="seen-form"
          refused={
            CONVENTIONS[convention].activation === 'sigmoid'
              ? l10n.t('Sigmoid losses have only one form')
              : undefined
          }
          choose={(next) => set({ form: next })}
        />
        {own && (
          <button type="button" class="link" onClick={() => keep({ loss: state.loss, unit })}>
            {l10n.t('reset to the panel’s settings')}
          </button>
        )}
      </div>
      <div class="pair">
        <div class="answer" aria-live="polite" data-figure="reading">
          {reading ? (
            'impossible' in reading ? (
              <>
                <p class="problem">
                  {l10n.t(
                    '{0} {1} is below the floor of {2} {1}, so no prediction can have this loss. Any one of these would explain it:',
                    plain(loss),
                    unit,
                    nats(fromNats(reading.floor, unit)),
                  )}
                </p>
                <Changes seen={seen} apply={(change) => set(stateOf(changed(seen, change), state.loss))} />
              </>
            ) : (
              <LossChangesTable seen={seen} reading={reading} />
            )
          ) : (
            <p class="says">
              {l10n.t('Enter a loss from a log or a paper to see which p of the true class it means.')}
            </p>
          )}
        </div>
        {reading && <Curve terms={terms} alpha={alpha} marks={marks} />}
      </div>
    </section>
  );
}

/** What was typed, and for the rest what the panel has. */
function seenOf(loss: number, state: ReadingState, spec: Props['spec'], classes: number): SeenLoss {
  const wanted = state.convention ?? spec.convention;
  const convention = READABLE_CONVENTIONS.includes(wanted) ? wanted : DEFAULT_SPEC.convention;
  const sigmoid = CONVENTIONS[convention].activation === 'sigmoid';
  return {
    loss,
    unit: state.unit,
    convention,
    labelSmoothing: state.labelSmoothing ?? spec.labelSmoothing,
    classes: state.classes ?? classes,
    form: sigmoid ? 'ce' : (state.form ?? spec.form),
  };
}

function stateOf({ unit, convention, labelSmoothing, classes, form }: SeenLoss, loss: string): ReadingState {
  return { loss, unit, convention, labelSmoothing, classes, form };
}

function parseLoss(text: string): ParsedField<string> {
  if (text.trim() === '') return { value: '' };
  return Number.isFinite(typedNumber(text)) ? { value: text } : { problem: l10n.t('Enter a number') };
}

export function parseClasses(text: string, least = 2): ParsedField<number> {
  const value = typedNumber(text);
  return isClassCount(value) && value >= least
    ? { value }
    : { problem: l10n.t('Enter a whole number from {0} to {1}', least, count(MOST_CLASSES)) };
}
