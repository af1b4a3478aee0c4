import * as l10n from '@vscode/l10n';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, minus, PENDING_TEXT } from '../../words/numberFormat.ts';
import { percent } from '../../words/percent.ts';
import { plural } from '../../words/plural.ts';
import { sizesOf } from '../../words/shapeText.ts';
import { ExportMenu } from '../export/exportMenu.tsx';
import { usePage } from '../state/page.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { isolated, nameOfClass, shownName } from '../widgets/classNames.ts';
import { Sentence } from '../widgets/sentence.tsx';
import { isElsewhere } from './elsewhere.tsx';

interface HeaderProps {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  /** The figures are of other settings than those that are wanted by now. */
  readonly isBehind: boolean;
}

/** Where the logits come from and what they are. */
export function PanelHeader({ snapshot, measured, spec, isBehind }: HeaderProps) {
  const { host } = usePage();
  const { source, summary } = snapshot;
  const { shape, targetsFrom, keys, classNames, labelling } = summary;
  return (
    <header class="source">
      <div class="facts">
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
        <span data-figure="shape">{shapeWords(summary, sizesOf(shape))}</span>
        {labelling !== 'multi-label' && (
          <span data-figure="accuracy" aria-busy={isBehind}>
            {(targetsFrom === 'argmax' && !snapshot.view.chosenTargets?.length) || isUnknown(measured)
              ? l10n.t('accuracy unknown')
              : l10n.t('accuracy {0}', isBehind ? PENDING_TEXT : percent(measured.accuracy))}
          </span>
        )}
        {targetsFrom === 'argmax' ? (
          <span
            class="assumed"
            title={l10n.t(
              'There are no targets. Choose them, or add “targets” beside the logits: one class for each row.',
            )}
          >
            {l10n.t('targets assumed: each row’s most likely class')}
          </span>
        ) : (
          <span data-figure="targetsFrom">
            <TargetsFrom
              isSoft={targetsFrom === 'soft'}
              isOneClass={labelling !== 'multi-label'}
              name={keys.targets}
            />
          </span>
        )}
        {!isElsewhere(snapshot) && (
          <button
            type="button"
            class="link"
            data-control="targets"
            onClick={() => host.chooseTargets()}
            title={l10n.t('Choose targets from another array, a file or a selection')}
          >
            {targetsFrom === 'argmax' ? l10n.t('choose targets…') : l10n.t('change…')}
          </button>
        )}
        {(keys.leftOut?.length ?? 0) > 0 && (
          <span data-figure="leftOut" title={l10n.t('Neither logits nor targets')}>
            {l10n.t('left out: {0}', keys.leftOut!.map(isolated).join(', '))}
          </span>
        )}
        {labelling === 'multi-label' && (
          <span
            data-figure="labelling"
            title={l10n.t(
              'Some targets don’t sum to 1, so several classes can be right: the loss is a sigmoid cross-entropy, averaged over the classes',
            )}
          >
            {l10n.t('multi-label: sigmoid loss')}
          </span>
        )}
        {labelling === 'binary' && (
          <span data-figure="labelling" title={binaryWords(summary.kind)}>
            {l10n.t('binary: one output per row')}
          </span>
        )}
        {measured.ignored > 0 && !isBehind && (
          <span>
            {plural(
              measured.ignored,
              l10n.t('1 row ignored (target {0})', minus(String(snapshot.ignoreIndex))),
              l10n.t(
                '{0} rows ignored (target {1})',
                count(measured.ignored),
                minus(String(snapshot.ignoreIndex)),
              ),
            )}
          </span>
        )}
        {snapshot.weight && !isBehind && (
          <span title={weights(snapshot.weight, classNames)}>
            {snapshot.view.weight ? l10n.t('class weights') : l10n.t('class weights given with the logits')}
          </span>
        )}
        {snapshot.warnings.map((warning) => (
          <span key={warning} class="assumed" data-figure="warning">
            {isolated(warning)}
          </span>
        ))}
      </div>
      <ExportMenu snapshot={snapshot} spec={spec} holds={summary.holds} />
    </header>
  );
}

/** What targets are called; a printed tensor may have no name. */
function TargetsFrom({
  isSoft,
  isOneClass,
  name,
}: {
  readonly isSoft: boolean;
  readonly isOneClass: boolean;
  readonly name: string | null;
}) {
  if (!name)
    return isSoft && isOneClass
      ? l10n.t('targets given with the logits (probabilities)')
      : l10n.t('targets given with the logits');
  const text = isSoft
    ? isOneClass
      ? l10n.t('targets from {name} (probabilities)')
      : l10n.t('targets from {name} (one for each class)')
    : l10n.t('targets from {name}');
  return <Sentence text={text} parts={{ name: <code dir="auto">{shownName(name)}</code> }} />;
}

/** Rows whose softmax isn't a number leave it open how many are right. */
function isUnknown({ sums, accuracy }: Measured): boolean {
  return sums !== null && Number.isNaN(accuracy);
}

function shapeWords({ kind, labelling, holds }: PanelSnapshot['summary'], shape: string): string {
  if (holds === 'row-statistics') return l10n.t('row statistics of {0} logits', shape);
  if (holds === 'sums') return l10n.t('sums over the rows of {0} logits', shape);
  if (kind === 'probabilities' && labelling === 'multi-label') return l10n.t('{0} sigmoid outputs', shape);
  if (kind === 'probabilities') return l10n.t('{0} probabilities', shape);
  return kind === 'logits' ? l10n.t('{0} logits', shape) : l10n.t('{0} log-probabilities', shape);
}

/** What was made of each output, so that a softmax can be taken. */
function binaryWords(kind: PanelSnapshot['summary']['kind']): string {
  switch (kind) {
    case 'logits':
      return l10n.t(
        'Each logit z is shown as two classes with the logits 0 and z: their softmax is its sigmoid',
      );
    case 'probabilities':
      return l10n.t('Each probability p is shown as two classes with the probabilities 1 − p and p');
    case 'log-probabilities':
      return l10n.t('Each log-probability is shown beside that of the other class');
  }
}

function weights(weight: Float64Array, names: readonly string[] | null): string {
  return Array.from(weight, (w, k) => `${isolated(nameOfClass(k, names))}: ${w}`).join('\n');
}
