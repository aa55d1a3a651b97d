"""Turns -> token ids and patches for Qwen2.5-VL, without torchvision.

The ready-made processor of transformers needs torchvision for its video half, so the conversation
format (ChatML, one ``<|image_pad|>`` a merged patch) is written here. Doing it ourselves also shows
where the shared prefix ends and which tokens are answers, which caching and training need.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import PIL.Image
from numpy.typing import NDArray

IMAGE_PAD = "<|image_pad|>"
VISION_START, VISION_END = "<|vision_start|>", "<|vision_end|>"
TURN_START, TURN_END = "<|im_start|>", "<|im_end|>"
SPECIAL = (TURN_START, TURN_END, VISION_START, VISION_END, IMAGE_PAD, "<|video_pad|>")

Part = str | PIL.Image.Image


@dataclass(frozen=True, slots=True)
class Turn:
    """One message: pictures and texts in order."""

    role: Literal["system", "user", "assistant"]
    parts: tuple[Part, ...]


@dataclass(slots=True)
class Encoded:
    """A piece of a conversation as the model takes it.

    ``ids``: token ids. ``is_image``: 1 where the token stands for a merged patch, else 0.
    ``is_answer``: 1 on the tokens that a model has to produce (answers and their end mark).
    ``patches`` (n, 1176) and ``grids`` (pictures, 3): the image processor's output.
    """

    ids: list[int] = field(default_factory=list)
    is_image: list[int] = field(default_factory=list)
    is_answer: list[int] = field(default_factory=list)
    patches: list[NDArray[np.float32]] = field(default_factory=list)
    grids: list[NDArray[np.int64]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, ids: Sequence[int], *, image: bool = False, answer: bool = False) -> None:
        """Append tokens of one kind."""
        self.ids.extend(ids)
        self.is_image.extend([int(image)] * len(ids))
        self.is_answer.extend([int(answer)] * len(ids))

    def extend(self, other: "Encoded") -> "Encoded":
        """Append another piece; returns itself."""
        for name in ("ids", "is_image", "is_answer", "patches", "grids"):
            getattr(self, name).extend(getattr(other, name))
        return self


class Codec:
    """Encodes turns with one tokenizer and one image processor of transformers."""

    def __init__(self, tokenizer: Any, image_processor: Any) -> None:
        self.tokenizer = tokenizer
        self.image_processor = image_processor
        self.merge = int(image_processor.merge_size)
        self._id: dict[str, int] = {
            token: int(tokenizer.convert_tokens_to_ids(token)) for token in SPECIAL
        }
        self.end_id = self._id[TURN_END]
        self._known = lru_cache(maxsize=1024)(self._tokenize)

    def turns(self, turns: Sequence[Turn]) -> Encoded:
        """Return a conversation of whole turns."""
        out = Encoded()
        for turn in turns:
            out.extend(self.open_turn(turn)).extend(self.close_turn(turn.role))
        return out

    def open_turn(self, turn: Turn) -> Encoded:
        """Return a turn without its end, so that more can be added to it."""
        out = Encoded()
        out.add([self._id[TURN_START], *self.text_ids(f"{turn.role}\n")])
        return out.extend(self.parts(turn.parts, answer=turn.role == "assistant"))

    def close_turn(self, role: str) -> Encoded:
        """Return the end of a turn; the end mark of an answer is part of what the model has to
        learn."""
        out = Encoded()
        out.add([self.end_id], answer=role == "assistant")
        out.add(self.text_ids("\n"))
        return out

    def ask_answer(self) -> Encoded:
        """Return the opening of the turn that the model shall write."""
        out = Encoded()
        out.add([self._id[TURN_START], *self.text_ids("assistant\n")])
        return out

    def parts(self, parts: Sequence[Part], *, answer: bool = False) -> Encoded:
        """Return pictures and texts, without any turn around them."""
        out = Encoded()
        for part in parts:
            if isinstance(part, str):
                out.add(self.text_ids(part), answer=answer)
            else:
                self._add_picture(out, part)
        return out

    def text_ids(self, text: str) -> list[int]:
        """Return ids of plain text; special tokens written in it stay plain text."""
        return list(self._known(text))

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of an answer."""
        return str(self.tokenizer.decode(list(ids), skip_special_tokens=True))

    def _tokenize(self, text: str) -> tuple[int, ...]:
        made = self.tokenizer(text, add_special_tokens=False, split_special_tokens=True)
        return tuple(made["input_ids"])

    def _add_picture(self, out: Encoded, picture: PIL.Image.Image) -> None:
        made = self.image_processor(images=[picture], return_tensors="np")
        grid = np.asarray(made["image_grid_thw"][0], np.int64)
        out.patches.append(np.asarray(made["pixel_values"], np.float32))
        out.grids.append(grid)
        count = int(grid.prod()) // self.merge**2
        out.add([self._id[VISION_START]])
        out.add([self._id[IMAGE_PAD]] * count, image=True)
        out.add([self._id[VISION_END]])
