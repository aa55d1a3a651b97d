"""Makes short films and animations for tests."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import PIL.Image

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
