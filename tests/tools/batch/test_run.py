import json
import os
import shutil
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

from focalface.tools.batch import inputs, run
from focalface.tools.batch.job import Job
from focalface.tools.batch.outputs import format_of, open_output
from focalface.tools.batch.workers import KILLED
from focalface.tools.errors import UnknownRegionError, UsageError
from focalface.tools.settings import Settings


def job_of(*regions: str, **more: Any) -> Job:
    return Job(Settings(threads=1), regions or ("mouth",), **more)


def finish(files: list[Path], out: Path, job: Job | None = None, **more: Any) -> run.Progress:
    job = job or job_of(lean=out.suffix != ".jsonl")
    with open_output(str(out), job, job.region_names) as output:
        return list(run.run(files, job, output, **more))[-1]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def counts(state: run.Progress) -> tuple[int, int, int]:
    return (state.done, state.skipped, state.failed)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_picture_gets_a_line_in_order_and_a_bad_one_its_reason(
    folder: Path, tmp_path: Path, jobs: int
) -> None:
    out = tmp_path / "out.jsonl"
    state = finish(inputs.find_files([folder]).files, out, jobs=jobs)
    assert counts(state) == (4, 0, 1) and state.faces == 2
    rows = lines(out)
    assert [Path(r["file"]).name for r in rows] == [
        "face0.png",
        "face1.png",
        "nobody.png",
        "torn.jpg",
    ]
    assert [len(r["faces"]) for r in rows] == [1, 1, 0, 0]
    assert [r["error"] is None for r in rows] == [True, True, True, False]
    assert {r["schema"] for r in rows} == {3}
    reading = rows[0]["faces"][0]["descriptions"][0]
    assert reading["region"]["name"] == "mouth" and reading["text"]


def test_a_batch_goes_on_where_it_stopped_and_tries_failed_files_again(
    folder: Path, tmp_path: Path, astronaut: PIL.Image.Image
) -> None:
    out = tmp_path / "out.jsonl"
    files = inputs.find_files([folder]).files
    finish(files, out)
    whole = out.read_bytes().splitlines(keepends=True)
    out.write_bytes(whole[0] + whole[1] + whole[2][:50])
    assert counts(finish(files, out)) == (2, 2, 1)
    assert [r["file"] for r in lines(out)] == [str(path) for path in files]
    astronaut.save(folder / "deep" / "torn.jpg")
    assert counts(finish(files, out)) == (1, 3, 0)
    assert len(lines(out)) == 4 and all(r["error"] is None for r in lines(out))
    before = out.read_bytes()
    assert counts(finish(files, out)) == (0, 4, 0)
    assert out.read_bytes() == before


def test_a_changed_picture_is_done_anew_and_has_one_row(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    face, nobody = folder / "deep" / "face0.png", folder / "deep" / "nobody.png"
    finish([face, nobody], out)
    times = face.stat().st_mtime_ns
    shutil.copy(nobody, face)
    os.utime(face, ns=(times, times))
    assert counts(finish([face, nobody], out)) == (1, 1, 0)
    assert {r["file"]: len(r["faces"]) for r in lines(out)} == {str(face): 0, str(nobody): 0}
    assert len(lines(out)) == 2


def test_another_path_to_a_known_file_is_no_second_row_unless_asked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    monkeypatch.chdir(folder)
    finish([Path("deep/nobody.png")], out)
    monkeypatch.chdir(folder / "deep")
    absolute = folder / "deep" / "nobody.png"
    moved = folder / "renamed.png"
    monkeypatch.chdir(folder)
    assert counts(finish([absolute], out)) == (0, 1, 0)
    absolute.rename(moved)
    assert counts(finish([moved], out)) == (0, 1, 0)
    assert counts(finish([moved], out, twice=True)) == (1, 0, 0)


def test_a_copy_is_a_picture_of_its_own(folder: Path, tmp_path: Path) -> None:
    copy = folder / "copy.png"
    shutil.copy(folder / "deep" / "nobody.png", copy)
    state = finish([folder / "deep" / "nobody.png", copy], tmp_path / "out.jsonl")
    assert counts(state) == (2, 0, 0)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_table_is_made_at_the_end_and_goes_on_too(
    folder: Path, tmp_path: Path, suffix: str
) -> None:
    if suffix == ".parquet":
        pytest.importorskip("pyarrow", reason="needs the extra 'data'")
    out = tmp_path / f"out{suffix}"
    files = [folder / "deep" / name for name in ("face0.png", "nobody.png", "torn.jpg")]
    assert counts(finish(files[1:], out)) == (2, 0, 1)
    assert counts(finish(files, out)) == (2, 1, 1)
    with open_output(str(out), job_of(lean=True), ["mouth"]) as output:
        rows = list(output.flat())
    assert [Path(row["input"]).name for row in rows] == ["nobody.png", "face0.png", "torn.jpg"]
    assert [int(row["success"]) for row in rows] == [0, 1, 0]
    assert float(rows[1]["AU12"]) > 0.3 and float(rows[1]["AU12_r"]) > 1.5
    assert rows[0]["AU12"] in (None, "") and "torn.jpg" in rows[2]["error"]
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith((".", "out"))] == [out.name]
    with pytest.raises(UsageError, match="other regions"):
        finish(files, out, job_of("chin", lean=True))


