"""Cards of trained weights: ``focalface.json`` for the describer, ``README.md`` for people."""

import dataclasses
import json
from collections import Counter
from pathlib import Path
from typing import Any

from focalface.tools.describers.language import focal
from focalface.tools.describers.qwen.hashes import hashes_of
from focalface.tools.describers.qwen.load import CARD, LICENCES
from focalface.tools.face import facs
from focalface.tools.training.finetune.data import Corpus
from focalface.tools.training.finetune.model import SCRATCH
from focalface.tools.training.finetune.plan import Plan
from focalface.tools.training.finetune.score import MEASURES

_HYBRID = (
    "",
    "A hybrid: it sees with the reading network of the embedded describer (grey, 96 pixels). That "
    "network's features of each cell, its summary of the face, and its own logits of units, "
    "emotion, age and attributes stand for the visual tokens of Qwen2.5-VL. Only the merger and "
    "the language model were trained here, so what it says of a face is in good part that "
    "network's reading, put into words.",
)
LEAST_POSITIVES = 20
"""A unit counts as taught from this number of training regions that show it (our choice)."""


def taught_units(corpus: Corpus) -> tuple[str, ...]:
    """Return units with enough positive and some negative labels to be learnt at all."""
    present: Counter[str] = Counter()
    absent: Counter[str] = Counter()
    for sample in corpus.samples():
        if sample["task"] == "recognise":
            truth = sample["truth"][0]
            present.update({key.split()[0] for key in truth["units"]})
            absent.update(truth["absent"])
    return facs.in_order(c for c in facs.CODES if present[c] >= LEAST_POSITIVES and absent[c])


def write(folder: Path, base: str, plan: Plan, corpus: Corpus, rows: list[dict[str, Any]]) -> None:
    """Write both cards."""
    counts = json.loads((corpus.folder / "counts.json").read_text(encoding="utf-8"))
    sources = sorted(counts["splits"].get("train", {}).get("source", {}))
    licence = _licence(base, sources)
    units = taught_units(corpus)
    card = {
        "base": base,
        "licence": licence,
        "sizes": dataclasses.asdict(corpus.sizes),
        "units": list(units),
        "prompts": list(focal.prompt_ids()),
        "stages": [stage.name for stage in plan.stages],
        "sha256": hashes_of(folder),
    }
    (folder / CARD).write_text(json.dumps(card, indent=2), encoding="utf-8")
    (folder / "README.md").write_text(
        _readme(base, plan, counts, sources, licence, units, rows), encoding="utf-8"
    )


def _emphasis(plan: Plan) -> tuple[str, ...]:
    if plan.emphasis is None:
        return ()
    labels, units = plan.emphasis.labels, plan.emphasis.units
    return (
        "",
        f"In the loss an emotion or age group weighs {labels:g} times as much as another token, a "
        f"unit that is seen {units:g} times.",
    )


def _licence(base: str, sources: list[str]) -> str:
    own = LICENCES.get(base, "trained from scratch" if base in SCRATCH else f"that of {base}")
    return f"{own}; trained on {', '.join(sources)}: their terms apply"


def _readme(
    base: str,
    plan: Plan,
    counts: dict[str, Any],
    sources: list[str],
    licence: str,
    units: tuple[str, ...],
    rows: list[dict[str, Any]],
) -> str:
    table = ["| stage | " + " | ".join(MEASURES) + " |", "| --- " * (len(MEASURES) + 1) + "|"]
    for row in rows:
        cells = (f"{row[m]:.3f}" if row[m] is not None else "–" for m in MEASURES)
        table.append(f"| {row['stage']} | " + " | ".join(cells) + " |")
    stages = [
        f"{i}. {s.name} ({s.about}): {s.steps} steps of {plan.batch}, learning rate "
        f"{s.learning_rate:g}, {' + '.join(s.train) if base not in SCRATCH else 'as a whole'}"
        for i, s in enumerate(plan.stages, start=1)
    ]
    return "\n".join(
        [
            "# A region describer for focalface",
            "",
            f"Base: {base}. Licence: {licence}.",
            "",
            "Use: `focalface describe PHOTO --describer qwen:THIS_FOLDER`.",
            "",
            "## Training",
            "",
            f"{counts['faces']} faces from {', '.join(sources)}. Units of sources named "
            "`pack-...` were coded by a vision-language model, not by certified FACS coders.",
            *(_HYBRID if base == "hybrid" else ()),
            "",
            *stages,
            *_emphasis(plan),
            "",
            f"Units taught: {', '.join(units) or 'none'}. All others are reported as not assessed.",
            "",
            "## Figures",
            "",
            f"On {plan.evaluate} faces of the validation split, the same after every stage, "
            "answers decoded freely. `majority` is the answer that fits most training labels; "
            "`through the product`: decoded under the grammar, stray sentences left out.",
            "",
            *table,
            "",
            "Intensities are no FACS coding; emotions are what an expression suggests, not what "
            "a person feels. Not for decisions about people.",
            "",
        ]
    )
