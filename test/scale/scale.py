"""Measures logits that are made lazily, block by block, on a local Dask cluster: scale.py ROWS CLASSES BLOCKS FILE < cell.

Prints one line of JSON: seconds, bytes, the most memory a worker had, and PyTorch's loss of some blocks.
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
    """(size, classes) float32: the same numbers each time."""
    return np.random.default_rng(block).standard_normal((size, classes), dtype=np.float32) * 2


def labels_of(block):
    return np.random.default_rng(10**6 + block).integers(0, classes, size)


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    import dask
    import dask.array as da
    import torch
    import torch.nn.functional as F
    from distributed import Client, LocalCluster

    def lazy(make, shape, dtype):
        return [da.from_delayed(dask.delayed(make)(block), shape, dtype) for block in range(blocks)]

    logits = da.concatenate(lazy(logits_of, (size, classes), np.float32))
    labels = da.concatenate(lazy(labels_of, (size,), np.int64))
    scope = {}
    exec(sys.stdin.read(), scope)
    with LocalCluster(n_workers=2, threads_per_worker=1, memory_limit="1GB", dashboard_address=None) as cluster:
        with Client(cluster) as client:
            start = time.perf_counter()
            sys.stdout, shown = sys.stderr, sys.stdout
            scope["smooth_labels"](logits, labels, file=path)
            sys.stdout = shown
            seconds = time.perf_counter() - start
            memory = max(client.run(peak).values())
    losses = {}
    for block in {0, blocks // 3, blocks - 1}:
        z, y = torch.from_numpy(logits_of(block)).double(), torch.from_numpy(labels_of(block))
        losses[block] = F.cross_entropy(z, y, label_smoothing=0.1).item()
    facts = {"seconds": seconds, "bytes": os.path.getsize(path), "memory": memory, "losses": losses}
    print(json.dumps({**facts, "rowsOfBlock": size}))


# Workers import this file again.
if __name__ == "__main__":
    main()
