"""Corpus lines -> batches: the right mix in the right order, and loss on answers only."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import torch

from focalface.tools.describers.language import focal
from focalface.tools.describers.language.focal import Sizes
from focalface.tools.describers.qwen.chatml import Codec, Encoded, Part, Turn
from focalface.tools.errors import UsageError
from focalface.tools.training.finetune.plan import Stage

IGNORED = -100
"""Label of tokens without loss, as PyTorch's cross entropy wants it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Where a sample stands in its file, how long it is, and what it is chosen by."""

    at: int
    length: int
    task: str
    size: float


class Corpus:
    """One split of a corpus on disk; lines are read when they are needed.

    Raises ``UsageError`` when the folder holds no finished corpus.
    """

    def __init__(self, folder: Path, split: str = "train") -> None:
        self.folder = folder
        self._file = folder / f"{split}.jsonl"
        if not (folder / "counts.json").is_file() or not self._file.is_file():
            raise UsageError(
                f"'{folder}' holds no finished corpus; make one with: focalface data build."
            )
        self.lines: list[Line] = []
        with self._file.open("rb") as file:
            while line := file.readline():
                sample = json.loads(line)
                at = file.tell() - len(line)
                self.lines.append(Line(at, len(line), sample["task"], sample["size"]))

    def __len__(self) -> int:
        return len(self.lines)

    def sample(self, line: Line) -> dict[str, Any]:
        """Return the sample of a line."""
        with self._file.open("rb") as file:
            file.seek(line.at)
            read: dict[str, Any] = json.loads(file.readline())
        return read

    def samples(self) -> Iterator[dict[str, Any]]:
        """Yield all samples in order."""
        with self._file.open("rb") as file:
            for line in file:
                yield json.loads(line)

    @property
    def sizes(self) -> Sizes:
        """Sizes of the pictures, as the corpus was built."""
        build = json.loads((self.folder / "build.json").read_text(encoding="utf-8"))
        return Sizes(**build["options"]["sizes"])

    def texts(self, most: int = 20_000) -> Iterator[str]:
        """Return prompts and answers, for training a tokenizer."""
        yield focal.system_text()
        for count, sample in enumerate(self.samples()):
            if count >= most:
                return
            for message in sample["messages"]:
                yield from (c["text"] for c in message["content"] if c["type"] == "text")


def ordered(corpus: Corpus, stage: Stage, count: int, seed: int, batch: int = 1) -> list[Line]:
    """Return ``count`` lines in the order in which a stage shows them.

    Tasks alternate by their shares; each task goes through all of its lines before one comes
    again. A corpus without texts by people gives the share of ``written`` to the others. With
    order ``shrinking`` a task's lines come from large to small regions. Within each ``batch``
    lines stand by their length, so that those that a device takes at once need little padding.

    Raises ``UsageError`` when the corpus has no line of a task.
    """
    rng = random.Random(f"{seed}/{stage.name}")
    has = {line.task for line in corpus.lines}
    mix = {task: share for task, share in stage.mix.items() if task != "written" or task in has}
    names = list(mix)
    tasks = rng.choices(names, weights=list(mix.values()), k=count)
    queues = {}
    for name in names:
        pool = [line for line in corpus.lines if line.task == name]
        if not pool:
            raise UsageError(f"The corpus has no samples of the task '{name}'; build a larger one.")
        wanted = tasks.count(name)
        queue: list[Line] = []
        while len(queue) < wanted:
            rng.shuffle(pool)
            queue += pool
        queue = queue[:wanted]
        if stage.order == "shrinking":
            queue.sort(key=lambda line: -line.size)
        queues[name] = iter(queue)
    chosen = [next(queues[task]) for task in tasks]
    steps = (chosen[i : i + batch] for i in range(0, count, batch))
    return [line for step in steps for line in sorted(step, key=lambda line: line.length)]


class StageData(torch.utils.data.Dataset[Encoded]):
    """A stage's samples, encoded, in the stage's order."""

    def __init__(self, corpus: Corpus, lines: Sequence[Line], codec: Codec) -> None:
        self._corpus = corpus
        self._lines = lines
        self._codec = codec

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, index: int) -> Encoded:
        return encode(self._corpus.sample(self._lines[index]), self._corpus.folder, self._codec)


def encode(sample: dict[str, Any], folder: Path, codec: Codec) -> Encoded:
    """Return a sample as tokens and patches; answers without their untrained spans are marked."""
    out = codec.turns([Turn("system", (focal.system_text(),))])
    for message in sample["messages"]:
        if message["role"] == "user":
            parts = tuple(_part(content, folder) for content in message["content"])
            out.extend(codec.open_turn(Turn("user", parts))).extend(codec.close_turn("user"))
        else:
            text = message["content"][0]["text"]
            out.extend(codec.ask_answer())
            for piece, trained in _pieces(text, message.get("untrained") or []):
                out.extend(codec.parts((piece,), answer=trained))
            out.extend(codec.close_turn("assistant"))
    return out


def collate(pieces: Sequence[Encoded]) -> dict[str, Any]:
    """Return a right-padded batch: ``labels`` are ``IGNORED`` wherever there is no answer.

    Of most of a sequence nobody needs logits: ``logits_to_keep`` and the ``labels`` are those of
    the last places only, from the one before the first answer on.
    """
    longest = max(len(piece) for piece in pieces)
    shape = (len(pieces), longest)
    ids, mask, kinds = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    labels = torch.full(shape, IGNORED, dtype=torch.long)
    for i, piece in enumerate(pieces):
        size = len(piece)
        ids[i, :size] = torch.tensor(piece.ids)
        mask[i, :size] = 1
        kinds[i, :size] = torch.tensor(piece.is_image)
        labels[i, :size] = torch.where(
            torch.tensor(piece.is_answer, dtype=torch.bool), ids[i, :size], IGNORED
        )
    first = min(p.is_answer.index(1) if any(p.is_answer) else longest for p in pieces)
    kept = longest - max(0, first - 1)
    patches = np.concatenate([p for piece in pieces for p in piece.patches])
    grids = np.stack([g for piece in pieces for g in piece.grids])
    return {
        "input_ids": ids,
        "attention_mask": mask,
        "mm_token_type_ids": kinds,
        "labels": labels[:, longest - kept :],
        "logits_to_keep": kept,
        "pixel_values": torch.from_numpy(patches),
        "image_grid_thw": torch.from_numpy(grids),
    }


def _part(content: dict[str, str], folder: Path) -> Part:
    if content["type"] == "text":
        return content["text"]
    return open_picture(folder / content["image"])


def open_picture(path: Path) -> PIL.Image.Image:
    """Return a picture of the corpus."""
    with PIL.Image.open(path) as picture:
        return picture.convert("RGB")


def _pieces(text: str, spans: Sequence[Sequence[int]]) -> Iterator[tuple[str, bool]]:
    """Yield the text cut at its untrained spans, with whether each piece is trained."""
    at = 0
    for start, end in spans:
        if at < start:
            yield text[at:start], True
        yield text[start:end], False
        at = end
    if at < len(text):
        yield text[at:], True
