"""Writes a kit out of a corpus: as many training faces as fit, all held-out questions, the code."""

import io
import json
import random
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image

from focalface.tools.describers.language import focal
from focalface.tools.describers.qwen.chatml import Codec, Encoded, Turn
from focalface.tools.errors import UsageError
from focalface.tools.face import facs
from focalface.tools.training.finetune import nano
from focalface.tools.training.finetune.data import Corpus, encode, open_picture
from focalface.tools.training.finetune.evaluate import fixed_faces
from focalface.tools.training.finetune.plan import Plan, load_plan
from focalface.tools.types import AGE_GROUPS, EMOTIONS

RESERVE = 25_000
"""Bytes kept for headers of files, and for the one face that goes over the room."""
QUALITY = 72
"""WebP quality of the packed pictures."""
GROUPS = [name for _, name in AGE_GROUPS]
_RUNNING = ("__init__", "__main__", "answers", "clock", "contents", "run", "shards")


class _Grids:
    """Qwen's image processor as far as packing needs it: sizes in, no patches out."""

    merge_size = 2

    def __call__(self, images: Sequence[PIL.Image.Image], return_tensors: str) -> dict[str, Any]:
        """Grids of pictures whose sides are multiples of 28, which it would not resample."""
        side = focal.PATCH // self.merge_size
        grids = [[1, picture.height // side, picture.width // side] for picture in images]
        return {"pixel_values": np.zeros((0, 1), np.float32), "image_grid_thw": np.array(grids)}


class _Pictures:
    """Pictures packed one after the other, each once."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._places: dict[str, int] = {}
        self.blob = bytearray()
        self.bounds = [0]

    def place(self, path: str) -> int:
        """Return the number of a picture; packs it on first use."""
        if path not in self._places:
            out = io.BytesIO()
            open_picture(self._corpus / path).save(out, format="WEBP", quality=QUALITY, method=4)
            self.blob += out.getvalue()
            self.bounds.append(len(self.blob))
            self._places[path] = len(self._places)
        return self._places[path]


def pack_kit(
    folder: Path, kit: Path, megabytes: float = 60.0, plan: Plan | None = None
) -> dict[str, Any]:
    """Write the kit and return its facts; the folder is at most ``megabytes`` large.

    ``plan``: sizes and stages, by default those of the base ``mini``.
    """
    plan = plan or load_plan(base="mini")
    corpus, held_out = Corpus(folder), Corpus(folder, "validation")
    kit.mkdir(parents=True, exist_ok=True)
    sizes = dict(plan.scratch)
    words = sizes.pop("vocabulary", nano.VOCABULARY)
    tokens = nano.tokenizer(corpus.texts(), words, fixed=nano.fixed_texts(corpus.sizes))
    tokens.save_pretrained(kit / "model")
    config = nano.config(tokens, **_named(sizes))
    config.save_pretrained(kit / "model")
    codec = Codec(tokens, _Grids())
    pictures = _Pictures(folder)
    asked = _questions(fixed_faces(held_out, plan.evaluate, plan.seed), codec, folder, pictures)
    packed = _Packed(codec, folder, pictures)
    _copy_code(kit / "gpu_kit")
    room = (megabytes * 1e6 - _size(kit)) * 0.97 - len(json.dumps(asked)) - RESERVE
    for samples in _faces(corpus, plan.seed):
        if packed.bytes_in_all() > room:
            break
        packed.add(samples)
    if not packed.faces:
        raise UsageError(
            f"No training face fits into {megabytes:g} MB beside the {len(asked)} held-out "
            "questions; allow more megabytes."
        )
    facts = {
        "seed": plan.seed,
        "batch": plan.batch,
        "tower_batch": 4 * plan.batch,
        "units": len(facs.CODES),
        "emotions": len(EMOTIONS),
        "end_id": codec.end_id,
        "stages": {s.name: {"mix": s.mix, "rate": s.learning_rate} for s in plan.stages},
        "faces": len(packed.faces),
        "samples": len(packed.tasks),
    }
    packed.write(kit, asked)
    (kit / "kit.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    return facts


class _Packed:
    """Samples, faces and labels that are packed so far."""

    def __init__(self, codec: Codec, folder: Path, pictures: _Pictures) -> None:
        self._codec, self._folder, self.pictures = codec, folder, pictures
        self._ids: list[np.ndarray] = []
        self._answer: list[np.ndarray] = []
        self._bounds = [0]
        self.tasks: list[str] = []
        self.shown: list[list[int]] = []
        self.faces: list[int] = []
        self.labels: list[list[float]] = []

    def add(self, samples: list[dict[str, Any]]) -> None:
        """Add all samples of one face, and the labels of the whole face."""
        for sample in samples:
            made = encode(sample, self._folder, self._codec)
            self._ids.append(np.array(made.ids, np.uint16))
            self._answer.append(np.array(made.is_answer, bool))
            self._bounds.append(self._bounds[-1] + len(made))
            self.tasks.append(sample["task"])
            self.shown.append([self.pictures.place(path) for path in _paths(sample)])
            if sample["task"] == "attributes":
                self.faces.append(self.shown[-1][0])
                self.labels.append(labels_of(sample["truth"][0]))

    def bytes_in_all(self) -> int:
        """Guess what is written so far; ids take half of their size when they are compressed."""
        return len(self.pictures.blob) + int(self._bounds[-1] * 1.5) + 40 * len(self.tasks)

    def write(self, kit: Path, asked: list[dict[str, Any]]) -> None:
        """Write the files of the kit."""
        (kit / "pictures.bin").write_bytes(bytes(self.pictures.blob))
        np.savez_compressed(
            kit / "samples.npz",
            ids=np.concatenate(self._ids),
            answer=np.concatenate(self._answer),
            bounds=np.array(self._bounds),
            picture_bounds=np.array(self.pictures.bounds),
            faces=np.array(self.faces),
            labels=np.array(self.labels, np.float32),
        )
        said = {"tasks": self.tasks, "shown": self.shown, "held_out": asked}
        (kit / "samples.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def labels_of(truth: dict[str, Any]) -> list[float]:
    """Return units (1 present, 0 absent, NaN unknown), then emotion and age group as one of
    many."""
    present = {key.split()[0] for key in truth["units"]}
    units = [
        1.0 if c in present else 0.0 if c in truth["absent"] else float("nan") for c in facs.CODES
    ]
    return [
        *units,
        *_one_of(truth["emotion"], EMOTIONS),
        *_one_of(truth["age_group"], GROUPS),
    ]


def _one_of(label: str | None, names: Iterable[str]) -> list[float]:
    return [float("nan") if label is None else float(name == label) for name in names]


def _faces(corpus: Corpus, seed: int) -> list[list[dict[str, Any]]]:
    """Training samples by face, the faces in random order."""
    by_face: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for sample in corpus.samples():
        by_face[sample["images"][0]].append(sample)
    names = sorted(by_face)
    random.Random(f"{seed}/kit").shuffle(names)
    return [by_face[name] for name in names]


def _questions(
    faces: list[list[dict[str, Any]]], codec: Codec, folder: Path, pictures: _Pictures
) -> list[dict[str, Any]]:
    """Held-out prompts as ids, with their pictures and truths."""
    found = []
    for sample in (sample for samples in faces for sample in samples):
        made = codec.turns([Turn("system", (focal.system_text(),))])
        parts = tuple(
            c["text"] if c["type"] == "text" else open_picture(folder / c["image"])
            for c in sample["messages"][0]["content"]
        )
        made.extend(codec.open_turn(Turn("user", parts))).extend(codec.close_turn("user"))
        made.extend(codec.ask_answer())
        shown = [pictures.place(path) for path in _paths(sample)]
        found.append({"ids": _ids(made), "shown": shown, "truth": sample["truth"][0]})
    return found


def _ids(made: Encoded) -> list[int]:
    return [int(token) for token in made.ids]


def _paths(sample: dict[str, Any]) -> list[str]:
    """Pictures of a sample in the order in which its messages show them."""
    return [
        content["image"]
        for message in sample["messages"]
        for content in message["content"]
        if content["type"] == "image"
    ]


def _named(sizes: dict[Any, int]) -> dict[str, int]:
    found = {"width": 256, "layers": 8, "vision_width": 192, "vision_layers": 6}
    return found | sizes


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _copy_code(folder: Path) -> None:
    """The part of this package that runs on the other machine."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _RUNNING:
        shutil.copy(Path(__file__).with_name(f"{name}.py"), folder / f"{name}.py")
