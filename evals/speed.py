"""Speed as ratios: against named peers, and of more regions, faces and pixels against fewer.

Every round measures both sides of its ratio right after each other on the same machine, so that the
ratio holds where absolute times do not. All sides use one thread.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import PIL.Image
from inspect_ai import Task, task

from focalface.evals import inspecting, peers, pictures, subjects
from focalface.evals.corpora import builtin
from focalface.evals.figures import Statistic, ratio
from focalface.evals.suites import Raw, Suite
from focalface.tools.errors import ModelMissingError
from focalface.tools.images import Image
from focalface.tools.region_names import BASIC
from focalface.tools.settings import Settings
from focalface.tools.types import Face, Frozen
from focalface.tools.workbench import Workbench

ROUNDS = 7
Work = Callable[[], object]
Sides = tuple[Work, Work]


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
        subject=subjects.facts(bench.describer),
    )


@cache
def _bench(describer: str | None) -> Workbench:
    """One thread, as the peers; an outside describer looks after its own threads."""
    if describer is None:
        return Workbench(Settings(threads=1))
    return subjects.workbench(describer)


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
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


@cache
def _sides(bench: Workbench, measure: str) -> Sides:
    """Both sides of a measure, run once so that nothing is loaded while the clock runs."""
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


def _detect_against_yunet(bench: Workbench) -> Sides:
    image, _ = _scene(bench, "group")
    peer = peers.yunet()
    return (lambda: bench.detector.detect(image.rgb)), (lambda: peer(image.rgb))


def _face_against_landmarker(bench: Workbench) -> Sides:
    """Detection, landmarks and the whole-face reading, against the same job of the landmarker."""
    image, _ = _scene(bench, "astronaut")
    peer = peers.landmarker()

    def ours() -> object:
        return bench.describe(image, bench.detect(image)[0], ["face"])

    return ours, lambda: peer(image.rgb)


def _set_against_loop(bench: Workbench) -> Sides:
    """All 24 regions in one call, against one whole-face reading for each of them."""
    image, faces = _scene(bench, "astronaut")
    face = faces[0]

    def loop() -> object:
        return [bench.describe(image, face, ["face"]) for _ in BASIC]

    return (lambda: bench.describe(image, face, BASIC)), loop


def _regions(count: int) -> Callable[[Workbench], Sides]:
    def sides(bench: Workbench) -> Sides:
        image, faces = _scene(bench, "astronaut")
        many = BASIC[:count]
        return (
            lambda: bench.describe(image, faces[0], many),
            lambda: bench.describe(image, faces[0], ["mouth"]),
        )

    return sides


def _faces(count: int) -> Callable[[Workbench], Sides]:
    def sides(bench: Workbench) -> Sides:
        image, faces = _scene(bench, "group")

        def several() -> object:
            return [bench.describe(image, face, ["face"]) for face in faces[:count]]

        return several, lambda: bench.describe(image, faces[0], ["face"])

    return sides


def _pixels(scale: float) -> Callable[[Workbench], Sides]:
    def sides(bench: Workbench) -> Sides:
        large, _ = _scene(bench, "astronaut", scale)
        image, _ = _scene(bench, "astronaut")
        return (lambda: bench.detect(large)), (lambda: bench.detect(image))

    return sides


MEASURES: dict[str, Callable[[Workbench], Sides]] = {
    "detect / YuNet": _detect_against_yunet,
    "face / MediaPipe": _face_against_landmarker,
    "24 regions / whole-face loop": _set_against_loop,
    **{f"{n} regions / 1 region": _regions(n) for n in (6, 12, 24)},
    **{f"{n} faces / 1 face": _faces(n) for n in (2, 4, 6)},
    **{f"{int(s * s)}x pixels / 1x": _pixels(s) for s in (2.0, 4.0)},
}
"""Name (our side / other side) -> what makes both sides; below 1 we are faster or cheaper."""


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
    return found


def worst(records: Sequence[Raw]) -> list[dict[str, str]]:
    """What was skipped, and why."""
    skipped = {r["case"]["measure"]: r["skipped"] for r in records if r["skipped"]}
    return [{"id": name, "why": f"skipped: {why}"} for name, why in skipped.items()]


SUITE = Suite(
    name="speed",
    about="times as ratios to named peers in the same run; cost of regions, faces and pixels",
    task=speed,
    statistics=statistics,
    headline=tuple(MEASURES),
    accepts=frozenset({"limit", "seed", "describer"}),
    worst=worst,
)
