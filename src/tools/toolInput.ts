import * as v from 'valibot';
import { type Tool, type ToolAnswer, ToolError, type ToolWorld } from './tool.ts';

/** An object with these arguments, and no others: a misspelt one would be left out in silence. */
export function inputOf<Entries extends v.ObjectEntries>(entries: Entries) {
  const known = Object.keys(entries).join(', ');
  return v.strictObject(entries, ({ expected }) => {
    if (expected === 'never') return `there’s no such argument; there are ${known}.`;
    return expected.startsWith('"') ? 'it has to be given.' : `expected an object with ${known}.`;
  });
}

/** What a tool is made of. */
interface ToolParts<Schema extends v.GenericSchema> {
  readonly name: string;
  /** For a model that reads only this: what it does, when to use it, and when not. */
  readonly description: string;
  readonly schema: Schema;
  run(input: v.InferOutput<Schema>, world: ToolWorld): Promise<ToolAnswer>;
  /** The file or folder that is read; null if none. */
  reads?(input: v.InferOutput<Schema>): string | null;
}

/** A tool that is handed its input as the schema has it. */
export function toolOf<Schema extends v.GenericSchema>(parts: ToolParts<Schema>): Tool {
  const { name, description, schema } = parts;
  return {
    name,
    description,
    schema,
    reads: (given) => parts.reads?.(checkedInput(schema, given)) ?? null,
    run: async (given, world) => parts.run(checkedInput(schema, given), world),
  };
}

/** What a model gave, checked: VS Code doesn't. Throws `ToolError` that names the first argument that is wrong. */
function checkedInput<Schema extends v.GenericSchema>(schema: Schema, given: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, given ?? {});
  if (result.success) return result.output;
  const [{ path, message, received }] = result.issues;
  const where = path?.map(({ key }) => String(key)).join('.') ?? '';
  throw new ToolError(
    where === ''
      ? message
      : received === 'undefined'
        ? `${where}: ${message}`
        : `${where}: ${message} It was ${received}.`,
  );
}

const finite = (message: string) => v.pipe(v.number(message), v.finite(message));

/** α. What a framework does with one outside of its range is said by what computes with it. */
export const ALPHA = v.pipe(
  finite('expected α, a number such as 0.1.'),
  v.description(
    'α, the amount of label smoothing, usually 0 to 1, as the framework’s argument has it (label_smoothing=0.1); 0 without smoothing',
  ),
);
/** K */
export const CLASSES = v.pipe(
  v.number('expected K, the number of classes.'),
  v.integer('expected a whole number of classes.'),
  v.minValue(1, 'expected at least one class.'),
  v.maxValue(2 ** 31 - 1, 'expected at most 2147483647 classes.'),
  v.description('K, the number of classes'),
);
/** A path. */
export const PATH = v.pipe(v.string('expected an absolute path.'), v.nonEmpty('expected an absolute path.'));
/** Which loss. */
export const NAMED_LOSS = v.pipe(
  v.string('expected the name of a loss.'),
  v.description(
    'the loss as code calls it, e.g. "torch.nn.CrossEntropyLoss", "keras.losses.CategoricalCrossentropy", "optax.smooth_labels", "timm.loss.LabelSmoothingCrossEntropy", "fairseq"; default: torch.nn.CrossEntropyLoss',
  ),
);
/** All details. */
export const ALL = v.pipe(
  v.boolean('expected true or false.'),
  v.description('true: all lines, however many; default: at most 2,000 characters'),
);
