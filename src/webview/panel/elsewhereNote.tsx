import * as l10n from '@vscode/l10n';
import { sharesRows } from '../../loss/conventions/conventions.ts';
import { isSummedFor } from '../../loss/sums/batchSums.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import { count } from '../../words/numberFormat.ts';
import { Sentence } from '../widgets/sentence.tsx';

/** What the panel's figures are of, and what of the code's loss they can't have. */
export function ElsewhereNote({ snapshot }: { readonly snapshot: PanelSnapshot }) {
  const notes = unmetBy(snapshot);
  const { sums } = snapshot;
  return (
    <>
      <p class="says" data-figure="elsewhere">
        <Sentence
          text={
            sums
              ? l10n.t(
                  'Sums of {rows} rows, measured elsewhere at {T}. α, softmax conventions, class weights, the floor and bins of equal width are exact; what is interpolated is shown with its error. Single rows, sigmoids and another ignored target need the logits themselves.',
                )
              : l10n.t(
                  'Measured elsewhere, at {T}. α, softmax conventions, the floor and calibration are the same as with the logits. Another T, other class weights, sigmoids and single rows need the logits themselves.',
                )
          }
          parts={{ T: 'T = 1', rows: sums && count(sums.rows) }}
        />
      </p>
      {notes.map((note) => (
        <p key={note} class="says assumed" data-figure="unmet">
          {note}
        </p>
      ))}
    </>
  );
}

/** What the loss in the code has that these figures don't: never left out in silence. */
function unmetBy({
  applied,
  convention,
  weight,
  ignoreIndex,
  stats,
  sums,
}: PanelSnapshot): readonly string[] {
  if (!applied) return [];
  const { weight: asks } = applied;
  const has = weight && Array.from(weight);
  return [
    !(sums
      ? isSummedFor(applied.convention, ignoreIndex, stats.classes)
      : sharesRows(applied.convention, convention, stats.classes)) &&
      l10n.t(
        'The loss in your code isn’t a plain softmax cross-entropy, so it needs the logits. These figures are for a softmax.',
      ),
    // Undefined: the code doesn't say.
    !sums &&
      asks !== undefined &&
      JSON.stringify(asks) !== JSON.stringify(has) &&
      l10n.t(
        'The loss in your code has class weights that weren’t measured, so it needs the logits. These figures leave its weights out.',
      ),
  ].filter((note) => note !== false);
}
