import * as l10n from '@vscode/l10n';
import { scaleLinear, scaleLog } from 'd3-scale';
import type { Smoothing } from '../../loss/smoothing.ts';
import type { PanelSnapshot } from '../../protocol/panel.ts';
import type { Chosen } from '../choice.ts';
import { type ClassLine, classLines } from '../classes.ts';
import { exact, probability, signed } from '../format.ts';
import { useRowDetail } from '../hooks.ts';
import { changeView } from '../view.ts';
import { Frame } from './frame.tsx';
import { Twin } from './twin.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly row: number;
  readonly smoothing: Smoothing;
  readonly logAxis: boolean;
  readonly choose: (part: Partial<Chosen>) => void;
}

const LINE = 26;
const TOP = 24;
/** The room for the gradient on the right. */
const GRADIENT = 62;

/** For each class the prediction, the smoothed target, and the line between them: the gradient. */
export function Dumbbell({ snapshot, row, smoothing, logAxis, choose }: Props) {
  const detail = useRowDetail(snapshot.revision, row);
  const lines = detail ? classLines(detail, smoothing, snapshot.weight) : [];
  const names = snapshot.summary.classNames;
  const nameOf = ({ index, count }: ClassLine) =>
    index === -1 ? l10n.t('{0} others', count) : (names?.[index] ?? String(index));
  const shownRow = detail?.row ?? row;
  const target = snapshot.stats.target[shownRow]!;
  const prediction = snapshot.stats.prediction[shownRow]!;
  const table = () => ({
    head: [
      l10n.t('class'),
      l10n.t('hard target'),
      l10n.t('smoothed target'),
      l10n.t('prediction'),
      l10n.t('gradient'),
    ],
    rows: lines.map((line) => [
      nameOf(line),
      exact(line.hard),
      exact(line.target),
      exact(line.prediction),
      exact(line.gradient),
    ]),
  });
  const tools = (
    <label class="check">
      <input
        type="checkbox"
        checked={logAxis}
        onChange={(event) => choose({ logAxis: event.currentTarget.checked })}
      />
      {l10n.t('log axis')}
    </label>
  );
  return (
    <Twin
      title={
        snapshot.weight
          ? l10n.t('Row {0}: the gradient, with class weights', shownRow)
          : l10n.t('Row {0}: the gradient p − y′', shownRow)
      }
      tools={tools}
      table={table}
    >
      {snapshot.summary.targetsFrom === 'argmax' && <ChooseTarget snapshot={snapshot} row={shownRow} />}
      <Frame height={TOP + LINE * lines.length + 4} label={l10n.t('Predictions and targets by class')}>
        {(width) => (
          <Lines
            lines={lines}
            width={width}
            logAxis={logAxis}
            weighted={snapshot.weight !== null}
            label={(line) => {
              const mark = line.index === target ? ' ✓' : line.index === prediction ? ' ✗' : '';
              return `${shorten(nameOf(line))}${mark}`;
            }}
          />
        )}
      </Frame>
      <p class="legend" aria-hidden="true">
        <span class="hard">❘</span> {l10n.t('hard target')} <span class="target">●</span>{' '}
        {l10n.t('smoothed target')} <span class="prediction">○</span> {l10n.t('prediction')}
      </p>
    </Twin>
  );
}

interface LinesProps {
  readonly lines: readonly ClassLine[];
  readonly width: number;
  readonly logAxis: boolean;
  readonly weighted: boolean;
  readonly label: (line: ClassLine) => string;
}

