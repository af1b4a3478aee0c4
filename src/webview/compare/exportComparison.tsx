import * as l10n from '@vscode/l10n';
import { equivalentAlphas } from '../../frameworks/conventionUsers.ts';
import { Exporting, tableItems } from '../export/exportItems.tsx';
import { usePage } from '../state/page.ts';
import type { PinLine } from './pins.ts';

interface Props {
  readonly lines: readonly PinLine[];
  readonly classes: number;
}

/** Plain names and all digits: a table to compute with. */
const HEAD = ['alpha', 'convention', 'loss', 'floor', 'excess', 'nll', 'on', 'off', 'same_targets'];

/** Exports of the comparison. */
export function ExportComparison({ lines, classes }: Props) {
  const { host } = usePage();
  const table = () => ({ head: HEAD, rows: lines.map((line) => cells(line, classes)) });
  return (
    <Exporting
      button={l10n.t('Export…')}
      label={l10n.t('Export the comparison')}
      groups={[
        { title: l10n.t('Copy'), items: tableItems(host, 'compared', table, 'clipboard') },
        { title: l10n.t('Save…'), items: tableItems(host, 'compared', table, 'file') },
      ]}
    />
  );
}

function cells({ pin, figures }: PinLine, classes: number): (string | number)[] {
  const { convention, labelSmoothing } = pin;
  const { loss, floor, excess, nll, on, off } = figures ?? {};
  const numbers = [loss, floor, excess, nll, on, off].map((figure) => figure ?? '');
  const others = equivalentAlphas(convention, labelSmoothing, classes).map(
    (other) => `${other.convention}(${other.alpha})`,
  );
  return [labelSmoothing, convention, ...numbers, others.join(' ')];
}
