import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { subtracted } from '../../loss/theory/lossForms.ts';
import { shownLog } from '../../loss/theory/shownEquations.ts';
import { type SpecFigures, specFiguresOf } from '../../loss/theory/specFigures.ts';
import type { ConfigState } from '../../protocol/panelKept.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { nats } from '../../words/numberFormat.ts';
import { ApplyAlpha } from '../apply/applyAlpha.tsx';
import { Curve } from '../charts/curve.tsx';
import { Ruler } from '../charts/ruler.tsx';
import { TargetsChart } from '../charts/targetsChart.tsx';
import { AlphaField } from '../controls/alphaField.tsx';
import { LossReader, parseClasses } from '../explain/lossReader.tsx';
import { usePage } from '../state/page.ts';
import { FRESH_READING } from '../state/panelChoices.ts';
import { isolated, shownName } from '../widgets/classNames.ts';
import { Field } from '../widgets/field.tsx';
import { ConfigSummary } from './configSummary.tsx';
import { ConventionsTable } from './conventionsTable.tsx';

/** Stand for what the code doesn't say. */
const EXAMPLE = { labelSmoothing: 0.1, classes: 10 };

type Choice = Pick<ConfigState, 'labelSmoothing' | 'classes' | 'reading'> & { readonly of: string };

interface Props {
  readonly config: ConfigSnapshot;
  /** What there is to go back to, by its name. */
  readonly logits: string | null;
}

/** A loss as code sets it up, without logits: its targets, and how low it can be. */
export function ConfigPanel({ config, logits }: Props) {
  const { host, kept } = usePage();
  const [choice, setChoice] = useState<Choice>(() => keptChoice(config, kept.state?.loss));
  // Whatever was tried out, when the code changes it's the code that is shown, and stays so when it changes back.
  const of = identity(config);
  const current = choice.of === of ? choice : freshChoice(config);
  useEffect(() => {
    if (choice.of !== of) setChoice(freshChoice(config));
  }, [of]);
  const { labelSmoothing: alpha, classes, reading } = current;
  useEffect(() => kept.keep({ front: 'loss', loss: { config, labelSmoothing: alpha, classes, reading } }));
  const figures = specFiguresOf(config.convention, alpha, classes, config.form);
  return (
    <>
      <div class="bar">
        <header>
          <h1 dir="auto">{shownName(config.name)}</h1>
          <button
            type="button"
            class="link"
            onClick={() => host.revealSource()}
            title={l10n.t('Show in the editor')}
          >
            {l10n.t('{0}, line {1}', isolated(config.source.name), config.source.line + 1)}
          </button>
          {logits !== null && (
            <button type="button" class="link" data-control="logits" onClick={() => host.turnTo('logits')}>
              {l10n.t('Back to {0}', isolated(logits))}
            </button>
          )}
          {config.framework && <span>{config.framework}</span>}
          <span title={config.convention}>{config.conventionWords}</span>
        </header>
        <div class="controls">
          <AlphaField
            alpha={alpha}
            choose={({ labelSmoothing = alpha }) => setChoice({ ...current, labelSmoothing })}
          />
          <span class="name-and-field">
            <label for="classes" title={l10n.t('Number of classes to try; the code doesn’t change')}>
              K
            </label>
            <Field
              id="classes"
              text={String(classes)}
              parse={(text) => parseClasses(text)}
              onValue={(next) => setChoice({ ...current, classes: next })}
              label={l10n.t('Number of classes K')}
              control="classes"
              inputMode="numeric"
            />
          </span>
          {(alpha !== config.labelSmoothing || classes !== config.classes) &&
            config.labelSmoothing !== null &&
            config.classes !== null && (
              <button type="button" class="link" onClick={() => setChoice(freshChoice(config))}>
                {l10n.t('from the code')}
              </button>
            )}
          <ApplyAlpha
            shown={{ convention: config.convention, labelSmoothing: alpha, classes }}
            inCode={config.labelSmoothing}
            same={alpha === config.labelSmoothing}
          />
        </div>
      </div>
      <ConfigSummary config={config} alpha={alpha} figures={figures} />
      {!figures.alone && (
        <Charts config={config} alpha={alpha} classes={classes} figures={figures}>
          <LossReader
            spec={{ convention: config.convention, labelSmoothing: alpha, form: config.form }}
            classes={classes}
            state={reading}
            keep={(next) => setChoice({ ...current, reading: next })}
          />
        </Charts>
      )}
      {logits === null && (
        <p class="quiet">
          {l10n.t(
            'Run “Smooth labels” on logits to see their loss with this α, and how far it is above the floor.',
          )}
        </p>
      )}
    </>
  );
}

interface ChartsProps {
  readonly config: ConfigSnapshot;
  readonly alpha: number;
  readonly classes: number;
  readonly figures: SpecFigures;
  readonly children: ComponentChildren;
}

/** Pictures of the figures; there have to be two classes. */
function Charts({ config, alpha, classes, figures, children }: ChartsProps) {
  return (
    <>
      <Ruler
        title={figures.floor > 0 ? l10n.t('Why the loss can’t reach 0') : l10n.t('The range of the loss')}
        floor={figures.floor}
        guess={figures.guessing}
        guessing={guessingWords(figures)}
      />
      <div class="pair">
        <TargetsChart figures={figures} classes={classes} />
        <Curve
          terms={{ smoothing: figures.smoothing, constant: subtracted(config.form, figures.smoothing) }}
          alpha={alpha}
        />
      </div>
      <ConventionsTable convention={config.convention} alpha={alpha} classes={classes} />
      <section class="chart" aria-labelledby="read-a-loss">
        <div class="title">
          <h2 id="read-a-loss">{l10n.t('Read a loss')}</h2>
        </div>
        {children}
      </section>
    </>
  );
}

function guessingWords({ smoothing, floor, guessing }: SpecFigures): string {
  if (smoothing.activation === 'softmax' && floor > 0) {
    const { left, sign, right } = shownLog(smoothing.among, 4);
    return l10n.t('uniform guess: {0}', `${left} ${sign} ${right}`);
  }
  return l10n.t('uniform guess {0}', nats(guessing));
}

function freshChoice(config: ConfigSnapshot): Choice {
  return {
    of: identity(config),
    labelSmoothing: config.labelSmoothing ?? EXAMPLE.labelSmoothing,
    classes: config.classes ?? EXAMPLE.classes,
    reading: FRESH_READING,
  };
}

/** As it was before the page was loaded again. */
function keptChoice(config: ConfigSnapshot, kept: ConfigState | undefined): Choice {
  const of = identity(config);
  if (!kept || identity(kept.config) !== of) return freshChoice(config);
  const { labelSmoothing, classes, reading = FRESH_READING } = kept;
  return { of, labelSmoothing, classes, reading };
}

/** The same as long as the code says the same. */
function identity({ name, source, convention, labelSmoothing, classes }: ConfigSnapshot): string {
  return JSON.stringify([name, source.uri, convention, labelSmoothing, classes]);
}
