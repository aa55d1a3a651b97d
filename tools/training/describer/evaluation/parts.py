"""What one kind of part alone tells of emotion and age, and how sure it is."""

from typing import Any

from numpy.typing import NDArray

from focalface.tools.describers.embedded.calibration import quantile
from focalface.tools.training.describer.evaluation import statistics


def figures(
    alone: dict[str, dict[str, NDArray[Any]]], about: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """For each kind of part: accuracy and entropy of emotion, error and interval of age."""
    out = {}
    for name, found in alone.items():
        odds = found["emotion"]
        half = about["age_half"]
        low, years, high = (quantile(found["age"], 0.5 + d) for d in (-half, 0, half))
        out[name] = {
            "emotion": statistics.accuracy(odds, found["label"]),
            "entropy": float(statistics.entropy(odds).mean()),
            "age": statistics.age_errors(years, low, high, found["years"].astype(float)),
        }
    return out
