"""Training windows: real scenes, pasted portraits, pictures without people, varied as photos are.

Every window is square RGB uint8. Faces keep a size drawn evenly on a logarithmic scale, so that
small ones are not drowned by close-ups; about half of the windows are rolled by up to 45 degrees.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools.training.detector.data import Bools, DetectionPack, Faces, Floats, Pixels
from focalface.tools.training.jpeg import recompressed

MIRRORED = (1, 0, 2, 4, 3)  # the keypoints of a mirrored face
SMALLEST = 9.0  # pixels; smaller faces get no loss
SMALLEST_DRAWN = {"scene": 10.0, "portrait": 24.0}  # a lone tiny portrait teaches little
MOST_FACES = 32
MODES = ("scene", "portrait", "negative", "collage")
MODE_SHARES = (0.42, 0.15, 0.24, 0.19)
MOSAIC_SHARE = 0.6  # four small windows in one teach almost four times as much for the same price
HARD_NEGATIVE_WEIGHT = 5.0
TEACHER_BOX, HUMAN_BOX = 1.0, 0.3  # people draw wider boxes than the teachers: trust them less


@dataclass(frozen=True)
class Window:
    """One training example: pixels (side, side, 3) RGB and its faces in the same frame."""

    pixels: Pixels
    boxes: Floats
    keypoints: Floats
    ignore: Bools
    box_weight: Floats


class WindowMaker:
    """Draws windows from the training side of the pack; equal seeds give equal windows."""

    def __init__(self, pack: DetectionPack, side: int) -> None:
        self._pack, self._side = pack, side
        self._pools = {kind: pack.indices("train", kind) for kind in MODES[:3]}
        weights = np.array(
            [
                HARD_NEGATIVE_WEIGHT if pack.rows[i].get("hard") else 1.0
                for i in self._pools["negative"]
            ]
        )
        self._negative_shares = weights / weights.sum()

    def draw(self, rng: np.random.Generator) -> Window:
        """Draw one window."""
        if rng.random() < MOSAIC_SHARE:
            pixels, faces = self._mosaic(rng)
        else:
            pixels, faces = self._single(self._side, rng)
        return _window(pixels, faces)

    def _mosaic(self, rng: np.random.Generator) -> tuple[Pixels, Faces]:
        """Four windows of half the side."""
        half = self._side // 2
        pixels = np.empty((2 * half, 2 * half, 3), np.uint8)
        parts = []
        for x, y in ((0, 0), (half, 0), (0, half), (half, half)):
            part, faces = self._single(half, rng)
            pixels[y : y + half, x : x + half] = part
            parts.append(_moved(faces, np.array([[1, 0, x], [0, 1, y]], np.float32)))
        return pixels, _joined(parts)

    def _single(self, side: int, rng: np.random.Generator) -> tuple[Pixels, Faces]:
        """Return a window of one mode, its faces cut at its border."""
        mode = MODES[rng.choice(len(MODES), p=MODE_SHARES)]
        if mode == "collage":
            pixels, faces = self._collage(side, rng)
        elif mode == "negative":
            pixels, faces = self._background(side, rng), _none()
        else:
            pixels, faces = self._focused(mode, side, rng)
        if len(faces.boxes) and rng.random() < 0.2:
            _occlude(pixels, faces, self._background(side, rng), rng)
        return _develop(pixels, rng), _cut(faces, side)

    def _focused(self, kind: str, side: int, rng: np.random.Generator) -> tuple[Pixels, Faces]:
        """Return one picture, scaled so that one of its faces has the drawn size, put at a drawn
        place."""
        i = int(rng.choice(self._pools[kind]))
        image, faces = self._pack.image(i), self._pack.faces[i]
        target = _draw_size(rng, SMALLEST_DRAWN[kind], side)
        anchor = _anchor_face(faces, rng)
        extent = _extent(faces.boxes[anchor])
        scale = min(target / extent, 2.5)
        half = min(extent * scale / 2, side * 0.45)
        place = rng.uniform(half, side - half, 2)
        matrix = _matrix(_middle(faces.boxes[anchor]), place, scale, rng)
        return self._warp(image, faces, matrix, side, rng)

    def _background(self, side: int, rng: np.random.Generator) -> Pixels:
        """Return a window of a picture without people, usually filled by it."""
        i = int(rng.choice(self._pools["negative"], p=self._negative_shares))
        image = self._pack.image(i)
        height, width = image.shape[:2]
        scale = side / min(height, width) * rng.uniform(0.5, 1.6)
        centre = np.array([rng.uniform(0.3, 0.7) * width, rng.uniform(0.3, 0.7) * height])
        matrix = _matrix(centre, np.full(2, side / 2), scale, rng)
        pixels = _resample(image, matrix, side, rng, cv2.BORDER_REFLECT)
        return np.ascontiguousarray(pixels)

    def _collage(self, side: int, rng: np.random.Generator) -> tuple[Pixels, Faces]:
        """Portraits pasted into the cells of a grid: the way to groups that the pack has few of."""
        canvas = self._background(side, rng) if rng.random() < 0.5 else _plain(side, rng)
        cells = int(rng.choice([2, 3, 4, 5, 6], p=[0.2, 0.3, 0.2, 0.2, 0.1]))
        cells = max(cells * side // self._side, 1)
        cell = side / cells
        found = []
        for k in rng.permutation(cells * cells)[: MOST_FACES // 2]:
            if rng.random() < 0.25:
                continue
            i = int(rng.choice(self._pools["portrait"]))
            image, faces = self._pack.image(i), self._pack.faces[i]
            scale = cell * rng.uniform(0.7, 1.05) / max(image.shape[:2])
            corner = np.array([k % cells, k // cells]) * cell + rng.uniform(0, 0.15, 2) * cell
            matrix = np.array([[scale, 0, corner[0]], [0, scale, corner[1]]], np.float32)
            if rng.random() < 0.5:
                matrix = _mirror(matrix, image.shape[1])
            _paste(canvas, image, matrix)
            found.append(_moved(faces, matrix))
        return canvas, _joined(found)

    def _warp(
        self, image: Pixels, faces: Faces, matrix: Floats, side: int, rng: np.random.Generator
    ) -> tuple[Pixels, Faces]:
        """Resample; beyond the picture there is plain colour, its edge, or another picture."""
        moved = _moved(faces, matrix)
        style = rng.choice(4, p=[0.35, 0.1, 0.15, 0.4])
        if style == 3:
            canvas = self._background(side, rng)
            _paste(canvas, image, matrix)
            return canvas, moved
        border = (cv2.BORDER_CONSTANT, cv2.BORDER_REFLECT, cv2.BORDER_REPLICATE)[style]
        if border == cv2.BORDER_REFLECT and len(faces.boxes) > 1:
            border = cv2.BORDER_REPLICATE  # a mirror image would show unlabelled faces
        if border == cv2.BORDER_REFLECT and _extent(faces.boxes[0]) > 0.3 * min(image.shape[:2]):
            border = cv2.BORDER_CONSTANT
        return _resample(image, matrix, side, rng, border), moved


def _draw_size(rng: np.random.Generator, smallest: float, side: int) -> float:
    return float(np.exp(rng.uniform(np.log(smallest), np.log(0.98 * side))))


def _anchor_face(faces: Faces, rng: np.random.Generator) -> int:
    wanted = np.flatnonzero(~faces.ignore)
    return int(rng.choice(wanted if len(wanted) else len(faces.boxes)))


def _extent(box: Floats) -> float:
    return float(np.sqrt(max((box[2] - box[0]) * (box[3] - box[1]), 1.0)))


def _middle(box: Floats) -> NDArray[np.floating]:
    return (box[:2] + box[2:]) / 2


def _matrix(
    centre: NDArray[np.floating],
    place: NDArray[np.floating],
    scale: float,
    rng: np.random.Generator,
) -> Floats:
    """Return a 2x3 map that takes ``centre`` to ``place``: scale, roll, a little squeeze,
    mirror."""
    draw = rng.random()
    degrees = 0.0 if draw < 0.3 else rng.normal(0, 10) if draw < 0.6 else rng.uniform(-45, 45)
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    squeeze = np.exp(rng.normal(0, 0.05))
    mirror = -1.0 if rng.random() < 0.5 else 1.0
    linear = turn @ np.diag([scale * squeeze * mirror, scale / squeeze])
    return np.hstack([linear, (place - linear @ centre)[:, None]]).astype(np.float32)


def _mirror(matrix: Floats, width: int) -> Floats:
    flip = np.array([[-1, 0, width], [0, 1, 0], [0, 0, 1]], np.float32)
    return (matrix @ flip).astype(np.float32)


def _moved(faces: Faces, matrix: Floats) -> Faces:
    """Return faces after a 2x3 map. A rolled box is that of the ellipse in it, not that of its
    corners."""
    linear = matrix[:, :2]
    centres = (faces.boxes[:, :2] + faces.boxes[:, 2:]) / 2 @ linear.T + matrix[:, 2]
    halves = (faces.boxes[:, 2:] - faces.boxes[:, :2]) / 2
    reach = np.sqrt((halves**2) @ (linear**2).T)
    keypoints = faces.keypoints @ linear.T + matrix[:, 2]
    if np.linalg.det(linear) < 0:
        keypoints = keypoints[:, MIRRORED]
    boxes = np.concatenate([centres - reach, centres + reach], 1)
    return Faces(boxes.astype(np.float32), keypoints.astype(np.float32), faces.ignore, faces.human)


def _joined(parts: list[Faces]) -> Faces:
    if not parts:
        return _none()
    return Faces(
        np.concatenate([p.boxes for p in parts]),
        np.concatenate([p.keypoints for p in parts]),
        np.concatenate([p.ignore for p in parts]),
        np.concatenate([p.human for p in parts]),
    )


def _none() -> Faces:
    return Faces.from_rows([])


def _shrunk(image: Pixels, matrix: Floats) -> tuple[Pixels, Floats]:
    """Shrink by area first where the map shrinks a lot, so that small faces don't alias."""
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    if scale > 0.7:
        return image, matrix
    height, width = image.shape[:2]
    size = max(round(width * scale), 2), max(round(height * scale), 2)
    back = np.diag([width / size[0], height / size[1], 1.0])
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return small, (matrix @ back).astype(np.float32)


