/** PyTorch, on any device: chunk by chunk, in float64 (float32 where the device has none). */
export const PYTORCH_CELL = `\
import base64
import json

import torch
from IPython.display import display


@torch.no_grad()
def smooth_labels(logits, targets=None, weight=None, class_axis=None, ignore_index=-100, file=None, **about):
    """Shows what Smooth Labels needs of each row of logits, (N, K) or (N, K, ...), and of the targets' classes."""
    axis = min(1, logits.dim() - 1) if class_axis is None else class_axis % logits.dim()
    shape, classes = list(logits.shape), logits.shape[axis]
    wide = torch.float32 if logits.device.type == "mps" else torch.float64
    rows = logits.movedim(axis, -1) if logits.dim() > 1 else logits[None]
    if targets is not None:
        if targets.is_floating_point() or targets.numel() * classes != logits.numel():
            raise ValueError("Targets are one class index for each row; soft targets need the logits")
        targets = targets.to(logits.device).long().reshape(rows.shape[:-1])
    if weight is not None:
        weight = torch.as_tensor(weight, device=logits.device).to(wide)
    found = {}
    step = max(1, (1 << 22) // max(1, rows[0].numel()))
    for first in range(0, len(rows), step):
        z = rows[first : first + step].reshape(-1, classes).to(wide)
        lse, (top, argmax) = z.logsumexp(-1), z.max(-1)
        part = {"lse": lse, "mean": z.mean(-1), "max": top, "argmax": argmax.int()}
        part["p_squared"] = (2 * (z - lse[:, None])).exp().sum(-1)
        if weight is not None:
            part["weighted_mean"] = (z * weight).sum(-1) / classes
        if targets is not None:
            y = targets[first : first + step].reshape(-1)
            at = z.gather(-1, y.clamp(0, classes - 1)[:, None])[:, 0]
            part["target"] = y.int()
            part["z_target"] = at.masked_fill((y < 0) | (y >= classes), float("nan"))
        for name, values in part.items():
            found.setdefault(name, []).append(values.cpu())
    packed = {}
    for name, parts in found.items():
        values = torch.cat(parts).numpy()
        data = values.astype(values.dtype.newbyteorder("<")).tobytes()
        packed[name] = f"{values.dtype.name}:" + base64.b64encode(data).decode()
    message = {"row_statistics": {"shape": shape, "class_axis": axis, "temperature": 1, **packed}}
    message["ignore_index"] = ignore_index
    if weight is not None:
        message["weight"] = weight.tolist()
    said = f"{logits.numel() // classes:,} rows of {classes:,} classes measured"
    if file is not None:
        with open(file, "w") as out:
            out.write(json.dumps({**message, **about}) + "\\n")
        print(said, "in", file)
    elif logits.numel() // classes > 200_000:
        raise ValueError("These are too many rows for a cell's output: pass file='rows.json', and open that")
    else:
        display({"application/vnd.smooth-labels.v1+json": {**message, **about}, "text/plain": said}, raw=True)
`;
