import type { Work } from '../../../../loss/work.ts';
import type { Execution, Reading, ReadPart } from '../execution.ts';
import type { ExecutionQuestion } from '../question.ts';
import { StopError } from '../run/endings.ts';
import type { Even } from './algebra/matrix.ts';
import type { Callable } from './callable.ts';
import { changedElsewhere } from './changes.ts';
import { compare, hardAtZero, ignoredOf, isCalledAsTorch } from './compared.ts';
import { near } from './forms.ts';
import { foundLines } from './foundLines.ts';
import { gradientOf } from './judged/gradient.ts';
import { holdsWhile } from './judged/holdsWhile.ts';
import { readMixture } from './mixture/readMixture.ts';
import { kindOfPoints } from './points/kinds.ts';
import { pointsOf } from './points/points.ts';
import { triedParts } from './points/readParts.ts';
import { weightsHow } from './rowsAgree.ts';
import { readSite, type SiteRead } from './site.ts';
import type { Runs } from './trial/sample.ts';
import type { Setup } from './trial/setup.ts';
import { conventionTried, roundedFigures, withoutRounding } from './triedConventions.ts';

const CLASSES = [3, 5];

/** Reads what a definition does that can be called in a way that was found. Throws a StopError where it can't be told. */
export function* readFound(runs: Runs, found: Callable): Work<Execution> {
  const { question } = runs;
  const changed = changedElsewhere(found.ran);
  if (changed) throw changed;
  const only = found.setup.classes === CLASSES[0] ? null : [found.setup.classes];
  if (found.isMixture) return yield* readMixture(runs, found, only ?? CLASSES);
  // First, while there's enough left to find out.
  const gradient = yield* gradientOf(runs, found.setup, found, [2, 1, 0]);
  const points = yield* pointsOf(runs, found, only ?? CLASSES);
  const [first] = points;
  if (!first) throw new StopError(question.node, 'other');
  const kind = kindOfPoints(points, found);
  // What gives the true class no more than others makes no targets of labels.
  const areTargets = points.every(({ evens }) => evens.every(({ on, off }) => on > off));
  if (!kind || (found.isTargets && !areTargets)) throw new StopError(question.node, 'other');
  const written = (alpha: number) => alpha === question.alpha || isWritten(question, alpha);
  const parts = triedParts(points, found, kind);
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
  // A batch of one class alone had no mean.
  const isAssumed = points.some(({ matrix }) => matrix.isAssumed);
  if (isAssumed && (!ignored || ignored.how === 'fails')) throw new StopError(question.node, 'other');
  const main = named[0] ?? null;
  const alphaParameter = found.ran.roles.find(({ role }) => role === 'alpha')?.name ?? null;
  const alphaIs = !main ? (varies && alphaParameter !== null ? 'parameter' : 'unused') : main.alphaIs;
  const isOwn = found.isTargets || parts.length > 1 || found.focal || kind.form !== 'ce' || weightsMatter;
  // What torch has no reduction for isn't equal to it, nor what treats ignored rows otherwise.
  const isOtherwise =
    found.reduction === 'meanAgain' || (isAssumed && ignored !== null && ignored.how !== 'leftOut');
  const compared =
    isOwn || isOtherwise
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
      ({ set, parameter, figures }, i): ReadPart => ({
        parameter,
        figures: figures.map(roundedFigures),
        atSite: site?.figures[set] ? roundedFigures(site.figures[set]!) : null,
        convention: named[i]?.convention ?? null,
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
    gradient,
    holds: yield* holdsWhile(runs, first.setup, found, labels),
    toldClasses: site?.toldClasses ?? null,
    calledAsTorch: isCalledAsTorch(found),
  } satisfies Reading;
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

/** The floor of all parts together; none where a class weighs more than another. */
function floorAt(site: SiteRead | null, found: Callable, usesWeights: boolean): number | null {
  if (!site || found.focal || found.isTargets || usesWeights) return null;
  return site.floor === null ? null : withoutRounding(site.floor);
}
