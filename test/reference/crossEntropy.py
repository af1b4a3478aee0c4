"""Reads cases (a JSON list of calls) from stdin; writes what torch.nn.functional.cross_entropy gives for each, float64."""
import json
import sys

import torch
import torch.nn.functional as F

NAMES = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}


def numbers(written):
    if isinstance(written, list):
        return [numbers(part) for part in written]
    return NAMES[written] if isinstance(written, str) else written


def text(value):
    if isinstance(value, list):
        return [text(part) for part in value]
    return value if value == value and abs(value) != float("inf") else str(value)


def loss(case):
    logits = torch.tensor(numbers(case["logits"]), dtype=torch.float64, requires_grad=True)
    soft = case["soft"]
    targets = torch.tensor(numbers(case["targets"]), dtype=torch.float64 if soft else torch.int64)
    weight = case["weight"] and torch.tensor(case["weight"], dtype=torch.float64)
    options = {} if case["ignore_index"] is None else {"ignore_index": case["ignore_index"]}
    result = F.cross_entropy(
        logits, targets, weight=weight, reduction=case["reduction"], label_smoothing=case["label_smoothing"], **options
    )
    result.sum().backward()
    return {"loss": text(result.flatten().tolist()), "grad": text(logits.grad.flatten().tolist())}


torch.set_num_threads(1)
json.dump([loss(case) for case in json.load(sys.stdin)], sys.stdout)
