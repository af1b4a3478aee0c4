import { type DataSet, type DataSetId, parsedSet } from './dataSet.ts';

/** Image columns: the class is one digit, and a letter is a grey of 0 to 16. */
function greysOf(line: string): number[] {
  return Array.from({ length: line.length - 1 }, (_, i) => line.charCodeAt(i + 1) - 'a'.charCodeAt(0));
}

function numbersOf(line: string): number[] {
  return line.split(',').slice(1).map(Number);
}

async function digits(wrongLabels: number): Promise<DataSet> {
  const { DIGIT_IMAGES } = await import('./sets/digitImages.ts');
  return parsedSet(DIGIT_IMAGES, greysOf, { classNames: null, scale: 'sixteenths', wrongLabels });
}

const TABLE = { scale: 'standard', wrongLabels: 0 } as const;

/** Loads a data set of rows. Each text is loaded when it's first asked for. */
export const PACKAGED_SETS: Readonly<Record<Exclude<DataSetId, 'clouds'>, () => Promise<DataSet>>> = {
  digits: () => digits(0),
  'digits-20': () => digits(0.2),
  'digits-40': () => digits(0.4),
  async wine() {
    const { WINES } = await import('./sets/wines.ts');
    return parsedSet(WINES, numbersOf, { ...TABLE, classNames: null });
  },
  async iris() {
    const { IRISES } = await import('./sets/irises.ts');
    return parsedSet(IRISES, numbersOf, { ...TABLE, classNames: ['setosa', 'versicolor', 'virginica'] });
  },
  async breast() {
    const { BREAST_CELLS } = await import('./sets/breastCells.ts');
    return parsedSet(BREAST_CELLS, numbersOf, { ...TABLE, classNames: ['malignant', 'benign'] });
  },
};
