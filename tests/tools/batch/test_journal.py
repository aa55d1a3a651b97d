"""The file of rows: what is tolerated, what is refused, what is taken out."""

import json
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from focalface.tools.batch import journal, outputs
from focalface.tools.errors import UsageError

ASKED = {"regions": ["face"], "describer": "embedded"}


def row(file: str, **more: Any) -> bytes:
    made = {"file": file, "kind": "picture", "content": "c", "error": None, **more, **ASKED}
    return json.dumps(made).encode() + b"\n"


def kept(path: Path) -> list[str]:
    known = journal.read_journal(path, ASKED)
    return [json.loads(line)["file"] for line in journal.current_lines(path, known)]


@pytest.mark.parametrize(
    "tail",
    [
        b"",
        b"\n",
        b"\n\n  \n",
        b"\0" * 4096,
        b"\n\0\0\n",
        b'{"file": "c", "ki',
        b'{"file": "c"\0\0\0',
    ],
    ids=["none", "blank", "blanks", "nul", "nul line", "torn", "torn with nul"],
)
def test_what_a_crash_leaves_at_the_end_is_tolerated_and_goes(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(row("a") + row("b") + tail)
    known = journal.read_journal(path, ASKED)
    with journal.Writer(path, known.size) as writer:
        writer.add([row("d")])
    assert path.read_bytes() == row("a") + row("b") + row("d")


def test_blank_and_torn_lines_in_the_middle_are_taken_out_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(row("a") + b"\n" + b'{"file": "b", "to\n' + b"\0\0" + row("c"))
    known = journal.read_journal(path, ASKED)
    assert known.stale and kept(path) == ["a", "c"]
    journal.clean(path, known)
    assert path.read_bytes().count(b"\n") == 2


@pytest.mark.parametrize(
    "odd",
    [
        b'{"file": "c", "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
        b'{"file": "c", "number": ' + b"9" * 6000 + b"}\n",
        b'{"file": "c", "bytes": "\xff"}\n',
    ],
    ids=["deep", "long number", "no text"],
)
def test_a_row_that_cannot_be_read_is_as_torn(tmp_path: Path, odd: bytes) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(row("a") + odd + row("b"))
    assert kept(path) == ["a", "b"]


@pytest.mark.parametrize("content", [["c"], {"c": 1}, 5, True])
def test_a_content_that_is_none_is_of_no_other_file(tmp_path: Path, content: Any) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(row("a", content=content) + row("b"))
    assert journal.read_journal(path, ASKED).by_content() == {"c": ["b"]}


def test_a_hole_of_any_length_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(row("a"))
    os.truncate(path, 300_000_000)
    tracemalloc.start()
    try:
        known = journal.read_journal(path, ASKED)
        assert tracemalloc.get_traced_memory()[1] < 8 * journal.LONGEST
    finally:
        tracemalloc.stop()
    assert known.stale and known.size == len(row("a"))


def test_the_last_rows_of_a_file_count_and_the_mode_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(row("a", content="old") + row("b") + row("a", content="new"))
    path.chmod(0o600)
    known = journal.read_journal(path, ASKED)
    assert known.entries["a"].content == "new" and known.stale
    journal.clean(path, known)
    assert kept(path) == ["b", "a"] and path.stat().st_mode & 0o777 == 0o600


def test_a_film_is_whole_when_its_last_row_is_there(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    frames = [row("f.mp4", kind="frame", frame=number) for number in (0, 1)]
    path.write_bytes(b"".join(frames))
    assert not journal.read_journal(path, ASKED).entries["f.mp4"].whole
    path.write_bytes(b"".join([*frames, row("f.mp4", kind="clip", frames=2)]))
    known = journal.read_journal(path, ASKED)
    assert known.entries["f.mp4"].whole and not known.stale
    path.write_bytes(b"".join([*frames, *frames, row("f.mp4", kind="clip", frames=2)]))
    assert len(kept(path)) == 3


@pytest.mark.parametrize(
    "text", ["dear diary\nmore\n", "one line", '[1]\n{"file": "a"}\n', "{}", '{"a": 1}\n', "a,b\n"]
)
def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "diary.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="choose another"):
        journal.read_journal(path, ASKED)
    assert path.read_text(encoding="utf-8") == text


def test_results_of_another_job_are_refused_with_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(row("a"))
    with pytest.raises(UsageError, match="other regions"):
        journal.read_journal(path, {**ASKED, "regions": ["mouth"]})
    with pytest.raises(UsageError, match="another version"):
        journal.read_journal(path, {**ASKED, "version": "2"})


@pytest.mark.parametrize("kind", ["fifo", "device", "folder", "no folder", "long", "nul"])
def test_a_place_that_is_no_regular_file_is_refused(tmp_path: Path, kind: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    places = {
        "fifo": tmp_path / "pipe",
        "device": Path("/dev/full"),
        "folder": tmp_path,
        "no folder": tmp_path / "none" / "out.jsonl",
        "long": tmp_path / ("x" * 300),
        "nul": tmp_path / "a\0b",
    }
    with pytest.raises(UsageError) as raised:
        journal.check_place(places[kind])
    assert len(str(raised.value)) < 500 and "\n" not in str(raised.value)


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with outputs.one_writer(path):
        with pytest.raises(UsageError, match="Another batch"), outputs.one_writer(path):
            pass
        with outputs.one_writer(tmp_path / "other.jsonl"):
            pass
    with outputs.one_writer(path):
        pass
    assert not list(tmp_path.iterdir())


def test_a_full_disk_takes_back_what_was_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.jsonl"
    with journal.Writer(path, 0) as writer:
        writer.add([row("a")])

        def broken() -> bytes:
            raise OSError(28, "No space left on device")

        with pytest.raises(UsageError, match="No space left"):
            writer.add(line if line else broken() for line in [row("b")[:9], b""])
    assert path.read_bytes() == row("a")
