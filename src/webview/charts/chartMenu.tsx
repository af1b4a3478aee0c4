import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import type { Destination, ExportedTable } from '../../protocol/exportChannel.ts';
import { Exporting, tableItems } from '../export/exportItems.tsx';
import { useServices } from '../state/services.ts';
import type { ChartTable } from './chartTable.ts';

interface Props {
  readonly title: string;
  readonly chart: RefObject<HTMLElement | null>;
  /** It shows its picture now, not its table. */
  readonly drawn: boolean;
  readonly table: () => ChartTable;
}

/** Exports of one chart: its picture, and the numbers in it. */
export function ChartMenu({ title, chart, drawn, table }: Props) {
  const { host, loadLate } = useServices();
  const svg = async () => {
    const [{ svgOf }, theme] = await Promise.all([loadLate(), host.pictureTheme()]);
    return svgOf(chart.current!, theme);
  };
  const png = async () => {
    const { pngOf } = await loadLate();
    return pngOf(await svg());
  };
  const numbers = () => exportedTable(table());
  const copyPng = async () => {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png() })]);
    return l10n.t('Copied');
  };
  const savePng = async () => {
    const content = new Uint8Array(await (await png()).arrayBuffer());
    return host.exportPicture(title, { format: 'png', content }, 'file');
  };
  const exportSvg = async (to: Destination) =>
    host.exportPicture(title, { format: 'svg', content: await svg() }, to);
  const pictures = {
    copy: [
      { name: 'PNG', run: copyPng },
      { name: 'SVG', run: () => exportSvg('clipboard') },
    ],
    save: [
      { name: 'PNG', run: savePng },
      { name: 'SVG', run: () => exportSvg('file') },
    ],
  };
  return (
    <Exporting
      button="⋯"
      label={l10n.t('Export “{0}”', title)}
      class="sign"
      groups={[
        {
          title: l10n.t('Copy'),
          items: [...(drawn ? pictures.copy : []), ...tableItems(host, title, numbers, 'clipboard')],
        },
        {
          title: l10n.t('Save…'),
          items: [...(drawn ? pictures.save : []), ...tableItems(host, title, numbers, 'file')],
        },
      ]}
    />
  );
}

/** Numbers with all their digits, and all else as the text it is: a class may be called "007". */
function exportedTable({ head, rows }: ChartTable): ExportedTable {
  return {
    head,
    rows: rows.map((cells) => cells.map((cell) => (typeof cell === 'object' ? cell.value : cell))),
  };
}
