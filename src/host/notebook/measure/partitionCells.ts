/** The same for whoever has the rows in partitions: each by itself, as lines of JSON that are one batch together. */
function partitionCell(imports: string, wrapper: string): string {
  return `\
import base64
import json

${imports}

def statistics_lines(z, y=None, weight=None, ignore_index=-100, **about):
    """What Smooth Labels needs of (n, K) logits and their (n) classes, as lines of JSON."""
    lines = []
    step = max(1, (1 << 22) // z.shape[-1])
    for first in range(0, len(z), step):
        part = np.asarray(z[first : first + step], dtype=float)
        classes, top = part.shape[-1], part.max(-1)
        lse = top + np.log(np.exp(part - top[:, None]).sum(-1))
        found = {"lse": lse, "mean": part.mean(-1), "max": top, "argmax": part.argmax(-1).astype("int32")}
        found["p_squared"] = np.exp(2 * (part - lse[:, None])).sum(-1)
        if weight is not None:
            found["weighted_mean"] = (part * np.asarray(weight)).sum(-1) / classes
        if y is not None:
            k = np.asarray(y[first : first + step])
            if k.dtype.kind not in "iu" or k.shape != top.shape:
                raise ValueError("Targets are one class index for each row; soft targets need the logits")
            at = np.take_along_axis(part, np.clip(k, 0, classes - 1)[:, None], -1)[:, 0]
            found["target"], found["z_target"] = k.astype("int32"), np.where((k < 0) | (k >= classes), np.nan, at)
        packed = {"shape": list(part.shape), "class_axis": 1, "temperature": 1}
        for name, values in found.items():
            data = values.astype(values.dtype.newbyteorder("<")).tobytes()
            packed[name] = f"{values.dtype.name}:" + base64.b64encode(data).decode()
        said = {"row_statistics": packed, "ignore_index": ignore_index}
        if weight is not None:
            said["weight"] = [float(w) for w in weight]
        lines.append(json.dumps({**said, **about}) + "\\n")
    return "".join(lines)


${wrapper}`;
}

/** Dask: each block of rows on the worker that has it, on the client that's there. */
export const DASK_CELL = partitionCell(
  'import dask\nimport numpy as np\nfrom IPython.display import display\n',
  `\
def smooth_labels(logits, targets=None, file=None, **about):
    """Shows, or writes to a file, what Smooth Labels needs of a Dask array of logits, (N, K)."""
    # All classes of a row in one block, and targets in blocks of the same rows
    blocks = logits.rechunk({1: -1})
    parts = list(blocks.to_delayed()[:, 0])
    labels = [None] * len(parts) if targets is None else list(targets.rechunk(blocks.chunks[:1]).to_delayed())
    text = "".join(dask.compute(*[dask.delayed(statistics_lines)(z, y, **about) for z, y in zip(parts, labels)]))
    if file is not None:
        with open(file, "w") as out:
            out.write(text)
    elif len(logits) > 200_000:
        raise ValueError("These are too many rows for a cell's output: pass file='rows.jsonl', and open that")
    else:
        message = [json.loads(line) for line in text.splitlines()]
        display({"application/vnd.smooth-labels.v1+json": message, "text/plain": f"{len(logits)} rows"}, raw=True)
`,
);

/** Ray Data: \`Dataset.map_batches\`. */
export const RAY_CELL = partitionCell(
  'import numpy as np\n',
  `\
def smooth_labels(dataset, logits="logits", targets="labels", file="rows.jsonl", **about):
    """Writes what Smooth Labels needs of a Ray dataset, a row of logits and a class in each of its rows."""

    def measure(batch):
        return {"lines": np.array([statistics_lines(batch[logits], batch.get(targets), **about)], dtype=object)}

    with open(file, "w") as out:
        for row in dataset.map_batches(measure, batch_format="numpy").iter_rows():
            out.write(row["lines"])
`,
);

/** Spark: \`DataFrame.mapInPandas\`. */
export const SPARK_CELL = partitionCell(
  'import numpy as np\nimport pandas as pd\n',
  `\
def smooth_labels(frame, logits="logits", targets="labels", file="rows.jsonl", **about):
    """Writes what Smooth Labels needs of a Spark data frame, an array of logits and a class in each of its rows."""

    def measure(parts):
        for part in parts:
            if len(part) > 0:
                y = part[targets].to_numpy() if targets in part else None
                yield pd.DataFrame({"lines": [statistics_lines(np.stack(part[logits]), y, **about)]})

    with open(file, "w") as out:
        for row in frame.mapInPandas(measure, "lines string").toLocalIterator():
            out.write(row["lines"])
`,
);
