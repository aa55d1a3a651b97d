"""Names that no encoding holds, names that begin with a tilde, names that are too long."""

import os
from pathlib import Path

import pytest

from focalface.tools import paths
from focalface.tools.errors import ImageNotFoundError
from focalface.tools.pictures.images import open_image


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (b"caf\xe9.jpg", r"caf\xe9.jpg"),
        ("café.jpg".encode(), "café.jpg"),
        (b"two\nlines\x1b[31m", r"two\nlines\x1b[31m"),
        (b"~x.jpg", "~x.jpg"),
    ],
)
def test_names_are_shown_as_text_that_can_be_printed(name: bytes, told: str) -> None:
    assert paths.printable(os.fsdecode(name)) == told


def test_half_a_surrogate_pair_is_shown_and_read_too() -> None:
    assert paths.printable("a\ud800b") == r"a\ud800b"
    assert paths.readable("happy \udcff\ud800?") == "happy ???"


def test_long_names_are_shown_by_their_ends() -> None:
    told = paths.printable("a" * 5000 + ".jpg")
    assert len(told) < 250 and told.endswith(".jpg")


@pytest.mark.parametrize("name", [b"caf\xe9 \xff.jpg", b"plain.jpg", "é ü%41.jpg".encode()])
def test_every_name_crosses_json_and_comes_back(name: bytes, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    text = paths.as_text(path)
    assert text.encode() and paths.from_text(text) == path


def test_a_tilde_is_a_home_only_where_no_file_has_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert paths.expand("~/a.jpg") == tmp_path / "home" / "a.jpg"
    assert paths.expand("~no-such-user/a.jpg") == Path("~no-such-user/a.jpg")
    (tmp_path / "~").mkdir()
    (tmp_path / "~" / "a.jpg").touch()
    assert paths.expand("~/a.jpg") == Path("~/a.jpg")


@pytest.mark.parametrize(
    "name",
    [
        "~nobody-of-that-name",
        "~x.jpg",
        "x" * 5000,
        "nul\0byte",
        "caf\udce9.jpg",
        "a\ud800.jpg",
        "a\nb",
    ],
)
def test_a_name_that_is_no_file_is_one_sentence(name: str) -> None:
    with pytest.raises(ImageNotFoundError) as raised:
        open_image(name)
    said = str(raised.value)
    assert said.encode() and "\n" not in said and len(said) < 400
