import type { Work } from '../../loss/work.ts';
import type { Place, PlacedProblem, PlaceRange } from '../../protocol/engine.ts';
import { utf8Work } from '../../readers/encoding.ts';
import { failure } from '../../readers/outcome.ts';
import { Places } from '../../readers/positions.ts';
import type { ReadProblem } from '../../readers/problem.ts';

/** UTF-8 text that begins at `origin` of its document. */
export class PlacedText {
  readonly bytes: Uint8Array;
  readonly #places: Places;
  readonly #origin: Place;

  constructor(bytes: Uint8Array, origin: Place) {
    this.bytes = bytes;
    this.#places = new Places(bytes);
    this.#origin = origin;
  }

  /** Text in any encoding that is read. */
  static *decodedWork(bytes: Uint8Array, origin: Place): Work<PlacedText> {
    return new PlacedText(yield* utf8Work(bytes), origin);
  }

  /** Prepares for places up to an offset: see `Places`. */
  prepareWork(offset: number): Work<void> {
    return this.#places.prepareWork(offset);
  }

  /** A byte offset as a place in the document. */
  place(offset: number): Place {
    const { line, character } = this.#places.at(offset);
    const { line: firstLine, character: firstCharacter } = this.#origin;
    return { line: firstLine + line, character: line === 0 ? firstCharacter + character : character };
  }

  range(start: number, end: number): PlaceRange {
    return { start: this.place(start), end: this.place(end) };
  }

  *failureWork(problem: ReadProblem): Work<{ readonly ok: false; readonly problem: PlacedProblem }> {
    yield* this.prepareWork(problem.offset);
    return failure(this.#placed(problem));
  }

  #placed(problem: ReadProblem): PlacedProblem {
    const place = this.place(problem.offset);
    if (problem.reason !== 'truncated') return { ...problem, place };
    return { ...problem, place, openedPlace: this.place(problem.openedAt) };
  }
}
