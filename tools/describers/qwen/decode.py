"""Greedy decoding of many regions at once on one encoding of the face picture.

The picture and the task text are run through the model once; their key-value cache is repeated for
every region, and all regions are decoded as one batch. Regions differ in length, so each one's part
is padded on its left, between prefix and region; padding is masked, and positions are computed as
if it were not there, so a region gets the answer that it would get alone (up to rounding).
"""

import copy
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from focalface.tools.describers.qwen.chatml import Encoded
from focalface.tools.describers.qwen.grammar import Constraint


@dataclass(slots=True)
class Prefix:
    """The shared start of all regions' prompts, run through the model once."""

    length: int
    next_position: int
    cache: Any


@dataclass(slots=True)
class Decoded:
    """One region's answer: ids, whether it came to its end, and what was watched on the way.

    ``watched``: (steps, len(watch)) log-probabilities over the whole vocabulary of the watched
    tokens, before any constraint was applied.
    """

    ids: list[int] = field(default_factory=list)
    finished: bool = False
    watched: list[list[float]] = field(default_factory=list)


@torch.inference_mode()
def encode_prefix(model: Any, prefix: Encoded) -> Prefix:
    """Run the shared start once and keep its key-value cache."""
    positions = _positions(model, [prefix], 0)
    out = model(**_inputs(model, [prefix], positions), use_cache=True, logits_to_keep=1)
    return Prefix(len(prefix), int(positions.max()) + 1, out.past_key_values)


@torch.inference_mode()
def decode(
    model: Any,
    prefix: Prefix,
    regions: Sequence[Encoded],
    *,
    end_id: int,
    max_new: int,
    constraints: Sequence[Constraint | None] | None = None,
    watch: Sequence[int] = (),
    deadline: float | None = None,
    on_finished: Callable[[int], None] | None = None,
) -> list[Decoded]:
    """Return greedy answers of all regions, in order.

    ``max_new``: most tokens an answer. ``deadline``: a time of ``time.monotonic``; answers that are
    not at their end by then come back unfinished. ``on_finished`` gets the number of finished ones.
    """
    rows = [Decoded() for _ in regions]
    limits = constraints or [None] * len(rows)
    cache = copy.deepcopy(prefix.cache)
    cache.batch_repeat_interleave(len(rows))
    positions = _positions(model, regions, prefix.next_position)
    inputs = _inputs(model, regions, positions)
    seen = torch.ones((len(rows), prefix.length), dtype=torch.long, device=model.device)
    mask = torch.cat([seen, inputs.pop("attention_mask")], dim=1)
    at = positions[:, :, -1:]
    logits = _last(model(**inputs, attention_mask=mask, past_key_values=cache, use_cache=True,
                         logits_to_keep=1))  # fmt: skip
    for _ in range(max_new):
        chosen = _choose(logits, rows, limits, watch, end_id)
        if on_finished is not None:
            on_finished(sum(row.finished for row in rows))
        if all(row.finished for row in rows):
            break
        if deadline is not None and time.monotonic() >= deadline:
            break
        mask = torch.cat([mask, mask.new_ones((len(rows), 1))], dim=1)
        at = at + 1
        ids = torch.tensor(chosen, device=model.device).unsqueeze(1)
        logits = _last(model(input_ids=ids, attention_mask=mask, position_ids=at,
                             past_key_values=cache, use_cache=True))  # fmt: skip
    return rows


def _last(output: Any) -> torch.Tensor:
    logits: torch.Tensor = output.logits[:, -1].float()
    return logits


def _choose(
    logits: torch.Tensor,
    rows: list[Decoded],
    limits: Sequence[Constraint | None],
    watch: Sequence[int],
    end_id: int,
) -> list[int]:
    """Return the next token of every row; finished rows repeat the end mark."""
    if watch:
        wanted = logits.log_softmax(-1)[:, list(watch)].cpu().tolist()
    if any(limit is not None for limit in limits):
        logits = logits.clone()
        for i, limit in enumerate(limits):
            if limit is not None and not rows[i].finished:
                limit.forbid(logits[i])
    best = logits.argmax(-1).tolist()
    for i, row in enumerate(rows):
        if row.finished:
            best[i] = end_id
            continue
        if watch:
            row.watched.append(wanted[i])
        if best[i] == end_id:
            row.finished = True
            continue
        row.ids.append(best[i])
        limit = limits[i]
        if limit is not None:
            row.finished = limit.take(best[i])
    return [int(token) for token in best]


def _inputs(model: Any, pieces: Sequence[Encoded], positions: torch.Tensor) -> dict[str, Any]:
    """Left-padded model inputs with explicit positions."""
    ids, _, mask = _padded(pieces)
    device = model.device
    inputs: dict[str, Any] = {
        "input_ids": ids.to(device),
        "attention_mask": mask.to(device),
        "position_ids": positions,
    }
    patches = [p for piece in pieces for p in piece.patches]
    if patches:
        grids = np.stack([g for piece in pieces for g in piece.grids])
        inputs["pixel_values"] = torch.from_numpy(np.concatenate(patches)).to(device)
        inputs["image_grid_thw"] = torch.from_numpy(grids).to(device)
    return inputs


def _positions(model: Any, pieces: Sequence[Encoded], start: int) -> torch.Tensor:
    """(3, rows, length) positions in time, height and width; the first real token is at start."""
    ids, kinds, mask = _padded(pieces)
    grids = [g for piece in pieces for g in piece.grids]
    positions, _ = model.model.get_rope_index(
        ids,
        mm_token_type_ids=kinds,
        image_grid_thw=torch.from_numpy(np.stack(grids)) if grids else None,
        attention_mask=mask,
    )
    found: torch.Tensor = (positions + start).to(model.device)
    return found


def _padded(pieces: Sequence[Encoded]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, kinds (1: image) and mask, (rows, longest), padded on the left."""
    longest = max(len(piece) for piece in pieces)
    ids, kinds, mask = (torch.zeros((len(pieces), longest), dtype=torch.long) for _ in range(3))
    for i, piece in enumerate(pieces):
        ids[i, longest - len(piece) :] = torch.tensor(piece.ids)
        kinds[i, longest - len(piece) :] = torch.tensor(piece.is_image)
        mask[i, longest - len(piece) :] = 1
    return ids, kinds, mask