function Lines({ lines, width, logAxis, weighted, label }: LinesProps) {
  const labels = lines.map(label);
  const left = 14 + 7 * Math.max(3, ...labels.map((text) => [...text].length));
  const range: [number, number] = [left, Math.max(left + 40, width - GRADIENT - 10)];
  const smallest = Math.min(
    ...lines.flatMap(({ target, prediction }) => [target, prediction]).filter((p) => p > 1e-9),
    0.1,
  );
  const x = logAxis
    ? scaleLog()
        .domain([smallest / 2, 1])
        .range(range)
        .clamp(true)
    : scaleLinear().domain([0, 1]).range(range);
  const at = (value: number) =>
    Number.isNaN(value) ? range[0] : x(logAxis ? Math.max(value, smallest / 2) : value);
  const most = Math.floor((range[1] - range[0]) / 60);
  const ticks = x
    .ticks(Math.max(2, Math.min(5, most)))
    .filter((tick, i, all) => !logAxis || powerOfTen(tick, i, all, most));
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick} class="tick" transform={`translate(${x(tick)},0)`}>
          <text y={12} text-anchor="middle">
            {tick > 0 && tick < 0.001 ? tick.toExponential(0).replace('-', '−') : String(tick)}
          </text>
          <line class="grid" y1={TOP - 6} y2={TOP + LINE * lines.length - 6} />
        </g>
      ))}
      <text class="quiet" x={width - 2} y={12} text-anchor="end">
        {weighted ? l10n.t('gradient') : 'p − y′'}
      </text>
      {lines.map((line, i) => (
        <g key={line.index} class="class" transform={`translate(0,${TOP + LINE * i + LINE / 2 - 6})`}>
          <title>{tooltip(labels[i]!, line)}</title>
          <rect class="hit" x={0} y={-LINE / 2} width={width} height={LINE} />
          <text x={left - 12} y={4} text-anchor="end">
            {labels[i]}
          </text>
          <line class="grid" x1={range[0]} x2={range[1]} />
          <line class="pull" x1={at(line.prediction)} x2={at(line.target)} />
          <line class="hard" x1={at(line.hard)} x2={at(line.hard)} y1={-9} y2={9} />
          <circle class="target" cx={at(line.target)} r={4.5} />
          <circle class="prediction" cx={at(line.prediction)} r={5} />
          <text class="gradient" x={width - 2} y={4} text-anchor="end">
            {signed(line.gradient)}
          </text>
        </g>
      ))}
    </>
  );
}

/** Of a log axis the powers of ten, and of many of those as many as there's room for. */
function powerOfTen(tick: number, _i: number, all: readonly number[], most: number): boolean {
  const isPower = (value: number) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9;
  const powers = all.filter(isPower);
  const step = Math.max(1, Math.ceil(powers.length / Math.max(2, most)));
  return isPower(tick) && (powers.length - 1 - powers.indexOf(tick)) % step === 0;
}

function tooltip(name: string, { hard, target, prediction, gradient }: ClassLine): string {
  return [
    name,
    l10n.t('hard target {0}', probability(hard)),
    l10n.t('smoothed target {0}', exact(target)),
    l10n.t('prediction {0}', exact(prediction)),
    l10n.t('gradient {0} nats per unit of logit', exact(gradient)),
  ].join('\n');
}

function shorten(name: string): string {
  const letters = [...name];
  return letters.length > 14 ? `${letters.slice(0, 13).join('')}…` : name;
}

/** For sources without targets: says that the target is a guess, and lets one be chosen. */
function ChooseTarget({ snapshot, row }: { snapshot: PanelSnapshot; row: number }) {
  const { classNames } = snapshot.summary;
  const all = snapshot.view.chosenTargets ?? [];
  const chosen = all.find(([of]) => of === row);
  const others = all.filter(([of]) => of !== row);
  const set = (target: number) =>
    changeView(snapshot, { chosenTargets: target === -1 ? others : [...others, [row, target]] });
  return (
    <label class="choose">
      {l10n.t('target of this row')}
      <select
        value={chosen?.[1] ?? -1}
        data-control="target"
        onChange={(event) => set(Number(event.currentTarget.value))}
      >
        <option value={-1}>{l10n.t('assumed: the argmax')}</option>
        {Array.from({ length: snapshot.stats.classes }, (_, k) => (
          <option key={String(k)} value={k}>
            {classNames?.[k] ?? k}
          </option>
        ))}
      </select>
    </label>
  );
}
