import type { ColumnGroup } from './gridColumns.ts';
import { sumTo } from './rowSums.ts';

/** "bert_cat", "bert_dog", "gpt_cat", "gpt_dog": as likely the same classes by several models, each a group, as all classes of one. */
export function ofEachModel(group: ColumnGroup): readonly ColumnGroup[] {
  const { name, classes, columns } = group;
  const byModel = new Map<string, number[]>();
  for (const [k, each] of classes.entries()) {
    const [model] = each.split(/[ _.:-]/);
    const own = byModel.get(model!);
    if (own) own.push(k);
    else byModel.set(model!, [k]);
    if (byModel.size > MOST_MODELS) return [group];
  }
  const rest = (model: string, k: number) => classes[k]!.slice(model.length).replace(/^[ _.:-]/, '');
  const models = [...byModel].map(([model, own]) => ({ model, own, names: own.map((k) => rest(model, k)) }));
  const [first] = models;
  const isCrossed =
    models.length > 1 &&
    first!.names.length > 1 &&
    models.every(({ names }) => names.join('\n') === first!.names.join('\n') && !names.includes(''));
  if (!isCrossed || sumTo(columns)) return [group];
  const apart = models.map(({ model, own, names }) => ({
    name: name === null ? null : `${name} ${model}`,
    columns: own.map((k) => columns[k]!),
    classes: names,
  }));
  // Rows that sum to 1 for each leave no doubt that they aren't of one.
  return apart.every((each) => sumTo(each.columns)) ? apart : [...apart, group];
}

const MOST_MODELS = 8;
