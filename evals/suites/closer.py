"""When does looking closer help? A region's own reading against that of the whole face.

The question of ActFER (arXiv 2604.08990), asked of any describer: each unit is read once from the
whole face and once from every basic region that shows it, and the gain is the difference of the two
scores against the same labels. Positive: the closer look knew more; zero: the describer reads a
part from the whole anyway; negative: the part alone lacks what the whole would tell.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from inspect_ai import Task, task

from focalface.evals.datasets import corpora
from focalface.evals.harness import inspecting
from focalface.evals.harness.suite import Grid, Raw, Suite
from focalface.evals.metrics.classification import accuracy, f1
from focalface.evals.metrics.statistics import Estimate, Floats, Statistic, ratio
from focalface.evals.records import FACE, FaceCase, FaceRecord, RegionCase, of_region
from focalface.evals.subjects import registry
from focalface.evals.suites import describing
from focalface.tools.face import facs
from focalface.tools.face.regions import BASIC

LEAST = 3
"""Positive labels from which a unit in a region is scored."""


@task
def closer(
    data: str | None = None,
    limit: int | None = None,
    seed: int = 0,
    describer: str | None = None,
) -> Task:
    """Return every face whole and in all its basic regions, in one call; needs ``data`` with
    units."""
    bench = registry.workbench(describer)
    cases = corpora.faces(data, limit=limit, seed=seed, cut=False)
    return inspecting.make_task(
        "closer",
        [everywhere(case).model_dump(mode="json") for case in cases],
        partial(_run, bench),
        failed=describing.failed,
        worth=describing.worth,
        show=describing.show,
        subject=registry.facts(bench.describer),
    )


def everywhere(case: FaceCase) -> FaceCase:
    """Return the case with the whole face and all basic regions, whatever its data drew."""
    return case.model_copy(
        update={"regions": tuple(RegionCase(target=name) for name in (FACE, *BASIC))}
    )


def _run(bench: Any, raw: dict[str, Any]) -> dict[str, Any]:
    return describing.describe(bench, FaceCase.model_validate(raw)).model_dump(mode="json")


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """``gain[UNIT]``, ``gain@region``, ``gain[UNIT]@region`` of F1, and which look is right.

    ``rescued``: judgements that the whole face gets wrong and the region right, ``spoilt`` the
    other way round, over all that both make. ``emotion_gain@region``: difference of accuracies.
    """
    faces = describing.typed(records)
    counts = {region: _counts(faces, region) for region in BASIC}
    found = _overall(counts)
    for region, own in counts.items():
        found |= _named(f"gain@{region}", own.sum(axis=1))
        for j, code in enumerate(facs.CODES):
            found |= _named(f"gain[{code}]@{region}", own[:, j])
        found |= _emotion(faces, region)
    everywhere = np.sum(list(counts.values()), axis=0)
    for j, code in enumerate(facs.CODES):
        found |= _named(f"gain[{code}]", everywhere[:, j])
    return found


def _counts(faces: Sequence[FaceRecord], region: str) -> Floats:
    """(faces, units, 9): tp, fp, fn of region and of face, rescued, spoilt, judged by both."""
    found = np.zeros((len(faces), len(facs.CODES), 9))
    for i, face in enumerate(faces):
        whole, part = (of_region(face, name) for name in (FACE, region))
        if whole is None or part is None:
            continue
        for j, code in enumerate(facs.CODES):
            level = face.case.units.get(code)
            if level is None or code not in whole.units or code not in part.units:
                continue
            truth = level >= facs.PRESENT or code in face.case.faint
            near, far = code in part.present, code in whole.present
            found[i, j, :6] = [*_cells(near, truth), *_cells(far, truth)]
            found[i, j, 6] = near == truth != far
            found[i, j, 7] = far == truth != near
            found[i, j, 8] = 1
    return found


def _cells(said: bool, truth: bool) -> tuple[bool, bool, bool]:
    return said and truth, said and not truth, truth and not said


def _named(name: str, rows: Floats) -> dict[str, Statistic]:
    """Return the gain of F1 over rows (faces, 9), where there are labels enough."""
    positives = int(rows[:, 0].sum() + rows[:, 2].sum())
    if positives < LEAST:
        return {}
    return {name: Statistic(rows[:, :6], _gain, positives)}


def _gain(sums: Floats) -> Floats:
    return f1(sums[..., :3]) - f1(sums[..., 3:6])


def _overall(counts: Mapping[str, Floats]) -> dict[str, Statistic]:
    rows = np.sum([own.sum(axis=1) for own in counts.values()], axis=0)
    found = _named("gain", rows)
    found["rescued"] = ratio(rows[:, 6], rows[:, 8])
    found["spoilt"] = ratio(rows[:, 7], rows[:, 8], "lower")
    return found


def _emotion(faces: Sequence[FaceRecord], region: str) -> dict[str, Statistic]:
    """Accuracy of the region's emotion minus that of the whole face's, on the same faces."""
    where = [
        i
        for i, face in enumerate(faces)
        if face.case.emotion is not None
        and all(of_region(face, name) is not None for name in (FACE, region))
    ]
    chosen = [faces[i] for i in where]
    near = accuracy(describing.labelled(chosen, region))
    if not near.n:
        return {}
    far = accuracy(describing.labelled(chosen, FACE))
    width = near.rows.shape[1]
    joined = Statistic(
        np.column_stack([near.rows, far.rows]),
        lambda s: near.of_sums(s[..., :width]) - far.of_sums(s[..., width:]),
        near.n,
    )
    return {f"emotion_gain@{region}": joined.spread(where, len(faces))}


def grids(figures: Mapping[str, Estimate]) -> list[Grid]:
    """Return units down, regions across: where a closer look gains and where it loses."""
    regions = [r for r in BASIC if f"gain@{r}" in figures]
    codes = [c for c in facs.CODES if f"gain[{c}]" in figures]
    if not regions or not codes:
        return []
    rows = [
        (code, figures[f"gain[{code}]"].short, *(_cell(figures, code, r) for r in regions))
        for code in codes
    ]
    return [Grid("Gain of F1 by a closer look", ("", "all", *regions), tuple(rows))]


def _cell(figures: Mapping[str, Estimate], code: str, region: str) -> str:
    found = figures.get(f"gain[{code}]@{region}")
    return found.short if found else ""


SUITE = Suite(
    name="closer",
    about="when does looking closer help: a region's own reading against the whole face's",
    task=closer,
    statistics=statistics,
    headline=("gain", "rescued", "spoilt"),
    accepts=frozenset({"data", "limit", "seed", "describer"}),
    grids=grids,
)
