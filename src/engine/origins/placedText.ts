import type { Place, PlacedProblem, PlaceRange } from '../../protocol/engine.ts';
import { placeAt } from '../../readers/positions.ts';
import type { ReadProblem } from '../../readers/problem.ts';

/** UTF-8 text that begins at `origin` of its document. */
export class PlacedText {
  readonly bytes: Uint8Array;
  readonly #origin: Place;

  constructor(bytes: Uint8Array, origin: Place) {
    this.bytes = bytes;
    this.#origin = origin;
  }

  /** A byte offset as a place in the document. */
  place(offset: number): Place {
    const { line, character } = placeAt(this.bytes, offset);
    const { line: firstLine, character: firstCharacter } = this.#origin;
    return { line: firstLine + line, character: line === 0 ? firstCharacter + character : character };
  }

  range(start: number, end: number): PlaceRange {
    return { start: this.place(start), end: this.place(end) };
  }

  placed(problem: ReadProblem): PlacedProblem {
    const place = this.place(problem.offset);
    if (problem.reason !== 'truncated') return { ...problem, place };
    return { ...problem, place, openedPlace: this.place(problem.openedAt) };
  }
}
