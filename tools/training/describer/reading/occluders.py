"""Synthetic occluders over clean faces: masks, hands, objects, dark glasses, hair, bars.

Each says what a coder would now say of eyes, mouth and brows (``None``: no longer known), and
which zones can no longer be judged. Things beside the face, which hide nothing, are drawn too, so
that not everything foreign counts as hiding.
"""

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np

from focalface.tools.training.describer.augment import Grey
from focalface.tools.training.describer.points import FACE_OVAL
from focalface.tools.training.describer.reading.canvas import Canvas, Points

LEFT_IRIS, RIGHT_IRIS = 473, 468
NOSE_BRIDGE = (5, 4, 195, 197)
CHIN = 152
LEFT_EAR, RIGHT_EAR = 454, 234
LEFT_BROW, RIGHT_BROW = 334, 105
MOUTH_CORNERS = (61, 291)
MOUTH = (61, 291, 0, 17, 13, 39, 269, 181, 405)
READ = (61, 291, 17, 0, LEFT_IRIS, RIGHT_IRIS, RIGHT_BROW, LEFT_BROW)
"""Points that something beside the face must not cover."""
JAW = FACE_OVAL[FACE_OVAL.index(LEFT_EAR) : FACE_OVAL.index(RIGHT_EAR) + 1]

MOUTH_HIDDEN = 0.3
"""Share of the mouth's points under an object from which on it hides the mouth."""
EYE_HIDDEN, EYE_FREE = 0.6, 0.1
"""Shares of an eye's points from which on it is hidden, and up to which it is free."""


class Occluded(NamedTuple):
    """A crop, what is now seen (category -> class, ``None`` unknown), and zones hidden."""

    crop: Grey
    codes: dict[str, str | None]
    zones: tuple[str, ...]


Occluder = Callable[[Canvas, Points, Grey | None], Occluded]


def face_mask(canvas: Canvas, points: Points, picture: Grey | None) -> Occluded:
    """Draw a mask over nose, mouth and chin, now and then pleated."""
    rng, size = canvas.rng, canvas.size
    top = points[int(rng.choice(NOSE_BRIDGE))]
    jaw = points[list(JAW)]
    jaw = (jaw - jaw.mean(0)) * rng.uniform(0.95, 1.1) + jaw.mean(0)
    jaw = jaw[rng.integers(0, 3) : len(jaw) - rng.integers(0, 3)]
    left, right = (
        (top + points[ear]) / 2 + [0, rng.uniform(0, 0.05) * size] for ear in (LEFT_EAR, RIGHT_EAR)
    )
    canvas.polygon(np.array([left, *jaw, right, top]))
    plain = np.full((size, size), rng.uniform(90, 250), np.float32)
    surface = canvas.cloth(picture) if rng.random() < 0.5 else plain
    if rng.random() < 0.5:
        dark = float(np.clip(surface.mean() - rng.uniform(8, 30), 0, 255))
        for y in np.linspace(top[1], points[CHIN][1], rng.integers(3, 6)):
            cv2.line(surface, (0, int(y)), (size, int(y + rng.normal(0, 2))), dark, 1)
    return Occluded(canvas.paste(surface, shaded=True), {"mouth": "mask"}, ("mouth", "nose"))


def over_mouth(canvas: Canvas, points: Points, picture: Grey | None) -> Occluded:
    """Draw a hand, a microphone or a flat thing on or near the mouth."""
    rng, size = canvas.rng, canvas.size
    centre = points[list(MOUTH_CORNERS)].mean(0) + rng.normal(0, 0.05, 2) * size
    kind = rng.random()
    if kind < 0.55:
        canvas.fingers(centre, int(rng.integers(2, 5)), 0.22, rng.uniform(0.07, 0.12))
    elif kind < 0.75:
        across, down = size * rng.uniform(0.08, 0.16), size * rng.uniform(0.1, 0.2)
        below = centre + np.array([0, 0.04 * size])
        canvas.ellipse(below, across, down, rng.uniform(0, 180))
        foot = (rng.uniform(0, size), size + 10)
        canvas.line(centre, foot, max(2, size * rng.uniform(0.04, 0.1)))
    else:
        width, height = 2 * size * rng.uniform(0.16, 0.3), 2 * size * rng.uniform(0.08, 0.25)
        canvas.box(centre, width, height, rng.uniform(-40, 40))
    surface = canvas.skin() if kind < 0.55 else canvas.cloth(picture)
    hidden = canvas.covers(points[list(MOUTH)]) >= MOUTH_HIDDEN
    crop = canvas.paste(surface, shaded=rng.random() < 0.6)
    return Occluded(crop, {"mouth": "object" if hidden else None}, ("mouth",))


def dark_glasses(canvas: Canvas, points: Points, picture: Grey | None) -> Occluded:
    """Two dark lenses, round or square, with a bridge, sometimes with reflections."""
    rng, size = canvas.rng, canvas.size
    left, right = points[LEFT_IRIS], points[RIGHT_IRIS]
    reach = rng.uniform(0.36, 0.55) * float(np.linalg.norm(left - right))
    down = reach * rng.uniform(0.6, 0.95)
    turn = float(np.degrees(np.arctan2(*(left - right)[::-1])))
    shape = canvas.ellipse if rng.random() < 0.5 else _lens(canvas)
    shift = [0, rng.uniform(-0.02, 0.04) * size]
    for eye in (left, right):
        shape(eye + shift, reach, down, turn)
    canvas.line(left, right, 0.03 * size)
    height = np.mgrid[:size, :size][0] / size
    surface = rng.uniform(0, 60) + rng.uniform(0, 80) * np.abs(height - left[1] / size) * 4
    if rng.random() < 0.4:
        surface = surface + cv2.resize(rng.normal(0, 12, (6, 6)).astype(np.float32), (size, size))
    codes = {"eyes": "dark_glasses", "spectacles": "dark", "brows": None}
    return Occluded(canvas.paste(np.clip(surface, 0, 255)), codes, ("eyes",))


