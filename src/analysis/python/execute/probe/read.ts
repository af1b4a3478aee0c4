import type { Work } from '../../../../loss/work.ts';
import type { Execution, Figures, Reading, ReadPart } from '../execution.ts';
import type { ExecutionQuestion } from '../question.ts';
import { StopError } from '../run/endings.ts';
import { againstTorch } from './againstTorch.ts';
import { changedElsewhere } from './changes.ts';
import { figuresOf, madeTargets, type Point } from './figures.ts';
import { near } from './forms.ts';
import { foundLines } from './foundLines.ts';
import { kindOfPoints } from './kinds.ts';
import { type Even, matrixOf } from './matrix.ts';
import { pointsOf } from './points.ts';
import { ignoredHow, weightsHow } from './rowsAgree.ts';
import { readSite, type SiteRead } from './site.ts';
import { isEnding, type Runs } from './trial/sample.ts';
import type { Setup } from './trial/setup.ts';
import { conventionTried, roundedFigures, type Tried, withoutRounding } from './triedConventions.ts';
import type { Found } from './ways.ts';

const CLASSES = [3, 5];

/** Reads what a definition does that can be called in a way that was found. Throws a StopError where it can't be told. */
export function* readFound(runs: Runs, found: Found): Work<Execution> {
  const { question } = runs;
  const changed = changedElsewhere(found.ran);
  if (changed) throw changed;
  const only = found.setup.classes === CLASSES[0] ? null : [found.setup.classes];
  const points = yield* pointsOf(runs, found, only ?? CLASSES);
  const [first] = points;
  if (!first) throw new StopError(question.node, 'other');
  const kind = kindOfPoints(points, found);
  // What gives the true class no more than others makes no targets of labels.
  const areTargets = points.every(({ evens }) => evens.every(({ on, off }) => on > off));
  if (!kind || (found.isTargets && !areTargets)) throw new StopError(question.node, 'other');
  const written = (alpha: number) => alpha === question.alpha || isWritten(question, alpha);
  const parts = codeParts(points, found, kind.form === 'sigmoid');
  const named = parts.map(({ tried }) => conventionTried(tried, kind.form === 'sigmoid', written));
  const varies = points.some(
    ({ classes, evens }) =>
      classes === first.classes && evens.some((even, set) => !same(even, first.evens[set]!)),
  );
  const weights =
    found.ran.roles.some(({ role }) => role === 'weights') && !found.isTargets
      ? yield* weightsHow(runs, first.setup, found, first.matrix.fits)
      : null;
  // Rows that weigh differently have the same floor each, and so has their mean where it's divided by the weights.
  const weightsMatter = weights !== null && weights !== 'unused' && weights !== 'meanOfRows';
  const site = yield* readSite(
    runs,
    found,
    first,
    kind.form === 'sigmoid' ? () => 1 : kind.scaleOf,
    weightsMatter,
  );
  const padding = first.evens[0]?.padding ?? null;
  const ignored = yield* ignoredOf(runs, found, first, padding);
  if (points.some(({ matrix }) => matrix.isAssumed) && ignored?.how !== 'leftOut')
    throw new StopError(question.node, 'other');
  const main = named[0] ?? null;
  const alphaParameter = found.ran.roles.find(({ role }) => role === 'alpha')?.name ?? null;
  const alphaIs = !main ? (varies && alphaParameter !== null ? 'parameter' : 'unused') : main.alphaIs;
  const compared =
    found.isTargets || parts.length > 1 || found.focal || kind.form !== 'ce' || weightsMatter
      ? null
      : yield* compare(
          runs,
          found,
          first,
          alphaIs,
          [...first.matrix.silent, ...(padding === null ? [] : [padding])],
          only,
        );
  const padded = padding === null ? [] : [padding];
  const labels = [2, 1, 0].filter((label) => !first.matrix.silent.has(label) && !padded.includes(label));
  const evidence = yield* foundLines(runs, found, first.setup, labels);
  return {
    kind: 'read',
    what: found.isTargets ? 'targets' : 'loss',
    form: kind.form,
    focal: found.focal,
    takes: found.isTargets ? null : takenAs(found.setup.way.takes),
    parts: parts.map(
      ({ parameter, figures }, set): ReadPart => ({
        parameter,
        figures: figures.map(roundedFigures),
        atSite: site?.figures[set] ? roundedFigures(site.figures[set]!) : null,
        convention: named[set]?.convention ?? null,
        scale: kind.scales[set]!,
      }),
    ),
    alphaIs,
    alphaParameter,
    hardAtZero: yield* hardAtZero(runs, found, first, alphaIs === 'oneMinus' ? 1 : 0),
    paddingClass: padding,
    ignored,
    reduction: found.isTargets || site?.isReducedOtherwise ? null : found.reduction,
    weights,
    floor: floorAt(site, found, weightsMatter),
    floors: weights === 'otherwise' ? null : (site?.floors?.map(withoutRounding) ?? null),
    torch: compared,
    ...evidence,
    toldClasses: site?.toldClasses ?? null,
    calledAsTorch: isCalledAsTorch(found),
  } satisfies Reading;
}

