/** The same numbers for any number of rows, as a vector: wherever rows are, their sums can be added to others. */
const LABEL_SUMS = `\
def label_sums(z, y=None, ignore_index=-100):
    """What Smooth Labels needs of (n, K) logits and their (n) classes: sums of chunks of rows, a vector each."""
    classes, step = z.shape[-1], max(1, min(4096, (1 << 18) // z.shape[-1]))
    for start in range(0, len(z), step):
        part = np.asarray(z[start : start + step], dtype=float)
        top, best = part.max(-1), part.argmax(-1)
        k = best if y is None else np.ravel(y[start : start + step])
        if k.dtype.kind not in "iu" or k.shape != top.shape or ((k < 0) | (k >= classes))[k != ignore_index].any():
            raise ValueError("Targets are one class index (or ignore_index) a row; soft targets need the logits")
        known = (k != ignore_index) & np.isfinite(top)
        below, of, right = part[known] - top[known, None], k[known], (best == k)[known] * (np.nan if y is None else 1)
        finite, wanted, moments = np.maximum(below, -1e30), np.take_along_axis(below, of[:, None], -1)[:, 0], []
        square, powers = finite**2, [np.exp(finite / 8), np.exp(finite / 32**0.5)]
        for e in [*powers * 5, powers[0]]:  # T = 8, 8/√2, 4 ... 1/4: the square of exp(z/T) is that of T/2
            moments.append([e.sum(-1), np.einsum("nk,nk->n", e, finite), np.einsum("nk,nk->n", e, square)])
            e *= e
        mass, first, second = np.moveaxis(np.array(moments), 1, 0)
        lse, confidence, p, mean = np.log(mass[6]), 1 / mass[6], np.exp(wanted) / mass[6], first / mass
        grid = [np.log(mass) - 2 ** (np.arange(11) / 2 - 3)[:, None] * wanted, mean - wanted, second / mass - mean**2]
        cells, at = (np.ceil(65536 * each).astype(int).clip(1, 65536) - 1 for each in (confidence, p))
        by_class = np.bincount(k[k != ignore_index], None, classes), np.bincount(of, lse - wanted, classes)
        by_bin = [np.bincount(np.searchsorted(np.r_[1:60] / 60, confidence), w, 60) for w in (None, confidence, right)]
        by_cell = np.bincount(cells, None, 65536), np.bincount(cells, right, 65536), np.bincount(at, None, 65536)
        others = [*np.sum(grid, -1), [(mass[8] / mass[6] ** 2 - 2 * p + 1).sum(), len(part)]]
        yield np.concatenate([*by_class, lse.sum() - below.sum(0), *by_bin, *by_cell, *others])


def added(vectors):  # and what rounding takes from each, so that their order makes no difference
    total = lost = 0.0
    for more in vectors:
        before, total = total, total + more
        lost = lost + np.nan_to_num((before - (total - (total - before))) + (more - (total - before)))
    return total + lost
`;

/** The message of sums, and where it goes. */
const SHOWN = `\
    packed = "float64:" + base64.b64encode(total.astype("<f8").tobytes()).decode()
    message = {"loss_sums": {"vector": packed}, "ignore_index": ignore_index, **about}
    if file is not None:
        with open(file, "w") as out:
            return print(json.dumps(message), file=out)
    display({"application/vnd.smooth-labels.v1+json": message, "text/plain": f"{total[-1]:,.0f} rows"}, raw=True)
`;

function sumsCell(imports: string, wrapper: string): string {
  return `import base64\nimport json\n\n${imports}\n\n\n${LABEL_SUMS}\n\n${wrapper}`;
}

/** NumPy, and arrays of JAX and TensorFlow, whose chunks are copied to the host. */
export const NUMPY_SUMS = sumsCell(
  'import numpy as np\nfrom IPython.display import display',
  `\
def smooth_labels(logits, targets=None, class_axis=1, ignore_index=-100, file=None, **about):
    """Shows what Smooth Labels needs of (N, K) or (N, K, ...) logits and their classes: sums."""
    z = np.moveaxis(logits, class_axis, -1).reshape(-1, logits.shape[class_axis])
    total = added(label_sums(z, None if targets is None else np.ravel(targets), ignore_index))
${SHOWN}`,
);

/** Dask: each block of rows on the worker that has it; nothing goes from there but sums, added up eight by eight on the way. */
export const DASK_SUMS = sumsCell(
  'import dask.array\nimport numpy as np\nfrom IPython.display import display',
  `\
def smooth_labels(logits, targets=None, ignore_index=-100, file=None, **about):
    """Shows what Smooth Labels needs of a Dask array of logits, (N, K), and of their classes: sums by the workers."""
    blocks, fold = logits.rechunk({1: -1}), lambda vectors, **_: added(vectors)[None]
    pair = [blocks] if targets is None else [blocks, targets.rechunk(blocks.chunks[:1])[:, None]]
    of_block = {"chunks": (1, 3 * blocks.shape[1] + 196823), "meta": np.empty((0, 0))}
    sums = dask.array.map_blocks(lambda *part: fold(label_sums(*part, ignore_index=ignore_index)), *pair, **of_block)
    with dask.config.set({"optimization.fuse.ave-width": 4}):  # a block and its sums are one task, so no block moves
        total = dask.array.reduction(sums, fold, fold, 0, True, float, split_every=8).compute()[0]
${SHOWN}`,
);

/** Ray Data: \`Dataset.map_batches\`. The sums of each batch are added up as they come. */
export const RAY_SUMS = sumsCell(
  'import numpy as np\nfrom IPython.display import display',
  `\
def smooth_labels(dataset, logits="logits", targets="labels", ignore_index=-100, file=None, **about):
    """Shows what Smooth Labels needs of a Ray dataset with a row of logits and a class in each row: sums."""

    def measure(batch):
        return {"sums": added(label_sums(batch[logits], batch.get(targets), ignore_index))[None]}

    measured = dataset.map_batches(measure, batch_format="numpy", batch_size=4096)
    total = added(row["sums"] for row in measured.iter_rows())
${SHOWN}`,
);

/** Spark: \`DataFrame.mapInPandas\`. A vector for each batch of a partition. */
export const SPARK_SUMS = sumsCell(
  'import numpy as np\nfrom IPython.display import display\nfrom pandas import DataFrame',
  `\
def smooth_labels(frame, logits="logits", targets="labels", ignore_index=-100, file=None, **about):
    """What Smooth Labels needs of a Spark data frame, an array of logits and a class in each row: sums."""

    def measure(parts):
        sums = (label_sums(np.stack(part[logits]), part.get(targets), ignore_index) for part in parts if len(part))
        return (DataFrame({"sums": [added(each).tobytes()]}) for each in sums)

    total = added(np.frombuffer(row["sums"]) for row in frame.mapInPandas(measure, "sums binary").toLocalIterator())
${SHOWN}`,
);
