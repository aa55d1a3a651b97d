"""What came back from the other machine -> a model folder with its card, and scores."""

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import torch

from focalface.tools.describers.language import focal
from focalface.tools.describers.qwen.hashes import hashes_of
from focalface.tools.describers.qwen.load import CARD
from focalface.tools.training.finetune import nano
from focalface.tools.training.finetune.card import taught_units
from focalface.tools.training.finetune.data import Corpus
from focalface.tools.training.finetune.evaluate import majority_scores
from focalface.tools.training.finetune.score import Judged, score

from .shards import read_shards


def unpack_run(out: Path, model: Path, corpus: Path) -> dict[str, Any]:
    """Write the model folder ``model`` and return (and prints) the scores beside the majority's.

    ``out``: what ``run`` wrote, with the kit's ``model`` folder beside it or inside its parent.
    """
    from transformers import AutoConfig, Qwen2_5_VLForConditionalGeneration

    weights = read_shards(out / "weights")
    made = Qwen2_5_VLForConditionalGeneration(AutoConfig.from_pretrained(out / "weights"))
    missing, unexpected = made.load_state_dict(weights, strict=False)
    made.tie_weights()
    if unexpected or set(missing) - {"lm_head.weight"}:
        raise ValueError(f"the weights do not fit the model: {[*missing, *unexpected][:3]}")
    made.to(torch.float16).save_pretrained(model)
    nano.image_processor().save_pretrained(model)
    for file in (out.parent / "model").glob("tokenizer*"):
        shutil.copy(file, model / file.name)
    train = Corpus(corpus)
    judged = _judged(out / "answers.jsonl")
    scores = {
        "majority": majority_scores(train, [[{"truth": [j.truth]} for j in judged]]),
        "mini": score(judged),
    }
    _write_card(model, train, json.loads((out / "result.json").read_text("utf-8")), scores)
    return scores


def _judged(file: Path) -> list[Judged]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [Judged(**json.loads(line)) for line in lines]


def _write_card(
    model: Path, corpus: Corpus, result: dict[str, Any], scores: dict[str, Any]
) -> None:
    card = {
        "base": "mini",
        "licence": "trained from scratch; the terms of its training faces apply",
        "sizes": dataclasses.asdict(corpus.sizes),
        "units": list(taught_units(corpus)),
        "prompts": list(focal.prompt_ids()),
        "stages": [phase["phase"] for phase in result["log"]],
        "sha256": hashes_of(model),
    }
    (model / CARD).write_text(json.dumps(card, indent=2), encoding="utf-8")
    names = list(scores["mini"])
    rows = ["| | " + " | ".join(names) + " |", "| --- " * (len(names) + 1) + "|"]
    for name, own in scores.items():
        cells = ("–" if own[n] is None else f"{own[n]:.3f}" for n in names)
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    phases = [f"{p['phase']}: {p['steps']} steps, loss {p['loss']}" for p in result["log"]]
    text = [
        "# mini, a region describer trained with the ten-minute kit",
        "",
        f"{result['parameters'] / 1e6:.1f} million parameters from scratch in "
        f"{result['seconds']:.0f} s on {result['device']}; weights went through 8 bits.",
        "",
        *(f"- {phase}" for phase in phases),
        "",
        f"{result['answers']} answers on held-out regions, decoded freely:",
        "",
        *rows,
        "",
    ]
    (model / "README.md").write_text("\n".join(text), encoding="utf-8")
