"""Speed as ratios: against named peers, and of more regions, faces and pixels against fewer.

Every round measures both sides of its ratio right after each other on the same machine, so that the
ratio holds where absolute times do not. All sides use one thread. The peers' files lie in the
folder ``models`` of ``FOCALFACE_SHARED``; without them their measures are skipped, and it says so.

With ``--describer qwen:FOLDER`` the ratio of K regions in one call to K calls shows what the shared
prefix saves: the picture of the face is encoded once instead of K times.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import PIL.Image
from inspect_ai import Task, task

from focalface.evals.datasets import pictures
from focalface.evals.datasets.corpora import builtin
from focalface.evals.harness import inspecting
from focalface.evals.harness.suite import Grid, Raw, Suite
from focalface.evals.metrics.statistics import Estimate, Statistic, ratio
from focalface.evals.subjects import peers, registry
from focalface.tools.errors import ModelMissingError
from focalface.tools.face.regions import ATLAS
from focalface.tools.pictures.images import Image
from focalface.tools.settings import Settings
from focalface.tools.types import Face, Frozen
from focalface.tools.workbench import Workbench

ROUNDS = 7
ONE = "1 region"
TRIES, LONG = 3, 500.0
"""Runs of a side in a round, and the milliseconds after which it is not run again."""
REGIONS = (1, 2, 4, 8, 20, 30)
"""Counts of regions that a call is measured with; 30 are all of the atlas."""
Work = Callable[[], object]
Sides = tuple[Work, Work]
Measure = Callable[[Workbench], Sides]


class SpeedCase(Frozen):
    """One round of one measure."""

    id: str
    measure: str
    round: int


class SpeedRecord(Frozen):
    """Milliseconds of both sides, or why there are none."""

    case: SpeedCase
    ours: float = 0.0
    other: float = 0.0
    skipped: str | None = None
    failure: str | None = None


@task
def speed(limit: int | None = None, seed: int = 0, describer: str | None = None) -> Task:
    """``limit``: rounds of each measure."""
    bench = _bench(describer)
    cases = [
        SpeedCase(id=f"{name}-{i}", measure=name, round=i)
        for name in MEASURES
        for i in range(limit or ROUNDS)
    ]
    return inspecting.make_task(
        "speed",
        [c.model_dump(mode="json") for c in cases],
        lambda raw: _run(bench, SpeedCase.model_validate(raw)).model_dump(mode="json"),
        failed=_failed,
        worth=lambda r: {"ratio": r["ours"] / r["other"]} if r["other"] else {},
        show=lambda r: r["skipped"] or f"{r['ours']:.1f} ms : {r['other']:.1f} ms",
        subject=registry.facts(bench.describer),
    )


@cache
def _bench(describer: str | None) -> Workbench:
    """One thread, as the peers; an outside describer looks after its own threads."""
    if describer is None:
        return Workbench(Settings(threads=1))
    return registry.workbench(describer)


def _run(bench: Workbench, case: SpeedCase) -> SpeedRecord:
    try:
        ours, other = _sides(bench, case.measure)
    except ModelMissingError as error:
        return SpeedRecord(case=case, skipped=str(error))
    # Alternate who goes first: a machine that slows down must not favour one side.
    if case.round % 2:
        b, a = _time(other), _time(ours)
    else:
        a, b = _time(ours), _time(other)
    return SpeedRecord(case=case, ours=a, other=b)


def _time(work: Work) -> float:
    """Milliseconds of the fastest of three, as other programs can only slow it down."""
    times: list[float] = []
    while len(times) < TRIES and sum(times) < LONG:
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


@cache
def _sides(bench: Workbench, measure: str) -> Sides:
    """Pair both sides of a measure, run once so that nothing is loaded while the clock runs."""
    sides = MEASURES[measure](bench)
    for work in sides:
        work()
    return sides


@cache
def _scene(bench: Workbench, name: str, scale: float = 1.0) -> tuple[Image, tuple[Face, ...]]:
    picture = pictures.load(name).convert("RGB")
    if scale != 1.0:
        size = (round(picture.width * scale), round(picture.height * scale))
        picture = picture.resize(size, PIL.Image.Resampling.BICUBIC)
    image = bench.open(picture)
    boxes = [c.box for c in builtin() if c.picture == name and c.change == "none" and c.box]
    faces = tuple(bench.face_at(image, b) for b in boxes) if scale == 1.0 else ()
    return image, faces


def _detect_against_yunet(scale: float) -> Measure:
    def sides(bench: Workbench) -> Sides:
        image, _ = _scene(bench, "group", scale)
        peer = peers.yunet()
        return (lambda: bench.detector.detect(image.rgb)), (lambda: peer(image.rgb))

    return sides


def _against_landmarker(count: int) -> Measure:
    """Detection, landmarks and regions, against detection, landmarks and blendshapes."""

    def sides(bench: Workbench) -> Sides:
        image, _ = _scene(bench, "astronaut")
        peer = peers.landmarker()
        many = ATLAS[:count]
        return (
            lambda: bench.describe(image, bench.detect(image)[0], many),
            lambda: peer(image.rgb),
        )

    return sides


def _regions(count: int, other: Callable[[Workbench, Sequence[str]], Work]) -> Measure:
    """A look at a face and so many of its regions in one call, against ``other``."""

    def sides(bench: Workbench) -> Sides:
        many = ATLAS[:count]
        return _look(bench, [many]), other(bench, many)

    return sides


def _look(bench: Workbench, calls: Sequence[Sequence[str]]) -> Work:
    """Return landmarks of a found face, fitted anew (a describer may keep its look), then the
    calls."""
    image, faces = _scene(bench, "astronaut")
    face = faces[0]

    def work() -> None:
        bench.mesher.fit(image, face.box, face.keypoints)
        for names in calls:
            bench.describe(image, face, names)

    return work


def _one_region(bench: Workbench, names: Sequence[str]) -> Work:
    return _look(bench, [names[:1]])


def _call_each(bench: Workbench, names: Sequence[str]) -> Work:
    return _look(bench, [[name] for name in names])


def _whole_face_loop(bench: Workbench, names: Sequence[str]) -> Work:
    """Do what one does without regions: look at the whole face anew for each of them."""
    once = _look(bench, [["face"]])
    return lambda: [once() for _ in names]


def _faces(count: int) -> Measure:
    def sides(bench: Workbench) -> Sides:
        image, faces = _scene(bench, "group")

        def several(some: Sequence[Face]) -> None:
            for face in some:
                bench.mesher.fit(image, face.box, face.keypoints)
                bench.describe(image, face, ["face"])

        return (lambda: several(faces[:count])), (lambda: several(faces[:1]))

    return sides


def _pixels(scale: float) -> Measure:
    def sides(bench: Workbench) -> Sides:
        large, _ = _scene(bench, "astronaut", scale)
        image, _ = _scene(bench, "astronaut")
        return (lambda: bench.detect(large)), (lambda: bench.detect(image))

    return sides


MEASURES: dict[str, Measure] = {
    **{f"{n} regions / {ONE}": _regions(n, _one_region) for n in REGIONS[1:]},
    **{f"{n} regions / whole-face loop": _regions(n, _whole_face_loop) for n in REGIONS[1:]},
    **{f"{n} regions / {n} calls": _regions(n, _call_each) for n in REGIONS[1:]},
    f"{ONE} / MediaPipe": _against_landmarker(1),
    **{f"{n} regions / MediaPipe": _against_landmarker(n) for n in REGIONS[1:]},
    **{f"{n} faces / 1 face": _faces(n) for n in (2, 4, 6)},
    **{f"{int(s * s)}x pixels / 1x": _pixels(s) for s in (2.0, 4.0)},
    **{f"detect {int(s * s)}x pixels / YuNet": _detect_against_yunet(s) for s in (1.0, 2.0)},
}
"""Name (our side / other side) -> what makes both sides; below 1 we are faster or cheaper.

