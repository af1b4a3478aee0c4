/** Characters of a document, or of all the code of a notebook: what is larger is data, or generated. */
export const MOST_CHARACTERS = 2_000_000;
/** Characters of a line: nobody has written a longer one. */
export const MOST_IN_LINE = 100_000;
