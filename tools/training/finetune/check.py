"""``focalface finetune --check BASE``: what can be verified of a base without training it.

Files, tokens, chat template, image processor, the matrices that adapters go on, memory, and one
forward pass. A step that needs what failed before it is left out.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import torch

from focalface.tools.describers.language import focal
from focalface.tools.describers.language.focal import Sizes
from focalface.tools.describers.qwen.chatml import IMAGE_PAD, SPECIAL, Codec, Turn
from focalface.tools.describers.qwen.families import Family, family_named
from focalface.tools.describers.qwen.load import (
    Device,
    choose_device,
    find_weights,
    image_processor,
    load_model,
)
from focalface.tools.describers.qwen.probe import EmotionProbe
from focalface.tools.errors import FocalFaceError
from focalface.tools.training.finetune.data import collate
from focalface.tools.training.finetune.memory import free_memory

HEADROOM = 1.3
"""Memory that a forward pass needs over the weights alone (our allowance)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One step of the check: its name, whether it holds (None: not tried), and what was seen."""

    name: str
    holds: bool | None
    words: str


def check(base: str, *, device: str = "auto") -> list[Finding]:
    """Return all findings about a base, in order; never raises for what is wrong with the base."""
    weights = find_weights(base, None)
    where = choose_device(device)
    found: list[Finding] = []
    config = _step(found, "files", lambda: _files(weights.base))
    if config is None:
        return found
    family = _step(found, "family", lambda: _family(config))
    if family is None:
        return found
    codec = _step(found, "tokens", lambda: _tokens(weights.base, family, config))
    if codec is not None:
        _step(found, "chat template", lambda: _template(codec))
        _step(found, "image processor", lambda: _pictures(codec, family, weights.sizes))
    _step(found, "adapters", lambda: _adapters(family, weights.base))
    if all(one.holds for one in found) and codec is not None:
        _forward(found, base, codec, where)
    return found


def _step(found: list[Finding], name: str, look: Callable[[], tuple[Any, str]]) -> Any:
    """Add what a step found; its value, or None where it failed."""
    try:
        value, words = look()
    except (FocalFaceError, OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        found.append(Finding(name, False, next(iter(str(error).splitlines()), "failed")[:300]))
        return None
    found.append(Finding(name, True, words))
    return value


def _files(base: str) -> tuple[dict[str, Any], str]:
    """Return the configuration; every file of weights that the index names must be whole."""
    from transformers import PreTrainedConfig

    try:
        config, _ = PreTrainedConfig.get_config_dict(base, local_files_only=True)
    except OSError:
        config = {}
    if not config:
        raise ValueError(
            f"'{base}' has no config.json on this machine; fetch it with: hf download {base}."
        )
    files = list(_weight_files(base))
    missing = [file.name for file in files if not file.is_file()]
    if missing or not files:
        raise ValueError(
            f"weights are missing ({', '.join(missing[:3]) or 'no safetensors'}); fetch them again."
        )
    count = sum(_parameters(file) for file in files)
    named = "one file" if len(files) == 1 else f"{len(files)} files"
    return config, f"{named} of weights, {count / 1e6:,.1f} million parameters"


def _weight_files(base: str) -> Iterator[Path]:
    folder = _folder(base)
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        names = set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())
        yield from (folder / name for name in sorted(names))
    elif (folder / "model.safetensors").is_file():
        yield folder / "model.safetensors"


def _folder(base: str) -> Path:
    """Return the folder of a base; of a Hub name the one in the cache."""
    if Path(base).is_dir():
        return Path(base)
    from transformers.utils import cached_file

    return Path(str(cached_file(base, "config.json", local_files_only=True))).parent


def _parameters(file: Path) -> int:
    """Parameters in a safetensors file; raises ``ValueError`` when it is cut off."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="pt") as opened:
            names = list(opened.keys())
            return sum(int(np.prod(opened.get_slice(n).get_shape())) for n in names)
    except SafetensorError as error:
        raise ValueError(f"'{file.name}' is damaged ({error}); fetch it again.") from None


def _family(config: dict[str, Any]) -> tuple[Family, str]:
    family = family_named(config)
    return family, f"{family.name}: one visual token shows {family.square} x {family.square} pixels"


