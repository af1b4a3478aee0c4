import { CLOUD_CLASSES, CLOUD_RADIUS } from '../data/clouds.ts';
import type { DataSetId } from '../data/dataSet.ts';
import type { ComparisonSettings } from './comparison.ts';

/** Someone's own data in a program: lines of Python that make features X and labels y of them. */
export interface OwnTorchData {
  readonly load: string;
  readonly classes: number;
}

/** What each data set is in Python: features X, labels y, and which share of the training labels is drawn anew. */
const LOADED: Readonly<
  Record<
    Exclude<DataSetId, 'clouds'>,
    { readonly from: string; readonly classes: number; readonly wrong: number }
  >
> = {
  digits: { from: 'load_digits', classes: 10, wrong: 0 },
  'digits-20': { from: 'load_digits', classes: 10, wrong: 0.2 },
  'digits-40': { from: 'load_digits', classes: 10, wrong: 0.4 },
  wine: { from: 'load_wine', classes: 3, wrong: 0 },
  iris: { from: 'load_iris', classes: 3, wrong: 0 },
  breast: { from: 'load_breast_cancer', classes: 2, wrong: 0 },
};

/** K of what is trained on. */
export function torchClasses(data: DataSetId | OwnTorchData): number {
  if (typeof data !== 'string') return data.classes;
  return data === 'clouds' ? CLOUD_CLASSES : LOADED[data].classes;
}

/** The function `split_of` in Python: training rows, rows that a temperature is chosen by, and test rows of a seed. */
export function torchRows(data: DataSetId | OwnTorchData, sizes: ComparisonSettings['sizes']): string {
  if (data === 'clouds') return clouds(sizes);
  if (typeof data !== 'string') return ownRows(data, sizes);
  const { from, wrong } = LOADED[data];
  const scaled = from === 'load_digits' ? 'X / 16' : STANDARD;
  const replaced = `    # Who has wrong labels has them in what they choose by, too.
    replaced = numbers.random(len(pool)) < ${wrong}
    labels[pool[replaced]] = numbers.integers(CLASSES, size=replaced.sum())
`;
  return `from sklearn import datasets

X, y = datasets.${from}(return_X_y=True)
TRAIN, VALIDATION = ${sizes.train}, ${sizes.validation}


def split_of(seed):
    numbers = np.random.default_rng(seed)
    order = numbers.permutation(len(X))
    pool, test = order[: TRAIN + VALIDATION], order[TRAIN + VALIDATION :]
    train, validation = pool[:TRAIN], pool[TRAIN:]
    x, labels = ${scaled}, y.copy()
${wrong > 0 ? replaced : ''}${PARTS}`;
}

/** By the training rows alone; a column that never changes there is 0. */
const STANDARD = '(X - X[train].mean(0)) / np.where(X[train].std(0) > 0, X[train].std(0), np.inf)';

const TENSORS =
  '    return {name: (torch.tensor(x, dtype=torch.float32), torch.tensor(y)) for name, (x, y) in parts.items()}';

const PARTS = `    parts = {
        "train": (x[train], labels[train]),
        "validation": (x[validation], labels[validation]),
        "test": (x[test], labels[test]),
    }
${TENSORS}`;

function clouds({ train, validation }: ComparisonSettings['sizes']): string {
  return `def split_of(seed):
    # Three round clouds of normal points, ${CLOUD_RADIUS} from 0.
    numbers = np.random.default_rng(seed)
    angles = np.pi / 2 + 2 * np.pi * np.arange(CLASSES) / CLASSES
    centres = ${CLOUD_RADIUS} * np.stack([np.cos(angles), np.sin(angles)], 1)
    parts = {}
    for name, count in (("train", ${train}), ("validation", ${validation}), ("test", 1000)):
        y = numbers.integers(CLASSES, size=count)
        parts[name] = (centres[y] + numbers.standard_normal((count, 2)), y)
${TENSORS}`;
}

function ownRows({ load }: OwnTorchData, { train, validation, test }: ComparisonSettings['sizes']): string {
  return `${load}
TRAIN, VALIDATION, TEST = ${train}, ${validation}, ${test ?? `len(X) - ${train + validation}`}
# The rows that are judged on are the same for every seed.
SHUFFLED = np.random.default_rng(0).permutation(len(X))


def split_of(seed):
    pool, test = SHUFFLED[:-TEST], SHUFFLED[-TEST:]
    pool = np.random.default_rng(seed).permutation(pool)
    train, validation = pool[:TRAIN], pool[TRAIN : TRAIN + VALIDATION]
    x, labels = ${STANDARD}, y
${PARTS}`;
}
