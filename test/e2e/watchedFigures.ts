import type { Frame } from 'playwright-core';

/** What the controls say at one moment, and the figures that are to be read as theirs: null where one is marked as late. */
export interface Shown {
  /** ms since watching began. */
  readonly at: number;
  readonly temperature: string;
  readonly alpha: string;
  readonly weight: string;
  readonly teacherTemperature: string;
  readonly figures: Readonly<
    Record<'loss' | 'floor' | 'excess' | 'smoothingEntropy' | 'teacherEntropy', number | null>
  >;
}

interface Watched {
  /** One for each change of what is shown. */
  readonly samples: readonly Shown[];
  /** For how long figures that were marked as late could still be read, in ms, at most. */
  readonly longestReadable: number;
}

/** Looks at the panel whenever it's drawn. */
export async function startWatching(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    const begin = performance.now();
    const samples: Shown[] = [];
    let last = '';
    let longestReadable = 0;
    let markedAt: number | undefined;
    const value = (control: string) =>
      document.querySelector<HTMLInputElement>(`[data-control="${control}"]`)?.value ?? '';
    const figure = (name: string) => {
      const element = document.querySelector(`[data-figure="${name}"][data-exact]`);
      return element && !element.closest('[aria-busy="true"]')
        ? Number(element.getAttribute('data-exact'))
        : null;
    };
    const look = () => {
      const at = performance.now() - begin;
      const shown = {
        temperature: value('temperature'),
        alpha: value('alpha'),
        weight: value('weight'),
        teacherTemperature: value('teacherTemperature'),
        figures: {
          loss: figure('loss'),
          floor: figure('floor'),
          excess: figure('excess'),
          smoothingEntropy: figure('smoothingEntropy'),
          teacherEntropy: figure('teacherEntropy'),
        },
      };
      const words = JSON.stringify(shown);
      if (words !== last) samples.push({ at, ...shown });
      last = words;
      const isMarked = document.querySelector('[aria-busy="true"]:has(> .summary)') !== null;
      const isSaid = document.querySelector('.withheld') && document.querySelector('.working progress');
      markedAt = isMarked ? (markedAt ?? at) : undefined;
      if (markedAt !== undefined && !isSaid) longestReadable = Math.max(longestReadable, at - markedAt);
      Object.assign(window, { watched: { samples, longestReadable } });
      requestAnimationFrame(look);
    };
    look();
  });
}

export function watchedFigures(frame: Frame): Promise<Watched> {
  return frame.evaluate(() => (window as unknown as { watched: Watched }).watched);
}
