"""Composite faces: the left half of one and the right half of another. What moves comes out on the
right side."""

import csv
import io
import tarfile

import cv2
import numpy as np
import PIL.Image
import pytest

from focalface.tools import Workbench, paths
from focalface.tools.describers.embedded import alignment
from focalface.tools.describers.embedded.describer import EmbeddedDescriber
from focalface.tools.face.facs import PRESENT
from focalface.tools.types import Box

DATA = paths.shared() / "data"
SIZE = 256
PAIRS = 10

pytestmark = pytest.mark.skipif(
    not (DATA / "coded" / "codes.csv").is_file(), reason="the shared coded faces are not here"
)


def rows(name: str) -> dict[str, dict[str, str]]:
    with (DATA / "coded" / name).open(encoding="utf-8", newline="") as table:
        return {row["id"]: row for row in csv.DictReader(table)}


@pytest.fixture(scope="module")
def coded() -> list[dict[str, tuple[str, str]]]:
    """Validation faces of web portraits, fine and free by both passes: column -> both codes."""
    first, second = rows("codes.csv"), rows("codes_val_second.csv")
    free = {"quality": "ok", "eyes": "open closed", "mouth": "visible", "brows": "visible"}
    found = []
    for name, other in second.items():
        row = first[name]
        if name[0] == "m" and all(
            row[key] == other[key] and row[key] in values.split() for key, values in free.items()
        ):
            found.append({key: (row[key], other[key]) for key in row})
    return found


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return Workbench(describer=EmbeddedDescriber(threads=1))


@pytest.fixture(scope="module")
def crops(bench, coded) -> dict[str, np.ndarray]:
    """Id -> the upright face (256, 256, 3) of every coded one that looks straight ahead."""
    wanted = {f"{row['id'][0]}.avif" for row in coded}
    found = {}
    for pack in sorted((DATA / "faces").glob("faces256-*.tar")):
        with tarfile.open(pack) as tar:
            for member in tar:
                if member.name in wanted and (data := tar.extractfile(member)):
                    crop = upright(bench, PIL.Image.open(io.BytesIO(data.read())).convert("RGB"))
                    if crop is not None:
                        found[member.name.removesuffix(".avif")] = crop
    return found


def upright(bench: Workbench, picture: PIL.Image.Image) -> np.ndarray | None:
    image = bench.open(picture)
    faces = bench.detect(image)
    if not faces or abs(faces[0].pose.yaw) > 12:
        return None
    place = alignment.by_keypoints(faces[0].keypoints)
    a, b = place.a * SIZE, place.b * SIZE
    matrix = np.array([[a.real, -a.imag, b.real], [a.imag, a.real, b.imag]])
    border = cv2.BORDER_REPLICATE
    return cv2.warpAffine(image.rgb, matrix, (SIZE, SIZE), borderMode=border)


def composite(right: np.ndarray, left: np.ndarray) -> np.ndarray:
    """The subject's right half of one face (left in the picture), the left half of another."""
    one, other = right.astype(np.float32), left.astype(np.float32)
    other = (other - other.mean()) * (one.std() / max(other.std(), 1)) + one.mean()
    share = 1 / (1 + np.exp(-(np.arange(SIZE) - SIZE / 2) / 5))[None, :, None]
    return np.clip(one * (1 - share) + other * share, 0, 255).astype(np.uint8)


def chosen(coded, crops, column: str, value: str) -> list[np.ndarray]:
    return [
        crops[row["id"][0]]
        for row in coded
        if row[column] == (value, value) and row["id"][0] in crops
    ]


@pytest.mark.parametrize(
    ("column", "moving", "resting", "code", "least"),
    [
        ("au12", "2", "0", "AU12", 0.6),
        ("au2", "2", "0", "AU2", 0.6),
        ("eyes", "closed", "open", "AU43", 0.5),
    ],
    ids=["a crooked smile", "one raised brow", "a wink"],
)
def test_what_one_half_of_a_face_does_comes_out_on_that_side(
    bench, coded, crops, column, moving, resting, code, least
):
    moved, rested = (chosen(coded, crops, column, value) for value in (moving, resting))
    right_side = other_side = 0
    for i in range(PAIRS):
        one, other = moved[i % len(moved)], rested[(3 * i) % len(rested)]
        side = ("right", "left")[i % 2]
        picture = composite(one, other) if side == "right" else composite(other, one)
        image = bench.open(PIL.Image.fromarray(picture))
        face = bench.face_at(image, Box(x1=30, y1=8, x2=226, y2=250))
        levels = {
            u.side: u.intensity
            for u in bench.describe(image, face, ["face"])[0].action_units
            if u.code == code
        }
        other_one = "left" if side == "right" else "right"
        here, there = levels.get(side, 0.0), levels.get(other_one, 0.0)
        right_side += here >= PRESENT and here > there
        other_side += there >= PRESENT and there > here
    assert other_side == 0
    assert right_side >= least * PAIRS
