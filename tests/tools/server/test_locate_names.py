"""File names of all kinds through the tools' path argument."""

import os
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest

from focalface.tools.errors import ImageNotFoundError
from focalface.tools.server.locate import locate


@pytest.mark.parametrize("name", [b"~x.jpg", b"~nobody", b"caf\xe9.jpg", "né.jpg".encode()])
def test_odd_names_are_found_in_an_allowed_folder(tmp_path: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.touch()
    folder = tmp_path.resolve()
    assert locate(os.fsdecode(name), [folder]) == folder / path.name
    url = f"file://{quote_from_bytes(os.fsencode(path))}"
    assert locate(url, [folder]) == folder / path.name
    assert locate(url, []) == path


@pytest.mark.parametrize("name", ["~root/x.jpg", "/etc/passwd", "../x", "a\ud800", "x" * 9000])
def test_a_name_outside_or_out_of_bounds_is_one_printable_sentence(
    tmp_path: Path, name: str
) -> None:
    try:
        found = locate(name, [tmp_path.resolve()])
        assert found.is_relative_to(tmp_path.resolve())  # it may name a file that is not there
    except ImageNotFoundError as error:
        assert str(error).encode() and len(str(error)) < 600
