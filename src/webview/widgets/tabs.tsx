import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { TabName } from '../../protocol/panelKept.ts';

export interface Tab {
  readonly name: TabName;
  readonly title: string;
  /** Only the chosen one is drawn. */
  readonly body: () => ComponentChildren;
}

interface Props {
  readonly tabs: readonly Tab[];
  readonly chosen: TabName;
  readonly choose: (tab: TabName) => void;
}

/** Views of the same data, one at a time: arrow keys go along the list, as in the ARIA pattern of tabs. */
export function Tabs({ tabs, chosen, choose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const current = tabs.find(({ name }) => name === chosen) ?? tabs[0]!;
  const onKeyDown = (event: KeyboardEvent) => {
    const to = STEPS[event.key]?.(tabs.indexOf(current), tabs.length);
    if (to === undefined) return;
    choose(tabs[to]!.name);
    list.current!.querySelectorAll<HTMLButtonElement>('[role="tab"]')[to]!.focus();
    event.preventDefault();
  };
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={l10n.t('Views')} onKeyDown={onKeyDown}>
        {tabs.map(({ name, title }) => (
          <button
            type="button"
            key={name}
            id={`tab-${name}`}
            role="tab"
            aria-selected={name === current.name}
            aria-controls={`view-${name}`}
            tabIndex={name === current.name ? 0 : -1}
            onClick={() => choose(name)}
          >
            {title}
          </button>
        ))}
      </div>
      <div
        key={current.name}
        id={`view-${current.name}`}
        class="view"
        role="tabpanel"
        aria-labelledby={`tab-${current.name}`}
      >
        {current.body()}
      </div>
    </>
  );
}

const STEPS: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};
