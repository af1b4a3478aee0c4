/** NumPy, and what has the same interface: `xp` is \`numpy\` or \`jax.numpy\`. */
export function numpyCell(module: 'numpy' | 'jax.numpy'): string {
  return `\
import base64
import json

import ${module} as xp
${module === 'numpy' ? '' : 'import numpy\n'}from IPython.display import display


def smooth_labels(logits, targets=None, weight=None, class_axis=None, ignore_index=-100, file=None, **about):
    """Shows what Smooth Labels needs of each row of logits, (N, K) or (N, K, ...), and of the targets' classes."""
    axis = min(1, logits.ndim - 1) if class_axis is None else class_axis % logits.ndim
    shape, classes = list(logits.shape), logits.shape[axis]
    rows = xp.moveaxis(logits, axis, -1) if logits.ndim > 1 else logits[None]
    if targets is not None:
        targets = xp.asarray(targets)
        if targets.dtype.kind not in "iu" or targets.size * classes != logits.size:
            raise ValueError("Targets are one class index for each row; soft targets need the logits")
        targets = targets.reshape(rows.shape[:-1])
    found = {}
    step = max(1, (1 << 22) // max(1, rows[0].size))
    for first in range(0, len(rows), step):
        # float64, or float32 where JAX has it switched off
        z = xp.asarray(rows[first : first + step].reshape(-1, classes), ${module === 'numpy' ? 'dtype=float' : 'dtype=xp.result_type(float)'})
        top = z.max(-1)
        lse = top + xp.log(xp.exp(z - top[:, None]).sum(-1))
        part = {"lse": lse, "mean": z.mean(-1), "max": top, "argmax": z.argmax(-1).astype("int32")}
        part["p_squared"] = xp.exp(2 * (z - lse[:, None])).sum(-1)
        if weight is not None:
            part["weighted_mean"] = (z * xp.asarray(weight)).sum(-1) / classes
        if targets is not None:
            y = targets[first : first + step].reshape(-1)
            at = xp.take_along_axis(z, xp.clip(y, 0, classes - 1)[:, None].astype("int32"), -1)[:, 0]
            part["target"] = y.astype("int32")
            part["z_target"] = xp.where((y < 0) | (y >= classes), xp.nan, at)
        for name, values in part.items():
            found.setdefault(name, []).append(${module === 'numpy' ? 'values' : 'numpy.asarray(values)'})
    packed = {}
    for name, parts in found.items():
        values = ${module === 'numpy' ? 'xp' : 'numpy'}.concatenate(parts)
        data = values.astype(values.dtype.newbyteorder("<")).tobytes()
        packed[name] = f"{values.dtype.name}:" + base64.b64encode(data).decode()
    message = {"row_statistics": {"shape": shape, "class_axis": axis, "temperature": 1, **packed}}
    message["ignore_index"] = ignore_index
    if weight is not None:
        message["weight"] = [float(w) for w in weight]
    said = f"{logits.size // classes:,} rows of {classes:,} classes measured"
    if file is not None:
        with open(file, "w") as out:
            out.write(json.dumps({**message, **about}) + "\\n")
        print(said, "in", file)
    elif logits.size // classes > 200_000:
        raise ValueError("These are too many rows for a cell's output: pass file='rows.json', and open that")
    else:
        display({"application/vnd.smooth-labels.v1+json": {**message, **about}, "text/plain": said}, raw=True)
`;
}
