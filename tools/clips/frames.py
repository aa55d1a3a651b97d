"""Frames of a clip with their times: films through PyAV, animated pictures through Pillow."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import PIL.Image

from focalface.tools.clips import film
from focalface.tools.errors import NotAnImageError, UsageError
from focalface.tools.pictures.images import Image, open_image
from focalface.tools.pictures.limits import Limits

FILM_SUFFIXES = frozenset(
    """.mp4 .m4v .mov .mkv .webm .avi .mpg .mpeg .ts .mts .m2ts .wmv .asf .flv .3gp .3g2
    .ogv""".split()  # noqa: SIM905
)
"""File names that are taken for films."""

ANIMATIONS = ("GIF", "WEBP", "PNG")
"""Picture formats of which several frames are a short film."""

UNTIMED = 0.1
"""Seconds that a frame of an animation stays when it does not say, as browsers do."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: its number from 0 in the clip, its time in seconds from the first frame."""

    number: int
    seconds: float
    image: Image


def is_film(path: Path) -> bool:
    """Tell whether the name is one of a film."""
    return path.suffix.lower() in FILM_SUFFIXES


def is_clip(path: Path) -> bool:
    """Tell whether the file is a film by its name, or a picture that moves by its content."""
    if is_film(path):
        return True
    if path.suffix.lower() not in (".gif", ".webp", ".png", ".apng") or not path.is_file():
        return False
    try:
        with PIL.Image.open(path, formats=ANIMATIONS) as picture:
            return int(getattr(picture, "n_frames", 1)) > 1
    except (OSError, SyntaxError, ValueError, EOFError):
        return False


@dataclass(frozen=True, slots=True)
class Length:
    """How long a clip is, as it says itself: ``frames`` 0 where it does not say."""

    seconds: float
    frames: int


def duration(path: Path) -> Length:
    """Return the length of a clip without decoding it; raises as :func:`read_frames` does."""
    if is_film(path):
        return Length(*film.duration(path))
    times = [seconds for seconds, _ in _animation(path)]
    return Length(times[-1], len(times))


def read_frames(
    path: Path, *, every: float | None = None, limits: Limits | None = None
) -> Iterator[Frame]:
    """Yield the frames of a clip as displayed, in the order of time; rotation is applied.

    ``every``: seconds; of each step of that length the first frame is taken, else all frames.
    Raises ``ModelMissingError`` without PyAV, ``NotAnImageError`` for what is no clip, and
    ``ImageTooLargeError``. A clip that is damaged further on ends with its last whole frame.
    """
    if every is not None and not 0 < every < 1e9:
        raise UsageError("A step between frames is a time above 0 s, such as 0.2s.")
    limits = limits or Limits()
    found = film.read_frames(path, limits) if is_film(path) else _animation(path)
    step = 0.0
    for number, (seconds, picture) in enumerate(found):
        if seconds + 1e-6 < step:
            continue
        if every is not None:
            step = (seconds + 1e-6) // every * every + every
        opened = open_image(picture, limits)
        yield Frame(number, seconds, Image(id=opened.id, rgb=opened.rgb, name=path.name))


def _animation(path: Path) -> Iterator[tuple[float, PIL.Image.Image]]:
    seconds = 0.0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = PIL.Image.open(path, formats=ANIMATIONS)
    except (OSError, SyntaxError, ValueError, PIL.Image.DecompressionBombError):
        raise NotAnImageError(
            f"'{path.name}' is no clip; give a film or an animated GIF."
        ) from None
    with picture:
        for number in range(int(getattr(picture, "n_frames", 1))):
            try:
                picture.seek(number)
                picture.load()
            except (OSError, SyntaxError, ValueError, EOFError):
                if number == 0:
                    raise NotAnImageError(
                        f"'{path.name}' is damaged; get a whole copy of it."
                    ) from None
                return
            yield seconds, picture.copy()
            seconds += (float(picture.info.get("duration") or 0) / 1000) or UNTIMED
