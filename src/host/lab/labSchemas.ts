import * as v from 'valibot';
import { MOST_HIDDEN } from '../../lab/training/checkedPlan.ts';
import { CONVENTION_NAMES } from '../../loss/conventions/conventions.ts';
import type { LabRequests } from '../../protocol/labChannel.ts';
import { REQUEST_SCHEMAS } from '../panel/page/requestSchemas.ts';
import type { SchemasOf } from '../panel/page/validRequests.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1 << 20));
const finite = v.pipe(v.number(), v.finite(), v.minValue(0));
const alpha = v.pipe(finite, v.maxValue(1));
const hidden = v.pipe(v.array(size), v.maxLength(MOST_HIDDEN));
/** More networks than this aren't trained side by side. */
const MOST_SEEDS = 64;
const seedCount = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MOST_SEEDS));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** `ComparisonSettings` */
const settingsSchema = v.object({
  alphas: v.pipe(v.array(alpha), v.minLength(1), v.maxLength(16)),
  convention: v.picklist(CONVENTION_NAMES),
  focal: v.nullable(v.looseObject({})),
  sizes: v.object({ train: size, validation: size, test: v.optional(size) }),
  hidden,
  epochs: size,
  batchSize: size,
  optimizer: v.union([
    v.object({ kind: v.literal('adam'), learningRate: finite }),
    v.object({ kind: v.literal('sgd'), learningRate: finite, momentum: finite }),
  ]),
  weightDecay: finite,
  fixedTest: v.boolean(),
  isTimed: v.boolean(),
  pictures: v.object({
    plane: v.nullable(v.tuple([count, count, count])),
    surface: v.nullable(v.pipe(size, v.maxValue(100))),
  }),
});

const comparisonSchema = v.object({
  data: v.union([
    v.picklist(['digits', 'digits-20', 'digits-40', 'clouds', 'wine', 'iris', 'breast']),
    v.object({ own: count }),
  ]),
  settings: settingsSchema,
  seeds: v.object({ first: count, count: seedCount }),
});

/** `TeacherSettings` */
const teacherSchema = v.object({
  alphas: v.pipe(v.array(alpha), v.minLength(1), v.maxLength(4)),
  temperatures: v.pipe(v.array(v.pipe(finite, v.gtValue(0))), v.minLength(1), v.maxLength(8)),
  seeds: seedCount,
  teacher: v.object({ rows: size, hidden, epochs: size }),
  student: v.object({ rows: size, hidden, epochs: size }),
  validationRows: size,
});

/** The arguments of each request of the lab's page. */
export const LAB_SCHEMAS = {
  ready: v.strictTuple([]),
  estimate: v.strictTuple([comparisonSchema]),
  train: v.strictTuple([count, comparisonSchema]),
  goOn: v.strictTuple([count, v.array(count)]),
  pause: v.strictTuple([count]),
  release: v.strictTuple([count]),
  teach: v.strictTuple([count, teacherSchema, count]),
  chooseOwn: v.strictTuple([]),
  leaveOut: v.strictTuple([count, count]),
  version: v.strictTuple([]),
  exportText: v.strictTuple([
    text(200),
    v.picklist(['markdown', 'pytorch']),
    text(1 << 22),
    v.picklist(['clipboard', 'file']),
  ]),
  exportTable: REQUEST_SCHEMAS.exportTable,
  exportPicture: REQUEST_SCHEMAS.exportPicture,
  pictureTheme: REQUEST_SCHEMAS.pictureTheme,
  previewAlpha: REQUEST_SCHEMAS.previewAlpha,
  applyAlpha: REQUEST_SCHEMAS.applyAlpha,
  undoAlpha: REQUEST_SCHEMAS.undoAlpha,
  openLearn: REQUEST_SCHEMAS.openLearn,
} satisfies SchemasOf<LabRequests>;
