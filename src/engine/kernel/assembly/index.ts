export { argmaxRows } from './careful';
export { gradientRows } from './gradientRows';
export { markJson, scanJson } from './json';
export { beyondFloat32, begin } from './pass';
export { shortRows } from './shortRows';
export { sigmoidRows } from './sigmoidRows';
export { classMajor, fewClasses, twoClasses } from './softmaxColumns';
export { softmaxRows, softRows, weightedRows } from './softmaxRows';
export { totals } from './totals';

/** Where the memory that isn't the module's own begins. */
export function heapBase(): usize {
  return __heap_base;
}
