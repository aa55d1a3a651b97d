"""What combinations of action units suggest: emotions, kinds of smile, pain, fatigue, tension.

Pure functions on intensities 0..1 by code. A code that is missing from the mapping was *not
assessed*; it is never read as absent. Every reading is what an expression suggests to onlookers,
not what a person feels.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from focalface.tools.face.emotion_rows import EMOTION_ROWS
from focalface.tools.face.facs import PRESENT
from focalface.tools.types import ActionUnit, Emotion

SOURCES = MappingProxyType(
    {
        "emfacs": "W. V. Friesen, P. Ekman: EMFACS-7 (1983), prototypes as tabulated in FACS "
        "Investigator's Guide (2002)",
        "duchenne": "P. Ekman, R. J. Davidson, W. V. Friesen: The Duchenne smile, J. Pers. Soc. "
        "Psychol. 58 (1990) 342-353",
        "duchenne_doubt": "J. M. Girard et al.: Reconsidering the Duchenne smile, Affective "
        "Science 2 (2021) 32-47",
        "pspi": "K. M. Prkachin, P. E. Solomon: The structure, reliability and validity of pain "
        "expression, Pain 139 (2008) 267-274",
        "fatigue": "T. Sundelin et al.: Cues of fatigue: effects of sleep deprivation on facial "
        "appearance, Sleep 36 (2013) 1355-1360",
        "wrinkles": "G. Lemperle et al.: A classification of facial wrinkles, Plast. Reconstr. "
        "Surg. 108 (2001) 1735-1750",
        "context": "L. F. Barrett et al.: Emotional expressions reconsidered, Psychol. Sci. Public "
        "Interest 20 (2019) 1-68",
    }
)
"""Key -> citation of the facts used here."""

Intensities = Mapping[str, float]


def intensities(units: Iterable[ActionUnit]) -> dict[str, float]:
    """Map each code to the larger intensity of its sides."""
    found: dict[str, float] = {}
    for unit in units:
        found[unit.code] = max(unit.intensity, found.get(unit.code, 0.0))
    return found


@dataclass(frozen=True, slots=True)
class Prototype:
    """Units that together suggest an emotion.

    ``core``: groups of alternatives, one unit of each is expected. ``against``: units that speak
    against it.
    """

    emotion: Emotion
    core: tuple[tuple[str, ...], ...]
    against: tuple[str, ...]


PROTOTYPES: tuple[Prototype, ...] = tuple(
    Prototype(row.label, row.core, row.against) for row in EMOTION_ROWS.values() if row.core
)
"""Emotion prototypes after EMFACS; contempt is one-sided, see :func:`one_sided`."""


def units_of(emotion: Emotion) -> tuple[str, ...]:
    """Return the units that suggest an emotion; none for one without a prototype."""
    return tuple(c for p in PROTOTYPES if p.emotion == emotion for group in p.core for c in group)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How far the units match one prototype.

    ``strength`` 0..1: mean intensity of the assessed core groups, lowered by units that speak
    against it. ``coverage``: share of the core groups that were assessed at all.
    """

    emotion: Emotion
    strength: float
    coverage: float
    seen: tuple[str, ...]
    missing: tuple[str, ...]
    against: tuple[str, ...]


def suggestions(found: Intensities) -> list[Suggestion]:
    """Return prototypes of which some core unit was assessed, the best supported first."""
    made = [_suggest(p, found) for p in PROTOTYPES]
    kept = [s for s in made if s.coverage > 0]
    return sorted(kept, key=lambda s: -s.strength * s.coverage)


def _suggest(prototype: Prototype, found: Intensities) -> Suggestion:
    values: list[float] = []
    seen: list[str] = []
    missing: list[str] = []
    for group in prototype.core:
        assessed = [code for code in group if code in found]
        if not assessed:
            continue
        best = max(assessed, key=lambda code: found[code])
        values.append(found[best])
        (seen if found[best] >= PRESENT else missing).append(best)
    against = tuple(c for c in prototype.against if found.get(c, 0.0) >= PRESENT)
    doubt = max((found[c] for c in against), default=0.0)
    mean = sum(values) / len(values) if values else 0.0
    return Suggestion(
        emotion=prototype.emotion,
        strength=mean * (1 - doubt / 2),
        coverage=len(values) / len(prototype.core),
        seen=tuple(seen),
        missing=tuple(missing),
        against=against,
    )


UNSURE = 0.75
"""Probability below which an emotion of a whole face may be another one (our choice)."""
_THINKABLE = 0.1
_IN_FULL = 0.4
_FAINT = 0.1
"""How far above the threshold a unit is too near to it to speak against anything."""


def rival(shares: Mapping[Emotion, float], found: Intensities) -> Suggestion | None:
    """Return the emotion whose prototype shows in full where another one is likeliest, if only
    just: not the likeliest's own, at least thinkable, hardly anything against it (our choice; see
    ``tools/training/LOG.md`` for figures). ``shares``: probabilities by label."""
    likeliest = max(shares, key=lambda label: shares[label])
    if shares[likeliest] >= UNSURE:
        return None
    full = [s for s in suggestions(found) if s.coverage == 1 and not s.missing]
    full = [s for s in full if all(found[c] < PRESENT + _FAINT for c in s.against)]
    if any(s.emotion == likeliest for s in full):
        return None
    fitting = [s for s in full if s.strength >= _IN_FULL and shares[s.emotion] >= _THINKABLE]
    return max(fitting, key=lambda s: s.strength, default=None)


