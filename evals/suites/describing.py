"""Describing one face and scoring many: shared by the suites describe, robustness and fairness."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from focalface.evals.datasets import pictures
from focalface.evals.metrics import action_units, classification, focal, hidden, text
from focalface.evals.metrics.age import Aged
from focalface.evals.metrics.bertscore import BertScore
from focalface.evals.metrics.cider import cider
from focalface.evals.metrics.classification import Labelled
from focalface.evals.metrics.geometry import touching
from focalface.evals.metrics.statistics import Statistic, mean
from focalface.evals.records import FACE, FaceCase, FaceRecord, can_show_emotion, of_region, said_of
from focalface.evals.subjects.registry import BadSubjectError, checked
from focalface.evals.suites import changes
from focalface.tools.describers.language.statements import basics_of
from focalface.tools.face.hiding import HIDDEN
from focalface.tools.face.regions import BASIC
from focalface.tools.pictures.images import Image
from focalface.tools.types import EMOTIONS, Box, Face, Region
from focalface.tools.workbench import Workbench

OVERLAP = 0.25
"""A basic region belongs to a region when they share this much of the smaller one."""


def describe(bench: Workbench, case: FaceCase, seed: int = 0) -> FaceRecord:
    """Return the record of one case: picture opened, changed, face found, all regions in one call.

    Raises a ``FocalFaceError`` when the tools fail or the describer breaks its contract.
    """
    image, face = open_face(bench, case, seed)
    targets = [region.target for region in case.regions]
    regions = bench.regions(image, face, targets)
    if len(regions) != len(targets):
        raise BadSubjectError("A target of the case means several regions; name one each.")
    found = checked(regions, bench.describe(image, face, targets))
    basic = bench.regions(image, face, BASIC)
    inside = touching([r.polygon for r in regions], [r.polygon for r in basic], OVERLAP)
    said = [
        said_of(d, _inside(d.region.name, basic, hits))
        for d, hits in zip(found, inside, strict=True)
    ]
    first = found[0]
    return FaceRecord(
        case=case,
        said=tuple(said),
        describer=first.describer,
        device=first.device,
        milliseconds=sum(d.milliseconds for d in found),
    )


def _inside(name: str, basic: Sequence[Region], hits: Sequence[bool]) -> list[str]:
    """Return the basic regions that a region touches, or is made of as far as they can be seen.

    The outline of a turned head folds over parts that can well be seen.
    """
    own = basics_of(name)
    return [
        part.name
        for part, hit in zip(basic, hits, strict=True)
        if hit or (part.name in own and part.visibility > HIDDEN)
    ]


def open_face(bench: Workbench, case: FaceCase, seed: int = 0) -> tuple[Image, Face]:
    """Return the case's picture after its change, and its face: given by box, else the whole
    picture."""
    picture = pictures.load(case.picture)
    if case.change == "none":
        image = bench.open(picture)
        box = case.box or Box(x1=0, y1=0, x2=image.width, y2=image.height)
        return image, bench.face_at(image, box)
    box = case.box or Box(x1=0, y1=0, x2=picture.width, y2=picture.height)
    changed = changes.change(case.change, picture, box, case.severity, seed)
    image = bench.open(changed.picture)
    return image, bench.face_at(image, changed.box)


def failed(case: Mapping[str, Any], why: str) -> dict[str, Any]:
    """Return the record of a dead sample."""
    return FaceRecord(case=FaceCase.model_validate(case), failure=why).model_dump(mode="json")


def worth(record: Mapping[str, Any]) -> dict[str, float]:
    """Per-sample numbers for Inspect's viewer."""
    typed = FaceRecord.model_validate(record)
    found = {"answered": float(typed.failure is None)}
    if typed.case.emotion is not None:
        said = of_region(typed, FACE)
        label = said.emotion.label if said and said.emotion else None
        found["emotion_right"] = float(label == typed.case.emotion)
    return found


def show(record: Mapping[str, Any]) -> str:
    """Return the texts, one line a region."""
    typed = FaceRecord.model_validate(record)
    return "\n".join(f"{said.name}: {said.text}" for said in typed.said)


def typed(records: Sequence[Mapping[str, Any]]) -> list[FaceRecord]:
    """Return records of a log as objects."""
    return [FaceRecord.model_validate(r) for r in records]


