"""What a fine-tuning will cost, before it starts: memory, tokens, time. Estimates, and said so."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from focalface.tools.describers.qwen.chatml import Codec
from focalface.tools.describers.qwen.families import family_named
from focalface.tools.errors import ModelMissingError
from focalface.tools.training.finetune import model as finetune_model
from focalface.tools.training.finetune.data import Corpus, encode, ordered
from focalface.tools.training.finetune.model import SCRATCH, TEXT_SIZES, Loaded
from focalface.tools.training.finetune.plan import Plan

SAMPLES = 24
"""Samples a stage whose tokens are counted."""
UTILISATION = 0.35
"""Share of a large matrix product's speed that training reaches (our assumption)."""
_CHARACTERS_A_TOKEN = 3.5


@dataclass(frozen=True, slots=True)
class StageCost:
    """One stage: mean tokens a sample (``answer``: those with loss), what learns, memory, time."""

    name: str
    steps: int
    tokens: float
    answer: float
    longest: int
    trained: int
    memory_gb: float
    hours: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """The whole run; ``notes`` say what was assumed."""

    parameters: int
    stages: tuple[StageCost, ...]
    notes: tuple[str, ...]


def estimate(
    corpus: Corpus,
    base: str,
    plan: Plan,
    *,
    device: str = "auto",
    per_device: int = 2,
    checkpointing: bool = False,
    four_bit: bool = False,
    tower: Path | None = None,
) -> Estimate:
    """Estimate the costs of every stage; needs no weights for the published bases.

    Memory: weights, gradients and Adam's moments of what learns, and activations. Time: 2 floating
    operations a parameter and token forward, twice that backward (weights that do not learn cost
    half of it), at ``UTILISATION`` of the speed of a matrix product that is measured now.
    """
    loaded, notes = _model(base, plan, corpus, device, tower)
    config = loaded.model.config
    parameters = sum(weight.numel() for weight in loaded.model.parameters())
    speed = _speed(loaded.device.name, loaded.device.dtype) * UTILISATION
    weight_bytes = 0.6 if four_bit else 2 if loaded.device.dtype != "float32" else 4
    stages = []
    for stage in plan.stages:
        trained = finetune_model.choose_trained(loaded, stage.train)
        lines = ordered(corpus, stage, SAMPLES, plan.seed)
        lengths = [_length(corpus.sample(line), corpus.folder, loaded.codec) for line in lines]
        longest = max(total for total, _ in lengths)
        mean = sum(total for total, _ in lengths) / len(lengths)
        memory = parameters * weight_bytes + trained * 12
        memory += _activations(config, longest * per_device, checkpointing)
        work = 4 * parameters + 2 * trained
        stages.append(
            StageCost(
                name=stage.name,
                steps=stage.steps,
                tokens=mean,
                answer=sum(answer for _, answer in lengths) / len(lengths),
                longest=longest,
                trained=trained,
                memory_gb=memory / 1e9,
                hours=stage.steps * plan.batch * mean * work / speed / 3600,
            )
        )
    notes.append(f"time: {speed / 1e9:,.0f} GFLOP/s on {loaded.device.name}, one device")
    notes.append("memory and time are estimates; measure a few steps before a long run")
    return Estimate(parameters, tuple(stages), tuple(notes))


def _model(
    base: str, plan: Plan, corpus: Corpus, device: str, tower: Path | None
) -> tuple[Loaded, list[str]]:
    """Return the model itself, or its shape without weights where the weights are not here."""
    if base in SCRATCH or base not in TEXT_SIZES:
        return finetune_model.load(base, plan, corpus, device=device, tower=tower), []
    try:
        return finetune_model.load(base, plan, corpus, device=device), []
    except ModelMissingError:
        pass
    from focalface.tools.describers.qwen.load import choose_device
    from focalface.tools.training.finetune import nano

    with torch.device("meta"):
        config = finetune_model.true_config(base)
        family = family_named(config.to_dict())
        model = finetune_model.with_adapters(family.model(config), plan, family)
    tokens, processor = nano.tokenizer(["a"], 300), nano.image_processor()
    shape = Loaded(
        model, Codec(tokens, processor), tokens, processor, choose_device(device), adapters=True
    )
    notes = [
        f"the weights of {base} are not here: text tokens are counted as one per "
        f"{_CHARACTERS_A_TOKEN:g} characters"
    ]
    return shape, notes


def _length(sample: dict[str, Any], folder: Path, codec: Codec) -> tuple[int, int]:
    """(tokens, answer tokens) of a sample."""
    if len(codec.tokenizer) < 1000:
        # No real tokenizer: it knows bytes only.
        encoded = encode(sample, folder, codec)
        pictures = sum(encoded.is_image)
        text = (len(encoded) - pictures) / _CHARACTERS_A_TOKEN
        return round(pictures + text), round(sum(encoded.is_answer) / _CHARACTERS_A_TOKEN)
    encoded = encode(sample, folder, codec)
    return len(encoded), sum(encoded.is_answer)


def _activations(config: Any, tokens: int, checkpointing: bool) -> float:
    """Return bytes kept for the backward pass: about 34 a hidden value and layer, 2 with
    checkpoints.

    After V. Korthikanti et al., Reducing Activation Recomputation (2022), without the quadratic
    term that fused attention avoids; logits in 32 bits come on top.
    """
    text = config.text_config
    kept = 2 if checkpointing else 34
    layers = text.num_hidden_layers * text.hidden_size * kept * tokens
    return float(layers + 8 * tokens * text.vocab_size)


def _speed(device: str, dtype: str) -> float:
    """Floating operations a second of a square matrix product on this device."""
    size = 4096 if device.startswith("cuda") else 1024
    one = torch.ones((size, size), dtype=getattr(torch, dtype), device=device)
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        float((one @ one)[0, 0])
        best = min(best, time.perf_counter() - started)
    return 2 * size**3 / best
