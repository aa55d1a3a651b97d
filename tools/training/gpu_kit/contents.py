"""What lies in a kit, read without focalface: pictures, samples as token ids, labels of faces."""

import io
import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import torch

IGNORED = -100
PATCH, MERGE = 14, 2
MEAN = (0.48145466, 0.4578275, 0.40821073)
SPREAD = (0.26862954, 0.26130258, 0.27577711)
"""Qwen's normalisation of colours."""


@dataclass(frozen=True, slots=True)
class Kit:
    """A kit in memory.

    ``pictures``: uint8 (3, side, side) each. ``ids``, ``answer``: of all samples, one after the
    other; sample i is ``bounds[i]:bounds[i + 1]``. ``tasks``, ``shown``: of each sample, its task
    and its pictures. ``faces``, ``labels``: picture of a face and its row of labels (NaN unknown).
    """

    facts: dict[str, Any]
    pictures: list[torch.Tensor]
    ids: np.ndarray
    answer: np.ndarray
    bounds: np.ndarray
    tasks: list[str]
    shown: list[list[int]]
    faces: np.ndarray
    labels: np.ndarray
    held_out: list[dict[str, Any]]

    def pool(self, task: str) -> list[int]:
        """Return samples of a task."""
        return [i for i, name in enumerate(self.tasks) if name == task]


def read_kit(folder: Path, device: str) -> Kit:
    """Read a kit; pictures go to ``device`` decoded."""
    facts = json.loads((folder / "kit.json").read_text(encoding="utf-8"))
    with np.load(folder / "samples.npz", allow_pickle=False) as arrays:
        data = {name: arrays[name] for name in arrays.files}
    samples = json.loads((folder / "samples.json").read_text(encoding="utf-8"))
    return Kit(
        facts=facts,
        pictures=_pictures(folder / "pictures.bin", data["picture_bounds"], device),
        ids=data["ids"],
        answer=data["answer"],
        bounds=data["bounds"],
        tasks=samples["tasks"],
        shown=samples["shown"],
        faces=data["faces"],
        labels=data["labels"],
        held_out=samples["held_out"],
    )


def _pictures(file: Path, bounds: np.ndarray, device: str) -> list[torch.Tensor]:
    blob = file.read_bytes()
    found = []
    for start, end in itertools.pairwise(bounds):
        with PIL.Image.open(io.BytesIO(blob[start:end])) as picture:
            level = np.asarray(picture.convert("RGB"))
        found.append(torch.from_numpy(level.transpose(2, 0, 1).copy()).to(device))
    return found


def patches(pictures: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return patches (n, 1176) and grids (pictures, 3) of pictures, as Qwen's processor does."""
    sides = [picture.shape[-1] for picture in pictures]
    cut: list[torch.Tensor] = [pictures[0]] * len(pictures)
    for side in set(sides):
        places = [i for i, own in enumerate(sides) if own == side]
        made = _patches(torch.stack([pictures[i] for i in places]))
        for place, own in zip(places, made, strict=True):
            cut[place] = own
    grids = [[1, side // PATCH, side // PATCH] for side in sides]
    return torch.cat(cut), torch.tensor(grids, device=cut[0].device)


def _patches(pictures: torch.Tensor) -> torch.Tensor:
    """Pictures (n, 3, side, side) of one size -> (n, patches, 1176)."""
    device, count, side = pictures.device, len(pictures), pictures.shape[-1]
    mean, spread = (torch.tensor(v, device=device)[:, None, None] for v in (MEAN, SPREAD))
    level = (pictures.float() / 255 - mean) / spread
    half = side // PATCH // MERGE
    split = level.reshape(count, 3, half, MERGE, PATCH, half, MERGE, PATCH)
    split = split.permute(0, 2, 5, 3, 6, 1, 4, 7).reshape(count, -1, 3, 1, PATCH, PATCH)
    return split.expand(-1, -1, -1, 2, -1, -1).flatten(2)


def batch(kit: Kit, chosen: list[int], image_id: int, device: str) -> dict[str, torch.Tensor]:
    """Return samples as a right-padded batch with loss on their answers."""
    parts = [slice(kit.bounds[i], kit.bounds[i + 1]) for i in chosen]
    longest = max(part.stop - part.start for part in parts)
    ids = torch.zeros((len(parts), longest), dtype=torch.long)
    labels = torch.full_like(ids, IGNORED)
    mask = torch.zeros_like(ids)
    for row, part in enumerate(parts):
        own = torch.from_numpy(kit.ids[part].astype(np.int64))
        ids[row, : len(own)] = own
        mask[row, : len(own)] = 1
        taught = torch.from_numpy(kit.answer[part])
        labels[row, : len(own)] = torch.where(taught, own, IGNORED)
    cut, grids = patches([kit.pictures[p] for i in chosen for p in kit.shown[i]])
    made = {"input_ids": ids, "attention_mask": mask, "labels": labels}
    made["mm_token_type_ids"] = (ids == image_id).long()
    return {name: value.to(device) for name, value in made.items()} | {
        "pixel_values": cut,
        "image_grid_thw": grids,
    }
