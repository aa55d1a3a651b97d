"""Faces coded by eye: ``codes.csv``, ``codes_val_second.csv``, ``attributes.csv``, ``texts.jsonl``.

The coder was a vision-language model with a written manual, no certified FACS coder. Units are
coded 0 (no sign), 1 (slight, FACS A-B), 2 (clear, C-E) or not at all (cannot be judged); validation
faces were coded twice, and their labels are the mean of both passes.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from focalface.tools.datasets.record import RegionText, UnitLabel
from focalface.tools.types import EMOTIONS, Emotion, Side

LEVELS = (0.0, 0.3, 0.7)
"""Intensity of a code: absent, slight (A-B), clear (C-E)."""
PARTED, DROPPED = (0.0, 0.4, 0.8), (0.0, 0.0, 0.6)
"""The same for AU25 and AU26, whose one column tells closed, parted and wide open."""
CLOSED_EYES = 0.8
WEAKER_SIDE = 0.5
"""Share of a one-sided movement that is taken to show on the other side."""

_SINGLE = tuple(f"au{n}" for n in (1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 20))
# Two units in one column: its codes are those of the commoner unit; 0 is the absence of both.
_PAIRED = {"au18_22": ("AU18", "AU22"), "au23_24": ("AU24", "AU23")}
SOUGHT = frozenset({*map(str.upper, _SINGLE), "AU18", "AU24", "AU25", "AU26"})
"""Units that the coder was asked about; one of them without a code cannot be judged."""

HIDES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "eyes": {"dark_glasses": "dark glasses", "hidden": "hair, a hand or shadow"},
        "mouth": {"beard": "a beard", "mask": "a mask", "object": "a hand or an object"},
        "brows": {"fringe": "hair, a hat or thick rims", "hidden": "something in front of them"},
    }
)
"""Part -> code -> what hides it, in words."""

# Apparent age -> age, after the coder's measured errors by decade (our piecewise choice).
_LOOKS = (0, 10, 20, 35, 48, 60, 66, 85)
_IS = (0, 9, 18.5, 35, 50, 65, 76, 92)


@dataclass(frozen=True, slots=True)
class Coded:
    """What was coded of one face; see ``Record`` for the fields."""

    units: tuple[UnitLabel, ...] = ()
    unreadable: frozenset[str] = frozenset()
    hidden: Mapping[str, str] = field(default_factory=dict)
    suggests: Mapping[Emotion, float] = field(default_factory=dict)
    apparent_age: float | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[RegionText, ...] = ()


class Codes:
    """Everything that is coded in a folder; a face is put together when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._passes: dict[str, list[dict[str, str]]] = defaultdict(list)
        for name in ("codes.csv", "codes_val_second.csv"):
            for row in _rows(folder / name):
                self._passes[row["id"]].append(row)
        self._attributes = {row["id"]: row for row in _rows(folder / "attributes.csv")}
        self._texts = _texts(folder / "texts.jsonl")

    def __contains__(self, face_id: str) -> bool:
        return any(face_id in known for known in (self._passes, self._attributes, self._texts))

    def of(self, face_id: str) -> Coded:
        """Return what is coded of a face, which may be nothing."""
        return _coded(
            self._passes.get(face_id, []),
            self._attributes.get(face_id),
            self._texts.get(face_id, ()),
        )


def corrected_age(apparent: float) -> float:
    """Return the apparent age corrected for the coder's mean error at that age."""
    return float(np.interp(apparent, _LOOKS, _IS))


def _rows(file: Path) -> Iterable[dict[str, str]]:
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def _texts(file: Path) -> dict[str, tuple[RegionText, ...]]:
    found: dict[str, list[RegionText]] = defaultdict(list)
    if file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            found[said["id"]].append(_text(said["region"], said["text"]))
    return {name: tuple(texts) for name, texts in found.items()}


def _text(region: Mapping[str, object], text: str) -> RegionText:
    shape = region.get("polygon") or _corners(region["box"])
    points = tuple((float(x), float(y)) for x, y in shape)  # type: ignore[attr-defined]
    return RegionText(str(region["name"]), points, text)


def _corners(box: Any) -> tuple[tuple[float, float], ...]:
    x1, y1, x2, y2 = box
    return ((x1, y1), (x2, y1), (x2, y2), (x1, y2))


