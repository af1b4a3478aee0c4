import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface MenuItem {
  readonly name: string;
  /** What it does, for who isn't sure. */
  readonly title?: string;
  readonly disabled?: boolean;
  /** What tests find it by. */
  readonly control?: string;
  readonly run: () => void;
}

export interface MenuGroup {
  readonly title: string;
  readonly items: readonly MenuItem[];
}

interface Props {
  /** What is on the button, and what it's called where that is only a sign. */
  readonly button: string;
  readonly label: string;
  /** More about it, for who isn't sure. */
  readonly title?: string;
  readonly control?: string;
  readonly class?: string;
  readonly groups: readonly MenuGroup[];
}

/** From the edge of the window, in pixels. */
const MARGIN = 8;

/** A button with a menu, by the ARIA pattern: arrow keys, Home, End, first letters; Escape goes back to the button. */
export function Menu({ button, label, title, control, class: className = '', groups }: Props) {
  const [open, setOpen] = useState<'first' | 'last'>();
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const close = (focus: boolean) => {
    setOpen(undefined);
    if (focus) trigger.current?.focus();
  };
  useLayoutEffect(() => {
    if (!open || !list.current) return;
    const { left, right } = list.current.getBoundingClientRect();
    const shift = left < MARGIN ? MARGIN - left : Math.min(0, window.innerWidth - MARGIN - right);
    list.current.style.translate = `${shift}px 0`;
    items()
      .at(open === 'first' ? 0 : -1)
      ?.focus();
  }, [open]);
  useEffect(() => {
    if (!open) return;
    const outside = ({ target }: Event) => {
      const inside =
        target instanceof Node && (list.current?.contains(target) || trigger.current?.contains(target));
      if (!inside) close(false);
    };
    document.addEventListener('pointerdown', outside);
    window.addEventListener('blur', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      window.removeEventListener('blur', outside);
    };
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return close(false);
    const all = items();
    const { activeElement } = document;
    const index = activeElement instanceof HTMLElement ? all.indexOf(activeElement) : -1;
    const to = event.key === 'Escape' ? -1 : target(event.key, index, all, groups);
    if (to === undefined) return;
    if (to === -1) close(true);
    else all[to]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span class={`menu ${className}`}>
      <button
        type="button"
        ref={trigger}
        aria-label={label}
        title={title ?? (button === label ? undefined : label)}
        data-control={control}
        aria-haspopup="menu"
        aria-expanded={open !== undefined}
        aria-controls={open && id}
        onClick={() => (open ? close(true) : setOpen('first'))}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          setOpen(event.key === 'ArrowDown' ? 'first' : 'last');
          event.preventDefault();
        }}
      >
        {button}
      </button>
      {open && (
        <div id={id} ref={list} role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
          {groups.map(({ title: of, items: entries }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be in a menu.
            <div key={of} role="group" aria-label={of}>
              <span class="quiet" aria-hidden="true">
                {of}
              </span>
              {entries.map(({ name, title: what, disabled, control: found, run }) => (
                <button
                  type="button"
                  key={name}
                  role="menuitem"
                  tabIndex={-1}
                  title={what}
                  aria-disabled={disabled}
                  data-control={found}
                  onClick={() => {
                    if (disabled) return;
                    close(true);
                    run();
                  }}
                >
                  {name}
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </span>
  );
}

/** Where a key goes: groups are side by side, each a column. */
function target(
  key: string,
  index: number,
  items: readonly HTMLElement[],
  groups: readonly MenuGroup[],
): number | undefined {
  const count = items.length;
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowUp':
      return (index + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'ArrowRight':
      return besides(index, 1, groups);
    case 'ArrowLeft':
      return besides(index, -1, groups);
    default: {
      if (key.length !== 1 || key === ' ') return undefined;
      const starts = (item: HTMLElement) => item.textContent?.toLowerCase().startsWith(key.toLowerCase());
      const next = [...items.slice(index + 1), ...items.slice(0, index + 1)].find(starts);
      return next && items.indexOf(next);
    }
  }
}

/** The item of the next group on the same line, or its last one. */
function besides(index: number, step: number, groups: readonly MenuGroup[]): number {
  const starts = groups.map((_, i) => groups.slice(0, i).reduce((sum, { items }) => sum + items.length, 0));
  const group = starts.findLastIndex((start) => start <= index);
  const to = (group + step + groups.length) % groups.length;
  return starts[to]! + Math.min(index - starts[group]!, groups[to]!.items.length - 1);
}
