"""Hidden parts of coded faces: how many are told, and how many free ones stay free.

A part is told as hidden when the visibility of one of its regions is below 0.5; a beard hides lip
edges only and counts as free.
"""

from collections.abc import Sequence

import numpy as np

from focalface.evals.metrics.statistics import Statistic, ratio
from focalface.evals.records import FaceRecord, of_region
from focalface.tools.face.hiding import HIDDEN

REGIONS = {
    "eyes": ("left_eye", "right_eye"),
    "brows": ("left_brow", "right_brow"),
    "mouth": ("mouth",),
}
"""Coded part -> the atlas regions that show it."""


def statistics(records: Sequence[FaceRecord]) -> dict[str, Statistic]:
    """Return ``hidden_found[PART]`` and ``free_kept[PART]`` over faces whose parts were coded."""
    found = {}
    for part, regions in REGIONS.items():
        truth = np.array([_truth(r, part) for r in records])
        said = np.array([_said(r, regions) for r in records])
        for name, kind in (("hidden_found", 1.0), ("free_kept", 0.0)):
            asked = (truth == kind) & ~np.isnan(said)
            if asked.any():
                found[f"{name}[{part}]"] = ratio(asked & (said == kind), asked)
    return found


def _truth(record: FaceRecord, part: str) -> float:
    """1 hidden, 0 free, NaN where nobody looked."""
    if record.case.hidden is None:
        return float("nan")
    return float(record.case.hidden.get(part, False))


def _said(record: FaceRecord, regions: Sequence[str]) -> float:
    """Return 1 where the describer says hidden; a failed sample says nothing, so free."""
    found = [said for name in regions if (said := of_region(record, name))]
    if not found and record.failure is None:
        return float("nan")
    return float(any(said.visibility < HIDDEN for said in found))