def in_part(shares: Mapping[Emotion, float], found: Intensities) -> Suggestion | None:
    """Return the emotion that goes with the movements where some could not be assessed, as behind
    a mask, and none that shows goes with the likeliest one, which is not sure (our choice)."""
    likeliest = max(shares, key=lambda label: shares[label])
    known = suggestions(found)
    if shares[likeliest] >= UNSURE or any(s.emotion == likeliest and s.seen for s in known):
        return None
    part = [s for s in known if s.coverage < 1 < len(s.seen) and not (s.missing or s.against)]
    return max((s for s in part if s.strength >= _IN_FULL), key=lambda s: s.strength, default=None)


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """One unit on both sides of a face: intensities, and the side where it is stronger."""

    code: str
    left: float
    right: float

    @property
    def difference(self) -> float:
        """Absolute difference of the intensities."""
        return abs(self.left - self.right)

    @property
    def stronger(self) -> Literal["left", "right"]:
        """The subject's side with the larger intensity."""
        return "left" if self.left >= self.right else "right"


UNEVEN = 0.2
"""Difference of intensity from which two sides count as different (our choice)."""


def asymmetries(units: Iterable[ActionUnit], least: float = UNEVEN) -> list[Asymmetry]:
    """Return units that were assessed on both sides and differ by ``least``, most uneven first."""
    sides: dict[str, dict[str, float]] = {}
    for unit in units:
        if unit.side != "both":
            sides.setdefault(unit.code, {})[unit.side] = unit.intensity
    both = [Asymmetry(c, s["left"], s["right"]) for c, s in sides.items() if len(s) == 2]
    return sorted((a for a in both if a.difference >= least), key=lambda a: -a.difference)


def one_sided(units: Iterable[ActionUnit]) -> Asymmetry | None:
    """Return a one-sided AU12 or AU14, which suggests contempt (EMFACS), or ``None``.

    One-sided means: present on one side, absent on the other.
    """
    for uneven in asymmetries(units):
        low, high = sorted((uneven.left, uneven.right))
        if uneven.code in ("AU12", "AU14") and low < PRESENT <= high:
            return uneven
    return None


SmileKind = Literal["none", "with the eyes", "mouth only", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Smile:
    """A smile, and whether the eyes join in; ``reason`` is a sentence for people."""

    kind: SmileKind
    mouth: float | None
    eyes: float | None
    reason: str


def smile(found: Intensities) -> Smile:
    """Return the Duchenne question: is AU12 joined by AU6?

    AU6 with AU12 is the classic marker of a felt smile (``SOURCES["duchenne"]``); strong smiles
    raise the cheeks by themselves and people can pose it (``SOURCES["duchenne_doubt"]``), so the
    marker is a hint. AU7 alone is a proxy at best: lids also tighten in bright light or doubt.
    """
    mouth, eyes, lids = found.get("AU12"), found.get("AU6"), found.get("AU7")
    if mouth is None:
        return Smile("cannot tell", None, eyes, "The lip corners were not assessed.")
    if mouth < PRESENT:
        return Smile("none", mouth, eyes, "The lip corners are not pulled up enough for a smile.")
    if eyes is not None and eyes >= PRESENT:
        why = "The cheeks are raised along with the lip corners, the classic sign of a felt smile."
        return Smile("with the eyes", mouth, eyes, why)
    if eyes is not None:
        why = "The lip corners are pulled up while the cheeks stay low, as in a polite smile."
        return Smile("mouth only", mouth, eyes, why)
    why = "Cheek raising (AU6), the mark of a smile that reaches the eyes, was not assessed"
    if lids is None:
        return Smile("cannot tell", mouth, None, f"{why}.")
    seen = "tightened" if lids >= PRESENT else "relaxed"
    return Smile(
        "cannot tell", mouth, None, f"{why}; the lids look {seen}, which is only a weak proxy."
    )


@dataclass(frozen=True, slots=True)
class PainScore:
    """The Prkachin-Solomon pain intensity, 0..16.

    ``score`` is ``None`` when a unit was not assessed; then ``at_least`` is what the assessed
    units alone amount to, and ``missing`` names the others.
    """

    score: float | None
    at_least: float
    missing: tuple[str, ...]


PSPI_UNITS = ("AU4", "AU6", "AU7", "AU9", "AU10", "AU43")


def pspi_addends(found: Intensities) -> list[tuple[str, float]]:
    """Return the four terms of the PSPI: ``AU4``, the larger of ``AU6`` and ``AU7``, of ``AU9`` and
    ``AU10``, and ``AU43``, which counts 1 when present; levels 0..5 are five times our intensity.
    """

    def larger(*codes: str) -> tuple[str, float]:
        best = max(codes, key=lambda code: found.get(code, 0.0))
        return best, 5 * found.get(best, 0.0)

    closed = 1.0 if found.get("AU43", 0.0) >= PRESENT else 0.0
    return [larger("AU4"), larger("AU6", "AU7"), larger("AU9", "AU10"), ("AU43", closed)]


def pspi(found: Intensities) -> PainScore:
    """Return PSPI = AU4 + max(AU6, AU7) + max(AU9, AU10) + AU43 (``SOURCES["pspi"]``).

    PSPI is defined on FACS levels 0 to 5 by trained coders; here intensities 0..1 are multiplied by
    five, so the score orders faces but is not a clinical measurement.
    """
    missing = tuple(code for code in PSPI_UNITS if code not in found)
    total = sum(value for _, value in pspi_addends(found))
    return PainScore(None if missing else total, total, missing)
