"""The FaceFocalDesc benchmark: action units, emotion, age and text, by region and by size.

focalface eval run describe --data FOLDER --limit 200
inspect eval evals/suites/describe.py -T data=FOLDER -T limit=200
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from inspect_ai import Task, task

from focalface.evals.datasets import corpora, protocols
from focalface.evals.harness import inspecting
from focalface.evals.harness.suite import SHOWN, Grid, Raw, Suite
from focalface.evals.metrics import classification
from focalface.evals.metrics.bertscore import BertScore
from focalface.evals.metrics.bertscore import load as load_bertscore
from focalface.evals.metrics.statistics import Estimate, Statistic
from focalface.evals.records import (
    FACE,
    FaceCase,
    FaceRecord,
    RegionCase,
    Said,
    can_show_emotion,
    of_region,
)
from focalface.evals.subjects import registry
from focalface.evals.suites import describing
from focalface.tools.face.regions import BASIC

SIZES = ((0, "under 16 px"), (16, "16-32 px"), (32, "32-64 px"), (64, "over 64 px"))
_BY_REGION = ("emotion_accuracy", "au_f1_macro", "coded_au_f1_macro", "age_mae")


@task
def describe(
    data: str | None = None,
    limit: int | None = None,
    seed: int = 0,
    describer: str | None = None,
    fold: int | None = None,
    bertscore: str | None = None,
) -> Task:
    """Return regions of faces described and scored; built-in faces without ``data``.

    ``fold``: of DISFA or BP4D, for a describer that was trained on the other two. ``bertscore``:
    the folder of a language model (``FOLDER`` or ``FOLDER@LAYER``), to score texts by it as well.
    """
    return faces_task("describe", data, limit, seed, describer, fold, bertscore)


def faces_task(
    name: str,
    data: str | None,
    limit: int | None,
    seed: int,
    describer: str | None,
    fold: int | None = None,
    bertscore: str | None = None,
) -> Task:
    """Return all regions of faces with truth, described in one call a face."""
    bench = registry.workbench(describer)
    likeness = load_bertscore(bertscore) if bertscore else None
    cases = corpora.faces(data, limit=limit, seed=seed, fold=fold)
    return inspecting.make_task(
        name,
        [case.model_dump(mode="json") for case in cases],
        partial(_run, bench, likeness),
        failed=describing.failed,
        worth=describing.worth,
        show=describing.show,
        subject={
            **registry.facts(bench.describer),
            **({"bertscore": likeness.name} if likeness else {}),
        },
    )


def _run(bench: Any, likeness: BertScore | None, case: dict[str, Any]) -> dict[str, Any]:
    record = describing.describe(bench, FaceCase.model_validate(case))
    if likeness is not None:
        record = describing.with_bertscore(record, likeness)
    return record.model_dump(mode="json")


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """Return all figures of the suite; ``name@region`` and ``name@size`` are slices."""
    faces = describing.typed(records)
    found = describing.core(faces) | describing.focal_and_text(faces)
    found |= protocols.statistics(faces) | _without_contempt(faces)
    for region in BASIC:
        sliced = describing.core(faces, region)
        found |= {f"{name}@{region}": sliced[name] for name in _BY_REGION}
    return found | _by_size(faces)


def _without_contempt(faces: Sequence[FaceRecord]) -> dict[str, Statistic]:
    """Accuracy on the other seven emotions, where faces labelled contempt are among the data."""
    chosen = [r.case.emotion != "contempt" for r in faces]
    if all(chosen):
        return {}
    rest = classification.accuracy(
        describing.labelled([r for r, use in zip(faces, chosen, strict=True) if use])
    )
    where = np.flatnonzero(chosen)
    return {"emotion_accuracy@without contempt": rest.spread(where, len(faces))}


def _by_size(faces: Sequence[FaceRecord]) -> dict[str, Statistic]:
    """Return the figures over all regions but the face, by the region's longer side."""
    found = {}
    for k, (low, name) in enumerate(SIZES):
        high = SIZES[k + 1][0] if k + 1 < len(SIZES) else float("inf")
        rows = [
            (i, _alone(record, said, region))
            for i, record in enumerate(faces)
            for said, region in zip(record.said, record.case.regions, strict=False)
            if said.name != FACE and low <= said.pixels < high
        ]
        if not rows:
            continue
        core = describing.core([row for _, row in rows])
        owners = [i for i, _ in rows]
        for figure in _BY_REGION:
            found[f"{figure}@{name}"] = describing.per_record(core[figure], owners, len(faces))
    return found


def _alone(record: FaceRecord, said: Said, region: RegionCase) -> FaceRecord:
    """Return one region as if it were all that was asked about; the truth is what it can show."""
    case = record.case
    truth = {
        "regions": (region.model_copy(update={"target": FACE}),),
        "emotion": case.emotion if can_show_emotion(said.name, said.inside) else None,
    }
    return record.model_copy(
        update={
            "case": case.model_copy(update=truth),
            "said": (said.model_copy(update={"name": FACE}),),
        }
    )


def grids(figures: Mapping[str, Estimate]) -> list[Grid]:
    """Return the main figures by region and by the region's size."""
    found = []
    for title, slices in (("By region", BASIC), ("By size", tuple(name for _, name in SIZES))):
        used = [m for m in _BY_REGION if any(f"{m}@{name}" in figures for name in slices)]
        rows = [
            (name, *(f.short if (f := figures.get(f"{m}@{name}")) else "" for m in used))
            for name in slices
        ]
        if used:
            found.append(Grid(title, ("", *used), tuple(r for r in rows if any(r[1:]))))
    return found


def worst(records: Sequence[Raw]) -> list[dict[str, str]]:
    """Failed faces, then surely wrong emotions, then the largest errors in years."""
    found: list[tuple[float, str, str]] = []
    for record in describing.typed(records):
        case, said = record.case, of_region(record, FACE)
        if record.failure is not None:
            found.append((9.0, case.id, record.failure))
        if said is not None and said.emotion and case.emotion not in (None, said.emotion.label):
            sure = said.emotion.probabilities[said.emotion.label]
            why = f"{said.emotion.label} ({sure:.0%} sure), labelled {case.emotion}"
            found.append((1 + sure, case.id, why))
        if said is not None and said.age and case.age is not None:
            gap = abs(said.age.years - case.age)
            why = f"{said.age.years:.0f} years, labelled {case.age:.0f}"
            found.append((gap / 40, case.id, why))
    found.sort(reverse=True)
    return [{"id": sample, "why": why} for _, sample, why in found[:SHOWN]]


SUITE = Suite(
    name="describe",
    about="the FaceFocalDesc benchmark: units, emotion, age, text; by region and size",
    task=describe,
    statistics=statistics,
    headline=(
        "emotion_accuracy",
        "emotion_balanced_accuracy",
        "emotion_macro_f1",
        "emotion_ece",
        "au_f1_protocol",
        "au_f1_macro",
        "coded_au_f1_macro",
        "age_mae",
        "age_group_accuracy",
        "age_interval_coverage",
        "focus",
        "agreement",
        "coverage",
        "abstention",
        "bleu4",
        "rouge_l",
        "chrf",
        "cider",
        "bertscore",
    ),
    accepts=frozenset({"data", "limit", "seed", "describer", "fold", "bertscore"}),
    worst=worst,
    grids=grids,
)
