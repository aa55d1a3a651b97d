"""A folder of pictures as people have them, and one finished batch over it."""

from pathlib import Path

import PIL.Image
import pytest
import skimage.data


@pytest.fixture(scope="session")
def astronaut() -> PIL.Image.Image:
    """One smiling face, 256 pixels: small pictures make quick tests."""
    return PIL.Image.fromarray(skimage.data.astronaut()[:256, 100:356])


@pytest.fixture
def folder(tmp_path: Path, astronaut: PIL.Image.Image) -> Path:
    """Two pictures of a face, one without, one damaged, one that is no picture."""
    made = tmp_path / "pictures" / "deep"
    made.mkdir(parents=True)
    for shade in range(2):
        astronaut.point(lambda v, s=shade: max(0, v - s)).save(made / f"face{shade}.png")
    PIL.Image.new("RGB", (64, 64), "grey").save(made / "nobody.png")
    (made / "torn.jpg").write_bytes(b"\xff\xd8\xff")
    (made / "notes.txt").write_text("no picture", encoding="utf-8")
    return made.parent
