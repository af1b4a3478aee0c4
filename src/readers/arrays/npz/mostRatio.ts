/** Deflate makes at most so many bytes of one. Of numbers nothing else makes more. */
export const MOST_RATIO = 1032;
