import * as l10n from '@vscode/l10n';
import type { PlayedState } from '../../protocol/panelKept.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { AlphaField } from '../controls/alphaField.tsx';
import { ApplyAlpha } from '../controls/apply/applyAlpha.tsx';
import { conventionFormula } from '../controls/conventionSelect.tsx';
import { parseClasses } from '../explain/lossReader.tsx';
import { usePage } from '../state/page.ts';
import { isolated, shownName } from '../widgets/classNames.ts';
import { Field } from '../widgets/field.tsx';
import { leastClasses } from './played/columns.ts';

interface Props {
  readonly config: ConfigSnapshot | undefined;
  readonly logits: string | null;
  readonly state: PlayedState;
  /** There's a second class to share α with. */
  readonly isSmoothed: boolean;
  readonly chooseAlpha: (alpha: number) => void;
  readonly chooseClasses: (classes: number) => void;
  readonly startAgain: () => void;
}

/** What is tried, where it's from, and with which α and K. */
export function PlaygroundBar({
  config,
  logits,
  state,
  isSmoothed,
  chooseAlpha,
  chooseClasses,
  startAgain,
}: Props) {
  const { host } = usePage();
  const { classes } = state;
  const isCodes = config !== undefined && config.labelSmoothing !== null && config.classes !== null;
  return (
    <div class="bar">
      <header>
        <h1 dir="auto">{config ? shownName(config.name) : l10n.t('Label smoothing, by hand')}</h1>
        {config && (
          <button
            type="button"
            class="link"
            onClick={() => host.revealSource()}
            title={l10n.t('Show in the editor')}
          >
            {l10n.t('{0}, line {1}', isolated(config.source.name), config.source.line + 1)}
          </button>
        )}
        {logits !== null && (
          <button type="button" class="link" data-control="logits" onClick={() => host.turnTo('logits')}>
            {l10n.t('Back to {0}', isolated(logits))}
          </button>
        )}
        {config?.framework && <span>{config.framework}</span>}
        {config && <span title={conventionFormula(config.convention)}>{config.conventionWords}</span>}
      </header>
      <div class="controls">
        <AlphaField
          alpha={state.labelSmoothing}
          choose={({ labelSmoothing }) => {
            if (labelSmoothing !== undefined) chooseAlpha(labelSmoothing);
          }}
        />
        <span class="name-and-field">
          <label for="classes" title={l10n.t('Number of classes to try; the code doesn’t change')}>
            {l10n.t('classes K')}
          </label>
          <span class="stepper">
            <button
              type="button"
              data-control="fewer"
              disabled={classes <= leastClasses(config?.convention ?? 'UNIFORM_K')}
              aria-label={l10n.t('One class fewer')}
              onClick={() => chooseClasses(classes - 1)}
            >
              −
            </button>
            <Field
              id="classes"
              text={String(classes)}
              parse={(text) => parseClasses(text)}
              onValue={chooseClasses}
              label={l10n.t('Number of classes K')}
              control="classes"
              inputMode="numeric"
            />
            <button
              type="button"
              data-control="more-classes"
              aria-label={l10n.t('One class more')}
              onClick={() => chooseClasses(classes + 1)}
            >
              +
            </button>
          </span>
        </span>
        <button type="button" class="link" data-control="again" onClick={startAgain}>
          {isCodes ? l10n.t('reset to the code’s values') : l10n.t('Start again')}
        </button>
        {config && isSmoothed && (
          <ApplyAlpha
            // What is said of an edit is about this loss.
            key={`${config.name} ${config.source.uri} ${config.source.line}`}
            shown={{ convention: config.convention, labelSmoothing: state.labelSmoothing, classes }}
            inCode={config.labelSmoothing}
            same={state.labelSmoothing === config.labelSmoothing}
          />
        )}
      </div>
    </div>
  );
}
