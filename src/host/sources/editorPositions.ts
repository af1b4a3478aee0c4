import { Position, Range, type TextDocumentContentChangeEvent } from 'vscode';
import type { Place, PlaceRange } from '../../protocol/engineChannel.ts';
import { offsetAt } from '../../readers/text/textPlaces.ts';

function toPosition({ line, character }: Place): Position {
  return new Position(line, character);
}

export function toRange({ start, end }: PlaceRange): Range {
  return new Range(toPosition(start), toPosition(end));
}

export function toPlace({ line, character }: Position): Place {
  return { line, character };
}

export function toPlaceRange({ start, end }: Range): PlaceRange {
  return { start: toPlace(start), end: toPlace(end) };
}

/** The part of a text that is between two places. */
export function textBetween(text: string, { start, end }: PlaceRange): string {
  const bytes = new TextEncoder().encode(text);
  return new TextDecoder().decode(bytes.subarray(offsetAt(bytes, start), offsetAt(bytes, end)));
}

/** Where a range is after an edit: text put inside, or at its end, belongs to it; text put before its start moves it. */
export function movedRange(
  range: PlaceRange,
  { range: replaced, text }: Pick<TextDocumentContentChangeEvent, 'range' | 'text'>,
): PlaceRange {
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.at(-1)!;
  const endOfText: Place =
    lines.length === 1
      ? { line: replaced.start.line, character: replaced.start.character + last.length }
      : { line: replaced.start.line + lines.length - 1, character: last.length };
  const shift = (place: Place): Place =>
    place.line === replaced.end.line
      ? { line: endOfText.line, character: endOfText.character + place.character - replaced.end.character }
      : { line: place.line + endOfText.line - replaced.end.line, character: place.character };
  const start = toPosition(range.start);
  const end = toPosition(range.end);
  return {
    start:
      replaced.end.isBeforeOrEqual(start) &&
      !(replaced.isEmpty && replaced.end.isEqual(start) && start.isEqual(end))
        ? shift(range.start)
        : replaced.start.isBefore(start)
          ? toPlace(replaced.start)
          : range.start,
    end: replaced.end.isBeforeOrEqual(end)
      ? shift(range.end)
      : replaced.start.isBefore(end)
        ? endOfText
        : range.end,
  };
}
