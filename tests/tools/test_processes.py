"""Workbenches in other processes: pickled, and forked in the middle of calls."""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable

import PIL.Image
import pytest
import skimage.data

from focalface.tools.server.service import FaceService
from focalface.tools.settings import Settings
from focalface.tools.workbench import Workbench

PHOTO = PIL.Image.fromarray(skimage.data.astronaut()[:256, 100:356])


def count(bench: Workbench) -> int:
    image = bench.open(PHOTO)
    return len([bench.describe(image, face, ["mouth"]) for face in bench.detect(image)])


def test_a_workbench_pickles_as_its_settings_also_after_use() -> None:
    bench = Workbench(Settings(threads=1, max_pixels=1_000_000))
    assert count(bench) == 1
    data = pickle.dumps(bench)
    assert len(data) < 2_000
    copy = pickle.loads(data)
    assert copy.settings == bench.settings and count(copy) == 1


def exit_code_of_child(work: Callable[[], bool], seconds: int = 120) -> int:
    """0 where ``work`` is true in a forked child; a child that hangs is ended by an alarm."""
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)
        try:
            os._exit(0 if work() else 1)
        except BaseException:  # noqa: BLE001 - nothing of the parent's tests may run in a child
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="no fork here")


@needs_fork
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("threads", [1, 2])
def test_a_fork_after_use_works_on(threads: int) -> None:
    bench = Workbench(Settings(threads=threads))
    assert count(bench) == 1
    assert exit_code_of_child(lambda: count(bench) == 1) == 0
    assert count(bench) == 1


@needs_fork
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("which", ["bench", "detector", "describer", "service", "store", "opening"])
def test_a_fork_while_another_thread_holds_a_lock_does_not_hang(which: str) -> None:
    from focalface.tools.pictures import formats

    bench = Workbench(Settings(threads=1))
    service = FaceService(bench.settings, bench)
    locks = {
        "bench": bench._lock,
        "detector": bench.detector._lock,
        "describer": bench.mesher._lock,  # type: ignore[attr-defined]
        "service": service._lock,
        "store": service.store._lock,
        "opening": formats._opening,
    }
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with locks[which]:
            held.set()
            done.wait(300)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(60)
    try:
        assert exit_code_of_child(lambda: works(service)) == 0
    finally:
        done.set()
        holder.join()


def works(service: FaceService) -> bool:
    service.store.add_image(service.bench.open(_png()))
    return count(service.bench) == 1


def _png() -> bytes:
    import io

    data = io.BytesIO()
    PHOTO.save(data, "PNG")
    return data.getvalue()
