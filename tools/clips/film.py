"""Films through PyAV: the only file that knows it. Nothing but the file itself is ever opened."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import PIL.Image

from focalface.tools.errors import (
    ImageNotFoundError,
    ImageTooLargeError,
    ModelMissingError,
    NotAnImageError,
)
from focalface.tools.paths import printable
from focalface.tools.pictures.limits import Limits

CONTAINERS = "mov,matroska,webm,avi,mpeg,mpegts,mpegvideo,asf,flv,ogg"
"""Containers that are let near a file; playlists, which name other files, are not among them."""


def read_frames(path: Path, limits: Limits) -> Iterator[tuple[float, PIL.Image.Image]]:
    """Yield (seconds from the first frame, frame as displayed) in the order of time.

    Times are those of the file, so a variable rate is honoured; rotation and the shape of pixels
    are applied. Raises ``ModelMissingError``, ``ImageNotFoundError``, ``NotAnImageError`` or
    ``ImageTooLargeError``.
    """
    with _opened(path) as (av, container):
        yield from _frames(av, container, path.name, limits)


def duration(path: Path) -> tuple[float, int]:
    """Return seconds and number of frames as the file tells them, 0 where it does not; raises as
    above."""
    with _opened(path) as (av, container):
        stream = _moving(container, path.name)
        seconds = (container.duration or 0) / av.time_base
        frames = stream.frames or round(seconds * float(stream.average_rate or 0))
        return seconds, frames


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Any, Any]]:
    av = library()
    try:
        if not path.is_file():
            raise ImageNotFoundError(f"'{printable(path)}' is no file; give the path of a film.")
        file = path.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImageNotFoundError(
            f"'{printable(path)}' cannot be read ({reason}); check the path."
        ) from None
    with file:
        try:
            container = av.open(file, options={"format_whitelist": CONTAINERS})
        except (av.FFmpegError, OSError, ValueError):
            raise NotAnImageError(
                f"'{printable(path.name)}' is no film that can be read; "
                "give MP4, MOV, MKV, WebM or AVI."
            ) from None
        with closing(container):
            yield av, container


def _moving(container: Any, name: str) -> Any:
    """Return the first stream of moving pictures."""
    stream = next((s for s in container.streams.video if not _is_cover(s)), None)
    if stream is None:
        raise NotAnImageError(f"'{printable(name)}' holds no moving picture; give a film.")
    return stream


def library() -> Any:
    """Return PyAV; raises ``ModelMissingError`` where it is not installed."""
    try:
        import av
    except ImportError:
        raise ModelMissingError(
            "Films need PyAV, which is not installed; run: pip install 'focalface[video]'."
        ) from None
    av.logging.set_level(None)  # FFmpeg would write on stderr
    return av


def _frames(
    av: Any, container: Any, name: str, limits: Limits
) -> Iterator[tuple[float, PIL.Image.Image]]:
    stream = _moving(container, name)
    _check(stream.codec_context, name, limits)
    stream.thread_type = "AUTO"
    first: float | None = None
    last = -1.0
    rate = float(stream.average_rate or 25)
    for number, frame in enumerate(_decoded(av, container, stream)):
        _check(frame, name, limits)
        told = float(frame.time) if frame.time is not None else number / rate
        first = told if first is None else first
        seconds = told - first
        if seconds <= last:  # a clock that stands still or jumps back
            continue
        last = seconds
        yield seconds, _displayed(frame, stream)
    if first is None:
        raise NotAnImageError(
            f"'{printable(name)}' holds no frame that can be read; get a whole copy of it."
        )


def _decoded(av: Any, container: Any, stream: Any) -> Iterator[Any]:
    """Yield all frames that can be decoded: damaged parts are passed over, a torn end ends it."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (av.FFmpegError, OSError, StopIteration):
            break
        with suppress(av.FFmpegError):
            yield from packet.decode()
    with suppress(av.FFmpegError, EOFError):
        yield from stream.codec_context.decode(None)


def _is_cover(stream: Any) -> bool:
    """Tell whether a stream is a still picture that belongs to music."""
    return "attached_pic" in str(stream.disposition)


def _check(sized: Any, name: str, limits: Limits) -> None:
    if sized.width * sized.height > limits.max_pixels:
        raise ImageTooLargeError(
            f"'{printable(name)}' has {sized.width} x {sized.height} pixels a frame, the limit is "
            f"{limits.max_pixels:,}; shrink it or raise FOCALFACE_MAX_PIXELS."
        )


def _displayed(frame: Any, stream: Any) -> PIL.Image.Image:
    """Return the frame as a player shows it."""
    shape = stream.sample_aspect_ratio
    width = frame.width
    if shape and 0.1 < float(shape) < 10:
        width = round(frame.width * float(shape))
    picture: PIL.Image.Image = frame.to_image(width=width, height=frame.height)
    turned = {90: "ROTATE_90", 180: "ROTATE_180", -180: "ROTATE_180", -90: "ROTATE_270"}
    name = turned.get(round(frame.rotation / 90) * 90)
    return picture.transpose(PIL.Image.Transpose[name]) if name else picture
