"""Weights in 8 bits, split into files that are small enough to be carried; and back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

LARGEST = 15_000_000
"""Bytes of a file at most."""


def write_shards(model: Any, folder: Path, largest: int = LARGEST) -> list[str]:
    """Write ``weights-00.safetensors`` and so on; their names.

    Matrices become 8-bit integers with one scale a row (largest value over 127), cut into pieces of
    rows that fit; the rest stays in 16 bits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    held: dict[str, Tensor] = {}
    size = 0
    for name, tensor in _pieces(model, largest):
        if held and size + _bytes(tensor) > largest:
            names.append(_write(folder, len(names), held))
            held, size = {}, 0
        held[name] = tensor
        size += _bytes(tensor)
    names.append(_write(folder, len(names), held))
    model.config.save_pretrained(folder)
    (folder / "files.json").write_text(json.dumps(names), encoding="utf-8")
    return names


def read_shards(folder: Path) -> dict[str, Tensor]:
    """Return the weights of all files in 16 bits, by their names in the model."""
    names = json.loads((folder / "files.json").read_text(encoding="utf-8"))
    found: dict[str, Tensor] = {}
    for name in names:
        found |= load_file(folder / name)
    parts: dict[str, list[Tensor]] = {}
    for key in sorted(found):
        base, _, kind = key.partition("@")
        if kind.startswith("row"):
            scale = found[f"{base}@scale{kind[3:]}"].float()
            parts.setdefault(base, []).append((found[key].float() * scale).half())
        elif not kind:
            parts[base] = [found[key]]
    return {name: torch.cat(own) if len(own) > 1 else own[0] for name, own in parts.items()}


def _pieces(model: Any, largest: int) -> Iterator[tuple[str, Tensor]]:
    tied = set(getattr(model, "_tied_weights_keys", None) or ())
    for name, weight in model.state_dict().items():
        if name in tied and model.config.tie_word_embeddings:
            continue
        if weight.dim() < 2 or not weight.is_floating_point():
            yield name, weight.half().cpu() if weight.is_floating_point() else weight.cpu()
            continue
        flat = weight.float().flatten(1)
        rows = max(1, (largest // 2) // flat.shape[1])
        if weight.dim() > 2:
            yield name, weight.half().cpu()
            continue
        for start in range(0, len(flat), rows):
            part = flat[start : start + rows]
            scale = part.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            mark = f"{start:09d}"
            yield f"{name}@row{mark}", (part / scale).round().to(torch.int8).cpu()
            yield f"{name}@scale{mark}", scale.half().cpu()


def _write(folder: Path, number: int, held: dict[str, Tensor]) -> str:
    name = f"weights-{number:02d}.safetensors"
    save_file({key: value.contiguous() for key, value in held.items()}, folder / name)
    return name


def _bytes(tensor: Tensor) -> int:
    return tensor.numel() * tensor.element_size()
