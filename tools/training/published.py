"""Go on from published weights: an exported ONNX file back into the network that it came from.

The export folds every batch normalisation into the layer before it. Here the normalisation is put
back such that the network computes the same on ``batches`` and can be trained on: its statistics
are measured, its scale and shift undo them.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn


def restore(model: nn.Module, path: Path, batches: list[Tensor]) -> None:
    """Fill ``model`` with the weights of ``path``; ``batches`` are inputs of training.

    Layers are found by their order. A head that was trained but not shipped (at most one) keeps
    what it has. Raises ``ValueError`` when the file is that of another network.
    """
    run = _execution(model, batches[0])
    found = [*_layers(path), *[None] * len(run)][: len(run)]
    shifts: dict[int, Tensor] = {}
    for layer, pair in zip(run, found, strict=True):
        if pair is None:
            continue
        weight, bias = pair
        if weight.shape != layer.weight.shape:
            raise ValueError(f"'{path}' holds other layers than the network.")
        layer.weight.data.copy_(weight)
        if layer.bias is not None:
            layer.bias.data.copy_(bias)
        else:
            shifts[id(layer)] = bias
    if found.count(None) > 1:
        raise ValueError(f"'{path}' lacks {found.count(None)} layers of the network.")
    _normalise(model, shifts, batches)


def _execution(model: nn.Module, batch: Tensor) -> list[nn.Conv2d | nn.Linear]:
    """Convolutions and linear layers in the order in which they run."""
    found: list[nn.Conv2d | nn.Linear] = []
    layers = [m for m in model.modules() if isinstance(m, nn.Conv2d | nn.Linear)]
    hooks = [m.register_forward_hook(lambda m, *_: found.append(m)) for m in layers]
    model.eval()
    with torch.no_grad():
        model(batch[:1])
    for hook in hooks:
        hook.remove()
    return found


def _layers(path: Path) -> list[tuple[Tensor, Tensor]]:
    """Weight and bias of every layer of the file, in its order."""
    graph = onnx.load(path).graph
    raw = {i.name: numpy_helper.to_array(i).astype(np.float32) for i in graph.initializer}
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0] in raw:
            raw[node.output[0]] = raw[node.input[0]]
        elif node.op_type == "DequantizeLinear" and node.input[0] in raw:
            values, scales, zeros = (raw[name] for name in node.input)
            shape = (-1, *(1,) * (values.ndim - 1))
            raw[node.output[0]] = (values - zeros.reshape(shape)) * scales.reshape(shape)
    return [
        (torch.tensor(raw[node.input[1]]), torch.tensor(raw[node.input[2]]))
        for node in graph.node
        if node.op_type in ("Conv", "Gemm")
    ]


def _normalise(model: nn.Module, shifts: dict[int, Tensor], batches: list[Tensor]) -> None:
    """Make every normalisation one that changes nothing but adds the folded shift."""
    norms = {
        norm: shifts[id(layer)]
        for group in model.modules()
        if isinstance(group, nn.Sequential)
        for layer, norm in pairwise(group)
        if id(layer) in shifts and isinstance(norm, nn.BatchNorm2d | nn.BatchNorm1d)
    }
    assert len(norms) == len(shifts), "a folded layer has no normalisation behind it"
    for norm, shift in norms.items():
        norm.reset_parameters()
        norm.bias.data.copy_(shift)
    model.eval()
    for norm, (mean, variance) in _statistics(model, list(norms), batches).items():
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.weight.data.copy_((variance + norm.eps).sqrt())
        norm.bias.data.copy_(mean + norms[norm])


def _statistics(
    model: nn.Module, norms: list[nn.Module], batches: list[Tensor]
) -> dict[nn.Module, tuple[Tensor, Tensor]]:
    """Mean and variance of every channel that reaches each of ``norms``."""
    sums: dict[nn.Module, list[Tensor]] = {norm: [] for norm in norms}

    def note(norm: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        x = inputs[0].float().transpose(0, 1).flatten(1)
        sums[norm].append(torch.stack([x.mean(1), x.square().mean(1)]))

    hooks = [norm.register_forward_pre_hook(note) for norm in norms]
    with torch.no_grad():
        for batch in batches:
            model(batch)
    for hook in hooks:
        hook.remove()
    moments = {norm: torch.stack(parts).mean(0) for norm, parts in sums.items()}
    return {n: (m[0], (m[1] - m[0] ** 2).clamp(min=1e-6)) for n, m in moments.items()}
