import * as l10n from '@vscode/l10n';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, percent } from '../../words/numberFormat.ts';
import { sizesOf } from '../../words/shapeText.ts';
import { ExportMenu } from '../export/exportMenu.tsx';
import { usePage } from '../state/page.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { printedError } from '../summary/measuredRows.ts';
import { isolated, nameOfClass, shownName } from '../widgets/classNames.ts';
import { Precision } from '../widgets/precision.tsx';
import { Sentence } from '../widgets/sentence.tsx';

interface HeaderProps {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly spec: PanelSpec;
}

/** Where the logits come from and what they are. */
export function PanelHeader({ snapshot, measured, spec }: HeaderProps) {
  const { host } = usePage();
  const { source, summary } = snapshot;
  const { shape, targetsFrom, keys, classNames } = summary;
  return (
    <header>
      <h1 dir="auto">{shownName(source.name)}</h1>
      {source.lines && (
        <button
          type="button"
          class="link"
          onClick={() => host.revealSource()}
          title={l10n.t('Show in the editor')}
        >
          {source.lines[0] === source.lines[1]
            ? l10n.t('line {0}', source.lines[0] + 1)
            : l10n.t('lines {0}–{1}', source.lines[0] + 1, source.lines[1] + 1)}
        </button>
      )}
      {source.cell && (
        <button
          type="button"
          class="link"
          data-figure="cell"
          onClick={() => host.revealSource()}
          title={l10n.t('Follows this cell’s output. Click to show the cell')}
        >
          {source.cell.run === null
            ? l10n.t('live: cell {0}', source.cell.number)
            : l10n.t('live: cell [{1}]', source.cell.number, source.cell.run)}
        </button>
      )}
      <span data-figure="shape">{shapeWords(summary.kind, sizesOf(shape))}</span>
      {(summary.decimals > 0 || summary.rounding > 0) && (
        <Precision summary={summary} error={printedError(measured, summary, spec)} />
      )}
      <span data-figure="accuracy">
        {targetsFrom === 'argmax' && !snapshot.view.chosenTargets?.length
          ? l10n.t('accuracy unknown')
          : l10n.t('accuracy {0}', percent(measured.accuracy))}
      </span>
      {targetsFrom === 'argmax' ? (
        <span
          class="assumed"
          title={l10n.t(
            'The source has no targets. Choose them for each row, or add "targets" to the source.',
          )}
        >
          {l10n.t('targets assumed: each row’s most likely class')}
        </span>
      ) : (
        <span>
          <Sentence
            text={
              targetsFrom === 'soft'
                ? l10n.t('targets from {name} (probabilities)')
                : l10n.t('targets from {name}')
            }
            parts={{ name: <code dir="auto">{shownName(keys.targets ?? '')}</code> }}
          />
        </span>
      )}
      <button
        type="button"
        class="link"
        data-control="targets"
        onClick={() => host.chooseTargets()}
        title={l10n.t('Choose targets from another array, a file or a selection')}
      >
        {l10n.t('targets…')}
      </button>
      {(keys.leftOut?.length ?? 0) > 0 && (
        <span data-figure="leftOut" title={l10n.t('Columns that are neither logits nor targets')}>
          {l10n.t('skipped: {0}', keys.leftOut!.map(isolated).join(', '))}
        </span>
      )}
      {measured.ignored > 0 && (
        <span>
          {l10n.t('{0} ignored (target {1})', count(measured.ignored), String(snapshot.ignoreIndex))}
        </span>
      )}
      {snapshot.weight && (
        <span title={weights(snapshot.weight, classNames)}>
          {snapshot.view.weight ? l10n.t('class weights') : l10n.t('class weights from the source')}
        </span>
      )}
      <ExportMenu spec={spec} />
    </header>
  );
}

function shapeWords(kind: PanelSnapshot['summary']['kind'], shape: string): string {
  if (kind === 'probabilities') return l10n.t('{0} probabilities', shape);
  return kind === 'logits' ? l10n.t('{0} logits', shape) : l10n.t('{0} log-probabilities', shape);
}

function weights(weight: Float64Array, names: readonly string[] | null): string {
  return Array.from(weight, (w, k) => `${isolated(nameOfClass(k, names))}: ${w}`).join('\n');
}
