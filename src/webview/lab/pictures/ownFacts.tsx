import * as l10n from '@vscode/l10n';
import { OWN_SEEDS } from '../../../lab/experiments/ownAlpha.ts';
import { count } from '../../../words/numberFormat.ts';
import type { StoryView } from '../state/storyView.ts';
import { FactList } from './factList.tsx';

/** What was brought, and how it's used. */
export function OwnFacts({ view }: { readonly view: StoryView }) {
  const { store, state } = view;
  const { own, isChoosing } = state;
  const sizes = store.planned[0]?.settings.sizes;
  const rows: readonly (readonly [string, string])[] = own
    ? [
        [l10n.t('X: {0}', own.features), `${count(own.rows)} × ${count(own.inputs)}`],
        [l10n.t('y: {0}', own.labels), l10n.t('{0} classes', count(own.classes))],
        [l10n.t('trained on'), l10n.t('{0} rows, with {1} seeds', count(sizes!.train), OWN_SEEDS)],
        [l10n.t('α and temperature chosen on'), l10n.t('{0} other rows', count(sizes!.validation))],
        [l10n.t('measured on'), l10n.t('{0} other rows', count(sizes!.test ?? 0))],
      ]
    : [];
  return (
    <FactList title={l10n.t('Your data')} facts={rows}>
      {own?.sampledFrom != null && (
        <p class="says">
          {l10n.t(
            'A random sample of {0} of {1} rows, because all of them would take more than 200 MB.',
            count(own.rows),
            count(own.sampledFrom),
          )}
        </p>
      )}
      {own !== null && sizes!.train < Math.round(0.4 * own.rows) && (
        <p class="says">
          {l10n.t(
            'To take about a minute, training uses only some of the rows. With more rows, a different α may suit.',
          )}
        </p>
      )}
      {own !== null && own.leftOut > 0 && (
        <p class="says">{l10n.t('Rows left out: {0}.', count(own.leftOut))}</p>
      )}
      <button
        type="button"
        class={own ? '' : 'primary'}
        data-control="chooseOwn"
        aria-busy={isChoosing}
        onClick={() => void store.chooseOwn()}
      >
        {own ? l10n.t('Choose other files…') : l10n.t('Choose features and labels…')}
      </button>
      <p class="says">
        {l10n.t(
          '.npy, .npz, .safetensors, .csv, .parquet, JSON, or what a cell of an open notebook shows. Everything is read on this machine and never leaves it.',
        )}
      </p>
    </FactList>
  );
}