def _lens(canvas: Canvas) -> Callable[[Points, float, float, float], None]:
    return lambda centre, across, down, turn: canvas.box(centre, 2 * across, 2 * down, turn)


def over_eyes(canvas: Canvas, points: Points, picture: Grey | None) -> Occluded:
    """Hair over one eye, a brim or bandage, a hand, or a bar."""
    rng, size = canvas.rng, canvas.size
    left, right = points[LEFT_IRIS], points[RIGHT_IRIS]
    eye = left if rng.random() < 0.5 else right
    kind, both = rng.random(), rng.random() < 0.4
    brows: str | None = None
    if kind < 0.4:
        middle = eye[0] + rng.normal(0, 0.03) * size
        canvas.strands(middle, eye[1] + 0.08 * size, int(rng.integers(4, 14)))
        surface, brows = canvas.hair(110), "hidden"
    elif kind < 0.6:
        low = max(left[1], right[1]) + rng.uniform(0.03, 0.1) * size
        tilt = rng.normal(0, 0.06) * size
        canvas.polygon(
            np.array([[-5, -5], [size + 5, -5], [size + 5, low + tilt], [-5, low - tilt]])
        )
        surface, brows = canvas.cloth(picture), "hidden"
    elif kind < 0.85:
        centre = ((left + right) / 2 if both else eye) + rng.normal(0, 0.02, 2) * size
        count, length = (4, 0.25) if both else (int(rng.integers(2, 5)), 0.14)
        canvas.fingers(centre, count, length, rng.uniform(0.08, 0.13))
        surface = canvas.skin()
    else:
        middle, half = (left[1] + right[1]) / 2, size * rng.uniform(0.06, 0.12)
        canvas.polygon(np.array([[-5, middle - half], [size + 5, middle - half],
                                 [size + 5, middle + half], [-5, middle + half]]))  # fmt: skip
        surface = canvas.cloth(picture)
    share = max(canvas.covers(_round_eye(e, np.linalg.norm(left - right))) for e in (left, right))
    crop = canvas.paste(surface, shaded=rng.random() < 0.4)
    if share >= EYE_HIDDEN:
        return Occluded(crop, {"eyes": "hidden", "brows": brows}, ("eyes", "brows"))
    if share < EYE_FREE:
        return Occluded(crop, {"brows": None}, ("brows",))
    return Occluded(crop, {"eyes": None, "brows": None}, ("eyes", "brows"))


def _round_eye(eye: Points, distance: np.floating) -> Points:
    """Nine points over the opening of an eye."""
    grid = [(x, y) for x in (-1, 0, 1) for y in (-0.5, 0, 0.5)]
    return eye + np.array(grid) * distance * 0.17


def fringe(canvas: Canvas, points: Points, picture: Grey | None) -> Occluded:
    """Draw a fringe down to the brows."""
    rng, size = canvas.rng, canvas.size
    low = points[[LEFT_BROW, RIGHT_BROW]].mean(0)[1] + rng.uniform(0.02, 0.05) * size
    for x in np.arange(points[RIGHT_EAR][0], points[LEFT_EAR][0], size * 0.025):
        top = (x + rng.normal(0, 0.03) * size, -5)
        canvas.line(top, (x, low + rng.normal(0, 0.02) * size), max(2, size * 0.04))
    return Occluded(canvas.paste(canvas.hair(130)), {"brows": "fringe", "eyes": None}, ("brows",))


def beside(canvas: Canvas, points: Points, picture: Grey | None) -> Occluded:
    """Something on the cheek, the forehead or the edge that hides nothing that is read."""
    rng, size = canvas.rng, canvas.size
    places = [
        (0.12, 0.5),
        (0.88, 0.5),
        (0.5, 0.05),
        (0.15, 0.85),
        (0.85, 0.85),
        (0.08, 0.2),
        (0.92, 0.2),
    ]
    centre = np.array(places[int(rng.integers(len(places)))]) * size
    if rng.random() < 0.5:
        canvas.fingers(centre, int(rng.integers(2, 4)), 0.06, 0.07)
        surface = canvas.skin()
    else:
        across, down = size * rng.uniform(0.05, 0.12, 2)
        canvas.ellipse(centre, across, down, rng.uniform(0, 180))
        surface = canvas.cloth(picture)
    if canvas.covers(points[list(READ)]) > 0:
        return Occluded(canvas.crop, {}, ())
    return Occluded(canvas.paste(surface, shaded=True), {}, ())


SHARES: dict[Occluder, float] = {
    face_mask: 0.25,
    over_mouth: 0.30,
    dark_glasses: 0.15,
    over_eyes: 0.16,
    fringe: 0.07,
    beside: 0.07,
}
"""How often each is drawn."""


def occlude(crop: Grey, points: Points, picture: Grey | None, rng: np.random.Generator) -> Occluded:
    """Draw a random occluder over a crop.

    Args:
        crop: grey (S, S).
        points: the face mesh (478, 2) in pixels of the crop.
        picture: something to take a texture from.
        rng: the source of all randomness.
    """
    draw = list(SHARES)[int(rng.choice(len(SHARES), p=list(SHARES.values())))]
    return draw(Canvas(crop, rng), np.asarray(points, np.float64), picture)
