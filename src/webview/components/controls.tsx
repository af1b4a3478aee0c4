import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { Reduction } from '../../loss/spec.ts';
import type { PanelSnapshot } from '../../protocol/panel.ts';
import type { ValueKind } from '../../readers/logitsBatch.ts';
import { host } from '../bridge.ts';
import type { Chosen } from '../choice.ts';
import { ApplyAlpha } from './applyAlpha.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly chosen: Chosen;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** What the loss is computed with. */
export function Controls({ snapshot, chosen, choose }: Props) {
  const { labelSmoothing: alpha, reduction } = chosen;
  return (
    <div class="controls">
      <Alpha alpha={alpha} choose={choose} />
      <label>
        {l10n.t('reduction')}
        <select
          value={reduction}
          onChange={(event) => choose({ reduction: event.currentTarget.value as Reduction })}
          data-control="reduction"
        >
          <option value="mean">mean</option>
          <option value="sum">sum</option>
          <option value="none">none</option>
        </select>
      </label>
      <Understanding snapshot={snapshot} />
      {snapshot.applied && snapshot.applied.id === chosen.appliedId && (
        <span class="note" data-figure="applied">
          {snapshot.applied.labelSmoothing === alpha
            ? l10n.t('from {0}', snapshot.applied.from)
            : l10n.t('{0} in {1}', snapshot.applied.labelSmoothing, snapshot.applied.from)}
        </span>
      )}
      {snapshot.applied && snapshot.applied.id === chosen.appliedId && (
        <ApplyAlpha
          shown={{ convention: 'UNIFORM_K', labelSmoothing: alpha, classes: snapshot.stats.classes }}
          same={snapshot.applied.labelSmoothing === alpha}
        />
      )}
    </div>
  );
}

/** The slider for a feel, the field for an exact value. */
export function Alpha({ alpha, choose }: { alpha: number; choose: Props['choose'] }) {
  const [text, setText] = useState<string>();
  const wrong = text !== undefined && parsed(text) === undefined;
  const type = (typed: string) => {
    setText(typed);
    const value = parsed(typed);
    if (value !== undefined) choose({ labelSmoothing: value, settledAlpha: value });
  };
  return (
    <span class="alpha">
      <label for="alpha" title={l10n.t('Label smoothing: the target is (1 − α)·onehot + α/K')}>
        α
      </label>
      <input
        id="alpha"
        type="range"
        min="0"
        max="1"
        step="0.005"
        value={alpha}
        aria-label={l10n.t('Label smoothing α')}
        onInput={(event) => choose({ labelSmoothing: event.currentTarget.valueAsNumber })}
        onChange={(event) => choose({ settledAlpha: event.currentTarget.valueAsNumber })}
      />
      <input
        type="text"
        inputMode="decimal"
        class="number"
        value={text ?? String(alpha)}
        aria-label={l10n.t('Label smoothing α, exactly')}
        aria-invalid={wrong}
        data-control="alpha"
        onInput={(event) => type(event.currentTarget.value)}
        onBlur={() => setText(undefined)}
      />
      {wrong && (
        <span class="wrong" role="alert">
          {l10n.t('α is a number from 0 to 1')}
        </span>
      )}
    </span>
  );
}

function parsed(text: string): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 1 ? value : undefined;
}

/** How the numbers are understood, where that isn't the only way. */
function Understanding({ snapshot }: { snapshot: PanelSnapshot }) {
  const { kind, looksLike, shape, classAxis, classAxisFrom } = snapshot.summary;
  const { chosenTargets } = snapshot;
  const view = { kind, chosenTargets, ...(shape.length > 2 && { classAxis }) };
  const because =
    looksLike === 'logits'
      ? l10n.t('The rows don’t look like probabilities')
      : looksLike === 'probabilities'
        ? l10n.t('The rows look like probabilities: each sums to 1')
        : l10n.t('The rows look like log-probabilities: their exponentials sum to 1');
  return (
    <>
      <label title={because}>
        {l10n.t('values')}
        <select
          value={kind}
          data-control="kind"
          onChange={(event) => host.setView({ ...view, kind: event.currentTarget.value as ValueKind })}
        >
          <option value="logits">{l10n.t('logits')}</option>
          <option value="probabilities">{l10n.t('probabilities')}</option>
          <option value="log-probabilities">{l10n.t('log-probabilities')}</option>
        </select>
        {looksLike !== 'logits' && kind === looksLike && <span class="note">{l10n.t('by their looks')}</span>}
      </label>
      {shape.length > 2 && (
        <label title={axisReason(classAxisFrom)}>
          {l10n.t('class axis')}
          <select
            value={classAxis}
            data-control="classAxis"
            onChange={(event) => host.setView({ ...view, classAxis: Number(event.currentTarget.value) })}
          >
            {shape.map((size, axis) => (
              <option key={`${axis}:${size}`} value={axis}>
                {l10n.t('{0} ({1} classes)', axis, size)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function axisReason(from: PanelSnapshot['summary']['classAxisFrom']): string {
  switch (from) {
    case 'class-count':
      return l10n.t('The only axis with as many entries as the source has classes');
    case 'targets':
      return l10n.t('The only axis that the targets don’t have');
    case 'convention':
      return l10n.t('PyTorch’s: axis 1. Nothing in the source says otherwise');
    case 'shape':
      return l10n.t('As chosen, or the only one possible');
  }
}
