"""Measures logits that are made lazily, block by block, on a local Dask cluster: scale.py ROWS CLASSES BLOCKS FILE < cell.

Prints one line of JSON: seconds, bytes, the most memory a worker had, and PyTorch's loss of all rows.
"""
import json
import os
import resource
import sys
import time

import numpy as np

rows, classes, blocks = map(int, sys.argv[1:4])
path = sys.argv[4]
size = rows // blocks


def logits_of(block):
    """(size, classes) float32: the same numbers each time. Those of the labels are larger, so that most rows are right."""
    z = np.random.default_rng(block).standard_normal((size, classes), dtype=np.float32) * 2
    z[np.arange(size), labels_of(block)] += 8
    return z


def labels_of(block):
    return np.random.default_rng(10**6 + block).integers(0, classes, size)


def loss_of(block):
    """PyTorch's loss of a block, a few rows at a time."""
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(1)
    pairs = zip(torch.from_numpy(logits_of(block)).split(500), torch.from_numpy(labels_of(block)).split(500))
    return sum(F.cross_entropy(z.double(), y, label_smoothing=0.1, reduction="sum").item() for z, y in pairs)


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def sent(dask_worker):
    """Bytes that a worker has sent to others or to the client."""
    log = getattr(dask_worker, "transfer_outgoing_log", None)
    return sum(each["total"] for each in (dask_worker.outgoing_transfer_log if log is None else log))


def main():
    import dask
    import dask.array as da
    from distributed import Client, LocalCluster

    def lazy(make, shape, dtype):
        return [da.from_delayed(dask.delayed(make)(block), shape, dtype) for block in range(blocks)]

    logits = da.concatenate(lazy(logits_of, (size, classes), np.float32))
    labels = da.concatenate(lazy(labels_of, (size,), np.int64))
    # A busy machine answers late.
    dask.config.set({f"distributed.comm.timeouts.{name}": "600s" for name in ("connect", "tcp")})
    scope = {}
    exec(sys.stdin.read(), scope)
    with LocalCluster(n_workers=2, threads_per_worker=1, memory_limit="1GB", dashboard_address=None) as cluster:
        with Client(cluster) as client:
            start = time.perf_counter()
            sys.stdout, shown = sys.stderr, sys.stdout
            scope["smooth_labels"](logits, labels, file=path)
            sys.stdout = shown
            seconds = time.perf_counter() - start
            facts = {"memory": max(client.run(peak).values()), "sent": max(client.run(sent).values())}
            losses = dask.compute(*[dask.delayed(loss_of)(block) for block in range(blocks)])
    loss = sum(losses) / (size * blocks)
    print(json.dumps({**facts, "seconds": seconds, "bytes": os.path.getsize(path), "loss": loss}))


# Workers import this file again.
if __name__ == "__main__":
    main()
