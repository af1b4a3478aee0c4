import { fixedTexts, MOST_TEXT_ARRAY } from '../../arrays/npy/fixedTexts.ts';
import { type ArrayView, PickledBytes } from '../machine/pickleValues.ts';
import { isInRows } from '../views/readView.ts';
import { flawedLeaf, type Leaf } from './leaf.ts';

/** The texts of a NumPy array, which are names of classes, perhaps: each as many characters or bytes, filled up with zeros. */
export function textsInView(view: ArrayView): Leaf {
  const { element, shape, count } = view;
  const { type, size } = element;
  const place = view.place();
  const bytes = size * count;
  const isReadable = place instanceof PickledBytes && place.encoding === 'raw' && place.length >= bytes;
  if (!isReadable || bytes > MOST_TEXT_ARRAY || !type || !('texts' in type) || !isInRows(view))
    return flawedLeaf('text', { reason: 'array-type', offset: 0, kind: 'other', found: 'text' }, shape);
  const all = place.source.read(place.offset, bytes);
  const values = fixedTexts(all, size, type);
  return { shape, type: 'text', content: { kind: 'texts', values } };
}