Against MediaPipe Face Landmarker both sides find the face; elsewhere a face that is found already
is looked at anew, so that nothing which a describer keeps of an earlier look makes it seem fast.
"""


def _failed(case: Mapping[str, Any], why: str) -> dict[str, Any]:
    record = SpeedRecord(case=SpeedCase.model_validate(case), failure=why)
    return record.model_dump(mode="json")


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """Total time of our side over total time of the other, by measure; and our milliseconds."""
    rows = [SpeedRecord.model_validate(r) for r in records]
    found = {}
    for name in MEASURES:
        mine = [r.case.measure == name and r.other > 0 for r in rows]
        ours = [r.ours * m for r, m in zip(rows, mine, strict=True)]
        other = [r.other * m for r, m in zip(rows, mine, strict=True)]
        quotient = ratio(ours, other, "lower")
        found[name] = Statistic(quotient.rows, quotient.of_sums, sum(mine), "lower")
        times = ratio(ours, [float(m) for m in mine])
        found[f"milliseconds@{name}"] = Statistic(times.rows, times.of_sums, times.n, "none")
    single = [r.other if r.case.measure.endswith(f" / {ONE}") else 0.0 for r in rows]
    times = ratio(single, [float(ms > 0) for ms in single])
    found[f"milliseconds@{ONE}"] = Statistic(times.rows, times.of_sums, times.n, "none")
    return found


def notes(records: Sequence[Raw]) -> list[str]:
    """Return what was skipped, and why."""
    skipped: dict[str, list[str]] = {}
    for record in records:
        if record["skipped"]:
            measures = skipped.setdefault(record["skipped"], [])
            if record["case"]["measure"] not in measures:
                measures.append(record["case"]["measure"])
    order = [*MEASURES]
    return [
        f"Skipped: {', '.join(sorted(measures, key=order.index))}. {why}"
        for why, measures in skipped.items()
    ]


def grids(figures: Mapping[str, Estimate]) -> list[Grid]:
    """Cost by the number of regions: our time, and as ratios to the other ways."""
    rows = []
    for n in REGIONS:
        many = ONE if n == 1 else f"{n} regions"
        names = [f"milliseconds@{many} / {ONE}" if n > 1 else f"milliseconds@{ONE}"]
        names += [f"{many} / {other}" for other in (ONE, "whole-face loop", f"{n} calls")]
        found = [figures.get(name) for name in (*names, f"{many} / MediaPipe")]
        rows.append((str(n), *(f.short if f else "" for f in found)))
    head = ("regions", "ms", "/ 1 region", "/ whole-face loop", "/ 1 call each", "/ MediaPipe")
    return [
        Grid("Cost by number of regions; with detection only against MediaPipe", head, tuple(rows))
    ]


SUITE = Suite(
    name="speed",
    about="times as ratios to named peers in the same run; cost of regions, faces and pixels",
    task=speed,
    statistics=statistics,
    headline=tuple(MEASURES),
    accepts=frozenset({"limit", "seed", "describer"}),
    notes=notes,
    grids=grids,
)
