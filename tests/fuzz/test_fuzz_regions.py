"""Whatever shape is given for a region: a part of the picture, or one sentence of our own."""

import json
import math
from pathlib import Path

import made_up
import PIL.Image
from hypothesis import given
from hypothesis import strategies as st

from focalface.tools.errors import UsageError
from focalface.tools.face.landmarks import NAMES
from focalface.tools.geometry import atlas
from focalface.tools.pictures.draw import annotate
from focalface.tools.pictures.images import open_image
from focalface.tools.types import Box, Disc, Point

MEAN = Path(__file__).parents[2] / "evals" / "suites" / "data" / "mean_face.json"
POINTS = json.loads(MEAN.read_text(encoding="utf-8"))
FACE = made_up.face(landmarks=tuple(tuple(POINTS[name]) for name in NAMES))
SIZE = (640, 640)
PICTURE = open_image(PIL.Image.new("RGB", SIZE))
ANY = st.floats() | st.sampled_from([0.0, 1e308, -1e308, 1e9, 639.9, math.inf, math.nan])
NEAR = st.floats(-900, 1500)
NUMBER = NEAR | ANY


def box(values: tuple[float, float, float, float]) -> Box | None:
    x1, y1, x2, y2 = values
    return Box(x1=x1, y1=y1, x2=x2, y2=y2) if x1 < x2 and y1 < y2 else None


BOXES = st.tuples(NUMBER, NUMBER, NUMBER, NUMBER).map(box).filter(bool)
DISCS = st.builds(Disc, x=NUMBER, y=NUMBER, radius=st.floats(min_value=1e-9))
CORNER = NUMBER | st.sampled_from([10**400, -(10**400)])
POLYGONS = st.lists(st.tuples(CORNER, CORNER), max_size=12)


@given(BOXES | DISCS | POLYGONS)
def test_any_shape_is_a_part_of_the_picture_or_a_sentence(shape: Box | Disc | list[Point]) -> None:
    try:
        (region,) = atlas.resolve(FACE, shape, SIZE)
    except UsageError as error:
        assert str(error).endswith(".") and "\n" not in str(error)
        return
    assert all(-1e-6 <= v <= 640 + 1e-6 for point in region.polygon for v in point)
    assert 0 <= region.visibility <= 1
    annotate(PICTURE, [], [region])


@given(st.tuples(NEAR, NEAR, NEAR, NEAR).map(box).filter(bool))
def test_a_box_and_the_same_box_cut_at_the_border_are_one_region(given_box: Box) -> None:
    x1, y1, x2, y2 = (min(max(v, 0.0), 640.0) for v in given_box.xyxy)
    if x2 - x1 < 2 or y2 - y1 < 2:
        return
    cut = Box(x1=x1, y1=y1, x2=x2, y2=y2)
    (whole,), (part,) = (atlas.resolve(FACE, b, SIZE) for b in (given_box, cut))
    assert sorted(set(whole.polygon)) == sorted(set(part.polygon))
    assert whole.visibility == part.visibility
