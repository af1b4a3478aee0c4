import type { Floats } from '../../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../../loss/rows/shape.ts';
import { portion, SLICE, type Work } from '../../../loss/work.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { Unreadable } from '../../text/cursor.ts';
import type { ArrayView } from '../machine/pickleValues.ts';
import { readView } from '../views/readView.ts';

/** An array before it has a name: a tensor, numbers in lists, texts; or several of these, put together. */
export interface Leaf {
  readonly shape: readonly number[];
  /** "float32"; "int", "float" or "bool" of Python's own; "text". */
  readonly type: string;
  readonly content:
    | { readonly kind: 'view'; readonly view: ArrayView }
    | { readonly kind: 'numbers'; readonly values: Float64Array }
    | { readonly kind: 'texts'; readonly values: readonly string[] }
    /** One after the other. */
    | { readonly kind: 'parts'; readonly parts: readonly Leaf[] }
    | { readonly kind: 'flawed'; readonly problem: ReadProblem };
}

/** What can't be read, by the name of its type. */
export function flawedLeaf(type: string, problem: ReadProblem, shape: readonly number[] = []): Leaf {
  return { shape, type, content: { kind: 'flawed', problem } };
}

/** Why a leaf, or a part of it, can't be read. */
export function flawOf({ content }: Leaf): ReadProblem | undefined {
  if (content.kind === 'flawed') return content.problem;
  if (content.kind !== 'parts') return undefined;
  for (const part of content.parts) {
    const flaw = flawOf(part);
    if (flaw) return flaw;
  }
  return undefined;
}

/** Puts the numbers of a leaf into `into`, which is as long as they are many. Throws Unreadable if they can't be read. */
export function* readLeaf({ content, shape }: Leaf, into: Floats): Work<void> {
  switch (content.kind) {
    case 'view':
      yield* readView(content.view, into);
      return;
    case 'numbers':
      for (let done = 0; done < into.length; done += SLICE) {
        yield done / into.length;
        into.set(content.values.subarray(done, done + SLICE), done);
      }
      return;
    case 'parts': {
      let start = 0;
      for (const part of content.parts) {
        const end = start + lengthOf(part.shape);
        yield start / into.length;
        yield* portion(readLeaf(part, into.subarray(start, end)), start / into.length, end / into.length);
        start = end;
      }
      return;
    }
    case 'flawed':
      throw new Unreadable(content.problem);
    default:
      throw new Unreadable({ reason: 'array-type', offset: 0, kind: 'other', found: `text ${shape}` });
  }
}
