"""Makes short films and animations for tests."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image

if TYPE_CHECKING:
    from focalface.tools.types import Face

MILLISECOND = Fraction(1, 1000)


def make_film(
    path: Path, frames: Sequence[PIL.Image.Image], times: Sequence[float], codec: str = "libx264"
) -> Path:
    """A film whose frames are shown from ``times`` (seconds, growing) on."""
    import av

    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=25)
        stream.width, stream.height = frames[0].size
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = MILLISECOND
        for picture, seconds in zip(frames, times, strict=True):
            frame = av.VideoFrame.from_ndarray(np.asarray(picture.convert("RGB")), format="rgb24")
            frame.pts, frame.time_base = round(seconds * 1000), MILLISECOND
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def turn_film(path: Path) -> Path:
    """Writes a rotation into the header of an MP4, as phones do: shown a quarter clockwise."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40  # version, times, id, duration, layer, volume
    one = 0x00010000
    matrix = (0, one, 0, -one & 0xFFFFFFFF, 0, 0, 0, 0, 0x40000000)
    data[at : at + 36] = b"".join(value.to_bytes(4, "big") for value in matrix)
    path.write_bytes(data)
    return path


def make_gif(path: Path, frames: Sequence[PIL.Image.Image], milliseconds: Sequence[int]) -> Path:
    """An animated GIF, each frame with its own time."""
    first, *others = [picture.convert("RGB") for picture in frames]
    first.save(path, save_all=True, append_images=others, duration=list(milliseconds), loop=0)
    return path


def fades(
    first: PIL.Image.Image, second: PIL.Image.Image, shares: Sequence[float]
) -> list[PIL.Image.Image]:
    """Pictures between two of the same size: 0 is the first, 1 the second."""
    return [PIL.Image.blend(first, second, share) for share in shares]


def neutral_and_smile(size: int = 224) -> tuple[PIL.Image.Image, PIL.Image.Image]:
    """Two faces of insightface's own picture, upright and laid over each other by their eyes and
    mouths: one at rest, one that smiles."""
    import insightface.data

    from focalface.tools.settings import Settings
    from focalface.tools.workbench import Workbench

    bench = Workbench(Settings(threads=1))
    image = bench.open(PIL.Image.fromarray(insightface.data.get_image("t1")[:, :, ::-1]))
    faces = sorted(bench.detect(image), key=lambda face: face.box.x1)
    rest, smiling = faces[0], faces[2]
    return _upright(image.to_pil(), rest, size), _upright(image.to_pil(), smiling, size)


def _upright(picture: PIL.Image.Image, face: "Face", size: int) -> PIL.Image.Image:
    """The face with its eyes level and its mouth below, all faces at the same places."""
    points = face.keypoints
    found = np.array([points.right_eye, points.left_eye, points.right_mouth, points.left_mouth])
    places = size * np.array([(0.37, 0.42), (0.63, 0.42), (0.40, 0.66), (0.60, 0.66)])
    # The similarity (a, -b, c; b, a, d) from places to found, by least squares.
    (x, y), one, zero = places.T, np.ones(4), np.zeros(4)
    rows = np.vstack([np.column_stack([x, -y, one, zero]), np.column_stack([y, x, zero, one])])
    a, b, c, d = np.linalg.lstsq(rows, np.concatenate(found.T), rcond=None)[0]
    how = (a, -b, c, b, a, d)
    return picture.transform(
        (size, size), PIL.Image.Transform.AFFINE, how, PIL.Image.Resampling.BICUBIC
    )


SMILE_SHARES = [0.0] * 8 + [i / 8 for i in range(9)] + [1.0] * 3 + [1 - i / 8 for i in range(9)]
SMILE_SHARES += [0.0] * 5
SMILE_RATE = 8.0
"""A smile that rises from 1.0 s to 2.0 s, stays for half a second, and is gone at 3.5 s."""


def smile_film(path: Path) -> Path:
    """A film of one face that smiles as :data:`SMILE_SHARES` say."""
    frames = fades(*neutral_and_smile(), SMILE_SHARES)
    times = [number / SMILE_RATE for number in range(len(frames))]
    if path.suffix == ".gif":
        return make_gif(path, frames, [round(1000 / SMILE_RATE)] * len(frames))
    return make_film(path, frames, times)