def _resample(
    image: Pixels, matrix: Floats, side: int, rng: np.random.Generator, border: int
) -> Pixels:
    if rng.random() < 0.75:
        image, matrix = _shrunk(image, matrix)
    colour = [int(v) for v in rng.integers(0, 256, 3)] if rng.random() < 0.4 else [0, 0, 0]
    return cv2.warpAffine(
        image, _pixel_centres(matrix), (side, side), borderMode=border, borderValue=colour
    )


def _pixel_centres(matrix: Floats) -> Floats:
    """OpenCV counts from the middle of the first pixel; labels count from its corner."""
    shifted = matrix.copy()
    shifted[:, 2] += 0.5 * matrix[:, :2].sum(1) - 0.5
    return shifted


def _paste(canvas: Pixels, image: Pixels, matrix: Floats) -> None:
    small, to_canvas = _shrunk(image, matrix)
    side = canvas.shape[0]
    cv2.warpAffine(
        small,
        _pixel_centres(to_canvas),
        (side, side),
        dst=canvas,
        borderMode=cv2.BORDER_TRANSPARENT,
    )


def _plain(side: int, rng: np.random.Generator) -> Pixels:
    return np.full((side, side, 3), rng.integers(0, 256, 3 if rng.random() < 0.5 else 1), np.uint8)


