import type { DataSet, DataSetId } from '../data/dataSet.ts';
import { PACKAGED_SETS } from '../data/packagedSets.ts';

/** The data of a comparison: rows that are loaded, or clouds that are drawn. */
export async function loadedData(id: DataSetId): Promise<DataSet | 'clouds'> {
  return id === 'clouds' ? 'clouds' : PACKAGED_SETS[id]();
}
