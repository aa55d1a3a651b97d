"""Answers of the trained model to the held-out questions, decoded greedily in batches."""

from typing import Any

import torch

from .clock import Clock
from .contents import Kit, patches

AT_ONCE, MAX_NEW = 32, 160


@torch.inference_mode()
def answer_all(
    model: Any, tokens: Any, kit: Kit, image_id: int, device: str, clock: Clock
) -> list[dict[str, Any]]:
    """Answer and truth of every held-out region, as far as the time goes (one batch at least)."""
    model.eval()
    found: list[dict[str, Any]] = []
    for start in range(0, len(kit.held_out), AT_ONCE):
        part = kit.held_out[start : start + AT_ONCE]
        for asked, ids in zip(part, _decode(model, kit, part, image_id, device), strict=True):
            found.append({"answer": tokens.decode(ids).strip(), "truth": asked["truth"]})
        if clock.used() >= clock.given * 0.97:
            break
    return found


def _decode(
    model: Any, kit: Kit, asked: list[dict[str, Any]], image_id: int, device: str
) -> list[list[int]]:
    """Greedy ids of one batch; prompts are padded on their left."""
    longest = max(len(one["ids"]) for one in asked)
    ids = torch.zeros((len(asked), longest), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, one in enumerate(asked):
        ids[row, longest - len(one["ids"]) :] = torch.tensor(one["ids"])
        mask[row, longest - len(one["ids"]) :] = 1
    cut, grids = patches([kit.pictures[p] for one in asked for p in one["shown"]])
    made = model.generate(
        input_ids=ids.to(device),
        attention_mask=mask.to(device),
        mm_token_type_ids=(ids == image_id).long().to(device),
        pixel_values=cut.to(model.dtype),
        image_grid_thw=grids,
        max_new_tokens=kit.facts.get("max_new", MAX_NEW),
        do_sample=False,
        eos_token_id=kit.facts["end_id"],
        pad_token_id=kit.facts["end_id"],
    )
    end = kit.facts["end_id"]
    rows = made[:, longest:].tolist()
    return [row[: row.index(end)] if end in row else row for row in rows]