def _coded(
    passes: list[dict[str, str]], row: dict[str, str] | None, texts: tuple[RegionText, ...]
) -> Coded:
    usable = [p for p in passes if p["quality"] in ("ok", "turned")]
    units, unreadable = _units(usable)
    age = (row or {}).get("apparent_age")
    return Coded(
        units=units,
        unreadable=unreadable,
        hidden=_hidden(usable),
        suggests=_shares(p["suggests"] for p in usable),
        apparent_age=corrected_age(float(age)) if age else None,
        attributes=_attributes(row or {}),
        texts=texts,
    )


def _units(passes: list[dict[str, str]]) -> tuple[tuple[UnitLabel, ...], frozenset[str]]:
    """Return the mean of all passes by unit and side, and the units that no pass could judge."""
    levels: dict[tuple[str, Side], list[float]] = defaultdict(list)
    for row in passes:
        for key, level in _levels(row).items():
            levels[key].append(level)
    # Where passes disagree on the side, the mean counts for both sides.
    sided = {code for code, side in levels if side != "both"}
    doubtful = {code for code in sided if (code, "both") in levels}
    merged: dict[tuple[str, Side], list[float]] = defaultdict(list)
    for (code, side), values in levels.items():
        merged[code, "both" if code in doubtful else side] += values
    means = {key: round(sum(v) / len(v), 3) for key, v in merged.items()}
    labels = tuple(
        UnitLabel(code, mean >= LEVELS[1], mean, side) for (code, side), mean in means.items()
    )
    known = {label.code for label in labels}
    return labels, frozenset(SOUGHT - known) if passes else frozenset()


def _levels(row: Mapping[str, str]) -> dict[tuple[str, Side], float]:
    found: dict[str, float] = {}
    for name in _SINGLE:
        if row[name]:
            found[name.upper()] = LEVELS[int(row[name])]
    for name, (main, other) in _PAIRED.items():
        if row[name]:
            found[main] = LEVELS[int(row[name])]
            if not found[main]:
                found[other] = 0.0
    if row["au25_26"]:
        found["AU25"] = PARTED[int(row["au25_26"])]
        found["AU26"] = DROPPED[int(row["au25_26"])]
    if row["eyes"] in ("open", "glasses", "closed"):
        found["AU43"] = CLOSED_EYES if row["eyes"] == "closed" else 0.0
    return _sided(found, row["one_sided"])


def _sided(levels: Mapping[str, float], one_sided: str) -> dict[tuple[str, Side], float]:
    """Levels by side: ``12R;2L`` names units that are clearly stronger on one of the sides."""
    stronger: dict[str, Side] = {
        f"AU{word[:-1]}": "left" if word[-1] == "L" else "right"
        for word in one_sided.split(";")
        if word[:-1].isdigit()
    }
    found: dict[tuple[str, Side], float] = {}
    for code, level in levels.items():
        side = stronger.get(code)
        if side is None or not level:
            found[code, "both"] = level
            continue
        found[code, side] = level
        found[code, "right" if side == "left" else "left"] = level * WEAKER_SIDE
    return found


def _hidden(passes: list[dict[str, str]]) -> dict[str, str]:
    """Parts that every pass calls hidden; closed lids are a movement, and hide nothing."""
    found = {}
    for part, words in HIDES.items():
        said = [row[part] for row in passes]
        if said and all(code in words for code in said):
            found[part] = words[said[0]]
    return found


def _shares(labels: Iterable[str]) -> dict[Emotion, float]:
    counts = Counter(labels)
    known = {e: counts[e] for e in EMOTIONS if counts[e]}
    total = sum(known.values())
    return {e: n / total for e, n in known.items()}


def _attributes(row: Mapping[str, str]) -> dict[str, str]:
    """Return the coded attributes that are stated; gaze is turned to the subject's side."""
    names = ("gaze", "teeth", "tongue", "spectacles", "facial_hair", "head_wear")
    found = {name: row[name] for name in names if row.get(name)}
    other_way = {"left": "right", "right": "left"}
    if "gaze" in found:
        found["gaze"] = other_way.get(found["gaze"], found["gaze"])
    return found