def core(records: Sequence[FaceRecord], region: str = FACE) -> dict[str, Statistic]:
    """Action units, emotion and age, judged from what was said of one region.

    Units are named ``au_...``, or ``coded_au_...`` where a vision-language model coded them; what
    hides parts is judged once, with the whole face.
    """
    # A record without the region weighs nothing, but keeps its row: draws are over all records.
    records = [r if any(c.name == region for c in r.case.regions) else _blank(r) for r in records]
    emotions = labelled(records, region)
    found = {
        "emotion_accuracy": classification.accuracy(emotions),
        "emotion_balanced_accuracy": classification.balanced_accuracy(emotions, EMOTIONS),
        "emotion_macro_f1": classification.macro_f1(emotions, EMOTIONS),
        "emotion_ece": classification.calibration_error(emotions),
        **Aged(
            [r.case.age for r in records],
            [s.age if (s := of_region(r, region)) else None for r in records],
        ).statistics(),
    }
    for source, prefix in (("human", ""), ("coded", "coded_")):
        table = action_units.unit_table(records, region, source)
        found[f"{prefix}au_f1_macro"] = action_units.macro_f1(table)
        found[f"{prefix}au_f1_micro"] = action_units.micro_f1(table)
        found[f"{prefix}au_assessed"] = action_units.assessed(table)
        for code, statistic in action_units.f1_per_unit(table).items():
            found[f"{prefix}au_f1[{code}]"] = statistic
        for code, statistic in action_units.correlation_per_unit(table).items():
            found[f"{prefix}au_correlation[{code}]"] = statistic
    return found | (hidden.statistics(records) if region == FACE else {})


def _blank(record: FaceRecord) -> FaceRecord:
    case = record.case.model_copy(update={"units": {}, "emotion": None, "age": None})
    return record.model_copy(update={"case": case, "said": ()})


def labelled(records: Sequence[FaceRecord], region: str = FACE) -> Labelled:
    """Return emotion truth and answer of one region; none is true of a region that cannot show
    any."""
    answers = [s.emotion if (s := of_region(r, region)) else None for r in records]
    shows = can_show_emotion(region)
    return Labelled(
        [r.case.emotion if shows else None for r in records],
        [a.label if a else None for a in answers],
        [a.probabilities.get(a.label) if a else None for a in answers],
    )


def texts(records: Sequence[FaceRecord]) -> dict[str, Statistic]:
    """BLEU-4, chrF, ROUGE-L, CIDEr over the regions that have references.

    And BERTScore, where the run was made with it.

    A region of a failed sample has the empty text. Texts of one record stay together in draws.
    """
    rows = [
        (i, record.said[k].text if record.failure is None else "", region.references)
        for i, record in enumerate(records)
        for k, region in enumerate(record.case.regions)
        if region.references
    ]
    if not rows:
        return {}
    said, references = [r[1] for r in rows], [r[2] for r in rows]
    found = text.statistics(said, references)
    found["cider"] = mean(cider(said, references))
    if any(s.bertscore is not None for r in records for s in r.said):
        found["bertscore"] = mean(_bertscores(records))
    return {name: per_record(s, [r[0] for r in rows], len(records)) for name, s in found.items()}


def _bertscores(records: Sequence[FaceRecord]) -> list[float]:
    """In the order of ``texts``; a region of a failed sample has 0."""
    return [
        (record.said[k].bertscore or 0.0) if record.failure is None else 0.0
        for record in records
        for k, region in enumerate(record.case.regions)
        if region.references
    ]


def with_bertscore(record: FaceRecord, likeness: BertScore) -> FaceRecord:
    """Return the record with the likeness of each text to its references."""
    said = [
        s.model_copy(update={"bertscore": likeness.score(s.text, region.references)})
        if region.references
        else s
        for s, region in zip(record.said, record.case.regions, strict=True)
    ]
    return record.model_copy(update={"said": tuple(said)})


def per_record(statistic: Statistic, owners: Sequence[int], count: int) -> Statistic:
    """Return rows of regions added up to rows of records."""
    rows = np.zeros((count, statistic.rows.shape[1]))
    np.add.at(rows, list(owners), statistic.rows)
    return Statistic(rows, statistic.of_sums, statistic.n, statistic.better)


def sliced(
    records: Sequence[FaceRecord], key: Callable[[FaceRecord], str | None]
) -> dict[str, list[FaceRecord]]:
    """Return records by the value of ``key``, without those that have none; values in order."""
    groups: dict[str, list[FaceRecord]] = {}
    for record in records:
        if (value := key(record)) is not None:
            groups.setdefault(value, []).append(record)
    return dict(sorted(groups.items()))


def focal_and_text(records: Sequence[FaceRecord]) -> dict[str, Statistic]:
    """Focus, agreement, coverage, abstention, and the text metrics."""
    return {**focal.statistics(records), **texts(records)}
