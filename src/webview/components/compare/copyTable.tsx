import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import { elsewhere } from '../../../loss/elsewhere.ts';
import { host } from '../../bridge.ts';
import type { PinLine } from '../../pins.ts';
import { csvTable, markdownTable } from '../../tableText.ts';

interface Props {
  readonly lines: readonly PinLine[];
  readonly classes: number;
}

/** Plain names and all digits: a table to compute with. */
const HEAD = ['alpha', 'convention', 'loss', 'floor', 'excess', 'nll', 'on', 'off', 'same_targets'];

const FORMATS = { Markdown: markdownTable, CSV: csvTable } as const;

type Format = keyof typeof FORMATS;

/** Copies the comparison, and says so. */
export function CopyTable({ lines, classes }: Props) {
  const [copied, setCopied] = useState<Format>();
  const copy = async (format: Format) => {
    await host.copyText(
      FORMATS[format](
        HEAD,
        lines.map((line) => cells(line, classes)),
      ),
    );
    setCopied(format);
    setTimeout(() => setCopied(undefined), 1500);
  };
  return (
    <span class="copy">
      {l10n.t('Copy as')}
      {(['Markdown', 'CSV'] as const).map((format) => (
        <button type="button" key={format} onClick={() => copy(format)}>
          {copied === format ? `✓ ${format}` : format}
        </button>
      ))}
      <span class="unseen" role="status">
        {copied ? l10n.t('Copied') : ''}
      </span>
    </span>
  );
}

function cells({ pin, figures }: PinLine, classes: number): string[] {
  const { convention, labelSmoothing } = pin;
  const numbers = figures
    ? [figures.loss, figures.floor, figures.excess, figures.nll, figures.on, figures.off].map(String)
    : ['', '', '', '', '', ''];
  const others = elsewhere(convention, labelSmoothing, classes).map(
    (other) => `${other.convention}(${other.alpha})`,
  );
  return [String(labelSmoothing), convention, ...numbers, others.join(' ')];
}
