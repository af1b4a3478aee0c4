import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { CopyFormat } from '../../protocol/engine.ts';
import type { PanelSnapshot } from '../../protocol/panel.ts';
import { host } from '../bridge.ts';
import { count, percent } from '../format.ts';
import type { Measured } from '../model.ts';

interface HeaderProps {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly alpha: number;
  readonly reduction: PanelSnapshot['reduction'];
}

/** Where the logits come from and what they are. */
export function Header({ snapshot, measured, alpha, reduction }: HeaderProps) {
  const { source, summary } = snapshot;
  const { shape, targetsFrom, keys, classNames } = summary;
  return (
    <header>
      <h1>{source.name}</h1>
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
      <span data-figure="shape" title={l10n.t('The loss is about as exact as the numbers in the source')}>
        {shape.map(count).join(' × ')} {kindWord(summary.kind)}
        {summary.decimals > 0 && l10n.t(', decimals: {0}', summary.decimals)}
      </span>
      <span data-figure="accuracy">
        {targetsFrom === 'argmax' && !snapshot.view.chosenTargets?.length
          ? l10n.t('accuracy unknown')
          : l10n.t('accuracy {0}', percent(measured.accuracy))}
      </span>
      {targetsFrom === 'argmax' ? (
        <span
          class="assumed"
          title={l10n.t('The source has no targets. Choose them row by row, or add "targets" to it.')}
        >
          {l10n.t('targets assumed: each row’s argmax')}
        </span>
      ) : (
        <span>
          {l10n.t('targets from')} <code>{keys.targets}</code>
          {targetsFrom === 'soft' ? ` (${l10n.t('probabilities')})` : ''}
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
      <CopyButtons alpha={alpha} reduction={reduction} />
    </header>
  );
}

function kindWord(kind: PanelSnapshot['summary']['kind']): string {
  if (kind === 'probabilities') return l10n.t('probabilities');
  return kind === 'logits' ? l10n.t('logits') : l10n.t('log-probabilities');
}

function weights(weight: Float64Array, names: readonly string[] | null): string {
  return Array.from(weight, (w, k) => `${names?.[k] ?? k}: ${w}`).join('\n');
}

const FORMATS: ReadonlyArray<readonly [CopyFormat, string]> = [
  ['json', 'JSON'],
  ['csv', 'CSV'],
  ['pytorch', 'PyTorch'],
];

/** Copies what's shown, and says so. */
function CopyButtons({ alpha, reduction }: { alpha: number; reduction: PanelSnapshot['reduction'] }) {
  const [copied, setCopied] = useState<CopyFormat>();
  const copy = async (format: CopyFormat) => {
    try {
      await host.copy(format, alpha, reduction);
      setCopied(format);
      setTimeout(() => setCopied(undefined), 1500);
    } catch {
      // The extension host has said why.
    }
  };
  return (
    <span class="copy">
      {l10n.t('Copy as')}
      {FORMATS.map(([format, name]) => (
        <button type="button" key={format} onClick={() => copy(format)} title={copyTitle(format)}>
          {copied === format ? `✓ ${name}` : name}
        </button>
      ))}
      <span class="unseen" role="status">
        {copied ? l10n.t('Copied') : ''}
      </span>
    </span>
  );
}

function copyTitle(format: CopyFormat): string {
  if (format === 'pytorch') return l10n.t('A program that computes this loss with PyTorch and checks it');
  return l10n.t('The figures and the table of rows');
}
