"""Writes plain TIFF files with any tags, which no writer at hand does."""

import struct
from typing import Any

import numpy as np

TEXT, FLOAT = 2, 11
_KINDS = {"u": 1, "i": 2, "f": 3}


def tiff(
    values: np.ndarray,
    *,
    white_is_zero: bool = False,
    order: str = "<",
    tags: tuple[tuple[int, int], ...] = (),
    odd: tuple[tuple[int, int, bytes], ...] = (),
) -> bytes:
    """Grey ``values`` (H, W) of any number type, uncompressed; ``tags``: (tag, value).

    ``odd``: (tag, type, four bytes) of tags with another type than a whole number.
    """
    values = np.ascontiguousarray(values.astype(values.dtype.newbyteorder(order)))
    height, width = values.shape
    known: dict[int, Any] = {
        256: width,
        257: height,
        258: values.dtype.itemsize * 8,
        259: 1,
        262: 0 if white_is_zero else 1,
        273: 0,
        277: 1,
        278: height,
        279: values.nbytes,
        339: _KINDS[values.dtype.kind],
    } | dict(tags)
    strange = {tag: (kind, four) for tag, kind, four in odd}
    known |= dict.fromkeys(strange, 0)
    start = 8 + 2 + 12 * len(known) + 4
    known[273] = start
    entries = [
        struct.pack(f"{order}HHI4s", tag, kind, 4 if kind == TEXT else 1, four)
        for tag in sorted(known)
        for kind, four in [strange.get(tag, (4, struct.pack(f"{order}I", known[tag])))]
    ]
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    count = struct.pack(f"{order}H", len(known))
    return b"".join([head, count, *entries, struct.pack(f"{order}I", 0), values.tobytes()])
