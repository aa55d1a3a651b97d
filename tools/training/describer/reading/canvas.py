"""Shapes and surfaces from which synthetic occluders are made, drawn on a grey crop."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools.training.describer.augment import Grey

Points = NDArray[np.floating]
WHITE = 255


class Canvas:
    """A mask over a crop (S, S) on which shapes are drawn, and surfaces to fill it with.

    Lengths are shares of S unless they say pixels; points are in pixels.
    """

    def __init__(self, crop: Grey, rng: np.random.Generator) -> None:
        self.crop, self.rng, self.size = crop, rng, crop.shape[0]
        self.mask = np.zeros_like(crop)

    def polygon(self, points: Points) -> None:
        """Draw a filled polygon."""
        cv2.fillPoly(self.mask, [np.asarray(points).astype(np.int32)], WHITE)

    def box(self, centre: Points, width: float, height: float, turn: float) -> None:
        """Draw a filled box, sides in pixels, turned by degrees."""
        shape = (tuple(map(float, centre)), (float(width), float(height)), float(turn))
        self.polygon(cv2.boxPoints(shape))

    def ellipse(self, centre: Points, across: float, down: float, turn: float) -> None:
        """Draw a filled ellipse, half axes in pixels, turned by degrees."""
        at = (int(centre[0]), int(centre[1]))
        cv2.ellipse(self.mask, at, (int(across), int(down)), turn, 0, 360, WHITE, -1)

    def line(self, start: Sequence[float], end: Sequence[float], width: float) -> None:
        """Draw a line, width in pixels."""
        first, last = ((int(x), int(y)) for x, y in (start, end))
        cv2.line(self.mask, first, last, WHITE, max(1, int(width)))

    def fingers(self, centre: Points, count: int, length: float, width: float) -> None:
        """Parallel fingers whose tips lie round ``centre``, from any direction."""
        rng, size = self.rng, self.size
        turn = rng.uniform(0, 2 * np.pi)
        along = np.array([np.cos(turn), np.sin(turn)])
        across = np.array([-along[1], along[0]])
        for i in range(count):
            beside = across * (i - (count - 1) / 2) * width * size * 1.05
            root = centre + beside + along * rng.normal(0, 0.02) * size
            tip = root - along * length * size * rng.uniform(0.6, 1.1)
            self.line(tip, root + along * length * size * 1.6, max(2, width * size))

    def strands(self, middle: float, depth: float, count: int) -> None:
        """Hair from the top edge round x = ``middle`` down to ``depth`` and further, pixels."""
        rng, size = self.rng, self.size
        for _ in range(count):
            x = middle + rng.normal(0, 0.06) * size
            top = (x + rng.normal(0, 0.1) * size, -5)
            end = (x + rng.normal(0, 0.05) * size, depth + rng.uniform(0, 0.42) * size)
            self.line(top, end, max(2, size * rng.uniform(0.03, 0.09)))

    def covers(self, points: Points) -> float:
        """Return the share of points under the mask."""
        x, y = np.clip(np.asarray(points).astype(int), 0, self.size - 1).T
        return float((self.mask[y, x] > 127).mean())

    def paste(self, surface: NDArray[Any], *, shaded: bool = False) -> Grey:
        """Return the crop with the surface where the mask is, soft at the edge; ``shaded``: darker
        there,
        as round things are."""
        rng, size = self.rng, self.size
        soft = cv2.GaussianBlur(self.mask, (0, 0), rng.uniform(0.3, 1.6)).astype(np.float32) / 255
        light = np.asarray(surface, np.float32)
        if shaded:
            inner = cv2.GaussianBlur(self.mask, (0, 0), size * 0.03).astype(np.float32) / 255
            light = light * (0.55 + 0.45 * inner)
        return np.clip(self.crop * (1 - soft) + light * soft, 0, 255).astype(np.uint8)

    def cloth(self, picture: Grey | None) -> NDArray[np.float32]:
        """Return another picture, or a plain surface with a gradient and folds."""
        rng, size = self.rng, self.size
        kind = rng.random()
        if picture is not None and kind < 0.45:
            return cv2.resize(picture, (size, size)).astype(np.float32)
        surface = np.full((size, size), rng.uniform(10, 245), np.float32)
        if kind < 0.75:
            turn, (y, x) = rng.uniform(0, 2 * np.pi), np.mgrid[:size, :size] / size
            surface += rng.uniform(-60, 60) * (np.cos(turn) * x + np.sin(turn) * y)
        if kind < 0.6:
            surface += rng.uniform(3, 25) * self._noise(max(2, size // int(rng.integers(4, 24))))
        return np.clip(surface, 0, 255)

    def skin(self) -> NDArray[np.float32]:
        """Return a surface about as bright and as uneven as the middle of this face."""
        rng, size = self.rng, self.size
        rows, columns = (
            slice(int(size * a), int(size * b)) for a, b in ((0.45, 0.62), (0.28, 0.72))
        )
        middle = self.crop[rows, columns]
        surface = np.full((size, size), middle.mean() * rng.uniform(0.7, 1.25), np.float32)
        return np.clip(surface + (0.25 * middle.std() + 4) * self._noise(8), 0, 255)

    def hair(self, lightest: float) -> NDArray[np.float32]:
        """Return a dark surface with fine vertical lines."""
        rng, size = self.rng, self.size
        lines = cv2.resize(rng.normal(0, 18, (2, size // 2)).astype(np.float32), (size, size))
        return np.clip(rng.uniform(0, lightest) + lines, 0, 255)

    def _noise(self, cells: int) -> NDArray[np.float32]:
        grid = self.rng.normal(0, 1, (cells, cells)).astype(np.float32)
        return cv2.resize(grid, (self.size, self.size), interpolation=cv2.INTER_CUBIC)
