import { useEffect, useState } from 'preact/hooks';
import type { Destination, ExportedTable, TableFormat } from '../../protocol/exportChannel.ts';
import { sentTable } from '../../protocol/sentTable.ts';
import type { Services } from '../state/services.ts';
import { Menu, type MenuGroup } from '../widgets/menu.tsx';

/** How long it's said that something was exported. */
const SAID_MS = 2_500;

/** Something to export. `run` resolves to what was done, or null for nothing. Why it couldn't be done the extension host says. */
interface ExportItem {
  readonly name: string;
  readonly title?: string;
  readonly run: () => Promise<string | null>;
}

interface Props {
  readonly button: string;
  readonly label: string;
  readonly class?: string;
  readonly groups: readonly { readonly title: string; readonly items: readonly ExportItem[] }[];
}

/** A menu of exports. Says what was done, where the button is and to screen readers. */
export function Exporting({ button, label, class: className, groups }: Props) {
  const [done, setDone] = useState('');
  useEffect(() => {
    if (done === '') return;
    const timer = setTimeout(() => setDone(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const saying = (run: () => Promise<string | null>) => async () => {
    setDone('');
    try {
      setDone((await run()) ?? '');
    } catch {
      // Of what is too large the extension host has said so.
    }
  };
  const menu: MenuGroup[] = groups.map(({ title, items }) => ({
    title,
    items: items.map((item) => ({ ...item, run: saying(item.run) })),
  }));
  return (
    <span class="exporting">
      <span class="note" role="status">
        {done && `✓ ${done}`}
      </span>
      <Menu button={button} label={label} {...(className && { class: className })} groups={menu} />
    </span>
  );
}

const TABLES: readonly (readonly [TableFormat, string])[] = [
  ['csv', 'CSV'],
  ['json', 'JSON'],
  ['markdown', 'Markdown'],
];

/** A table that is shown, in each format. */
export function tableItems(
  host: Pick<Services['host'], 'exportTable'>,
  name: string,
  table: () => ExportedTable,
  to: Destination,
): readonly ExportItem[] {
  return TABLES.map(([format, title]) => ({
    name: title,
    run: () => host.exportTable(name, sentTable(table()), format, to),
  }));
}
