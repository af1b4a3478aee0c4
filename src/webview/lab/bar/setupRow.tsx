import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { DataSetId } from '../../../lab/data/dataSet.ts';
import { SET_FACTS } from '../../../lab/data/setFacts.ts';
import { OWN_NETWORKS, TRIED_ALPHAS } from '../../../lab/experiments/ownAlpha.ts';
import { plain } from '../../../words/numberFormat.ts';
import { LAB_ALPHAS, NETWORKS, SEED_CHOICES } from '../state/labSetups.ts';
import type { StoryView } from '../state/storyView.ts';
import { dataName } from '../words/dataWords.ts';

interface Props {
  readonly view: StoryView;
}

const SETS = Object.keys(SET_FACTS) as DataSetId[];

/** α, data, seeds and network. Where there's little room only α stays in sight. */
export function SetupRow({ view }: Props) {
  const { store, setup, phase, state, alpha } = view;
  const { story } = state;
  const [isOpen, setOpen] = useState(false);
  const isOwn = story === 'own';
  const isBusy = phase.kind === 'running';
  const sweep = (view.part?.plan ?? store.planned[0])?.settings.alphas ?? TRIED_ALPHAS;
  const alphas: readonly number[] = isOwn ? sweep.slice(1) : LAB_ALPHAS;
  const shown = isOwn ? alpha : setup.alpha;
  const at = Math.max(0, alphas.indexOf(shown));
  const hasData = story !== 'teacher' && !isOwn;
  const hasChoices = hasData && story !== 'hurts';
  const networks = isOwn ? (state.own?.sweeps.map(({ hidden }) => hidden) ?? OWN_NETWORKS) : NETWORKS;
  return (
    <div class={isOpen ? 'setup open' : 'setup'}>
      <label class="alpha">
        <b aria-hidden="true">α</b>
        <input
          type="range"
          data-control="alpha"
          min={0}
          max={alphas.length - 1}
          value={at}
          disabled={isBusy || (isOwn && state.own === null)}
          aria-label={l10n.t('α, label smoothing')}
          aria-valuetext={plain(shown)}
          onInput={(event) => {
            const next = alphas[Number(event.currentTarget.value)]!;
            if (isOwn) store.pickOwn(next);
            else store.change({ alpha: next });
          }}
        />
        <output>{plain(shown)}</output>
      </label>
      {hasData && (
        <>
          <button type="button" class="link more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {l10n.t('{0} · {1} seeds…', dataName(setup.data), setup.seeds)}
          </button>
          <label class="fold">
            {story === 'hurts' ? l10n.t('data in the curves') : l10n.t('data')}
            <select
              data-control="data"
              value={setup.data}
              disabled={isBusy && story !== 'hurts'}
              onChange={(event) => {
                const data = event.currentTarget.value as DataSetId;
                if (story === 'hurts') store.change({ data });
                else store.changeData(data);
              }}
            >
              {SETS.filter((data) => story !== 'hurts' || data !== 'digits-40').map((data) => (
                <option key={data} value={data}>
                  {dataName(data)}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      {(hasChoices || story === 'teacher') && (
        <label class={hasData ? 'fold' : ''}>
          {l10n.t('seeds')}
          <select
            data-control="seeds"
            value={String(setup.seeds)}
            disabled={isBusy}
            onChange={(event) => store.change({ seeds: Number(event.currentTarget.value) })}
          >
            {SEED_CHOICES.map((seeds) => (
              <option key={seeds} value={String(seeds)}>
                {seeds}
              </option>
            ))}
          </select>
        </label>
      )}
      {(hasChoices || (isOwn && networks.length > 1)) && (
        <label class={hasData ? 'fold' : ''}>
          {l10n.t('network')}
          <select
            data-control="network"
            value={setup.hidden.join('-')}
            disabled={isBusy || (isOwn && state.own === null)}
            onChange={(event) => {
              const { value } = event.currentTarget;
              store.change({ hidden: value === '' ? [] : value.split('-').map(Number) });
            }}
          >
            {networks.map((hidden) => (
              <option key={hidden.join('-')} value={hidden.join('-')}>
                {networkName(hidden)}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

/** The hidden layers of a network: “64 – 64”. */
function networkName(hidden: readonly number[]): string {
  return hidden.length === 0 ? l10n.t('last layer only') : hidden.join(' – ');
}