def _occlude(pixels: Pixels, faces: Faces, stuff: Pixels, rng: np.random.Generator) -> None:
    """Cover up to a third of each face with another picture or a plain colour, in place."""
    side = pixels.shape[0]
    for box in faces.boxes[~faces.ignore]:
        if rng.random() < 0.4:
            continue
        size = (box[2:] - box[:2]) * rng.uniform([0.25, 0.2], [0.9, 0.45])
        centre = box[:2] + (box[2:] - box[:2]) * rng.uniform(0, 1, 2)
        mask = np.zeros((side, side), np.uint8)
        axes = tuple(float(v) for v in np.maximum(size, 2))
        shape = (tuple(float(v) for v in centre), axes, float(rng.uniform(-40, 40)))
        if rng.random() < 0.5:
            cv2.ellipse(mask, shape, 1, -1)
        else:
            cv2.fillPoly(mask, [cv2.boxPoints(shape).astype(np.int32)], 1)
        cover = stuff if rng.random() < 0.6 else _plain(side, rng)
        np.copyto(pixels, cover, where=mask[..., None].astype(bool))


def _develop(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Light, colour, blur, noise, compression."""
    if rng.random() < 0.8:
        gain, offset, gamma = rng.uniform(0.6, 1.4), rng.uniform(-35, 35), rng.uniform(0.7, 1.4)
        ramp = (np.arange(256) / 255) ** gamma * 255
        tint = rng.normal(1, 0.06, 3) if rng.random() < 0.5 else np.ones(3)
        table = np.clip((ramp[:, None] - 127) * gain + 127 + offset, 0, 255) * tint
        pixels = cv2.LUT(pixels, np.clip(table, 0, 255).astype(np.uint8)[None])
    draw = rng.random()
    if draw < 0.35:
        grey = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        amount = 1.0 if draw < 0.15 else rng.uniform(-0.5, 0.8)
        pixels = cv2.addWeighted(grey, amount, pixels, 1 - amount, 0)
    if rng.random() < 0.12:
        pixels = cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.5, 1.6))
    if rng.random() < 0.1:
        noise = rng.normal(0, rng.uniform(3, 14), (*pixels.shape[:2], 1))
        pixels = np.clip(pixels + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.12:
        pixels = recompressed(pixels, int(rng.integers(25, 85)))
    return pixels


def _cut(faces: Faces, side: int) -> Faces:
    """Cut boxes at the border; what is mostly outside or too small stays without loss."""
    cut = faces.boxes.clip(0, side)
    area = (faces.boxes[:, 2:] - faces.boxes[:, :2]).prod(1).clip(1e-3)
    visible = (cut[:, 2:] - cut[:, :2]).prod(1) / area
    small = (cut[:, 2:] - cut[:, :2]).max(1, initial=0) < SMALLEST
    ignore = faces.ignore | small | (visible < 0.45)
    keep = visible > 0.02
    return Faces(cut[keep], faces.keypoints[keep], ignore[keep], faces.human[keep])


def _window(pixels: Pixels, faces: Faces) -> Window:
    """At most ``MOST_FACES`` faces; beyond that, ignored ones are dropped first."""
    keep = np.argsort(faces.ignore, kind="stable")[:MOST_FACES]
    return Window(
        pixels=pixels,
        boxes=faces.boxes[keep],
        keypoints=faces.keypoints[keep],
        ignore=faces.ignore[keep],
        box_weight=np.where(faces.human[keep], HUMAN_BOX, TEACHER_BOX).astype(np.float32),
    )
