export { argmaxRows } from './careful';
export { gradientRows } from './gradientRows';
export { markJson, scanJson } from './jsonScan';
export { beyondFloat32, begin } from './pass';
export { exactConfidences } from './scores/exactConfidence';
export { momentClassMajor, momentFew, scoreClassMajor, scoreFew, scoreTwo } from './scores/scoreColumns';
export { beginScores } from './scores/scorePass';
export { entropyRows, momentRows, scoreRows } from './scores/scoreRows';
export { sortRows } from './scores/sortRows';
export { scoreSoft } from './scores/softScores';
export { shortRows } from './shortRows';
export { sigmoidRows } from './sigmoidRows';
export { classMajor, fewClasses } from './softmaxColumns';
export { floorRows } from './soft/floorRows';
export { softRows } from './soft/softRows';
export { softmaxRows, weightedRows } from './softmaxRows';
export { temperAt } from './temperature';
export { totals } from './totals';
export { twoClasses } from './twoClasses';

/** Where the memory that isn't the module's own begins. */
export function heapBase(): usize {
  return __heap_base;
}
