import * as l10n from '@vscode/l10n';
import type { ConventionName } from '../../loss/conventions/conventions.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import { shownMixture, shownTargets } from '../../loss/theory/shownEquations.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count } from '../../words/numberFormat.ts';
import { ReservedWidth } from '../widgets/reservedWidth.tsx';
import { Sentence } from '../widgets/sentence.tsx';
import { conventionFormula } from './conventionSelect.tsx';

interface Props {
  readonly spec: Pick<PanelSpec, 'convention' | 'labelSmoothing'>;
  readonly smoothing: Smoothing;
  readonly soft: boolean;
}

/** Figures change while α is dragged: there is room for the widest that's usual, which α = 0.005 has. */
function widest(classes: number): string {
  return `0.${'0'.repeat(Math.max(4, 3 + Math.ceil(Math.log10(classes))))}`;
}

/** What α does to a target, in words and with its numbers. */
export function ConventionWords({ spec: { convention, labelSmoothing }, smoothing, soft }: Props) {
  const { classes } = smoothing;
  const { on, off } = shownTargets(convention, labelSmoothing, classes);
  const mixture = shownMixture(smoothing);
  const figure = (text: string) => (
    <b class="target">
      <ReservedWidth widest={widest(classes)}>{text}</ReservedWidth>
    </b>
  );
  return (
    <span class="convention-words" data-figure="targets" title={conventionFormula(convention)}>
      <Sentence
        text={soft ? l10n.t('Each target y becomes {kept}·y + {off}.') : targetWords(convention)}
        parts={{
          classes: count(classes),
          others: count(smoothing.padding === null ? classes - 1 : classes - 2),
          on: figure(on.right),
          off: figure(soft ? mixture.each : off.right),
          kept: figure(mixture.kept),
        }}
      />
    </span>
  );
}

function targetWords(convention: ConventionName): string {
  switch (convention) {
    case 'UNIFORM_K':
      return l10n.t(
        'α is spread over all {classes} classes. Targets: {on} for the true class, {off} for every other.',
      );
    case 'UNIFORM_OTHERS':
      return l10n.t(
        'α goes from the true class to the {others} others. Targets: {on} for the true class, {off} for every other.',
      );
    case 'PAD_EXCLUDED':
      return l10n.t(
        'α goes to the {others} others that aren’t padding. Targets: {on} for the true class, {off} for every other.',
      );
    case 'ADDITIVE_RENORM':
      return l10n.t(
        'α is added to all {classes} classes, then rescaled: {on} for the true class, {off} for every other.',
      );
    case 'BINARY_HALF':
    case 'BINARY_FULL':
      return l10n.t('For each class separately: 1 becomes {on}, 0 becomes {off}.');
    case 'BINARY_UNIFORM_K':
      return l10n.t('Each class has a sigmoid. Targets: {on} for the true class, {off} for every other.');
  }
}
