"""Runs a cell's function on logits of several kinds, and prints what it displays beside the framework's own loss, as JSON lines."""
import json
import sys
import types

import numpy as np
import torch
import torch.nn.functional as F

shown = []
display = types.ModuleType("IPython.display")
display.display = lambda message, raw=False: shown.append(message)
sys.modules["IPython.display"] = display
sys.modules.setdefault("IPython", types.ModuleType("IPython"))
# JAX isn't in Debian: NumPy stands in for jax.numpy, whose interface it is.
stand_in = types.ModuleType("jax")
stand_in.numpy = np
sys.modules.setdefault("jax", stand_in)
sys.modules.setdefault("jax.numpy", np)

dialect, scope_name, path = sys.argv[1:]
sums = scope_name == "sums"
scope = {}
generator = torch.Generator().manual_seed(7)


class Tensor:
    """What the cell asks of a tensor of TensorFlow."""

    def __init__(self, values):
        self.values = values

    def numpy(self):
        return self.values


class Dataset:
    """What the cell asks of a Ray dataset: batches of NumPy arrays, and rows of what is made of them."""

    def __init__(self, columns):
        self.columns = columns

    def map_batches(self, measure, batch_format, batch_size=None):
        assert batch_format == "numpy"
        rows = len(self.columns["logits"])
        cuts = [0, rows // 3, rows // 2, rows]
        batches = [{name: values[a:b] for name, values in self.columns.items()} for a, b in zip(cuts, cuts[1:])]
        self.measured = [measure(batch) for batch in batches]
        return self

    def iter_rows(self):
        return [{name: each} for part in self.measured for name, values in part.items() for each in values]


class Frame:
    """What the cell asks of a Spark data frame, one of whose partitions is empty."""

    def __init__(self, columns):
        import pandas as pd

        self.frame = pd.DataFrame(columns)

    def mapInPandas(self, measure, schema):
        assert schema in ("lines string", "sums binary")
        cuts = [0, len(self.frame) // 4, len(self.frame) // 4, len(self.frame)]
        parts = [iter([self.frame.iloc[a:b]]) for a, b in zip(cuts, cuts[1:])]
        self.measured = [frame for part in parts for frame in measure(part)]
        return self

    def toLocalIterator(self):
        return [row for frame in self.measured for _, row in frame.iterrows()]


def cases():
    def logits(*shape, scale=3.0):
        return torch.randn(*shape, generator=generator, dtype=torch.float64) * scale

    y = torch.randint(0, 11, (300,), generator=generator)
    padded = y.clone()
    padded[::7] = -100
    weight = torch.rand(11, generator=generator, dtype=torch.float64) + 0.25
    yield "plain", logits(300, 11), y, {}
    yield "far from 0", logits(300, 11) + 1e4, y, {}
    yield "ignored rows", logits(300, 11), padded, {}
    yield "weights", logits(300, 11), padded, {"weight": weight}
    yield "another ignore index", logits(300, 11), y, {"ignore_index": 3}
    if dialect in ("PyTorch", "NumPy", "JAX", "TensorFlow"):
        yield "axes after the classes", logits(6, 5, 4), torch.randint(0, 5, (6, 4), generator=generator), {}
        if not sums:
            yield "one row", logits(9), torch.tensor(4), {}
    yield "more than a chunk", logits(70, 70000, scale=1), torch.randint(0, 70000, (70,), generator=generator), {}
    if dialect == "PyTorch":
        yield "half", logits(300, 11).half(), y, {}
        yield "bfloat16", logits(300, 11).bfloat16(), y, {}
        yield "float32 with a gradient", logits(300, 11).float().requires_grad_(), y, {}


def given(z, y):
    if dialect == "PyTorch":
        return z, y
    z, y = z.numpy(), y.numpy()
    if dialect == "TensorFlow":
        return Tensor(z).numpy(), Tensor(y).numpy()
    if dialect == "Ray":
        return (Dataset({"logits": z, "labels": y}),)
    if dialect == "Spark":
        return (Frame({"logits": list(z), "labels": y}),)
    if dialect != "Dask":
        return z, y
    import dask.array as da

    return da.from_array(z, chunks=(97, max(1, z.shape[1] // 3))), da.from_array(y, chunks=41)


def main():
    exec(sys.stdin.read(), scope)
    for name, z, y, options in cases():
        shown.clear()
        to = {"file": path} if dialect in ("Ray", "Spark") and not sums else {}
        # Sums are good for any weights: those are only declared.
        declared = {name: value.tolist() if sums and name == "weight" else value for name, value in options.items()}
        scope["smooth_labels"](*given(z, y), **declared, **to)
        batched = z.detach().double() if z.dim() > 1 else z.detach().double()[None]
        target = y if z.dim() > 1 else y[None]
        losses = {
            str(alpha): F.cross_entropy(batched, target, label_smoothing=alpha, **options).item()
            for alpha in (0.0, 0.1, 0.9)
        }
        accuracy = (batched.argmax(1) == target)[target != options.get("ignore_index", -100)].double().mean().item()
        if to:
            with open(path) as written:
                message = [json.loads(line) for line in written]
        else:
            message = shown[0]["application/vnd.smooth-labels.v1+json"]
        print(json.dumps({"name": name, "losses": losses, "accuracy": accuracy, "message": message}))


# Workers of Dask import this file again.
if __name__ == "__main__":
    if dialect == "Dask":
        from distributed import Client, LocalCluster

        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster):
            main()
    else:
        main()
