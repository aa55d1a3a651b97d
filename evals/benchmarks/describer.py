"""Landmarks and all atlas regions of a face beside one call of MediaPipe Face Landmarker.

    python -m focalface.evals.benchmarks.describer

Both see the same photo, by turns in one run, so that a busy machine slows both. Needs the package
mediapipe and its model in the shared folder.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import PIL.Image
import typer

from focalface.tools import Workbench, paths
from focalface.tools.describers.embedded.describer import EmbeddedDescriber
from focalface.tools.face.regions import ATLAS
from focalface.tools.types import Face

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
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _by_turns(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each call, one after the other ``rounds`` times, after three to warm up."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 3):
        for name, call in calls.items():
            spent = _milliseconds(call)
            if turn >= 3:
                times[name].append(spent)
    return times


def main(rounds: int = 40, threads: int = 1) -> None:
    """Print medians over ``rounds`` turns; ``threads``: CPU threads of our networks."""
    from skimage.data import astronaut

    start = time.perf_counter()
    describer = EmbeddedDescriber(threads=threads)
    _ = describer.supported_aus
    loaded = (time.perf_counter() - start) * 1000
    bench = Workbench(describer=describer)
    image = bench.open(PIL.Image.fromarray(astronaut()))
    face = bench.detect(image)[0]
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
        "fit": lambda: describer.fit(image, face.box, face.keypoints),
        "fit + 1 region": ours(1),
        "fit + 20 regions": ours(20),
        f"fit + {len(regions)} regions": ours(len(regions)),
    }
    with _landmarker() as teacher:
        times = _by_turns({"mediapipe, one call": lambda: teacher(crop), **calls}, rounds)
    print(f"describer loaded in {loaded:.0f} ms")
    for name, values in times.items():
        print(f"{name}: median {statistics.median(values):.1f} ms, best {min(values):.1f} ms")


if __name__ == "__main__":
    typer.run(main)