/** A class whose objects are called as those of torch's own losses are. */
function isCalledAsTorch({ ran, setup: { way } }: Found): boolean {
  const names = ran.called.map(({ role }) => role).join(' ');
  const isPlain = way.library === 'torch' && way.layout === 'table' && way.takes === 'logits';
  return isPlain && way.labels !== 'column' && ran.made !== null && names === 'scores labels';
}

/** A number stands in the source: α is told in the definition, in a class it's derived from, in an attribute. */
function isWritten({ source }: ExecutionQuestion, alpha: number): boolean {
  return source.text.split(/[^\d.]+/).some((numeral) => numeral !== '' && Number(numeral) === alpha);
}

export function same(a: Even, b: Even): boolean {
  return near(a.on, b.on) && near(a.off, b.off);
}

function takenAs(takes: Setup['way']['takes']): Reading['takes'] {
  return takes === 'eachProbability' ? 'probabilities' : takes;
}

function codeParts(points: readonly Point[], found: Found, isSigmoid: boolean) {
  const sets = points[0]!.evens.length;
  const kind = kindOfPoints(points, found)!;
  return Array.from({ length: sets }, (_, set) => {
    const tried: Tried[] = [];
    const figures: Figures[] = points.map(({ alpha, classes, evens, matrix }) => {
      const { on, off, padding } = evens[set]!;
      const scale = isSigmoid ? 1 : kind.scaleOf(set, classes);
      tried.push({ alpha, classes, on: on / scale, off: off / scale, isPadded: padding !== null });
      return figuresOf(alpha, evens[set]!, matrix, scale, found);
    });
    return { parameter: found.ran.scores[set] ?? '', tried, figures };
  });
}

function* ignoredOf(
  runs: Runs,
  found: Found,
  point: Point,
  padding: number | null,
): Work<Reading['ignored']> {
  // A row of zeros is no index.
  if (found.isTargets || found.setup.way.labels === 'oneHot') return null;
  const indices = new Set(found.ran.ignoredValues);
  const [silent] = point.matrix.silent;
  if (silent !== undefined) indices.add(silent);
  const [index] = indices;
  const other = [...point.matrix.fits.keys()].find((label) => label !== index && label !== padding);
  if (index === undefined || other === undefined) return null;
  const how = yield* ignoredHow(runs, point.setup, found, index, other);
  return how && { index, isGiven: found.ran.ignoredGiven.includes(index), ...how };
}

/** With α = 0 the true class should have all. */
function* hardAtZero(runs: Runs, found: Found, { setup, evens }: Point, alpha: number): Work<boolean | null> {
  if (!found.ran.roles.some(({ role }) => role === 'alpha')) return null;
  try {
    const zero = { ...setup, alpha };
    const label = evens[0]?.padding === 2 ? 1 : 2;
    const matrix = found.isTargets
      ? yield* madeTargets(runs, zero)
      : yield* matrixOf(runs, zero, found, { labels: [label] });
    const fit = matrix.fits.get(label);
    if (!fit) return null;
    return fit.on.every((weights) => weights.every((x, k) => k === label || Math.abs(x) < 1e-9));
  } catch (error) {
    if (!isEnding(error)) throw error;
    return null;
  }
}

function* compare(
  runs: Runs,
  found: Found,
  point: Point,
  alphaIs: Reading['alphaIs'],
  without: readonly number[],
  only: readonly number[] | null,
): Work<Reading['torch']> {
  if (alphaIs === 'unused') {
    // What smooths nothing is compared with what smooths nothing.
    if (point.evens.some(({ off }) => off !== 0)) return null;
    return yield* againstTorch(runs, point.setup, found, 0, without, only);
  }
  // Where α is known it's that one that is compared.
  const here = runs.question.alpha;
  const isKnown = here !== undefined && here > 0 && here < 1;
  const own = isKnown && (alphaIs === 'parameter' || alphaIs === 'oneMinus') ? here : point.alpha;
  const alpha = typeof alphaIs === 'object' ? alphaIs.fixed : alphaIs === 'oneMinus' ? 1 - own : own;
  return yield* againstTorch(runs, { ...point.setup, alpha: own }, found, alpha, without, only);
}

/** The floor of all parts together; none where a class weighs more than another. */
function floorAt(site: SiteRead | null, found: Found, usesWeights: boolean): number | null {
  if (!site || found.focal || found.isTargets || usesWeights) return null;
  return site.floor === null ? null : withoutRounding(site.floor);
}
