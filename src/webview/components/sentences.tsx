import * as l10n from '@vscode/l10n';
import { targetFormula } from '../../loss/formula.ts';
import { type Smoothing, valuesOf } from '../../loss/smoothing.ts';
import { optimalGap } from '../../loss/theory.ts';
import type { PanelSpec } from '../../protocol/panel.ts';
import { count, probability, steady } from '../format.ts';
import { Figure } from './figure.tsx';

interface TargetsProps {
  readonly spec: Pick<PanelSpec, 'convention' | 'labelSmoothing'>;
  readonly smoothing: Smoothing;
  readonly soft?: boolean;
}

/** The smoothed targets, with the numbers that make them. */
export function Targets({ spec, smoothing, soft = false }: TargetsProps) {
  const { uniform, among, classes } = smoothing;
  const { on, off } = valuesOf(smoothing);
  const [ofTrue, ofOther] = targetFormula(spec.convention, steady(spec.labelSmoothing), String(classes));
  const each = (
    <Figure
      name="off"
      value={off}
      format={probability}
      title={soft ? l10n.t('what every class gets') : l10n.t('smoothed target of each other class')}
    />
  );
  return (
    <p class="formula">
      <b class="target">y′</b>
      {soft ? (
        <>
          {` = (1 − ${steady(uniform)})·y + ${steady(uniform)}/${among} = ${steady(1 - uniform)}·y + `}
          {each}
        </>
      ) : (
        <>
          {` = ${ofTrue} = `}
          <Figure
            name="on"
            value={on}
            format={probability}
            title={l10n.t('smoothed target of the true class')}
          />
          {` ${l10n.t('for the true class,')} ${ofOther} = `}
          {each}
          {` ${l10n.t('for each other')}`}
        </>
      )}
    </p>
  );
}

interface OptimumProps {
  /** Softmax, or a sigmoid's as between two classes. */
  readonly smoothing: Smoothing;
  /** Class weights give each class an optimum of its own. */
  readonly weighted: boolean;
  readonly rows: { readonly above: number; readonly counted: number };
}

/** Where the loss is lowest, and how many rows are past it. */
export function Optimum({ smoothing, weighted, rows: { above, counted } }: OptimumProps) {
  if (smoothing.uniform === 0) {
    return (
      <p class="formula">
        {l10n.t('lower the larger the logits: hard targets never tell the model to stop')}
      </p>
    );
  }
  const beyond = (
    <Figure
      name="above"
      value={above}
      format={count}
      width={count(counted).length}
      title={l10n.t('rows whose true class the gradient pushes down')}
    />
  );
  const past = (
    <span>
      {'· '}
      {beyond}
      {` ${l10n.t('of {0} rows are beyond it and pushed down', count(counted))}`}
    </span>
  );
  if (weighted) {
    return (
      <p class="formula">
        <span>{l10n.t('with class weights each class is lowest at a p of its own')}</span>
        {past}
      </p>
    );
  }
  return (
    <p class="formula">
      <span>
        {`${l10n.t('lowest at')} p = `}
        <Figure
          name="best"
          value={valuesOf(smoothing).on}
          format={probability}
          title={l10n.t('best p of the true class: there the gradient changes sign')}
        />
        {`, ${l10n.t('a logit gap of')} `}
        <Figure
          name="gap"
          value={optimalGap(smoothing)}
          width={6.5}
          title={l10n.t('ln(on/off); more makes the loss grow again')}
        />
      </span>
      {past}
    </p>
  );
}
