"""How varied and how true the texts of a corpus are. Pure."""

from dataclasses import dataclass, field
from typing import Any

from focalface.tools.describers.language import phrases
from focalface.tools.face import facs


@dataclass(slots=True)
class Variety:
    """Counts over the texts of regions, one after the other.

    ``true``: texts in which the parser of answers finds the units of the labels again: all that
    count as present are claimed, and nothing else.
    """

    texts: int = 0
    true: int = 0
    words: int = 0
    _all: set[str] = field(default_factory=set)
    _grams: dict[int, set[tuple[str, ...]]] = field(default_factory=lambda: {1: set(), 2: set()})

    def add(self, text: str, truth: dict[str, Any]) -> None:
        """Count one text with the truth of its region, as it stands in the corpus."""
        words = text.lower().split()
        self.texts += 1
        self.words += len(words)
        self._all.add(text)
        for size, seen in self._grams.items():
            seen.update(zip(*(words[i:] for i in range(size)), strict=False))
        self.true += is_true(text, truth)

    def summary(self) -> dict[str, float]:
        """Count texts: share of different ones, words each, different words, pairs, true ones."""
        count = max(self.texts, 1)
        return {
            "texts": self.texts,
            "different": round(len(self._all) / count, 4),
            "words a text": round(self.words / count, 2),
            "different words": len(self._grams[1]),
            "different pairs of words": len(self._grams[2]),
            "true": round(self.true / count, 4),
        }


def is_true(text: str, truth: dict[str, Any]) -> bool:
    """Tell whether a text claims the present units of its truth and denies none of them."""
    levels = {key.split()[0]: value for key, value in truth["units"].items()}
    said = phrases.settled(text)
    claimed = {code for code, stance in said.items() if stance == "present"}
    denied = {code for code, stance in said.items() if stance == "absent"}
    strong = {code for code, value in levels.items() if value >= facs.PRESENT}
    return strong <= claimed <= levels.keys() and not denied & levels.keys()
