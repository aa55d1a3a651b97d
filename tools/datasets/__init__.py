"""Readers of labelled face data: one record type, one small file a layout.

    from focalface.tools.datasets import read_records

    bad = []
    for record in read_records(Path("RAF-DB"), report=bad.append):     # the layout is recognised
        record.emotion, record.unit("AU12"), record.subject, record.split

A unit without a label is *unknown*, never absent. Rows that cannot be read are skipped and handed
to ``report``. Readers only read labels; pictures are opened by whoever needs their pixels.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from focalface.tools.datasets import (
    affectnet,
    bp4d,
    celeba,
    ckplus,
    disfa,
    fer2013,
    packs,
    rafdb,
    utkface,
)
from focalface.tools.datasets.record import (
    BadRow,
    Reader,
    Record,
    RegionText,
    Report,
    Split,
    UnitLabel,
)
from focalface.tools.errors import UsageError

__all__ = [
    "LAYOUTS",
    "BadRow",
    "Layout",
    "Record",
    "RegionText",
    "Report",
    "Split",
    "UnitLabel",
    "read_records",
]


@dataclass(frozen=True, slots=True)
class Layout:
    """A data set as it lies on disk: how to tell that a folder is one, and how to read it."""

    recognises: Callable[[Path], bool]
    read: Reader
    about: str = ""
    """What lies where; empty: what the reader's module says of itself."""


LAYOUTS: dict[str, Layout] = {
    "packs": Layout(packs.recognises, packs.read_records),
    "coded": Layout(
        packs.recognises_coded,
        packs.read_coded,
        "Of those packs the faces coded by eye: codes.csv and more, the packs in faces beside it.",
    ),
    "disfa": Layout(disfa.recognises, disfa.read_records),
    "bp4d": Layout(bp4d.recognises, bp4d.read_records),
    "ckplus": Layout(ckplus.recognises, ckplus.read_records),
    "affectnet": Layout(affectnet.recognises, affectnet.read_records),
    "rafdb": Layout(rafdb.recognises, rafdb.read_records),
    "fer2013": Layout(fer2013.recognises, fer2013.read_records),
    "celeba": Layout(celeba.recognises, celeba.read_records),
    "utkface": Layout(utkface.recognises, utkface.read_records),
}


def read_records(root: Path, layout: str = "auto", *, report: Report) -> Iterator[Record]:
    """Yield the records of the data set in ``root``, in a fixed order.

    Raises ``UsageError`` for an unknown layout, or when ``auto`` recognises none.
    """
    if not root.is_dir():
        raise UsageError(f"There is no folder '{root}'; give the folder that holds the data set.")
    if layout == "auto":
        layout = next((name for name, known in LAYOUTS.items() if known.recognises(root)), "")
    if layout not in LAYOUTS:
        raise UsageError(
            f"'{root}' has no known layout; name it: {', '.join(LAYOUTS)}."
            if not layout
            else f"There is no layout '{layout}'; choose one of {', '.join(LAYOUTS)}."
        )
    return LAYOUTS[layout].read(root, report)
