"""Our face detector beside YuNet and SCRFD-500M on the validation share of the detection pack.

    python -m focalface.evals.benchmarks.detector compare      accuracy, then speed, in one run
    python -m focalface.evals.benchmarks.detector costs        what detection costs, by the picture
    python -m focalface.evals.benchmarks.detector thresholds   what each score threshold would give
    python -m focalface.evals.benchmarks.detector audit        recall by UTKFace's labels of people

Faces count from 24 pixels (longer side) at IoU 0.5; smaller ones and those marked ``ignore`` are
neither asked for nor held against a detector.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import PIL.Image
import skimage.data
import typer
from insightface.data import get_image
from tqdm import tqdm

from focalface.evals.benchmarks.face_detectors import (
    INPUT,
    FaceDetector,
    FoundFace,
    ours,
    product,
    scrfd,
    with_margin,
    yunet,
    yunet_as_it_is,
)
from focalface.evals.metrics.detection import match, size_of
from focalface.evals.metrics.geometry import box_iou
from focalface.tools import Workbench, paths
from focalface.tools.detection.detect import Detector
from focalface.tools.interfaces import Rgb
from focalface.tools.pictures.images import Image
from focalface.tools.settings import Settings
from focalface.tools.training.detector.cli import DEFAULT_RUN
from focalface.tools.training.detector.data import DetectionPack, Faces
from focalface.tools.types import Box, age_group_of

app = typer.Typer(add_completion=False, help=__doc__, no_args_is_help=True)
SMALLEST = 24.0
CLOSE_UP = 0.8  # of the picture's height: the face fills it
Change = Callable[[Rgb, Faces], tuple[Rgb, Faces]]


@dataclass
class Tally:
    """Counts of one detector over many pictures; ``of`` splits the asked-for faces by property."""

    right: int = 0
    false: int = 0
    of: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    overlap: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    point_errors: list[float] = field(default_factory=list)

    def add(self, faces: Faces, found: list[FoundFace], height: int) -> None:
        """Count one picture."""
        boxes = [Box(x1=b[0], y1=b[1], x2=b[2], y2=b[3]) for b in faces.boxes.tolist()]
        asked = [i for i, b in enumerate(boxes) if not faces.ignore[i] and _longer(b) >= SMALLEST]
        rest = [b for i, b in enumerate(boxes) if i not in asked]
        got = match(
            [boxes[i] for i in asked], [f.box for f in found], [f.score for f in found], rest
        )
        self.right += len(got.pairs)
        self.false += len(got.false)
        hit = {asked[a]: found[b] for a, b in got.pairs}
        for i in asked:
            owner = "human boxes" if faces.human[i] else "teacher boxes"
            close = ["close-ups"] if boxes[i].height >= CLOSE_UP * height else []
            for name in ("all", owner, size_of(boxes[i]), *close):
                self.of[name][0] += i in hit
                self.of[name][1] += 1
            if i in hit:
                self.overlap[owner].append(box_iou(boxes[i], hit[i].box))
                self.point_errors += _point_error(faces, i, hit[i])

    def recall(self, name: str = "all") -> float:
        """Return the share of the asked-for faces that were found."""
        found, asked = self.of[name]
        return found / asked if asked else float("nan")

    @property
    def precision(self) -> float:
        """Share of the found faces that are faces."""
        return self.right / max(self.right + self.false, 1)


def _longer(box: Box) -> float:
    return max(box.width, box.height)


def _point_error(faces: Faces, i: int, found: FoundFace) -> list[float]:
    """Return the mean keypoint distance over the inter-ocular distance; none for unknown or profile
    eyes."""
    true = faces.keypoints[i]
    if not np.isfinite(true).all():
        return []
    eyes = float(np.linalg.norm(true[0] - true[1]))
    if eyes < 0.2 * np.ptp(faces.boxes[i].reshape(2, 2), axis=0).max():
        return []
    return [float(np.linalg.norm(found.keypoints - true, axis=1).mean()) / eyes]


def run_over(
    pack: DetectionPack, which: Iterable[int], detect: FaceDetector, change: Change | None = None
) -> Tally:
    """Run one detector over some pictures, each changed first where ``change`` says how."""
    tally = Tally()
    for i in which:
        rgb, faces = np.array(pack.image(i)), pack.faces[i]
        if change is not None:
            rgb, faces = change(rgb, faces)
        tally.add(faces, detect(rgb), rgb.shape[0])
    return tally


def rolled(degrees: float) -> Change:
    """Turn a picture about its middle, on a canvas that keeps its corners."""

    def change(rgb: Rgb, faces: Faces) -> tuple[Rgb, Faces]:
        height, width = rgb.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        size = np.abs(turn[:, :2]) @ (width, height)
        turn[:, 2] += size / 2 - (width / 2, height / 2)
        canvas = tuple(int(v) for v in np.ceil(size))
        shown = np.asarray(cv2.warpAffine(rgb, turn, canvas), np.uint8)
        linear = turn[:, :2]
        middle = (faces.boxes[:, :2] + faces.boxes[:, 2:]) / 2 @ linear.T + turn[:, 2]
        reach = np.sqrt(((faces.boxes[:, 2:] - faces.boxes[:, :2]) / 2) ** 2 @ (linear**2).T)
        boxes = np.concatenate([middle - reach, middle + reach], 1).clip(0, np.tile(size, 2))
        points = faces.keypoints @ linear.T + turn[:, 2]
        return np.asarray(shown, np.uint8), Faces(
            boxes.astype(np.float32), points, faces.ignore, faces.human
        )

    return change


def greyed(rgb: Rgb, faces: Faces) -> tuple[Rgb, Faces]:
    """Take the colour out."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8), faces


