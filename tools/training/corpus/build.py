"""``focalface data build``: labelled faces of any layout -> an MFRF-style corpus of regions.

Faces and landmarks, regions of every size, labels restricted to what a region can show, texts, and
chat samples in single-turn, several-region and several-turn form. MFRF itself (arXiv 2601.00156)
is not public: sources, sampling, texts and forms here are our own choices.

A build is deterministic by its options, and resumable: every chunk of records is one file in
``parts``, written at once and whole; a broken-off build goes on after the last one.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from focalface.tools.datasets import BadRow, Record, read_records
from focalface.tools.errors import UsageError
from focalface.tools.training.corpus import write
from focalface.tools.training.corpus.faces import Options, Part, build_part, draw

CHUNK = 32
"""Records a part."""

Progress = Callable[[int, int], None]
"""Called as ``progress(records done, samples so far)``."""


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """A data set on disk; ``layout`` ``auto`` recognises it; ``limit`` takes the first records.

    ``share``: of the records that the set does not hold out itself, drawn by their keys.
    """

    root: Path
    layout: str = "auto"
    limit: int | None = None
    share: float = 1.0

    def takes(self, record: Record) -> bool:
        """Tell whether the share that is taken has this record."""
        return record.split in ("validation", "test") or draw(f"share/{record.key}") < self.share


def build(
    sources: list[Source],
    out: Path,
    options: Options,
    *,
    workers: int = 1,
    progress: Progress = lambda done, made: None,
) -> dict[str, Any]:
    """Build a corpus in ``out`` and return its counts (those of the data card).

    Raises ``UsageError`` when ``out`` holds a corpus of other options or sources.
    """
    _same_build_or_new(sources, out, options)
    bad: list[BadRow] = []
    done = made = 0
    parts: list[Path] = []
    for file in _parts(sources, out, options, workers, bad.append):
        parts.append(file)
        head = json.loads(file.read_text(encoding="utf-8").partition("\n")[0])
        done, made = done + head["records"], made + head["samples"]
        progress(done, made)
    if not made:
        _write_skipped(out, bad, parts)
        raise UsageError(
            f"None of {done + len(bad)} records gave a sample; "
            f"the reasons are in {out / 'skipped.jsonl'}."
        )
    _write_skipped(out, bad, parts)
    return write.finish(out, parts, options)


def _parts(
    sources: list[Source],
    out: Path,
    options: Options,
    workers: int,
    report: Callable[[BadRow], None],
) -> Iterator[Path]:
    """Part files in order; those that exist already are not made again."""
    chunks = enumerate(_chunks(sources, report))
    if workers <= 1:
        for number, chunk in chunks:
            yield _make(number, chunk, out, options)
        return
    waiting: list[Future[Path]] = []
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for number, chunk in chunks:
            waiting.append(pool.submit(_make, number, chunk, out, options))
            if len(waiting) > 2 * workers:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _chunks(sources: list[Source], report: Callable[[BadRow], None]) -> Iterator[list[Record]]:
    read_before: set[str] = set()
    for source in sources:
        rows = read_records(source.root, source.layout, report=report)
        records = islice(filter(source.takes, rows), source.limit)
        while chunk := list(islice(records, CHUNK)):
            yield [record for record in chunk if record.key not in read_before]
            read_before.update(record.key for record in chunk)


def _make(number: int, records: list[Record], out: Path, options: Options) -> Path:
    """Return one part file: a line of counts, the skipped rows, then the samples with their
    split."""
    file = out / "parts" / f"part-{number:06d}.jsonl"
    if file.is_file():
        return file
    part: Part = build_part(records, out, options)
    count = sum(len(found) for found in part.samples.values())
    head = {
        "records": len(records),
        "faces": part.faces,
        "samples": count,
        "skipped": [dataclasses.asdict(row) for row in part.bad],
    }
    lines = [head] + [
        {"split": split, **sample} for split, found in part.samples.items() for sample in found
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    unfinished.write_text(text + "\n", encoding="utf-8")
    unfinished.replace(file)
    return file


def _same_build_or_new(sources: list[Source], out: Path, options: Options) -> None:
    said = {
        "options": dataclasses.asdict(options),
        "sources": [[s.root.resolve().name, s.layout, s.limit, s.share] for s in sources],
        "chunk": CHUNK,
    }
    mark = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    file = out / "build.json"
    if file.is_file():
        if json.loads(file.read_text(encoding="utf-8"))["mark"] != mark:
            raise UsageError(
                f"'{out}' holds a corpus of other sources or options; choose another folder."
            )
        return
    if out.is_dir() and any(out.iterdir()):
        raise UsageError(f"'{out}' is not empty and holds no corpus; choose another folder.")
    out.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"mark": mark, **said}, indent=2), encoding="utf-8")


def _write_skipped(out: Path, bad: list[BadRow], parts: list[Path]) -> None:
    """``skipped.jsonl``: every row that was left out, and why."""
    rows = [dataclasses.asdict(row) for row in bad]
    for file in parts:
        rows += json.loads(file.read_text(encoding="utf-8").partition("\n")[0])["skipped"]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out / "skipped.jsonl").write_text(text, encoding="utf-8")
