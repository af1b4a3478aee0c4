import * as l10n from '@vscode/l10n';
import { equivalentAlphas, USERS } from '../../frameworks/conventionUsers.ts';
import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import type { Pin, PinColumn } from '../../protocol/panelKept.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import {
  exact,
  literal,
  nats,
  PENDING_TEXT,
  plain,
  plainProbability,
  UNKNOWN_TEXT,
} from '../../words/numberFormat.ts';
import { conventionFormula, shortName } from '../controls/conventionSelect.tsx';
import { floorMeaning } from '../explain/definitions.ts';
import { isElsewhere, NeedsLogits } from '../panel/elsewhere.tsx';
import { ColumnHead } from '../rows/columnHead.tsx';
import type { Chosen } from '../state/panelChoices.ts';
import { shownParts } from '../summary/lossParts.tsx';
import type { Measured } from '../summary/measuredRows.ts';
import { Awaiting } from '../widgets/awaiting.tsx';
import { exactLoss } from '../widgets/figure.tsx';
import { ExportComparison } from './exportComparison.tsx';
import type { PinLine } from './pins.ts';
import { pinOf, samePin, sortedPins } from './pins.ts';
import { usePinLines } from './usePinLines.ts';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  readonly chosen: Chosen;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** The same logits at several α and conventions, side by side: what is chosen now, and what was pinned. */
export function Compare({ snapshot, measured, spec, chosen, choose }: Props) {
  const { pins, pinSort } = chosen;
  const current = pinOf(spec, CONVENTIONS[spec.convention].padded);
  const { lines, overall, ...asking } = usePinLines(snapshot, measured, spec, [current, ...pins]);
  const [now, ...pinned] = lines;
  const isPending = overall.state === 'pending';
  const { classes } = measured.stats;
  const isPinned = pins.some((pin) => samePin(pin, current));
  const remove = (pin: Pin) => choose({ pins: pins.filter((other) => !samePin(other, pin)) });
  const ordered = sortedPins(pinned, pinSort);
  return (
    <section class="compare" aria-label={l10n.t('Compare')}>
      <div class="title">
        <button
          type="button"
          disabled={isPinned}
          data-control="pin"
          onClick={() => choose({ pins: [...pins, current] })}
        >
          {isPinned ? l10n.t('Pinned') : l10n.t('Pin these settings')}
        </button>
        <ExportComparison lines={[now!, ...ordered]} classes={classes} />
      </div>
      <div class="numbers wide">
        <table>
          <thead>
            <tr>
              {columns().map(([column, name, title]) => (
                <ColumnHead
                  key={column}
                  {...{ column, name, title }}
                  sort={pinSort}
                  firstDescending={!['pinned', 'convention', 'alpha'].includes(column)}
                  onSort={(next) => choose({ pinSort: next })}
                />
              ))}
              <th scope="col">{l10n.t('same targets in other frameworks')}</th>
            </tr>
          </thead>
          <tbody>
            <Line line={now!} name={l10n.t('current')} classes={classes} isPending={isPending} />
            {ordered.map((line) => (
              <Line
                key={JSON.stringify(line.pin)}
                line={line}
                name={String(pinned.indexOf(line) + 1)}
                classes={classes}
                isPending={isPending}
                onRemove={() => remove(line.pin)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {overall.state !== 'answered' && (
        <Awaiting asked={overall} {...asking} label={l10n.t('Computing the comparison')} />
      )}
      {isElsewhere(snapshot) && lines.some(({ figures }) => !figures) && (
        <NeedsLogits what={l10n.t('Pins with a sigmoid or a padding class need the logits.')} />
      )}
      {pins.length === 0 && (
        <p class="says">
          {l10n.t('Pin the current settings, then change α or the convention to see both side by side.')}
        </p>
      )}
      {hasBothActivations(lines) && (
        <p class="says" data-says="activations">
          {l10n.t(
            'With a sigmoid per class, NLL is a different loss from NLL with a softmax, so don’t compare the two.',
          )}
        </p>
      )}
      <p class="says">
        {l10n.t(
          'Losses with different α or conventions can’t be compared, because each has its own floor. The excess, the loss minus its floor, says how far the predictions are from the targets of those settings. To compare models, use NLL or accuracy: neither depends on α.',
        )}
      </p>
    </section>
  );
}

function hasBothActivations(lines: readonly PinLine[]): boolean {
  return new Set(lines.map(({ pin }) => CONVENTIONS[pin.convention].activation)).size > 1;
}

function columns(): ReadonlyArray<readonly [PinColumn, string, string]> {
  return [
    ['pinned', l10n.t('pin'), l10n.t('In the order they were pinned')],
    ['alpha', 'α', l10n.t('α under its convention')],
    ['convention', l10n.t('convention'), l10n.t('How the target is spread')],
    ['loss', l10n.t('loss'), l10n.t('Loss with smoothing, in nats')],
    ['floor', l10n.t('floor'), floorMeaning()],
    ['excess', l10n.t('excess'), l10n.t('Loss minus its floor, in nats')],
    ['nll', l10n.t('NLL'), l10n.t('Loss without smoothing, in nats')],
    ['on', l10n.t('target: true class'), l10n.t('Smoothed target of the true class')],
    ['off', l10n.t('target: others'), l10n.t('Smoothed target of every other class')],
  ];
}

interface LineProps {
  readonly line: PinLine;
  readonly name: string;
  readonly classes: number;
  readonly isPending: boolean;
  readonly onRemove?: () => void;
}

function Line({ line: { pin, figures }, name, classes, isPending, onRemove }: LineProps) {
  const { convention, labelSmoothing } = pin;
  // Where one is the sum of two others, that is true as it's read.
  const parts = figures && shownParts(figures, true);
  const cell = (value: number | undefined, format: (value: number) => string, isLoss = false) => (
    <td title={value === undefined ? '' : isLoss ? exactLoss(value) : exact(value)} data-exact={value}>
      {value !== undefined ? format(value) : isPending ? PENDING_TEXT : UNKNOWN_TEXT}
    </td>
  );
  return (
    <tr
      class={onRemove ? '' : 'selected'}
      data-pin={onRemove ? name : 'current'}
      aria-busy={!figures && isPending}
    >
      <td class="pin-name">
        {name}
        {onRemove && (
          <button
            type="button"
            class="link"
            aria-label={l10n.t('Remove pin {0}', name)}
            title={l10n.t('Remove')}
            onClick={onRemove}
          >
            ×
          </button>
        )}
      </td>
      {cell(labelSmoothing, plain)}
      <td title={conventionFormula(convention)}>{shortName(convention)}</td>
      {cell(figures?.loss, () => parts!.loss, true)}
      {cell(figures?.floor, (floor) => parts!.floor ?? nats(floor), true)}
      {cell(figures?.excess, (excess) => parts!.excess ?? nats(excess), true)}
      {cell(figures?.nll, nats, true)}
      {cell(figures?.on, plainProbability)}
      {cell(figures?.off, plainProbability)}
      <td>{equivalents(pin, classes)}</td>
    </tr>
  );
}

/** The α that give the same targets in other conventions: "fairseq, ESPnet α = 0.08". */
function equivalents({ convention, labelSmoothing }: Pin, classes: number): string {
  return equivalentAlphas(convention, labelSmoothing, classes)
    .map((other) => {
      const shown = plain(other.alpha);
      const sign = Number(shown) === Number(literal(other.alpha)) ? '=' : '≈';
      return `${USERS[other.convention]} α\u00a0${sign}\u00a0${shown}`;
    })
    .join(' · ');
}
