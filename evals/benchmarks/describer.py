"""Landmarks and all atlas regions of a face beside one call of MediaPipe Face Landmarker.

    python -m focalface.evals.benchmarks.describer

Both see the same photo, by turns in one run, and are charged the processor time that they take.
Indented lines are stages of the ones above. Needs the package mediapipe and its model in the shared
folder.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import cv2
import numpy as np
import PIL.Image
import typer

from focalface.tools import Workbench, paths
from focalface.tools.describers.embedded import alignment
from focalface.tools.describers.embedded.describer import EmbeddedDescriber
from focalface.tools.describers.embedded.networks import Networks
from focalface.tools.describers.embedded.patches import cut_patches
from focalface.tools.face.regions import ATLAS
from focalface.tools.geometry.scope import scope_of
from focalface.tools.paths import WEIGHTS
from focalface.tools.pictures.images import Image
from focalface.tools.types import Face, Region

MODEL = paths.shared() / "models" / "face_landmarker.task"


@contextmanager
def _landmarker() -> Iterator[Callable[[np.ndarray], object]]:
    """MediaPipe with landmarks, blendshapes and pose, as the teacher ran."""
    import mediapipe
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(MODEL)),
        output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
    )
    kind = mediapipe.ImageFormat.SRGB
    with vision.FaceLandmarker.create_from_options(options) as task:
        yield lambda rgb: task.detect(mediapipe.Image(image_format=kind, data=rgb))


def _milliseconds(call: Callable[[], object]) -> float:
    """Processor time of the process: what else the machine does counts for neither side."""
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def _by_turns(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each call, one after the other ``rounds`` times, after three to warm up."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 3):
        for name, call in calls.items():
            spent = _milliseconds(call)
            if turn >= 3:
                times[name].append(spent)
    return times


def _stages(image: Image, face: Face, regions: list[Region], threads: int) -> dict[str, Any]:
    """Name -> call, for the networks and the cutting alone."""
    networks = Networks(WEIGHTS, threads)
    place = alignment.by_keypoints(face.keypoints)
    crop = alignment.cut(image.rgb, place)
    outlines = place.to_crops([r.polygon for r in regions if _has_look(face, r)])
    patches = cut_patches(image.rgb, place, outlines)
    return {
        "  one crop cut": lambda: alignment.cut(image.rgb, place),
        "  reading network, one view": lambda: networks.read_crops([crop]),
        f"  {len(outlines)} parts cut": lambda: cut_patches(image.rgb, place, outlines),
        f"  part network, {len(outlines)} parts": lambda: networks.parts(patches),
    }


def _has_look(face: Face, region: Region) -> bool:
    scope = scope_of(face, region)
    return region.name != "face" and (scope.emotion or scope.age)


def main(rounds: int = 40, threads: int = 1) -> None:
    """Print the best and the median of ``rounds`` turns; ``threads``: CPU threads we may use."""
    from skimage.data import astronaut

    cv2.setNumThreads(1)
    start = time.perf_counter()
    describer = EmbeddedDescriber(threads=threads)
    _ = describer.supported_aus
    loaded = (time.perf_counter() - start) * 1000
    bench = Workbench(describer=describer)
    image = bench.open(PIL.Image.fromarray(astronaut()))
    found = bench.detect(image)[0]
    # The face as the timed calls fit it, so that its regions are those of its own landmarks.
    fitted = describer.fit(image, found.box, found.keypoints).landmarks
    face = found.model_copy(update={"landmarks": fitted})
    side = 1.5 * max(face.box.width, face.box.height)
    x, y = (int(v - side / 2) for v in face.box.center)
    crop = np.ascontiguousarray(image.rgb[max(y, 0) : int(y + side), max(x, 0) : int(x + side)])
    regions = bench.regions(image, face, list(ATLAS))

    def ours(count: int) -> Callable[[], object]:
        def call() -> object:
            mesh = describer.fit(image, face.box, face.keypoints)
            seen: Face = face.model_copy(update={"landmarks": mesh.landmarks})
            return describer.describe(image, seen, regions[:count])

        return call

    calls: dict[str, Callable[[], object]] = {
        "landmarks": lambda: describer.fit(image, face.box, face.keypoints),
        "landmarks and 1 region": ours(1),
        "landmarks and 20 regions": ours(20),
        "landmarks and all regions but the whole face": ours(len(regions) - 1),
        f"landmarks and {len(regions)} regions": ours(len(regions)),
        **_stages(image, face, regions, threads),
    }
    with _landmarker() as teacher:
        times = _by_turns({"mediapipe, one call": lambda: teacher(crop), **calls}, rounds)
    print(f"describer loaded in {loaded:.0f} ms")
    theirs = min(times["mediapipe, one call"])
    for name, values in times.items():
        best, median = min(values), statistics.median(values)
        ratio = f"{best / theirs:.2f} x mediapipe"
        print(f"{name}: best {best:.1f} ms, median {median:.1f} ms, {ratio}")


if __name__ == "__main__":
    typer.run(main)
