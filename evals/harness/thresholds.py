"""Demands on figures: ``describe.emotion_accuracy>=0.65``."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from focalface.evals.metrics.statistics import Estimate
from focalface.tools.errors import UsageError

_FORM = re.compile(r"\s*([a-z]+)\.(\S(?:.*?\S)?)\s*(>=|<=)\s*([-+]?\d*\.?\d+)\s*")
_COMPARE: dict[str, Callable[[float, float], bool]] = {">=": operator.ge, "<=": operator.le}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A suite's figure must be at least or at most ``bound``; its value counts."""

    suite: str
    figure: str
    sign: str
    bound: float

    def __str__(self) -> str:
        return f"{self.suite}.{self.figure}{self.sign}{self.bound:g}"

    def holds(self, value: float) -> bool:
        """Tell whether the value meets the demand."""
        return _COMPARE[self.sign](value, self.bound)


def parse(text: str) -> Threshold:
    """Raise ``UsageError`` with the right form."""
    found = _FORM.fullmatch(text)
    if not found:
        raise UsageError(
            f"'{text}' is no threshold; write it like 'describe.emotion_accuracy>=0.65'."
        )
    suite, figure, sign, bound = found.groups()
    return Threshold(suite, figure, sign, float(bound))


def missed(threshold: Threshold, suites: Mapping[str, Mapping[str, Estimate]]) -> str | None:
    """Tell why the threshold is missed, or None; a figure that does not exist is a miss."""
    figure = suites.get(threshold.suite, {}).get(threshold.figure)
    if figure is None:
        return f"{threshold}: nothing was scored for it"
    if not threshold.holds(figure.value):
        return f"{threshold}: it is {figure.value:.4g} (n={figure.n})"
    return None
