"""PyTorch as a contender: `pytorch.py ROWS CLASSES`, then a line of JSON for each repetition. See protocol.ts."""

import json
import platform
import sys
import time
import types

import torch
from torch.nn.functional import cross_entropy

ROWS, CLASSES = int(sys.argv[1]), int(sys.argv[2])
torch.manual_seed(1)
logits = torch.randn(ROWS, CLASSES).mul_(3)
targets = torch.randint(CLASSES, (ROWS,))
leaf = None
compiled = {}


def say(message):
    print(json.dumps(message), flush=True)


def eager(logits, targets):
    return cross_entropy(logits, targets, label_smoothing=0.1)


def compiled_for(threads):
    """The number of threads is part of the compiled code, so each has a function of its own, down to the code object."""
    if threads not in compiled:
        code = eager.__code__.replace(co_name=f"loss_{threads}")
        compiled[threads] = torch.compile(types.FunctionType(code, globals()), dynamic=False)
    return compiled[threads]


def forward_and_backward():
    global leaf
    if leaf is None:
        leaf = logits.detach().requires_grad_()
    leaf.grad = None
    loss = eager(leaf, targets)
    loss.backward()
    return loss.detach()


def forward(function):
    with torch.inference_mode():
        return function(logits, targets)


def repeat(task, contender, threads):
    torch.set_num_threads(threads)
    if task == "gradient":
        run = forward_and_backward
    else:
        function = eager if contender != "torch-compile" else compiled_for(threads)
        run = lambda: forward(function)
    start = time.perf_counter()
    loss = run()
    return {"ms": 1000 * (time.perf_counter() - start), "loss": loss.item()}


missing = {}
if not hasattr(torch, "compile"):
    missing["torch-compile"] = f"PyTorch {torch.__version__} has no torch.compile"
say({"versions": {"torch": torch.__version__, "python": platform.python_version()}, "missing": missing})
for line in sys.stdin:
    request = json.loads(line)
    try:
        say(repeat(request["task"], request["contender"], request["threads"]))
    except Exception as error:
        say({"error": f"{type(error).__name__}: {error}".split("\n")[0]})
