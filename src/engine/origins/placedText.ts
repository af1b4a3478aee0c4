import type { Work } from '../../loss/work.ts';
import type { Place, PlacedProblem, PlaceRange } from '../../protocol/engineChannel.ts';
import { failure } from '../../readers/outcome.ts';
import type { ReadProblem } from '../../readers/readProblem.ts';
import { asUtf8 } from '../../readers/text/textEncoding.ts';
import { TextPlaces } from '../../readers/text/textPlaces.ts';

/** UTF-8 text that begins at `origin` of its document. */
export class PlacedText {
  readonly bytes: Uint8Array;
  readonly #places: TextPlaces;
  readonly #origin: Place;

  constructor(bytes: Uint8Array, origin: Place) {
    this.bytes = bytes;
    this.#places = new TextPlaces(bytes);
    this.#origin = origin;
  }

  /** Text in any encoding that is read. */
  static *decode(bytes: Uint8Array, origin: Place): Work<PlacedText> {
    return new PlacedText(yield* asUtf8(bytes), origin);
  }

  /** Prepares for places up to an offset: see `Places`. */
  prepare(offset: number): Work<void> {
    return this.#places.prepare(offset);
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

  *failureAt(problem: ReadProblem): Work<{ readonly ok: false; readonly problem: PlacedProblem }> {
    yield* this.prepare(problem.offset);
    return failure(this.#placed(problem));
  }

  #placed(problem: ReadProblem): PlacedProblem {
    const place = this.place(problem.offset);
    if (problem.reason !== 'truncated') return { ...problem, place };
    return { ...problem, place, openedPlace: this.place(problem.openedAt) };
  }
}
