import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readTableFeatures } from '../../../../src/readers/table/readTableFeatures.ts';

const read = (text: string) => {
  const outcome = finish(readTableFeatures(new TextEncoder().encode(text)));
  if (!outcome.ok) throw new Error(outcome.problem.reason);
  return outcome.value;
};

describe('a table as features', () => {
  it('has its classes in the column that is called like labels, and features in the others', () => {
    const { values, columns, labels, leftOut } = read('width,label,height\n1.5,0,2\n-3,1,4\n');
    expect(columns).toEqual(['width', 'height']);
    expect([...values]).toEqual([1.5, 2, -3, 4]);
    expect(labels).toEqual({ name: 'label', values: Float64Array.of(0, 1), classNames: null });
    expect(leftOut).toEqual([]);
  });

  it('numbers classes that have names by their alphabet', () => {
    const { labels, values } = read('a,b,species\n1,2,virginica\n3,4,setosa\n5,6,virginica\n');
    expect(labels?.classNames).toEqual(['setosa', 'virginica']);
    expect([...labels!.values]).toEqual([1, 0, 1]);
    expect(values).toHaveLength(6);
  });

  it('takes neither predictions nor numbers of rows for features, and says what it leaves out', () => {
    const { columns, labels, leftOut } = read('id,x1,x2,y_pred,target\n7,1,2,1,0\n8,3,4,1,1\n');
    expect(columns).toEqual(['x1', 'x2']);
    expect(labels?.name).toBe('target');
    expect(leftOut).toEqual(['id', 'y_pred']);
  });

  it('has no labels where no column is called like them', () => {
    expect(read('1,2\n3,4\n').labels).toBeNull();
    expect(read('x,z\n1,2\n3,4\n').labels).toBeNull();
  });
});
