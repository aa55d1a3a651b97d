"""Which picture formats are read, and what others are called when they are refused."""

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec

import PIL.Image
from PIL import features

from focalface.tools.errors import NotAnImageError, UnsupportedImageError
from focalface.tools.forking import ForkSafeLock
from focalface.tools.pictures import tiff

ADVICE = "give a JPEG, PNG, WebP, AVIF, JPEG 2000, BMP, TIFF or GIF"

DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RuntimeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
    PIL.Image.DecompressionBombError,  # of a frame; the size of a picture is checked by limits
)
"""What Pillow's decoders are known to raise on hostile or damaged bytes."""

_PLUGINS = {
    "JPEG": "PIL.JpegImagePlugin",
    "PNG": "PIL.PngImagePlugin",
    "WEBP": "PIL.WebPImagePlugin",
    "BMP": "PIL.BmpImagePlugin",
    "TIFF": "PIL.TiffImagePlugin",
    "GIF": "PIL.GifImagePlugin",
    "JPEG2000": "PIL.Jpeg2KImagePlugin",
    "AVIF": "PIL.AvifImagePlugin",
}
_LIBRARIES = {"WEBP": "webp", "AVIF": "avif", "JPEG2000": "jpg_2000"}

_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"hevc": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC",
           b"avif": "AVIF", b"avis": "AVIF", b"crx ": "Canon raw"}  # fmt: skip
"""Brands (bytes 8..12 of an ISO media file) of picture formats."""
_STARTS = {
    b"\0\0\0\x0cjP  ": "JPEG 2000",
    b"\xffO\xffQ": "JPEG 2000",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"II\xbc": "JPEG XR",
    b"\xff\x0a": "JPEG XL",
    b"\0\0\0\x0cJXL ": "JPEG XL",
    b"8BPS": "Photoshop",
    b"\x76\x2f\x31\x01": "OpenEXR",
    b"SIMPLE": "FITS",
    b"FUJIFILMCCD-RAW": "Fuji raw",
}

_opening = ForkSafeLock()


@cache
def known_decoders() -> tuple[str, ...]:
    """Return the decoders that are let near a file: those that this Pillow has, and HEIF by its
    extra."""
    names = []
    for name, module in _PLUGINS.items():
        if name not in _LIBRARIES or features.check(_LIBRARIES[name]):
            import_module(module)  # registers its decoder; Pillow would else load all of them
            names.append(name)
    if find_spec("pillow_heif"):
        import_module("pillow_heif").register_heif_opener()
        names.append("HEIF")
    return tuple(names)


@contextmanager
def silently() -> Iterator[None]:
    """Keep Pillow from warning of odd tags; for short work, since threads wait for each other."""
    # Filters are global to the process; the lock keeps our own threads apart.
    with _opening, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@cache
def suffixes() -> frozenset[str]:
    """Return the endings, in lower case, of file names that pictures of these formats have."""
    kinds = {*known_decoders(), "MPO", "DIB"}  # decoders that begin as another one
    return frozenset({".mpo"} | {end for end, kind in PIL.Image.EXTENSION.items() if kind in kinds})


def header(data: bytes) -> PIL.Image.Image | None:
    """Return a picture of which only the header was read; None when no decoder knows it.

    Pillow's own limit of pixels is passed by: ours are stricter, and some formats can be decoded at
    a reduced size.
    """
    for name in known_decoders():
        factory, accepts = PIL.Image.OPEN[name]
        with silently():
            try:
                if accepts is None or accepts(data[:16]) is True:
                    return factory(io.BytesIO(data), "")
            except DAMAGE:
                continue
    return None


def refusal(data: bytes, label: str) -> NotAnImageError:
    """Return the error for bytes that no decoder knows, with what they seem to be."""
    with silently():
        tags = tiff.tags_of(data)
    if tags is not None:
        return UnsupportedImageError(
            f"{label} is a TIFF of a kind that is not read here ({tiff.kind_of(tags)}); "
            "save it with 8 or 16 bits and no compression."
        )
    kind = _BRANDS.get(data[8:12]) if data[4:8] == b"ftyp" else None
    kind = kind or next((k for start, k in _STARTS.items() if data.startswith(start)), None)
    if kind == "HEIC":
        more = "HEIC is read with: pip install 'focalface[heic]'; or"
        return UnsupportedImageError(f"{label} is a HEIC picture; {more} {ADVICE}.")
    if kind:
        return UnsupportedImageError(
            f"{label} is a {kind} picture, cut off or of a kind that is not read here; {ADVICE}."
        )
    return NotAnImageError(f"{label} is not a picture; {ADVICE}.")
