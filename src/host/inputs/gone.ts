/** A source isn't there now. The message is a sentence for the user. */
export class SourceGoneError extends Error {
  override readonly name = 'SourceGoneError';
}
