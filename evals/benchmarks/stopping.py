"""How soon work ends that was cancelled: detecting and drawing the faces of one picture.

    python -m focalface.evals.benchmarks.stopping PICTURE

The work runs as a call of the server does, in a thread under a ``Stop``, which is set at eleven
moments of its course; target: the longest stretch from there to its end is half a second.
"""

import argparse
import threading
import time
from collections.abc import Callable

from focalface.tools import stopping
from focalface.tools.errors import StoppedError
from focalface.tools.settings import Settings
from focalface.tools.stopping import Stop
from focalface.tools.workbench import Workbench

MOMENTS = 11


def main() -> None:
    """Print a line for detecting and one for drawing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("picture", help="one with many faces, better a large one")
    bench = Workbench(Settings(threads=1))
    image = bench.open(parser.parse_args().picture)
    faces = bench.detect(image)
    print(f"{len(faces)} faces on {image.width} x {image.height} pixels; seconds of CPU")
    _show("detect", lambda: bench.detect(image))
    _show("annotate", lambda: bench.annotate(image, faces))


def _show(what: str, work: Callable[[], object]) -> None:
    whole, _ = _timed(work, None)
    ends = [_timed(work, whole * n / MOMENTS) for n in range(MOMENTS)]
    stopped = [after for after, early in ends if early]
    print(
        f"{what}: {whole:.2f} s; cancelled at {len(stopped)} moments, "
        f"it ended within {max(stopped, default=0):.2f} s"
    )


def _timed(work: Callable[[], object], moment: float | None) -> tuple[float, bool]:
    """CPU seconds from the cancelling (or else the start) to the end; whether it ended early."""
    stop, early = Stop(), threading.Event()

    def run() -> None:
        with stopping.stoppable(stop):
            try:
                work()
            except StoppedError:
                early.set()

    thread = threading.Thread(target=run)
    began = time.process_time()
    thread.start()
    if moment is not None:
        thread.join(moment)
        began = time.process_time()
        stop.set()
    thread.join()
    return time.process_time() - began, early.is_set()


if __name__ == "__main__":
    main()
