import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import { count } from '../../words/numberFormat.ts';
import { typedNumber } from '../../words/readNumber.ts';
import type { WeightsFieldProps } from '../state/lateParts.ts';
import { usePage } from '../state/page.ts';
import { isolated, nameOfClass, shownName } from '../widgets/classNames.ts';
import type { ParsedField } from '../widgets/field.tsx';
import { Field } from '../widgets/field.tsx';

/** More classes than this have no field each. */
const MOST_FIELDS = 24;

/** One weight for each class: as a list, or class by class. */
export function WeightsField({ snapshot, settings }: WeightsFieldProps) {
  const { viewRequest } = usePage();
  const { weight, view } = settings;
  const { classes } = snapshot.stats;
  const [byClass, setByClass] = useState(false);
  const { classNames, declared } = snapshot.summary;
  const type = (next: readonly number[] | null) => viewRequest.changeTyped(snapshot, { weight: next });
  const each = (k: number) => weight?.[k] ?? 1;
  return (
    <fieldset class="weights">
      <legend>{l10n.t('class weights')}</legend>
      {!byClass && (
        <Field
          text={weight ? weight.join(', ') : ''}
          parse={(text) => parseWeights(text, classes)}
          onValue={type}
          label={l10n.t('Class weights, a list of {0} numbers', count(classes))}
          control="weight"
          inputMode="text"
          wide
          placeholder={l10n.t('none (all 1)')}
        />
      )}
      {byClass &&
        Array.from({ length: classes }, (_, k) => (
          <span key={String(k)} class="name-and-field">
            <bdi aria-hidden="true">{shownName(nameOfClass(k, classNames))}</bdi>
            <Field
              text={String(each(k))}
              parse={parseWeight}
              onValue={(value) =>
                type(Array.from({ length: classes }, (_, other) => (other === k ? value : each(other))))
              }
              label={l10n.t('Weight of class {0}', isolated(nameOfClass(k, classNames)))}
              control={`weight-${k}`}
            />
          </span>
        ))}
      {classes <= MOST_FIELDS && (
        <button type="button" class="link" aria-pressed={byClass} onClick={() => setByClass(!byClass)}>
          {byClass ? l10n.t('as a list') : l10n.t('class by class')}
        </button>
      )}
      {weight && (
        <button type="button" class="link" onClick={() => viewRequest.change(snapshot, { weight: null })}>
          {l10n.t('none')}
        </button>
      )}
      {declared.weight && view.weight !== undefined && (
        <button
          type="button"
          class="link"
          onClick={() => viewRequest.change(snapshot, { weight: undefined })}
        >
          {l10n.t('those given with the logits')}
        </button>
      )}
    </fieldset>
  );
}

function parseWeight(text: string): ParsedField<number> {
  const value = typedNumber(text);
  return Number.isFinite(value) && value >= 0 ? { value } : { problem: l10n.t('Enter a number, 0 or more') };
}

/** A list as it's written anywhere: with commas or spaces, brackets or none. Nothing at all is no weights. */
function parseWeights(text: string, classes: number): ParsedField<readonly number[] | null> {
  const parts = text.split(/[\s,;[\]()]+/).filter(Boolean);
  if (parts.length === 0) return { value: null };
  const weights = parts.map(typedNumber);
  const wrong = weights.findIndex((weight) => !(Number.isFinite(weight) && weight >= 0));
  if (wrong !== -1)
    return { problem: l10n.t('“{0}” isn’t a weight: weights are numbers ≥ 0', parts[wrong]!) };
  if (weights.length !== classes)
    return {
      problem: l10n.t(
        'Expected {1} weights, one per class; found {0}',
        count(weights.length),
        count(classes),
      ),
    };
  if (weights.every((weight) => weight === 0))
    return { problem: l10n.t('At least one weight must be above 0') };
  return { value: weights };
}
