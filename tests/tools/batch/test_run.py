import json
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
import skimage.data

from focalface.tools.batch import run
from focalface.tools.errors import ImageNotFoundError, UsageError
from focalface.tools.settings import Settings

SETTINGS = Settings(threads=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four pictures of a face, each of another shade, one without a face, one damaged."""
    made = tmp_path / "pictures" / "deep"
    made.mkdir(parents=True)
    astronaut = PIL.Image.fromarray(skimage.data.astronaut())
    for shade in range(4):
        astronaut.point(lambda v, s=shade: max(0, v - s)).save(made / f"face{shade}.png")
    PIL.Image.new("RGB", (64, 64), "grey").save(made / "nobody.png")
    (made / "torn.jpg").write_bytes(b"\xff\xd8\xff")
    (made / "notes.txt").write_text("no picture", encoding="utf-8")
    return made.parent


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def finish(folder: Path, out: Path, jobs: int = 1) -> run.Progress:
    pictures = run.find_pictures([folder])
    return list(run.run(pictures, out, SETTINGS, ["mouth"], jobs=jobs))[-1]


def test_pictures_are_found_in_folders_and_each_only_once(folder: Path) -> None:
    face = folder / "deep" / "face1.png"
    found = run.find_pictures([face, folder])
    assert [path.name for path in found] == [
        "face1.png",
        "face0.png",
        "face2.png",
        "face3.png",
        "nobody.png",
        "torn.jpg",
    ]


def test_an_input_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ImageNotFoundError, match="gone"):
        run.find_pictures([tmp_path / "gone"])


@pytest.mark.parametrize("jobs", [1, 3])
def test_every_picture_gets_a_line_in_order_and_a_bad_one_its_reason(
    folder: Path, tmp_path: Path, jobs: int
) -> None:
    out = tmp_path / "out.jsonl"
    state = finish(folder, out, jobs)
    assert (state.done, state.skipped, state.failed) == (6, 0, 1)
    records = lines(out)
    assert [Path(r["file"]).name for r in records] == [
        *(f"face{n}.png" for n in range(4)),
        "nobody.png",
        "torn.jpg",
    ]
    assert [len(r["faces"]) for r in records] == [1, 1, 1, 1, 0, 0]
    assert [r["error"] is None for r in records] == [True] * 5 + [False]
    reading = records[0]["faces"][0]["descriptions"][0]
    assert reading["region"]["name"] == "mouth" and reading["text"]


def test_a_batch_goes_on_where_it_stopped_also_after_half_a_line(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    finish(folder, out)
    whole = lines(out)
    kept = out.read_bytes().splitlines(keepends=True)
    out.write_bytes(kept[0] + kept[1] + kept[2][:50])
    state = finish(folder, out)
    assert (state.done, state.skipped) == (4, 2)
    assert [r["file"] for r in lines(out)] == [r["file"] for r in whole]


def test_a_finished_batch_has_nothing_to_do(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    finish(folder, out)
    before = out.read_bytes()
    assert finish(folder, out).done == 0
    assert out.read_bytes() == before


def test_results_of_another_question_are_not_mixed_in(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    finish(folder, out)
    with pytest.raises(UsageError, match="other regions"):
        list(run.run(run.find_pictures([folder]), out, SETTINGS, ["chin"]))


@pytest.mark.parametrize("text", ["dear diary\nmore\n", "one line", '[1]\n{"file": "a"}\n', "{}"])
def test_a_file_that_is_something_else_is_left_alone(
    folder: Path, tmp_path: Path, text: str
) -> None:
    out = tmp_path / "diary.txt"
    out.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="choose another"):
        finish(folder, out)
    assert out.read_text(encoding="utf-8") == text
