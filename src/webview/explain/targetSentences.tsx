import * as l10n from '@vscode/l10n';
import { type Smoothing, valuesOf } from '../../loss/conventions/smoothing.ts';
import { optimalGap } from '../../loss/theory/floors.ts';
import { shownMixture, shownTargets } from '../../loss/theory/shownEquations.ts';

import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, nats, probability } from '../../words/numberFormat.ts';
import { Figure } from '../widgets/figure.tsx';
import { ReservedWidth } from '../widgets/reservedWidth.tsx';

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
  return (
    <p class="formula">
      <b class="target">y′</b>
      {' = '}
      <ReservedWidth widest={widest[0]}>{parts[0]}</ReservedWidth>{' '}
      {!soft && (
        <Figure
          name="on"
          value={on}
          format={() => parts[1]}
          widest={widest[1]}
          title={l10n.t('smoothed target of the true class')}
        />
      )}
      {!soft && ` ${l10n.t('for the true class,')} `}
      {!soft && <ReservedWidth widest={widest[2]}>{parts[2]}</ReservedWidth>}
      {!soft && ' '}
      <Figure
        name="off"
        value={off}
        format={() => parts[3]}
        widest={widest[3]}
        title={soft ? l10n.t('target of every class') : l10n.t('smoothed target of each other class')}
      />
      {!soft && ` ${l10n.t('for each other')}`}
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
  /** Softmax, or a sigmoid's as between two classes. */
  readonly smoothing: Smoothing;
  /** Class weights give each class an optimum of its own. */
  readonly weighted: boolean;
  readonly rows: { readonly above: number; readonly counted: number };
}

/** Where the loss is lowest, and how many rows are past it. */
export function OptimumSentence({ smoothing, weighted, rows: { above, counted } }: OptimumProps) {
  if (smoothing.uniform === 0) {
    return (
      <p class="formula">
        {l10n.t(
          'no minimum: larger logits always lower the loss, so hard targets never tell the model to stop',
        )}
      </p>
    );
  }
  const beyond = (
    <Figure
      name="above"
      value={above}
      format={count}
      widest={count(counted)}
      title={l10n.t('rows in which the gradient lowers the true class')}
    />
  );
  const ofAll = l10n.t('of {0} rows are beyond it and pushed down', count(counted));
  if (weighted) {
    const each = l10n.t('with class weights each class has its own optimal p');
    return (
      <p class="formula">
        {each} · {beyond} {ofAll}
      </p>
    );
  }
  const [lowest, gap] = [l10n.t('lowest at'), l10n.t('a logit gap of')];
  return (
    <p class="formula">
      {`${lowest} p = `}
      <Figure
        name="best"
        value={valuesOf(smoothing).on}
        format={probability}
        widest="0.0000"
        title={l10n.t('the p of the true class at which the gradient changes sign')}
      />
      {`, ${gap} `}
      <Figure
        name="gap"
        value={optimalGap(smoothing)}
        widest={nats(optimalGap({ ...smoothing, uniform: 0.005 }))}
        title={l10n.t('ln(on/off); a larger gap raises the loss again')}
      />
      {' · '}
      {beyond} {ofAll}
    </p>
  );
}
