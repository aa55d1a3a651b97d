"""What the describer is taught: channels, where they show, and how mirroring swaps them.

Mesh indices are those of the MediaPipe face mesh (478 points with irises). The mapping from
blendshapes to action units is this project's reading of the names: nobody coded the pictures.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from focalface.tools.face.landmarks import INDEX, MESH
from focalface.tools.face.outlines import OUTLINES
from focalface.tools.face.regions import ATLAS, UNIONS
from focalface.tools.geometry.atlas import shown_in

EMOTION_CLASSES = ("neutral", "happiness", "sadness", "surprise", "fear", "disgust", "anger")
"""Trained classes. Contempt has eight examples and is left out: it gets no probability."""

AGE_BINS = 101
"""One bin a year, 0..100; older labels count as 100."""

CHANNEL_SIDES = Literal["left", "right", "both"]


class Channel(NamedTuple):
    """One taught action unit on one side, and the blendshapes whose mean is its target."""

    code: str
    side: CHANNEL_SIDES
    shapes: tuple[str, ...]


_SIDED = {
    "AU2": "browOuterUp",
    "AU4": "browDown",
    "AU5": "eyeWide",
    "AU7": "eyeSquint",
    "AU10": "mouthUpperUp",
    "AU12": "mouthSmile",
    "AU14": "mouthDimple",
    "AU15": "mouthFrown",
    "AU16": "mouthLowerDown",
    "AU20": "mouthStretch",
    "AU24": "mouthPress",
    "AU43": "eyeBlink",
}
_UNSIDED = {
    "AU1": ("browInnerUp",),
    "AU17": ("mouthShrugLower",),
    "AU18": ("mouthPucker",),
    "AU22": ("mouthFunnel",),
    "AU25": (),  # from the gap between the inner lips
    "AU26": ("jawOpen",),
    "AU28": ("mouthRollLower", "mouthRollUpper"),
}
CHANNELS: tuple[Channel, ...] = tuple(
    [Channel(code, "both", shapes) for code, shapes in _UNSIDED.items()]
    + [
        Channel(code, side, (stem + side.capitalize(),))
        for code, stem in _SIDED.items()
        for side in ("left", "right")
    ]
)
CHANNEL_MIRROR: NDArray[np.int64] = np.array(
    [
        next(
            j
            for j, b in enumerate(CHANNELS)
            if b.code == a.code
            and b.side == {"left": "right", "right": "left", "both": "both"}[a.side]
        )
        for a in CHANNELS
    ]
)

FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
"""Mesh points around the face."""

HUMAN_POINTS = ((36, 33), (39, 133), (42, 362), (45, 263), (48, 61), (54, 291))
"""Pairs (index of the 68-point scheme, mesh index): the points that both schemes define alike."""

FIVE_POINTS = (468, 473, 1, 61, 291)
"""Mesh indices of right eye, left eye, nose tip, right and left mouth corner."""


def mesh_mirror(mean: NDArray[np.float32]) -> NDArray[np.int64]:
    """The mesh index that each point becomes in a mirrored picture, (478,).

    ``mean``: (478, 2) mean shape. Pairs are the best one-to-one match of the mean shape with its
    own mirror image, checked to be an involution.
    """
    from scipy.optimize import linear_sum_assignment

    axis = (mean[33, 0] + mean[263, 0]) / 2
    mirrored = mean * [-1, 1] + [2 * axis, 0]
    cost = ((mirrored[:, None] - mean[None]) ** 2).sum(-1)
    pairs: NDArray[np.int64] = linear_sum_assignment(cost)[1]
    if not (pairs[pairs] == np.arange(len(mean))).all():
        raise ValueError("the mean shape is not symmetric enough to pair its points")
    return pairs


class Outline(NamedTuple):
    """A region's corners on the mesh: ``(1 - t) * mesh[start] + t * mesh[end]``."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    t: NDArray[np.float32]

    def on(self, mesh: NDArray[np.float32]) -> NDArray[np.float32]:
        """Corners (..., n, 2) on faces with mesh points (..., 478, 2)."""
        low, high = mesh[..., self.start, :], mesh[..., self.end, :]
        return low + self.t[:, None] * (high - low)


def outlines() -> dict[str, Outline]:
    """Every atlas region but the whole face, as the runtime draws it."""

    def mesh(name: str) -> int:
        return MESH[INDEX[name]]

    out = {}
    for name in ATLAS:
        corners = [(c, c, 0.0) if isinstance(c, str) else c for c in OUTLINES[name]]
        out[name] = Outline(
            np.array([mesh(start) for start, _, _ in corners]),
            np.array([mesh(end) for _, end, _ in corners]),
            np.array([t for _, _, t in corners], np.float32),
        )
    out.pop("face")
    return out


def shown(names: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each channel can show in each atlas region, (names, channels), by the FACS table."""
    rows = []
    for name in names:
        sides = shown_in(UNIONS.get(name, (name,)))
        rows.append(
            [
                c.code in sides and (c.side == "both" or {"both", c.side} & set(sides[c.code]))
                for c in CHANNELS
            ]
        )
    return np.array(rows, bool)


def unit_targets(
    shapes: NDArray[np.uint8], names: list[str], landmarks: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Target intensities 0..1, (N, channels), from blendshapes x 255 and mesh points.

    AU25 is the gap of the inner lips over the outer eye distance: 0.02 counts as closed (0) and
    0.22 as wide open (1).
    """
    out = np.empty((len(shapes), len(CHANNELS)), np.float32)
    for j, channel in enumerate(CHANNELS):
        if channel.shapes:
            columns = [names.index(name) for name in channel.shapes]
            out[:, j] = shapes[:, columns].mean(1) / 255
        else:
            gap = np.linalg.norm(landmarks[:, 13] - landmarks[:, 14], axis=-1)
            eyes = np.linalg.norm(landmarks[:, 33] - landmarks[:, 263], axis=-1)
            out[:, j] = np.clip((gap / np.maximum(eyes, 1e-3) - 0.02) / 0.2, 0, 1)
    return out