def test_what_was_done_before_a_stop_is_in_the_table_later(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    files = inputs.find_files([folder]).files
    job = job_of(lean=True)
    with open_output(str(out), job, job.region_names) as output:
        states = run.run(files, job, output)
        for state in states:
            if state.done == 3:
                break
    assert not out.exists()
    assert counts(finish(files, out)) == (1, 3, 1)
    assert out.read_text(encoding="utf-8").count("face0.png") == 1


def test_a_worker_that_dies_costs_its_own_file_only(folder: Path, tmp_path: Path) -> None:
    """A picture that kills whoever opens it: the decoder's crash is played by the worker."""
    out = tmp_path / "out.jsonl"
    killer = folder / "deep" / "zz_killer.png"
    shutil.copy(folder / "deep" / "face0.png", killer)
    files = inputs.find_files([folder]).files
    job = Deadly(Settings(threads=1), ("mouth",))
    state = finish(files, out, job, jobs=2)
    assert counts(state) == (5, 0, 2)
    errors = {Path(r["file"]).name: r["error"] for r in lines(out)}
    assert errors["zz_killer.png"] == KILLED and errors["face1.png"] is None


class Deadly(Job):
    """A job that ends the process which works on the killer."""

    @property
    def asked(self) -> dict[str, Any]:
        if "zz_killer" in str(_item_under_way()):
            os._exit(9)
        return Job(self.settings, self.targets).asked


def _item_under_way() -> object:
    import sys

    frame = sys._getframe()
    while frame is not None:
        if frame.f_code.co_name == "rows_of":
            return frame.f_locals["item"]
        frame = frame.f_back
    return None


def test_regions_are_checked_before_anything_is_read() -> None:
    with pytest.raises(UnknownRegionError, match="nonsense"):
        _ = job_of("nonsense").region_names


@pytest.mark.parametrize(
    ("out", "chosen", "kind"),
    [
        ("a.jsonl", None, "jsonl"),
        ("A.CSV", None, "csv"),
        ("a.parquet", None, "parquet"),
        ("-", None, "jsonl"),
        ("-", "csv", "csv"),
        ("a.txt", "csv", "csv"),
    ],
)
def test_the_suffix_chooses_the_format(out: str, chosen: str | None, kind: str) -> None:
    assert format_of(out, chosen) == kind


@pytest.mark.parametrize(
    ("out", "chosen"), [("a.txt", None), ("a", None), ("-", "parquet"), ("a.csv", "xml")]
)
def test_another_format_is_refused_with_those_that_there_are(out: str, chosen: str | None) -> None:
    with pytest.raises(UsageError, match=r"\.jsonl, \.csv or \.parquet"):
        format_of(out, chosen)


def test_odd_names_are_read_and_written_as_text(tmp_path: Path, astronaut: PIL.Image.Image) -> None:
    names = [b"caf\xe9.png", b"~x.png", b"~nobody.png", "né ü.png".encode(), b"new\nline.png"]
    paths = [Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)) for name in names]
    for path in paths:
        PIL.Image.new("RGB", (32, 32)).save(path)
    out = tmp_path / "out.jsonl"
    assert counts(finish(paths, out)) == (5, 0, 0)
    shown = [Path(r["file"]).name for r in lines(out)]
    assert shown == [r"caf\xe9.png", "~x.png", "~nobody.png", "né ü.png", r"new\nline.png"]
    assert counts(finish(paths, out)) == (0, 5, 0)
