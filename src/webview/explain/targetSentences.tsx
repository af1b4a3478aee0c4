import * as l10n from '@vscode/l10n';
import { asBetweenTwo, type Smoothing, valuesOf } from '../../loss/conventions/smoothing.ts';
import { optimalGap } from '../../loss/theory/floors.ts';
import { shownMixture, shownTargets } from '../../loss/theory/shownEquations.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, nats } from '../../words/numberFormat.ts';
import { type RowCount, rowCountText } from '../summary/certainty.ts';
import { Figure } from '../widgets/figure.tsx';
import { ReservedWidth } from '../widgets/reservedWidth.tsx';
import { Sentence } from '../widgets/sentence.tsx';

interface TargetsProps {
  readonly spec: Pick<PanelSpec, 'convention' | 'labelSmoothing'>;
  readonly smoothing: Smoothing;
  readonly soft?: boolean;
}

/** The smoothed targets, with the numbers that make them. */
export function TargetsSentence({ spec, smoothing, soft = false }: TargetsProps) {
  const { on, off } = valuesOf(smoothing);
  const parts = soft ? mixed(smoothing) : shared(spec, smoothing);
  const widest = longest(LONG_ALPHAS.map((alpha) => partsAt(alpha, spec, smoothing, soft)));
  const y = <b class="target">y′</b>;
  const before = (i: 0 | 2) => <ReservedWidth widest={widest[i]}>{parts[i]}</ReservedWidth>;
  const offFigure = (
    <Figure
      name="off"
      value={off}
      format={() => parts[3]}
      widest={widest[3]}
      title={soft ? l10n.t('target of every class') : l10n.t('smoothed target of every other class')}
    />
  );
  if (soft)
    return (
      <p class="formula">
        {y} = {before(0)} {offFigure}
      </p>
    );
  return (
    <p class="formula">
      <Sentence
        text={l10n.t('Smoothed target {y} = {on} for the true class, {off} for every other class')}
        parts={{
          y,
          on: (
            <>
              {before(0)}{' '}
              <Figure
                name="on"
                value={on}
                format={() => parts[1]}
                widest={widest[1]}
                title={l10n.t('smoothed target of the true class')}
              />
            </>
          ),
          off: (
            <>
              {before(2)} {offFigure}
            </>
          ),
        }}
      />
    </p>
  );
}

/** What of the line α changes: up to the first target, that, up to the second one, that. */
type Parts = readonly [string, string, string, string];

function shared({ convention, labelSmoothing }: TargetsProps['spec'], { classes }: Smoothing): Parts {
  const { on, off } = shownTargets(convention, labelSmoothing, classes);
  return [`${on.left} ${on.sign}`, on.right, `${off.left} ${off.sign}`, off.right];
}

/** Of soft targets y there's one target, which y has a share of. */
function mixed(smoothing: Smoothing): Parts {
  const { left, sign, kept, each } = shownMixture(smoothing);
  return [`${left} ${sign} ${kept}·y +`, '', '', each];
}

/** Slider positions with as many digits as they have. */
const LONG_ALPHAS = [0.105, 0.995];

function partsAt(alpha: number, spec: TargetsProps['spec'], smoothing: Smoothing, soft: boolean): Parts {
  return soft
    ? mixed({ ...smoothing, uniform: alpha })
    : shared({ ...spec, labelSmoothing: alpha }, smoothing);
}

function longest(all: readonly Parts[]): Parts {
  return all.reduce<Parts>(
    (most, parts) => {
      const longer = (i: 0 | 1 | 2 | 3) => (parts[i].length > most[i].length ? parts[i] : most[i]);
      return [longer(0), longer(1), longer(2), longer(3)];
    },
    ['', '', '', ''],
  );
}

interface OptimumProps {
  readonly spec: TargetsProps['spec'];
  readonly smoothing: Smoothing;
  /** Class weights give each class an optimum of its own. */
  readonly weighted?: boolean;
  /** How many of the rows that count are past it. */
  readonly rows?: { readonly above: RowCount; readonly counted: number };
}

/** Where the loss is lowest, and how many rows are past it. */
export function OptimumSentence({ spec, smoothing, weighted = false, rows }: OptimumProps) {
  const pairs = asBetweenTwo(smoothing);
  const optimum = (alpha: number) => shared({ ...spec, labelSmoothing: alpha }, smoothing)[1];
  return (
    <p class="formula">
      <Sentence
        text={optimumWords(smoothing, weighted, rows)}
        parts={{
          p: (
            <Figure
              name="best"
              value={valuesOf(pairs).on}
              format={() => optimum(spec.labelSmoothing)}
              widest={longest(LONG_ALPHAS.map((alpha) => partsAt(alpha, spec, smoothing, false)))[1]}
              title={l10n.t('the p of the true class at which the gradient changes sign')}
            />
          ),
          gap: (
            <Figure
              name="gap"
              value={optimalGap(pairs)}
              format={nats}
              widest={nats(optimalGap({ ...pairs, uniform: 0.005 }))}
              title={l10n.t('ln(on/off); a larger gap raises the loss again')}
            />
          ),
          above: rows && (
            <Figure
              name="above"
              value={rows.above.least}
              format={() => rowCountText(rows.above)}
              widest={count(rows.counted)}
              title={l10n.t('rows in which the gradient lowers the logit of the true class')}
            />
          ),
          rows: rows && count(rows.counted),
        }}
      />
    </p>
  );
}

function optimumWords(
  { uniform, activation }: Smoothing,
  weighted: boolean,
  rows: OptimumProps['rows'],
): string {
  if (uniform === 0)
    return l10n.t(
      'The loss has no minimum: the larger the logit of the true class, the lower the loss, so the model is never told to stop.',
    );
  const past = rows ? ` ${pastWords(rows, weighted)}` : '';
  if (weighted) return `${l10n.t('With class weights, each class has its own optimal p.')}${past}`;
  return activation === 'sigmoid'
    ? `${l10n.t('The loss is lowest when the true class has p = {p}, a logit of {gap}.')}${past}`
    : `${l10n.t('The loss is lowest when the true class has p = {p}, its logit {gap} above the others.')}${past}`;
}

/** How many rows are past the optimum. */
function pastWords({ above, counted }: NonNullable<OptimumProps['rows']>, weighted: boolean): string {
  if (counted === 1)
    return above.most === 0
      ? l10n.t('This row’s p isn’t higher.')
      : l10n.t('This row’s p is higher, so the gradient lowers the logit of its true class.');
  if (weighted)
    return above.most === 0
      ? l10n.t('In {above} of {rows} rows the true class is above its optimal p.')
      : l10n.t(
          'In {above} of {rows} rows the true class is above its optimal p, so the gradient lowers its logit.',
        );
  return above.most === 0
    ? l10n.t('In {above} of {rows} rows the true class has a higher p.')
    : l10n.t('In {above} of {rows} rows the true class has a higher p, so the gradient lowers its logit.');
}
