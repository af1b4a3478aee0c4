import * as l10n from '@vscode/l10n';
import { useMemo, useState } from 'preact/hooks';
import { plain } from '../../../../words/numberFormat.ts';
import { ChartFrame } from '../../../charts/chartFrame.tsx';
import { shownAs } from '../../../charts/chartTable.ts';
import { DataTable } from '../../../charts/dataTable.tsx';
import type { StoryView } from '../../state/storyView.ts';
import { countedRuns, meanAt, snapshotAt, valuesAt } from '../../state/trainedPart.ts';
import { figureText } from '../../words/labNumbers.ts';
import { SeedStrip } from '../seedStrip.tsx';
import { themeSign } from '../surfaces/surfacePainter.ts';
import { dotColors, PlaneSquare, paintPoints } from './planeSquare.tsx';

interface Props {
  readonly view: StoryView;
}

const GAP = 14;
const CAPTION = 24;
/** A side of a seed's small picture. */
const SMALL_PIXELS = 44;

/** The last hidden layer in the plane of three classes' weights: Müller, Kornblith and Hinton 2019, figure 1. */
export function Planes({ view }: Props) {
  const { part, alpha, alphaIndex, epoch, state, setup, store } = view;
  const [isTest, setTest] = useState(false);
  const [side, setSide] = useState(0);
  const colors = useMemo(dotColors, [themeSign()]);
  const which = isTest ? 'test' : 'train';
  const figure = isTest ? 'testSpread' : 'trainSpread';
  const names = ['α = 0', `α = ${plain(alpha)}`] as const;
  const triple = (part?.plan ?? store.planned[0])?.settings.pictures.plane ?? [0, 1, 2];
  const mean = (of: number) => (part ? figureText(figure, meanAt(part, of, figure, epoch)) : '–');
  const table = () => ({
    head: [l10n.t('seed'), ...names.map((name) => l10n.t('spread ÷ distance, {0}', name))],
    rows: part
      ? valuesAt(part, 0, figure, epoch).map((without, seed) => [
          String(seed + 1),
          shownAs(without, (value) => figureText(figure, value)),
          shownAs(valuesAt(part, alphaIndex, figure, epoch)[seed]!, (value) => figureText(figure, value)),
        ])
      : [],
  });
  const switches = (
    <fieldset class="seg" aria-label={l10n.t('Rows')}>
      {[
        { test: false, name: l10n.t('training') },
        { test: true, name: l10n.t('held out') },
      ].map(({ test, name }) => (
        <button
          type="button"
          key={name}
          aria-pressed={isTest === test}
          data-control={test ? 'heldOut' : 'training'}
          onClick={() => setTest(test)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
  return (
    <>
      <DataTable title={l10n.t('Three classes in the last hidden layer')} tools={switches} table={table}>
        <ChartFrame
          height={side + CAPTION}
          label={
            part
              ? l10n.t('Spread ÷ distance: without smoothing {0}, with it {1}.', mean(0), mean(alphaIndex))
              : l10n.t('Nothing is trained yet')
          }
        >
          {(width) => {
            const room = Math.floor((width - GAP) / 2);
            if (room !== side) queueMicrotask(() => setSide(room));
            return [0, alphaIndex].map((of, i) => (
              <PlaneSquare
                key={names[i]}
                x={i * (room + GAP)}
                side={room}
                rows={planeAt(view, of, state.seed)?.[which]}
                mark={i === 0 ? 'hard' : 'smoothed'}
                name={names[i]!}
                says={
                  part
                    ? l10n.t(
                        'seed {0}: spread ÷ distance {1}',
                        state.seed + 1,
                        figureText(figure, valuesAt(part, of, figure, epoch)[state.seed]!),
                      )
                    : ''
                }
              />
            ));
          }}
        </ChartFrame>
        <p class="says">
          {l10n.t(
            'Classes {0}, one shape each, projected onto the plane through their weight vectors. The mean distance between the class centres has the same length in both pictures. Orange marks wrong predictions.',
            triple.join(', '),
          )}
        </p>
      </DataTable>
      <SeedStrip
        view={view}
        seeds={part ? countedRuns(part).reduce((sum, run) => sum + run.seeds.count, 0) : setup.seeds}
        source={(of, seed) => planeAt(view, of, seed)?.[which]}
        pixels={SMALL_PIXELS}
        look={colors}
        draw={(canvas, of, seed) =>
          paintPoints(canvas, planeAt(view, of, seed)![which], of > 0 ? colors.smoothed : colors.hard)
        }
      />
    </>
  );
}

function planeAt({ part, epoch }: StoryView, alpha: number, seed: number) {
  if (!part) return undefined;
  let first = 0;
  for (const run of countedRuns(part)) {
    const { count } = run.seeds;
    if (seed < first + count) return snapshotAt(run, epoch)?.planes[alpha * count + seed - first];
    first += count;
  }
  return undefined;
}
