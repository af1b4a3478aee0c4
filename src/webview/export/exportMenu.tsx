import * as l10n from '@vscode/l10n';
import type { BatchSummary } from '../../protocol/engineChannel.ts';
import {
  ARRAYS,
  type Destination,
  type ExportFormat,
  PROGRAMS,
  TABLE_FORMATS,
} from '../../protocol/exportChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { usePage } from '../state/page.ts';
import { Exporting } from './exportItems.tsx';

/** Exports of all that the panel shows of the logits. */
export function ExportMenu({
  snapshot: { revision },
  spec,
  holds,
}: {
  readonly snapshot: Pick<PanelSnapshot, 'revision'>;
  readonly spec: PanelSpec;
  readonly holds: BatchSummary['holds'];
}) {
  const { host } = usePage();
  const item = (format: ExportFormat, to: Destination) => ({
    ...wordsOf(format, holds),
    run: () => host.exportBatch(revision, format, to, spec),
  });
  // A program computes the loss of the logits.
  const texts = holds === 'logits' ? [...TABLE_FORMATS, ...PROGRAMS] : TABLE_FORMATS;
  // Of rows that nobody has there are no arrays.
  const arrays = holds === 'sums' ? [] : ARRAYS;
  return (
    <Exporting
      button={l10n.t('Export…')}
      label={l10n.t('Export…')}
      groups={[
        { title: l10n.t('Copy'), items: texts.map((format) => item(format, 'clipboard')) },
        { title: l10n.t('Save…'), items: [...texts, ...arrays].map((format) => item(format, 'file')) },
      ]}
    />
  );
}

const FIGURES_AS = { csv: 'CSV', json: 'JSON', markdown: 'Markdown' } as const;

function wordsOf(
  format: ExportFormat,
  holds: BatchSummary['holds'],
): { readonly name: string; readonly title: string } {
  const checks = (name: string) =>
    l10n.t('A program that recomputes this loss with {0} and checks the result', name);
  if (holds === 'sums' && (format === 'csv' || format === 'json' || format === 'markdown'))
    return { name: FIGURES_AS[format], title: l10n.t('The figures') };
  switch (format) {
    case 'csv':
      return { name: 'CSV', title: l10n.t('The table of rows') };
    case 'json':
      return { name: 'JSON', title: l10n.t('The figures and the table of rows') };
    case 'markdown':
      return { name: 'Markdown', title: l10n.t('The figures and the table of rows') };
    case 'pytorch':
      return { name: 'PyTorch', title: checks('PyTorch') };
    case 'numpy':
      return { name: 'NumPy', title: checks('NumPy') };
    case 'keras':
      return { name: 'Keras', title: checks('Keras') };
    case 'optax':
      return { name: 'optax', title: checks('optax') };
    case 'targets':
      return {
        name: l10n.t('Smoothed targets (.npy)'),
        title: l10n.t('float32, in the shape of the logits; 0 in ignored rows'),
      };
    case 'classes':
      return { name: l10n.t('Target classes (.npy)'), title: l10n.t('int64, one per row, before smoothing') };
  }
}
