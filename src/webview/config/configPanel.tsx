import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { figuresOf } from '../../loss/figures.ts';
import { asBetweenTwo } from '../../loss/smoothing.ts';
import type { ConfigSnapshot, ConfigState } from '../../protocol/panel.ts';
import { host, keepState, keptState } from '../bridge.ts';
import { Curve } from '../charts/curve.tsx';
import { FloorRuler } from '../charts/floorRuler.tsx';
import { Targets } from '../charts/targets.tsx';
import { ApplyAlpha } from '../components/applyAlpha.tsx';
import { Alpha } from '../components/controls.tsx';
import { ConfigSummary } from './configSummary.tsx';
import { Elsewhere } from './elsewhere.tsx';

/** Stand for what the code doesn't say. */
const EXAMPLE = { labelSmoothing: 0.1, classes: 10 };

type Choice = Pick<ConfigState, 'labelSmoothing' | 'classes'> & { readonly of: string };

/** A loss as code sets it up, without logits: its targets, and how low it can be. */
export function ConfigPanel({ config }: { config: ConfigSnapshot }) {
  const [choice, setChoice] = useState<Choice>(() => keptChoice(config));
  // Whatever was tried out, when the code changes it's the code that is shown.
  const current = choice.of === identity(config) ? choice : freshChoice(config);
  const { labelSmoothing: alpha, classes } = current;
  useEffect(() => keepState({ config, labelSmoothing: alpha, classes }));
  const figures = figuresOf(config.convention, alpha, classes, config.form);
  return (
    <>
      <div class="bar">
        <header>
          <h1>{config.name}</h1>
          <button
            type="button"
            class="link"
            onClick={() => host.revealSource()}
            title={l10n.t('Show in the editor')}
          >
            {l10n.t('{0}, line {1}', config.source.name, config.source.line + 1)}
          </button>
          {config.framework && <span>{config.framework}</span>}
          <span>
            <code>{config.convention}</code>: {config.conventionWords}
          </span>
        </header>
        <div class="controls">
          <Alpha
            alpha={alpha}
            choose={({ labelSmoothing = alpha }) => setChoice({ ...current, labelSmoothing })}
          />
          <Classes classes={classes} choose={(next) => setChoice({ ...current, classes: next })} />
          {(alpha !== config.labelSmoothing || classes !== config.classes) &&
            config.labelSmoothing !== null &&
            config.classes !== null && (
              <button type="button" class="link" onClick={() => setChoice(freshChoice(config))}>
                {l10n.t('as in the code')}
              </button>
            )}
          <ApplyAlpha
            shown={{ convention: config.convention, labelSmoothing: alpha, classes }}
            same={alpha === config.labelSmoothing}
          />
        </div>
      </div>
      <ConfigSummary config={config} alpha={alpha} figures={figures} />
      <FloorRuler figures={figures} />
      <div class="pair">
        <Targets figures={figures} classes={classes} />
        <Curve smoothing={asBetweenTwo(figures.smoothing)} alpha={alpha} />
      </div>
      <Elsewhere convention={config.convention} alpha={alpha} classes={classes} />
      <p class="quiet">
        {l10n.t(
          'Run “Smooth labels” on logits to see the loss they have with this α, and how far above the floor it is.',
        )}
      </p>
    </>
  );
}

function freshChoice(config: ConfigSnapshot): Choice {
  return {
    of: identity(config),
    labelSmoothing: config.labelSmoothing ?? EXAMPLE.labelSmoothing,
    classes: config.classes ?? EXAMPLE.classes,
  };
}

/** As it was before the page was loaded again. */
function keptChoice(config: ConfigSnapshot): Choice {
  const kept = keptState();
  const of = identity(config);
  if (!kept || !('config' in kept) || identity(kept.config) !== of) return freshChoice(config);
  return { of, labelSmoothing: kept.labelSmoothing, classes: kept.classes };
}

/** The same as long as the code says the same. */
function identity({ name, source, convention, labelSmoothing, classes }: ConfigSnapshot): string {
  return JSON.stringify([name, source.uri, convention, labelSmoothing, classes]);
}

const MOST_CLASSES = 10_000_000;

function Classes({ classes, choose }: { classes: number; choose: (classes: number) => void }) {
  const [wrong, setWrong] = useState(false);
  return (
    <label title={l10n.t('Number of classes, to try out; the code stays as it is')}>
      K
      <input
        type="number"
        class="number"
        min={2}
        max={MOST_CLASSES}
        value={classes}
        aria-invalid={wrong}
        data-control="classes"
        onInput={(event) => {
          const value = event.currentTarget.valueAsNumber;
          const right = Number.isInteger(value) && value >= 2 && value <= MOST_CLASSES;
          setWrong(!right);
          if (right) choose(value);
        }}
      />
      {wrong && (
        <span class="wrong" role="alert">
          {l10n.t('K is a whole number from 2')}
        </span>
      )}
    </label>
  );
}
