// What d3-scale needs of d3-interpolate where all values are numbers, with the same digits. esbuild.js puts it in its place.

/**
 * @param {number} a
 * @param {number} b
 * @returns {(t: number) => number}
 */
export const interpolateNumber = (a, b) => (t) => a * (1 - t) + b * t;

export const interpolate = interpolateNumber;

/**
 * @param {number} a
 * @param {number} b
 * @returns {(t: number) => number}
 */
export const interpolateRound = (a, b) => (t) => Math.round(a * (1 - t) + b * t);

/** Only diverging scales have use for it. */
export const piecewise = undefined;
