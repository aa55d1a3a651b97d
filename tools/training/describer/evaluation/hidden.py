"""How well what hides a part is found, and how much of what is free is kept."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from focalface.tools.training.describer.codes import CATEGORIES
from focalface.tools.training.describer.evaluation.samples import Sample


def figures(sample: Sample, about: dict[str, Any], masks: dict[str, Any]) -> dict[str, Any]:
    """``found`` and ``kept`` of every class that hides, on coded faces; masks and faceless places
    on the photos of the detection pack besides."""
    out: dict[str, Any] = {}
    for category, limits in about["hidden"].items():
        _, label, odds = sample.category(category)
        for name, at in limits.items():
            place = CATEGORIES[category].index(name)
            score, positive = odds[:, place], label == place
            out[f"{category}: {name}"] = _shares(score, positive, at)
    mask = CATEGORIES["mouth"].index("mask")
    limit = about["hidden"]["mouth"]["mask"]
    out["photos: mask"] = _shares(masks["mouth"][:, mask], masks["masked"], limit)
    limit = about["hidden"]["quality"]["no_face"]
    out["photos: no face"] = {
        "cases": len(masks["no_face"]),
        "found": float((masks["no_face"] >= limit).mean()),
    }
    out["eyes, any"] = _any(sample, about, "eyes")
    out["mouth, any"] = _any(sample, about, "mouth")
    return out


def _shares(
    score: NDArray[np.float32], positive: NDArray[np.bool_], at: float
) -> dict[str, float | int]:
    found = float((score[positive] >= at).mean()) if positive.any() else float("nan")
    return {
        "cases": int(positive.sum()),
        "found": found,
        "kept": float((score[~positive] < at).mean()),
    }


def _any(sample: Sample, about: dict[str, Any], category: str) -> dict[str, float | int]:
    """Tell whether anything hides the zone, whatever it is called; a beard does not."""
    _, label, odds = sample.category(category)
    classes = CATEGORIES[category]
    named = about["hidden"][category]
    limits = {classes.index(name): at for name, at in named.items() if name != "beard"}
    positive = np.isin(label, list(limits))
    told = np.any([odds[:, place] >= at for place, at in limits.items()], axis=0)
    return _shares(told.astype(np.float32), positive, 0.5)
