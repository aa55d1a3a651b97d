"""Evaluation after each stage: the same validation faces, every region described, scored."""

import random
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from focalface.tools.describers.language import focal
from focalface.tools.describers.qwen.chatml import Codec, Encoded, Turn
from focalface.tools.describers.qwen.decode import decode, encode_prefix
from focalface.tools.describers.qwen.grammar import Constraint, Grammars
from focalface.tools.describers.qwen.run import MAX_NEW
from focalface.tools.training.finetune.data import Corpus, open_picture
from focalface.tools.training.finetune.given import given_out, scope_of
from focalface.tools.training.finetune.score import Judged, majority, score

Scores = dict[str, float | None]


def fixed_faces(corpus: Corpus, count: int, seed: int) -> list[list[dict[str, Any]]]:
    """Return ``count`` faces, each with samples of single regions with a text; equal for a seed."""
    faces: dict[str, list[dict[str, Any]]] = {}
    for sample in corpus.samples():
        if sample["task"] in ("describe", "written"):
            faces.setdefault(sample["images"][0], []).append(sample)
    names = sorted(faces)
    random.Random(f"{seed}/evaluation").shuffle(names)
    return [faces[name] for name in names[:count]]


def evaluate(
    model: Any,
    codec: Codec,
    faces: list[list[dict[str, Any]]],
    folder: Path,
    grammars: Grammars | None = None,
) -> tuple[Scores, list[Judged]]:
    """Return scores of freely decoded answers, so that validity is the model's own.

    With ``grammars`` they are those of what the product gives out instead: decoded under the
    grammar, without sentences that leave the region or contradict the structure.

    ``model``: a Qwen2.5-VL without wrappers. The regions of a face share its encoding.
    """
    half, was_training = model.dtype, model.training
    model.eval()
    judged = []
    for samples in tqdm(faces, desc="evaluating", unit="face"):
        prefix, regions = _prompts(samples, folder, codec)
        with torch.autocast(model.device.type, half, enabled=half != torch.float32):
            rows = decode(
                model,
                encode_prefix(model, prefix),
                regions,
                end_id=codec.end_id,
                max_new=MAX_NEW,
                constraints=None if grammars is None else _constraints(grammars, samples),
            )
        for row, sample in zip(rows, samples, strict=True):
            answer, truth = codec.decode(row.ids), sample["truth"][0]
            judged.append(Judged(given_out(answer, truth) if grammars else answer, truth))
    model.train(was_training)
    return score(judged), judged


def _constraints(grammars: Grammars, samples: list[dict[str, Any]]) -> list[Constraint]:
    return [grammars.constraint(scope_of(sample["truth"][0])) for sample in samples]


def majority_scores(train: Corpus, faces: list[list[dict[str, Any]]]) -> Scores:
    """Return scores of the one answer that fits most training labels."""
    truths = (s["truth"][0] for s in train.samples() if s["task"] == "recognise")
    answer = majority(truths)
    return score([Judged(answer, s["truth"][0]) for samples in faces for s in samples])


def _prompts(
    samples: list[dict[str, Any]], folder: Path, codec: Codec
) -> tuple[Encoded, list[Encoded]]:
    """Return the shared prefix of a face's samples, and what follows it in each."""
    contents = [sample["messages"][0]["content"] for sample in samples]
    picture, task = contents[0][:2]
    prefix = codec.turns([Turn("system", (focal.system_text(),))])
    prefix.extend(
        codec.open_turn(Turn("user", (open_picture(folder / picture["image"]), task["text"])))
    )
    regions = []
    for content in contents:
        crop, text = content[2:]
        region = codec.parts((open_picture(folder / crop["image"]), text["text"]))
        regions.append(region.extend(codec.close_turn("user")).extend(codec.ask_answer()))
    return prefix, regions
