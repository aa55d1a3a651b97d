import io
import os
import sys
from pathlib import Path

import PIL.Image
import pytest

from focalface.tools.batch import inputs
from focalface.tools.errors import ImageNotFoundError, NotAnImageError, UsageError


def names(found: inputs.InputFiles) -> list[str]:
    return [path.name for path in found.files]


def test_pictures_are_found_in_folders_and_each_only_once(folder: Path) -> None:
    face = folder / "deep" / "face1.png"
    found = inputs.find_files([face, folder])
    assert names(found) == ["face1.png", "face0.png", "nobody.png", "torn.jpg"]
    assert found.twice == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jfif", "JPEG"),
        ("a.jpe", "JPEG"),
        ("a.mpo", "MPO"),
        ("a.apng", "PNG"),
        ("a.dib", "BMP"),
        ("A.JPG", "JPEG"),
        ("no_ending", "PNG"),
        ("wrong.dat", "JPEG"),
        ("scan.001", "TIFF"),
    ],
)
def test_whatever_can_be_opened_is_taken_from_a_folder(
    tmp_path: Path, name: str, kind: str
) -> None:
    PIL.Image.new("RGB", (8, 8)).save(tmp_path / name, kind)
    assert names(inputs.find_files([tmp_path])) == [name]


def test_what_is_left_out_of_a_folder_is_said(tmp_path: Path, folder: Path) -> None:
    for name in ("._face.jpg", ".hidden.png", ".git/logo.png", "more.txt", "table.pdf"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    os.mkfifo(folder / "pipe.jpg")
    found = inputs.find_files([folder])
    assert len(found.files) == 4
    remark = found.remark() or ""
    for part in ("3 hidden", "2 *.txt", "1 *.pdf", "1 that are no regular files"):
        assert part in remark


def test_a_folder_without_pictures_is_an_error_that_says_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(NotAnImageError, match=r"1 \*\.txt"):
        inputs.find_files([tmp_path])


@pytest.mark.parametrize("name", ["gone", "gone/*.jpg", "x" * 5000, "nul\0byte"])
def test_an_input_that_is_not_there_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImageNotFoundError) as raised:
        inputs.find_files([str(tmp_path / name)])
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 400


def test_patterns_match_below_folders_and_a_file_of_that_very_name_comes_first(
    folder: Path,
) -> None:
    found = inputs.find_files([f"{folder}/**/face*.png"])
    assert names(found) == ["face0.png", "face1.png"]
    odd = folder / "face[01].png"
    odd.write_bytes((folder / "deep" / "face0.png").read_bytes())
    assert names(inputs.find_files([str(odd)])) == ["face[01].png"]


@pytest.mark.parametrize("between", [b"\n", b"\r\n", b"\0"])
def test_lists_hold_a_path_a_line_or_end_each_with_nul(folder: Path, between: bytes) -> None:
    wanted = [b"missing.jpg", b"", os.fsencode(folder / "deep" / "face0.png"), b"caf\xe9.jpg"]
    listed = folder / "list"
    listed.write_bytes(between.join(wanted))
    found = inputs.find_files([], lists=[listed])
    assert [os.fsencode(path) for path in found.files] == [one for one in wanted if one]


@pytest.mark.parametrize("where", ["inputs", "lists"])
def test_paths_come_from_standard_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    path = folder / "deep" / "face0.png"
    typed = io.TextIOWrapper(io.BytesIO(os.fsencode(path) + b"\n"))
    monkeypatch.setattr(sys, "stdin", typed)
    found = inputs.find_files(["-"]) if where == "inputs" else inputs.find_files([], lists=["-"])
    assert found.files == [path]


def test_a_column_of_parquet_is_found_by_its_name_or_chosen(folder: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="needs the extra 'data'")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = folder / "table.parquet"
    columns = {"id": [1, 2], "file": ["deep/face0.png", None], "other": ["deep/face1.png", ""]}
    parquet.write_table(pyarrow.table(columns), table)
    assert names(inputs.find_files([table])) == ["face0.png"]
    assert names(inputs.find_files([table], column="other")) == ["face1.png"]
    with pytest.raises(UsageError, match="id, file, other"):
        inputs.find_files([table], column="none")
    table.write_bytes(b"PAR1 not really")
    with pytest.raises(UsageError, match="no Parquet file"):
        inputs.find_files([table])


def test_other_paths_to_a_file_count_only_when_asked(folder: Path, tmp_path: Path) -> None:
    face = folder / "deep" / "face0.png"
    link = tmp_path / "link.png"
    link.symlink_to(face)
    same = [face, folder / "deep" / ".." / "deep" / "face0.png", link]
    assert inputs.find_files(same).files == [face]
    assert len(inputs.find_files(same, twice=True).files) == 3


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_may_come_from_any_editor(tmp_path: Path, coding: str, end: str) -> None:
    listed = [str(tmp_path / name) for name in ("a.jpg", "größe.jpg")]
    text = end.join([*listed, "", ""])
    if coding == "utf-16-le-bom":
        data = b"\xff\xfe" + text.encode("utf-16-le")
    else:
        data = text.encode(coding)
    (tmp_path / "list.txt").write_bytes(data)
    found = inputs.find_files([], lists=[tmp_path / "list.txt"])
    assert names(found) == ["a.jpg", "größe.jpg"]


@pytest.mark.parametrize("cell", [b"a.jpg", {"path": "a.jpg", "bytes": b""}])
def test_a_column_may_hold_paths_as_data_sets_keep_them(tmp_path: Path, cell: object) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table({"image": [cell, None]}), tmp_path / "table.parquet")
    assert names(inputs.find_files([tmp_path / "table.parquet"])) == ["a.jpg"]


@pytest.mark.parametrize("cells", [[1, 2], [1.5], [True], [["a.jpg"]], [{"bytes": b"x"}]])
def test_a_column_of_anything_but_paths_is_wrong_use(tmp_path: Path, cells: list[object]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table({"path": cells, "x": cells}), tmp_path / "table.parquet")
    with pytest.raises(UsageError, match=r"'path' of 'table.parquet' holds no paths.*--column: "):
        inputs.find_files([tmp_path / "table.parquet"])
