import { lengthOf } from '../../../loss/rows/shape.ts';
import type { Work } from '../../../loss/work.ts';
import type { PickleCursor } from '../machine/pickleCursor.ts';
import { damaged } from '../machine/pickleFault.ts';
import type { PickleSetting } from '../machine/pickleSetting.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import {
  PickledArray,
  PickledBytes,
  PickledDict,
  PickledDtype,
  PickledObject,
  type PickleValue,
} from '../machine/pickleValues.ts';
import { numpyElement } from './elementTypes.ts';
import { numpyView, setDtype, setNumpy, setView, shapeOf } from './numpyArrays.ts';

/** Pickles inside pickles. */
const MOST_NESTED = 4;

/** Gives an object its state. An array of joblib has its numbers behind that: the cursor passes over them. */
export function* buildState(
  object: PickleValue,
  state: PickleValue,
  cursor: PickleCursor,
  setting: PickleSetting,
): Work<void> {
  const offset = cursor.position;
  if (object instanceof PickledDtype) setDtype(object, state, offset);
  else if (object instanceof PickledArray && object.maker === 'numpy') setNumpy(object, state, offset);
  else if (object instanceof PickledArray && object.maker === 'joblib')
    yield* takeRawArray(object, state, cursor, setting);
  else if (object instanceof PickledObject) object.state = state;
  // Dictionaries and tensors may have attributes, too, which aren't asked for: `_metadata` of a state dict.
}

/** What joblib writes: {shape, order, dtype, numpy_array_alignment_bytes}, and then the numbers, or a pickle of objects. */
function* takeRawArray(
  array: PickledArray,
  state: PickleValue,
  cursor: PickleCursor,
  setting: PickleSetting,
): Work<void> {
  const { position } = cursor;
  const dtype = attribute(state, 'dtype');
  if (!(dtype instanceof PickledDtype)) throw damaged('arguments', position);
  const element = numpyElement(dtype);
  const shape = shapeOf(attribute(state, 'shape'), position);
  if (element.problem?.reason === 'array-type' && element.problem.kind === 'object') {
    if (setting.depth >= MOST_NESTED) throw damaged('arguments', position);
    const inner = yield* setting.nestedPickle(cursor, { ...setting, depth: setting.depth + 1 });
    array.objects = inner instanceof PickledArray ? inner.objects : undefined;
    array.problem =
      inner instanceof PickledArray
        ? inner.problem
        : { typeName: element.typeName, problem: element.problem };
    return;
  }
  if (element.size === 0) throw damaged('arguments', position);
  const isAligned = (attribute(state, 'numpy_array_alignment_bytes') ?? null) !== null;
  if (isAligned) cursor.skip(cursor.uint8());
  const length = lengthOf(shape) * element.size;
  const bytes = new PickledBytes(cursor.source, cursor.skip(length), length);
  setView(array, numpyView(element, shape, pickledText(attribute(state, 'order')) === 'F', bytes));
}

function attribute(state: PickleValue, name: string): PickleValue | undefined {
  if (!(state instanceof PickledDict)) return undefined;
  const index = state.keys.findIndex((key) => pickledText(key) === name);
  return state.values[index];
}
