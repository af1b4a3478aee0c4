/** PyTorch, on any device, in float64 (float32 where it has none); under torch.distributed the sums of all ranks, all-reduced. */
export const PYTORCH_SUMS = `\
import base64
import json

import torch
from IPython.display import display


@torch.no_grad()
def smooth_labels(logits, targets=None, class_axis=1, ignore_index=-100, file=None, **about):
    """What Smooth Labels needs of (N, K) or (N, K, ...) logits and of their classes: sums, of all ranks together."""
    rows, classes, group = logits.movedim(class_axis, -1), logits.shape[class_axis], torch.distributed
    wide = {"dtype": torch.float32 if logits.device.type == "mps" else torch.float64, "device": logits.device}
    if targets is not None:
        if targets.is_floating_point() or targets.numel() * classes != logits.numel():
            raise ValueError("Targets are one class index for each row; soft targets need the logits")
        targets = targets.to(logits.device).long().reshape(rows.shape[:-1])
    beta, edges = 2 ** (torch.arange(11, **wide) / 2 - 3)[:, None], torch.arange(1, 60, **wide) / 60
    total = lost = torch.zeros(3 * classes + 196823, dtype=torch.float64)
    step = max(1, min(4096, (1 << 20) // classes) // max(1, rows[0].numel() // classes))
    for start in range(0, len(rows), step):
        part = rows[start : start + step].reshape(-1, classes).to(**wide)
        top, best = part.max(-1)
        k = best if targets is None else targets[start : start + step].reshape(-1)
        if ((k < 0) | (k >= classes))[k != ignore_index].any():
            raise ValueError(f"Targets are 0 to {classes - 1}, or ignore_index")
        known = (k != ignore_index) & top.isfinite()
        below, of, right = part[known] - top[known, None], k[known], (best == k)[known].to(**wide)
        right *= float("nan") if targets is None else 1
        finite, wanted, moments = below.clamp(min=-1e15), below.gather(-1, of[:, None])[:, 0], []
        powers = [(finite / 8).exp(), (finite / 32**0.5).exp()]
        for e in [*powers * 5, powers[0]]:  # T = 8, 8/√2, 4 ... 1/4: the square of exp(z/T) is that of T/2
            moments.append(torch.stack([e.sum(-1), (e * finite).sum(-1), (e * finite * finite).sum(-1)]))
            e *= e
        mass, first, second = torch.stack(moments, 1)
        lse, confidence, p, mean = mass[6].log(), 1 / mass[6], wanted.exp() / mass[6], first / mass
        grid = [mass.log() - beta * wanted, mean - wanted, second / mass - mean**2]
        cells, at = ((65536 * each).ceil().long().clamp(1, 65536) - 1 for each in (confidence, p))
        by_class = [torch.bincount(k[k != ignore_index], None, classes), torch.bincount(of, lse - wanted, classes)]
        by_bin = [torch.bincount(torch.bucketize(confidence, edges), each, 60) for each in (None, confidence, right)]
        by_cell = [torch.bincount(*each, 65536) for each in ((cells, None), (cells, right), (at, None))]
        brier = (mass[8] / mass[6] ** 2 - 2 * p + 1).sum()[None]
        vectors = [*by_class, lse.sum() - below.sum(0), *by_bin, *by_cell, *torch.stack(grid).sum(-1), brier]
        more = torch.cat([*(each.double().cpu() for each in vectors), torch.tensor([float(len(part))])])
        before, total = total, total + more
        lost = lost + ((before - (total - (total - before))) + (more - (total - before))).nan_to_num()
    total = total + lost
    if group.is_available() and group.is_initialized():
        group.all_reduce(total := total.to(logits.device))
        if group.get_rank() > 0:
            return
    packed = "float64:" + base64.b64encode(total.cpu().numpy().astype("<f8").tobytes()).decode()
    message = {"loss_sums": {"vector": packed}, "ignore_index": ignore_index, **about}
    if file is not None:
        with open(file, "w") as out:
            return print(json.dumps(message), file=out)
    said = f"{total[-1].item():,.0f} rows summed"
    display({"application/vnd.smooth-labels.v1+json": message, "text/plain": said}, raw=True)
`;
