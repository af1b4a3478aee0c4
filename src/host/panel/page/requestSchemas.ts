import * as v from 'valibot';
import { CONVENTION_NAMES } from '../../../loss/conventions/conventions.ts';
import { LOSS_FORMS, LOSS_REDUCTIONS } from '../../../loss/lossSpec.ts';
import { ARRAYS, PROGRAMS, TABLE_FORMATS } from '../../../protocol/exportChannel.ts';
import { LEARN_PAGES } from '../../../protocol/learnPages.ts';
import { MOST_DROPPED_BYTES, type PanelRequests } from '../../../protocol/panelChannel.ts';
import type { SchemasOf } from './validRequests.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const convention = v.picklist(CONVENTION_NAMES);
const weights = v.nullable(v.array(v.pipe(finite, v.minValue(0))));
const temperature = v.pipe(finite, v.gtValue(0));
const labelSmoothing = v.pipe(finite, v.minValue(0), v.maxValue(1));
/** Names of jobs and edits: the page's, or ours. */
const name = v.pipe(v.string(), v.maxLength(200));
const destination = v.picklist(['clipboard', 'file']);

/** `BatchView`. Whether weights are as many as classes only the batch tells. */
export const viewSchema = v.strictObject({
  kind: v.exactOptional(v.picklist(['logits', 'log-probabilities', 'probabilities'])),
  classAxis: v.exactOptional(count),
  chosenTargets: v.exactOptional(v.array(v.strictTuple([count, count]))),
  convention: v.exactOptional(convention),
  weight: v.exactOptional(weights),
  ignoreIndex: v.exactOptional(v.nullable(v.pipe(v.number(), v.safeInteger()))),
  temperature: v.exactOptional(temperature),
});

/** `Unfolded` */
export const unfoldedSchema = v.object({ explain: v.boolean(), more: v.boolean() });

const smoothingSchema = v.object({ convention, labelSmoothing });

/** `PanelSpec` */
const specSchema = v.object({
  convention,
  labelSmoothing,
  weight: v.nullable(v.union([v.instance(Float64Array), v.array(v.pipe(finite, v.minValue(0)))])),
  ignoreIndex: v.nullable(v.pipe(v.number(), v.safeInteger())),
  reduction: v.picklist(LOSS_REDUCTIONS),
  form: v.picklist(LOSS_FORMS),
  temperature,
});

const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check((file) => file.byteLength <= MOST_DROPPED_BYTES),
);

/** The arguments of each request of the page. It's ours, but its messages are data: none is acted on that isn't as it should be. */
export const REQUEST_SCHEMAS = {
  ready: v.strictTuple([]),
  row: v.strictTuple([count, count]),
  calibrate: v.strictTuple([count, name]),
  teacherEntropy: v.strictTuple([count, temperature, name]),
  floors: v.strictTuple([count, smoothingSchema, name]),
  totals: v.strictTuple([count, viewSchema, name]),
  stop: v.strictTuple([name]),
  chooseTeacher: v.strictTuple([]),
  removeTeacher: v.strictTuple([]),
  teacherRow: v.strictTuple([count, count]),
  frameworks: v.strictTuple([]),
  revealSource: v.strictTuple([]),
  turnTo: v.strictTuple([v.picklist(['logits', 'loss', 'playground'])]),
  revealRow: v.strictTuple([count]),
  takeLoss: v.strictTuple([v.string()]),
  revealLoss: v.strictTuple([]),
  unfold: v.strictTuple([unfoldedSchema]),
  exportBatch: v.strictTuple([
    count,
    v.picklist([...TABLE_FORMATS, ...PROGRAMS, ...ARRAYS]),
    destination,
    specSchema,
  ]),
  exportTable: v.strictTuple([
    v.string(),
    v.object({
      head: v.array(v.string()),
      texts: v.array(v.array(v.nullable(v.string()))),
      numbers: v.instance(Float64Array),
    }),
    v.picklist(TABLE_FORMATS),
    destination,
  ]),
  pictureTheme: v.strictTuple([]),
  exportPicture: v.strictTuple([
    v.string(),
    v.union([
      v.object({ format: v.literal('svg'), content: v.string() }),
      v.object({ format: v.literal('png'), content: v.instance(Uint8Array) }),
    ]),
    destination,
  ]),
  setView: v.strictTuple([viewSchema]),
  chooseLogits: v.strictTuple([]),
  openLab: v.strictTuple([]),
  openLearn: v.strictTuple([v.picklist(LEARN_PAGES)]),
  measureAgain: v.strictTuple([]),
  chooseTargets: v.strictTuple([]),
  openDropped: v.strictTuple([
    v.union([
      v.object({ uris: v.array(v.string()) }),
      v.object({ name: v.string(), bytes }),
      v.object({ name: v.string(), tooLarge: count }),
    ]),
  ]),
  cancel: v.strictTuple([]),
  previewAlpha: v.strictTuple([
    v.object({ convention, labelSmoothing, classes: v.pipe(count, v.minValue(1)) }),
  ]),
  applyAlpha: v.strictTuple([name]),
  undoAlpha: v.strictTuple([name]),
} satisfies SchemasOf<PanelRequests>;
