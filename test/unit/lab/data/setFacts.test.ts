import { describe, expect, it } from 'vitest';
import type { DataSetId } from '../../../../src/lab/data/dataSet.ts';
import { SET_FACTS } from '../../../../src/lab/data/setFacts.ts';
import { loadedData } from '../../../../src/lab/experiments/loadedData.ts';

describe('what is said of a data set before it’s loaded', () => {
  it.each(Object.keys(SET_FACTS) as DataSetId[])('is so of %s', async (id) => {
    const set = await loadedData(id);
    if (set === 'clouds') return expect(SET_FACTS[id]).toMatchObject({ inputs: 2, classes: 3 });
    const { rows, inputs, classes } = set;
    expect(SET_FACTS[id]).toEqual({ rows: rows.labels.length, inputs, classes });
  });
});
