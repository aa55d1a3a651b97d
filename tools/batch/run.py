"""Many pictures to one JSONL file: streaming, in input order, resumable, in bounded memory.

One line a picture::

    {"file": "a.jpg", "regions": ["face"], "describer": "embedded", "image_id": "img_...",
     "width": 640, "height": 480, "faces": [{"face": {...}, "descriptions": [...]}], "error": null}

``error`` is the sentence that says why a picture could not be used; its ``faces`` are empty then.
"""

import json
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from focalface.tools.batch import ray_engine
from focalface.tools.errors import FocalFaceError, ImageNotFoundError, ModelError, UsageError
from focalface.tools.settings import Settings
from focalface.tools.workbench import Target, Workbench

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif"})

_START = b'{"file": '
"""How every line of results begins."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is."""

    total: int
    skipped: int
    done: int
    failed: int


def find_pictures(inputs: Iterable[Path]) -> list[Path]:
    """The files named, and every picture below the folders named, sorted; each once.

    Raises ``ImageNotFoundError`` for an input that is not there.
    """
    found: dict[Path, None] = {}
    for path in inputs:
        if path.is_dir():
            below = (p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            found.update(dict.fromkeys(sorted(below)))
        elif path.exists():
            found[path] = None
        else:
            raise ImageNotFoundError(f"There is no file or folder '{path}'; check the path.")
    return list(found)


def run(
    pictures: Sequence[Path],
    out: Path,
    settings: Settings,
    targets: Sequence[Target],
    *,
    jobs: int = 1,
    on_ray: bool = False,
) -> Iterator[Progress]:
    """Describes ``targets`` on every face of every picture that ``out`` does not have yet.

    Appends to ``out`` and yields after each picture. Raises ``UsageError`` when ``out`` was made
    with other regions or another describer, and ``ModelError`` when no picture could work.
    """
    asked = {"regions": [_spoken(t) for t in targets], "describer": settings.describer}
    seen = _resume(out, asked)
    waiting = [path for path in pictures if str(path) not in seen]
    skipped = len(pictures) - len(waiting)
    failed = done = 0
    yield Progress(len(pictures), skipped, done, failed)
    records = ray_engine.records if on_ray else _records
    with out.open("a", encoding="utf-8") as file:
        for record in records(waiting, settings, targets, jobs):
            file.write(json.dumps({**record, **asked}, ensure_ascii=False) + "\n")
            file.flush()
            done += 1
            failed += record["error"] is not None
            yield Progress(len(pictures), skipped, done, failed)


def _spoken(target: Target) -> str:
    """A target as it was typed, for the record."""
    if isinstance(target, str):
        return target
    values = target.model_dump().values() if hasattr(target, "model_dump") else target
    return ",".join(f"{value:g}" for value in values)


def _resume(out: Path, asked: dict[str, Any]) -> set[str]:
    """Files that ``out`` has; a last line that a crash cut off is removed, and nothing else."""
    if not out.exists():
        return set()
    seen: set[str] = set()
    with out.open("rb+") as file:
        whole = 0
        for line in file:
            if not line.endswith(b"\n") and line.startswith(_START[: len(line)]):
                break
            record = _parsed(line)
            if record is None:
                raise UsageError(f"'{out}' is not a file of results; choose another for --out.")
            if any(record.get(key) != value for key, value in asked.items()):
                raise UsageError(
                    f"'{out}' was made with other regions or another describer; "
                    "choose another for --out."
                )
            seen.add(str(record.get("file")))
            whole += len(line)
        file.truncate(whole)
    return seen


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _records(
    pictures: Iterable[Path], settings: Settings, targets: Sequence[Target], jobs: int
) -> Iterator[dict[str, Any]]:
    """Records in input order; at most two pictures a job are under way or waiting to be written."""
    if jobs == 1:
        bench = Workbench(settings)
        yield from (record_of(bench, path, targets) for path in pictures)
        return
    benches = _Benches(settings)
    ahead: deque[Future[dict[str, Any]]] = deque()
    with ThreadPoolExecutor(jobs) as pool:
        try:
            for path in pictures:
                ahead.append(pool.submit(lambda p: record_of(benches.mine(), p, targets), path))
                if len(ahead) >= 2 * jobs:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


class _Benches:
    """One workbench a thread, so that pictures run side by side; big describers are shared."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings.model_copy(update={"threads": settings.threads or 1})
        shared = settings.describer != "embedded"
        self._describer = Workbench(settings).describer if shared else None
        self._local = threading.local()

    def mine(self) -> Workbench:
        if not hasattr(self._local, "bench"):
            self._local.bench = Workbench(self._settings, describer=self._describer)
        bench: Workbench = self._local.bench
        return bench


def record_of(bench: Workbench, path: Path, targets: Sequence[Target]) -> dict[str, Any]:
    """What one picture gives.

    Raises ``ModelError``, which is everybody's; all other errors are the picture's own.
    """
    record: dict[str, Any] = {
        "file": str(path),
        "image_id": None,
        "width": None,
        "height": None,
        "faces": [],
        "error": None,
    }
    try:
        image = bench.open(path)
        record.update(image_id=image.id, width=image.width, height=image.height)
        faces = [(face, bench.describe(image, face, targets)) for face in bench.detect(image)]
    except ModelError:
        raise
    except FocalFaceError as error:
        return {**record, "error": str(error)}
    record["faces"] = [
        {
            "face": face.model_dump(mode="json"),
            "descriptions": [reading.model_dump(mode="json") for reading in readings],
        }
        for face, readings in faces
    ]
    return record
