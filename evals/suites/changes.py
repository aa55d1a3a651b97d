"""What the robustness suite does to a face: nine changes in five severities, and how boxes follow.

Severity 0 is the picture itself. Changes are scaled by the face's own size, so that severity 3 of
blur means the same on a large face as on a small one. Deterministic for a given seed.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import PIL.Image
import PIL.ImageEnhance
import PIL.ImageFilter

from focalface.tools.types import Box

SEVERITIES = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed picture and where the face is in it now (image frame)."""

    picture: PIL.Image.Image
    box: Box


def change(name: str, picture: PIL.Image.Image, box: Box, severity: int, seed: int = 0) -> Changed:
    """Return the picture with change ``name`` at ``severity`` 0..5 (0: only converted to RGB)."""
    rgb = picture.convert("RGB")
    if severity == 0 or name == "none":
        return Changed(rgb, box)
    return CHANGES[name](rgb, box, severity, np.random.default_rng([seed, severity]))


def _blur(p: PIL.Image.Image, box: Box, s: int, rng: np.random.Generator) -> Changed:
    """Gaussian blur with a radius of 1 % of the face's height a step."""
    return Changed(p.filter(PIL.ImageFilter.GaussianBlur(0.01 * s * box.height)), box)


def _noise(p: PIL.Image.Image, box: Box, s: int, rng: np.random.Generator) -> Changed:
    """Gaussian noise, deviation 10 grey levels a step."""
    pixels = np.asarray(p, float)
    noisy = pixels + rng.normal(0, 10 * s, pixels.shape)
    return Changed(PIL.Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)), box)


def _jpeg(p: PIL.Image.Image, box: Box, s: int, rng: np.random.Generator) -> Changed:
    """JPEG of quality 50, 30, 20, 10, 5."""
    buffer = io.BytesIO()
    p.save(buffer, "JPEG", quality=(50, 30, 20, 10, 5)[s - 1])
    return Changed(PIL.Image.open(buffer).convert("RGB"), box)


def _dark(p: PIL.Image.Image, box: Box, s: int, rng: np.random.Generator) -> Changed:
    """Brightness halved a step, down to 1/32."""
    return Changed(PIL.ImageEnhance.Brightness(p).enhance(0.5**s), box)


def _small(p: PIL.Image.Image, box: Box, s: int, rng: np.random.Generator) -> Changed:
    """Return the whole picture shrunk until the face is 96, 64, 48, 32, 24 pixels high."""
    scale = min(1.0, (96, 64, 48, 32, 24)[s - 1] / box.height)
    size = (max(1, round(p.width * scale)), max(1, round(p.height * scale)))
    small = p.resize(size, PIL.Image.Resampling.LANCZOS)
    return Changed(small, _scaled(box, size[0] / p.width, size[1] / p.height))


def _occlusion(p: PIL.Image.Image, box: Box, s: int, rng: np.random.Generator) -> Changed:
    """Return a grey square somewhere on the face, 10 % of the face's area a step."""
    side = float(np.sqrt(0.1 * s * box.area))
    x = box.x1 + rng.random() * max(box.width - side, 0)
    y = box.y1 + rng.random() * max(box.height - side, 0)
    covered = p.copy()
    covered.paste((128, 128, 128), (round(x), round(y), round(x + side), round(y + side)))
    return Changed(covered, box)


def _rotation(p: PIL.Image.Image, box: Box, s: int, rng: np.random.Generator) -> Changed:
    """Turned about the face by 12 degrees a step, to a random side; the box grows to hold it."""
    angle = 12.0 * s * float(rng.choice((-1, 1)))
    turned = p.rotate(angle, PIL.Image.Resampling.BICUBIC, center=box.center)
    c, sn = abs(np.cos(np.radians(angle))), abs(np.sin(np.radians(angle)))
    half_w = (box.width * c + box.height * sn) / 2
    half_h = (box.width * sn + box.height * c) / 2
    x, y = box.center
    return Changed(turned, Box(x1=x - half_w, y1=y - half_h, x2=x + half_w, y2=y + half_h))


def _crop(p: PIL.Image.Image, box: Box, s: int, rng: np.random.Generator) -> Changed:
    """Return the lower 8 % of the face's height a step cut off; the box still says where the face
    was."""
    bottom = max(1, round(min(float(p.height), box.y2 - 0.08 * s * box.height)))
    return Changed(p.crop((0, 0, p.width, bottom)), box)


def _grey(p: PIL.Image.Image, box: Box, s: int, rng: np.random.Generator) -> Changed:
    """Colour taken out, 20 % a step."""
    return Changed(PIL.ImageEnhance.Color(p).enhance(1 - 0.2 * s), box)


def _scaled(box: Box, fx: float, fy: float) -> Box:
    return Box(x1=box.x1 * fx, y1=box.y1 * fy, x2=box.x2 * fx, y2=box.y2 * fy)


CHANGES: dict[str, Callable[[PIL.Image.Image, Box, int, np.random.Generator], Changed]] = {
    "blur": _blur,
    "noise": _noise,
    "jpeg": _jpeg,
    "dark": _dark,
    "small": _small,
    "occlusion": _occlusion,
    "rotation": _rotation,
    "crop": _crop,
    "grey": _grey,
}
"""Name -> change; each docstring says what a step is."""