def covered(rgb: Rgb, faces: Faces) -> tuple[Rgb, Faces]:
    """Return the mouth and chin of each face behind a plain patch, as by a hand or a scarf."""
    rgb = rgb.copy()
    for x1, y1, x2, y2 in faces.boxes.astype(int).tolist():
        rgb[max(y1 + (y2 - y1) * 3 // 5, 0) : y2, max(x1, 0) : x2] = (96, 110, 140)
    return rgb, faces


@app.command()
def compare(
    run: Annotated[Path, typer.Option(help="Folder of the decoded pack.")] = DEFAULT_RUN,
    speed_only: bool = False,
) -> None:
    """Accuracy and speed of all detectors."""
    cv2.setNumThreads(1)
    models = paths.shared() / "models"
    if not speed_only:
        pack = DetectionPack(paths.shared() / "data" / "detection", run / "cache")
        entrants = {
            "ours": ours(),
            "ours, keypoints averaged with the landmarks": product(),
            "ours, one pass at 640": scrfd(paths.WEIGHTS / "detector.onnx"),
            "YuNet at 640": yunet(),
            "YuNet at 640, margin": with_margin(yunet()),
            "SCRFD-500M at 640": scrfd(models / "scrfd_500m_kps.onnx"),
            "SCRFD-500M, margin": with_margin(scrfd(models / "scrfd_500m_kps.onnx")),
        }
        for name, detect in entrants.items():
            _report(name, pack, detect)
        _report_conditions(
            pack, {k: v for k, v in entrants.items() if k in ("ours", "YuNet at 640")}
        )
    for threads in (1, 2):
        _report_speed(threads)


def _report(name: str, pack: DetectionPack, detect: FaceDetector) -> None:
    people = pack.indices("validation", "scene") + pack.indices("validation", "portrait")
    tally = run_over(pack, tqdm(people, desc=name, leave=False), detect)
    empty = pack.indices("validation", "negative")
    false = [len(detect(np.array(pack.image(i)))) for i in tqdm(empty, desc=name, leave=False)]
    typer.echo(
        f"\n{name}\n  recall {tally.recall():.3f}  precision {tally.precision:.3f}  "
        f"false faces on 100 empty pictures {100 * sum(false) / len(false):.1f} "
        f"({sum(n > 0 for n in false)} of {len(false)} pictures)\n"
        f"  keypoint error / inter-ocular: mean {np.mean(tally.point_errors):.4f}, "
        f"median {np.median(tally.point_errors):.4f}"
    )
    for part in sorted(tally.of):
        found, asked = tally.of[part]
        overlap = tally.overlap.get(part)
        agreement = f", median IoU {np.median(overlap):.2f}" if overlap else ""
        typer.echo(f"  {part}: {found} of {asked} = {tally.recall(part):.3f}{agreement}")


def _report_conditions(pack: DetectionPack, entrants: dict[str, FaceDetector]) -> None:
    """The same portraits and scenes under changes that photos come with."""
    which = pack.indices("validation", "scene")[:40] + pack.indices("validation", "portrait")[:80]
    changes: dict[str, Change] = {f"rolled {d}": rolled(d) for d in (-45, -30, -15, 15, 30, 45)}
    changes |= {f"turned {d}": rolled(d) for d in (90, 180, 270)}
    changes |= {"grey": greyed, "mouth covered": covered}
    typer.echo("\nrecall | precision | keypoint error on 120 pictures, changed")
    for name, change in changes.items():
        cells = []
        for who, detect in entrants.items():
            t = run_over(pack, tqdm(which, desc=name, leave=False), detect, change)
            error = np.mean(t.point_errors) if t.point_errors else float("nan")
            cells.append(f"{who} {t.recall():.3f} | {t.precision:.3f} | {error:.3f}")
        typer.echo(f"  {name}: " + "   ".join(cells))


def _report_speed(threads: int, rounds: int = 25) -> None:
    """Interleaved, so that what else the machine does hits all alike; ratios within a round."""
    cv2.setNumThreads(threads)
    bgr = cv2.resize(get_image("t1"), (INPUT, INPUT))  # six faces, from the installed insightface
    picture = np.ascontiguousarray(bgr[..., ::-1])
    entrants = {
        "ours, one pass": scrfd(paths.WEIGHTS / "detector.onnx", threads),
        "ours, all views": ours(threads=threads),
        "SCRFD-500M": scrfd(paths.shared() / "models" / "scrfd_500m_kps.onnx", threads),
        "YuNet": yunet(),
    }
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, detect in entrants.items():
            start = time.perf_counter()
            detect(picture)
            times[name].append(time.perf_counter() - start)
    typer.echo(
        f"\nspeed at {INPUT} x {INPUT}, {threads} thread(s), pre- and postprocessing included"
    )
    for name in entrants:
        ratio = statistics.median(a / b for a, b in zip(times[name], times["YuNet"], strict=True))
        typer.echo(f"  {name}: {1e3 * statistics.median(times[name]):.1f} ms, {ratio:.2f} x YuNet")


@app.command()
def costs(rounds: int = 15) -> None:
    """Detection as shipped beside YuNet at each picture's own size, by turns in one run.

    What ``Workbench.detect`` costs, what it costs with the landmarks of the largest face and with
    those of all faces, and the detector alone. Processor time of one thread, best of all rounds, so
    that what else the machine does counts for neither.
    """
    cv2.setNumThreads(1)
    bench, alone = Workbench(Settings(threads=1)), Detector(threads=1)
    for name, picture in _cost_pictures().items():
        image = bench.open(PIL.Image.fromarray(picture))
        calls: dict[str, Callable[[], object]] = {
            "YuNet": partial(yunet_as_it_is((image.width, image.height)), image.rgb),
            "detect": partial(bench.detect, image),
            "and landmarks of the largest face": partial(_landmarks, bench, image, 1),
            "and landmarks of all": partial(_landmarks, bench, image),
            "the detector alone": partial(alone.detect, image.rgb),
        }
        times: dict[str, list[float]] = defaultdict(list)
        for who in [*calls] * rounds:
            start = time.thread_time()
            calls[who]()
            times[who].append(1e3 * (time.thread_time() - start))
        typer.echo(f"{name} ({image.width} x {image.height}, {len(bench.detect(image))} faces)")
        theirs = min(times["YuNet"])
        for who, spent in times.items():
            typer.echo(f"  {who}: {min(spent):.1f} ms, {min(spent) / theirs:.1f} x YuNet")


def _landmarks(bench: Workbench, image: Image, most: int | None = None) -> list[object]:
    return [face.landmarks for face in bench.detect(image)[:most]]


def _cost_pictures() -> dict[str, Rgb]:
    """Return a group, a small portrait, a picture without people, and a crowd, from installed
    packages."""
    group = np.ascontiguousarray(cv2.resize(get_image("t1"), (INPUT, INPUT))[..., ::-1])
    quarter = cv2.resize(group, (INPUT // 2, INPUT // 2), interpolation=cv2.INTER_AREA)
    return {
        "group": group,
        "portrait": np.ascontiguousarray(skimage.data.astronaut()[:225, 110:335]),
        "nobody": np.asarray(cv2.resize(skimage.data.coffee(), (INPUT, 427)), np.uint8),
        "crowd": np.tile(quarter, (3, 4, 1)),
    }


@app.command()
def thresholds(
    run: Annotated[Path, typer.Option(help="Folder of the decoded pack.")] = DEFAULT_RUN,
    who: Annotated[str, typer.Option(help="ours, yunet or scrfd")] = "ours",
) -> None:
    """Recall, precision and false faces of a detector for a range of score thresholds."""
    cv2.setNumThreads(1)
    pack = DetectionPack(paths.shared() / "data" / "detection", run / "cache")
    lowest = 0.3
    detect = {
        "ours": lambda: ours(threshold=lowest),
        "yunet": lambda: yunet(lowest),
        "scrfd": lambda: with_margin(
            scrfd(paths.shared() / "models" / "scrfd_500m_kps.onnx", score=lowest)
        ),
    }[who]()
    which = pack.indices("validation")
    found = {i: detect(np.array(pack.image(i))) for i in tqdm(which)}
    for threshold in np.arange(lowest, 0.96, 0.05):
        tally, false, empty = Tally(), 0, 0
        for i in which:
            kept = [f for f in found[i] if f.score >= threshold]
            if pack.rows[i]["kind"] == "negative":
                false, empty = false + len(kept), empty + 1
            else:
                tally.add(pack.faces[i], kept, pack.rows[i]["height"])
        typer.echo(
            f"{threshold:.2f}: recall {tally.recall():.3f}, precision {tally.precision:.3f}, "
            f"false faces on 100 empty pictures {100 * false / empty:.1f}"
        )


@app.command()
def audit(
    run: Annotated[Path, typer.Option(help="Folder of the decoded pack.")] = DEFAULT_RUN,
) -> None:
    """Recall of our detector by the age, gender and ethnicity labels that UTKFace carries.

    Labels are UTKFace's own, read from its file names (age_gender_race_date): for auditing only.
    """
    pack = DetectionPack(paths.shared() / "data" / "detection", run / "cache")
    detect = ours()
    groups: dict[str, Tally] = defaultdict(Tally)
    for i in pack.indices("validation", "portrait"):
        if pack.rows[i]["source"] != "utkface":
            continue
        age, gender, race = Path(pack.rows[i]["src_file"]).name.split("_")[:3]
        found = detect(np.array(pack.image(i)))
        names = (f"age {age_group_of(int(age))}", f"gender label {gender}", f"race label {race}")
        for name in names:
            groups[name].add(pack.faces[i], found, pack.rows[i]["height"])
    for name in sorted(groups):
        found_count, asked = groups[name].of["all"]
        typer.echo(
            f"{name}: {found_count} of {asked} found, "
            f"keypoint error {np.mean(groups[name].point_errors):.3f}"
        )


if __name__ == "__main__":
    app()
