"""Sight for qwen-nano: before any word its vision tower learns what faces and regions show.

A published base sees when its fine-tuning begins. Nano begins from nothing, and the few words of
its answers teach a tower too slowly. So the tower first learns with two linear heads on its pooled
tokens, one for the whole face and one for a region (face and crop together), from labels of the
training split alone. The heads are thrown away; what they read on the validation faces is the row
``sight`` of ``evaluation.csv``: how much a model with this tower could say, before it can speak.
"""

import itertools
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from focalface.tools import facs
from focalface.tools.describers.answer_format import write_answer
from focalface.tools.describers.chatml import Codec
from focalface.tools.training.finetune_data import Corpus, Line, open_picture
from focalface.tools.training.finetune_score import Judged
from focalface.tools.types import AGE_GROUPS, EMOTIONS

UNKNOWN = -1
_AGES = tuple(name for _, name in AGE_GROUPS)
_PARTS = (len(facs.CODES), len(EMOTIONS), len(_AGES))

Pictures = tuple[Sequence[Any], Sequence[Any]]
"""Patches and grids of a face and of a crop."""


class Sight(nn.Module):
    """A vision tower with its two heads, new ones by ``seed``."""

    def __init__(self, tower: Any, seed: int) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.tower = tower
        width = tower.config.out_hidden_size
        self.face = nn.Linear(width, sum(_PARTS))
        self.region = nn.Linear(2 * width, sum(_PARTS))

    def read(self, pixel_values: Tensor, image_grid_thw: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of faces and of regions, each (B, units + emotions + age groups).

        ``pixel_values``: patches of B faces of one size, then of B crops of one size.
        """
        tokens = self.tower(pixel_values, grid_thw=image_grid_thw).pooler_output.float()
        count = len(image_grid_thw) // 2
        sizes = image_grid_thw.prod(1) // self.tower.spatial_merge_size**2
        parts = tokens.split([int(half.sum()) for half in sizes.split(count)])
        faces, crops = (part.unflatten(0, (count, -1)).mean(1) for part in parts)
        return self.face(faces), self.region(torch.cat([faces, crops], 1))

    def forward(
        self, pixel_values: Tensor, image_grid_thw: Tensor, labels: Tensor
    ) -> dict[str, Tensor]:
        """The loss, as the Trainer wants it; ``labels``: (2, B, units + 2), faces and regions."""
        read = self.read(pixel_values, image_grid_thw)
        return {"loss": sum(map(_loss, read, labels), pixel_values.new_zeros(()))}


class SightData(torch.utils.data.Dataset[tuple[Pictures, Tensor]]):
    """``count`` faces, each with one of its regions; all faces come before one comes again."""

    def __init__(self, corpus: Corpus, codec: Codec, count: int, seed: int) -> None:
        self._corpus, self._codec = corpus, codec
        rng = random.Random(f"{seed}/sight")
        faces, self._pairs = _faces(corpus.lines), list[tuple[Line, Line]]()
        while len(self._pairs) < count:
            rng.shuffle(faces)
            self._pairs += [(face[0], rng.choice(face)) for face in faces]
        del self._pairs[count:]

    def __len__(self) -> int:
        return len(self._pairs)

    def __getitem__(self, index: int) -> tuple[Pictures, Tensor]:
        face, region = map(self._corpus.sample, self._pairs[index])
        labels = [_labels(sample["truth"][0]) for sample in (face, region)]
        return pictures(region, self._corpus.folder, self._codec), torch.tensor(labels)


@torch.no_grad()
def answers(
    sight: Sight, codec: Codec, faces: list[list[dict[str, Any]]], folder: Path
) -> list[Judged]:
    """What the heads read on samples of faces, written as answers that can be scored."""
    device = sight.face.weight.device
    sight.eval()
    judged = []
    for sample in itertools.chain.from_iterable(faces):
        made = collate([(pictures(sample, folder, codec), torch.empty(2, 0))])
        _, (logits,) = sight.read(
            made["pixel_values"].to(device), made["image_grid_thw"].to(device)
        )
        truth = sample["truth"][0]
        units, emotions, ages = logits.split(_PARTS)
        shown = zip(facs.CODES, units.sigmoid().tolist(), strict=True)
        text = write_answer(
            units={(c, "both"): p for c, p in shown if p > 0.5 and c in truth["can_show"]},
            absent=[],
            emotion=EMOTIONS[int(emotions.argmax())],
            age_group=_AGES[int(ages.argmax())],
            cannot_tell=[],
            text=None,
        )
        judged.append(Judged(text, truth))
    return judged


def pictures(sample: dict[str, Any], folder: Path, codec: Codec) -> Pictures:
    """A sample's face and its first crop."""
    made = codec.parts([open_picture(folder / image) for image in sample["images"][:2]])
    return made.patches, made.grids


def collate(pieces: Sequence[tuple[Pictures, Tensor]]) -> dict[str, Tensor]:
    """A batch: all faces, then all crops."""
    both = range(2)
    patches = [torch.from_numpy(p[0][i]) for i in both for p, _ in pieces]
    grids = [torch.from_numpy(p[1][i]) for i in both for p, _ in pieces]
    return {
        "pixel_values": torch.cat(patches),
        "image_grid_thw": torch.stack(grids),
        "labels": torch.stack([labels for _, labels in pieces], 1),
    }


def _faces(lines: Sequence[Line]) -> list[list[Line]]:
    """The faces of a corpus: the whole face, then its regions (as ``corpus_forms`` orders them)."""
    faces: list[list[Line]] = []
    for line in lines:
        if line.task == "attributes":
            faces.append([line])
        elif line.task == "recognise":
            faces[-1].append(line)
    return faces


def _labels(truth: dict[str, Any]) -> list[int]:
    present = {key.split()[0] for key in truth["units"]}
    absent = set(truth["absent"])
    units = [1 if c in present else 0 if c in absent else UNKNOWN for c in facs.CODES]
    emotion, age = truth["emotion"], truth["age_group"]
    return [
        *units,
        EMOTIONS.index(emotion) if emotion else UNKNOWN,
        _AGES.index(age) if age else UNKNOWN,
    ]


def _loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Sum of three means, each over what is known."""
    units, emotions, ages = logits.split(_PARTS, 1)
    said = labels[:, : _PARTS[0]]
    known = said != UNKNOWN
    by_unit = functional.binary_cross_entropy_with_logits(units[known], said[known].float())
    total = by_unit if known.any() else logits.new_zeros(())
    for part, right in ((emotions, labels[:, -2]), (ages, labels[:, -1])):
        if (right != UNKNOWN).any():
            total = total + functional.cross_entropy(
                part, right, ignore_index=UNKNOWN, label_smoothing=0.1
            )
    return total
