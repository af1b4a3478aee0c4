"""Two processes of torch.distributed (gloo), each with its part of the rows: writes NAME-RANK.json, prints the loss of all."""
import sys

import torch
import torch.distributed as dist
import torch.multiprocessing
import torch.nn.functional as F

RANKS = 2


def measure(rank, code, folder, name):
    dist.init_process_group("gloo", init_method=f"file://{folder}/rendezvous-{name}", rank=rank, world_size=RANKS)
    generator = torch.Generator().manual_seed(rank)
    logits = torch.randn(400 + 100 * rank, 23, generator=generator) * 3
    labels = torch.randint(0, 23, (len(logits),), generator=generator)
    scope = {}
    exec(code, scope)
    scope["smooth_labels"](logits, labels, file=f"{folder}/{name}-{rank}.json")
    loss = F.cross_entropy(logits.double(), labels, label_smoothing=0.1, reduction="sum")
    sums = torch.stack([loss, torch.tensor(float(len(logits)), dtype=torch.float64)])
    dist.all_reduce(sums)
    if rank == 0:
        print(repr((sums[0] / sums[1]).item()))


if __name__ == "__main__":
    torch.multiprocessing.spawn(measure, args=(sys.stdin.read(), *sys.argv[1:]), nprocs=RANKS)