def _tokens(base: str, family: Family, config: dict[str, Any]) -> tuple[Codec, str]:
    """The tokenizer has every mark of a conversation as one token, and the model means the same."""
    from transformers import AutoTokenizer

    tokens = AutoTokenizer.from_pretrained(base, local_files_only=True)
    known = tokens.get_vocab()
    if absent := [mark for mark in SPECIAL if mark not in known]:
        raise ValueError(f"the tokenizer lacks {', '.join(absent)}; it is of another model.")
    if config.get("image_token_id") != known[IMAGE_PAD]:
        raise ValueError(
            f"the model takes token {config.get('image_token_id')} for a picture, the tokenizer "
            f"writes {known[IMAGE_PAD]}; tokenizer and weights belong to different models."
        )
    codec = Codec(tokens, image_processor(family, base))
    probe = "can be read" if EmotionProbe.of(codec) else "cannot be told apart by one token"
    return codec, f"{len(known):,} tokens; the probabilities of emotion labels {probe}"


def _template(codec: Codec) -> tuple[bool, str]:
    """The base's own chat template writes the conversation as this project does."""
    if not getattr(codec.tokenizer, "chat_template", None):
        return True, "none in the tokenizer; ChatML is taken"
    said = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "What moves?"},
        {"role": "assistant", "content": "Nothing."},
    ]
    theirs = codec.tokenizer.apply_chat_template(said, tokenize=False)
    turns = [Turn(m["role"], (m["content"],)) for m in said]  # type: ignore[arg-type]
    ours = codec.tokenizer.decode(codec.turns(turns).ids)
    if theirs.rstrip() != ours.rstrip():
        raise ValueError(f"it writes {theirs[:120]!r}, this project {ours[:120]!r}")
    return True, "writes conversations as this project does"


def _pictures(codec: Codec, family: Family, sizes: Sizes) -> tuple[bool, str]:
    """Pictures of our sizes are not resampled: as many tokens as there are squares in them."""
    counts = []
    for side in (sizes.face, sizes.crop):
        made = codec.parts((PIL.Image.new("RGB", (side, side), "grey"),))
        counts.append(sum(made.is_image))
        if counts[-1] != (side // family.square) ** 2:
            raise ValueError(
                f"a picture of {side} pixels becomes {counts[-1]} tokens instead of "
                f"{(side // family.square) ** 2}: it is resampled."
            )
    return True, f"a face of {sizes.face} pixels is {counts[0]} tokens, a crop {counts[1]}"


def _adapters(family: Family, base: str) -> tuple[bool, str]:
    """The matrices that adapters go on exist in the model, by their names in the files."""
    from safetensors import safe_open

    names: list[str] = []
    for file in _weight_files(base):
        with safe_open(file, framework="pt") as opened:
            names += [n.removesuffix(".weight") for n in opened.keys() if n.endswith(".weight")]  # noqa: SIM118
    text = [n for n in names if re.search(r"layers\.\d+\..*_proj$", n)]
    seen = [n for n in names if family.vision and re.fullmatch(family.vision, f".{n}")]
    merger = [n for n in names if "merger" in n]
    if not text or not merger or (family.vision and not seen):
        raise ValueError(
            f"{len(text)} matrices of the language model, {len(seen)} of the vision tower, "
            f"{len(merger)} of the merger were found; these are not the weights of {family.name}."
        )
    return True, (
        f"{len(text)} matrices of the language model, {len(seen)} of the vision tower; "
        f"the merger ({len(merger)}) is trained in full"
    )


def _forward(found: list[Finding], base: str, codec: Codec, where: Device) -> None:
    """One pass over a grey face and a region, if it fits into memory."""
    bits = 4 if where.dtype == "float32" else 2
    weights = find_weights(base, None)
    need = sum(_parameters(f) for f in _weight_files(weights.base)) * bits * HEADROOM
    free = free_memory(where.name)
    words = f"{need / 1e9:,.1f} GB needed on {where.name}, {free / 1e9:,.1f} GB free"
    found.append(Finding("memory", need <= free, words))
    if need > free:
        found.append(Finding("forward pass", None, "not tried: it would not fit into memory"))
        return
    _step(found, "forward pass", lambda: _pass(base, codec, where))


def _pass(base: str, codec: Codec, where: Device) -> tuple[bool, str]:
    model, _, _ = load_model(find_weights(base, None), where)
    sizes = find_weights(base, None).sizes
    face, crop = (PIL.Image.new("RGB", (side, side), "grey") for side in (sizes.face, sizes.crop))
    asked = codec.turns(
        [
            Turn("system", (focal.system_text(),)),
            Turn("user", (face, focal.task_text(sizes), crop, "Region: mouth.")),
            Turn("assistant", ('{"action_units": {}}',)),
        ]
    )
    batch = collate([asked])
    moved = {k: v.to(where.name) for k, v in batch.items() if isinstance(v, torch.Tensor)}
    with torch.inference_mode():
        loss = float(model(**batch | moved).loss)
    if not np.isfinite(loss):
        raise ValueError(f"the loss of an answer is {loss}; the weights are damaged.")
    return True, f"{len(asked)} tokens, loss of an answer {loss:.2f}"
