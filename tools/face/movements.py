"""One action unit in one region as a clause of English: what moves there, and how much.

A unit looks different from place to place: a smile pulls the lip corner up, but it bunches the
cheek. The table says what can be seen in each region, so that a clause never speaks of a part that
lies outside. Sides are the subject's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from focalface.tools.face import facs, region_rows
from focalface.tools.face.facs import SIDED_REGIONS
from focalface.tools.types import Side

NOUNS = MappingProxyType({code: unit.noun for code, unit in facs.UNITS.items()})
"""Code -> the movement as a noun, for lists such as "not assessed: nose wrinkling"."""

_ADVERBS = MappingProxyType(
    {
        "slight": ("slightly",),
        "clear": ("clearly",),
        "strong": ("strongly",),
    }
)
# How far a thing is open or closed has its own words.
_DEGREES = MappingProxyType(
    {
        "AU43": {"slight": ("partly",), "clear": ("mostly",), "strong": ("fully",)},
        "AU25": {"slight": ("slightly",), "clear": ("clearly",), "strong": ("widely",)},
    }
)
_ALWAYS_PLURAL = frozenset({"lips"})


@dataclass(frozen=True, slots=True)
class Movement:
    """A present unit with its sides: intensities 0..1; ``left`` and ``right`` 0 where absent.

    ``whole`` is set for units without sides; ``alone`` when one side was found at rest.
    """

    code: str
    left: float = 0.0
    right: float = 0.0
    whole: float = 0.0
    alone: bool = False

    @property
    def intensity(self) -> float:
        """The largest intensity."""
        return max(self.left, self.right, self.whole)

    @property
    def side(self) -> Side:
        """The subject's side on which it is present, or both."""
        sides = [s for s, x in (("left", self.left), ("right", self.right)) if x >= facs.PRESENT]
        if self.whole or len(sides) != 1:
            return "both"
        return "left" if sides == ["left"] else "right"


def clause(movement: Movement, places: Sequence[str], variant: int = 0) -> str:
    """Return the movement in words, without capital and full stop.

    ``places``: the basic atlas regions that may be spoken of; the one nearest to the unit's
    primary region is used. ``variant`` chooses among wordings of the same meaning.
    """
    base = _place(movement.code, tuple(places), movement.side)
    form = _form(movement.code, base)
    adverb = _adverb(movement, variant)
    if " | " in form:
        thing, _, words = form.partition(" | ")
        return _seen(movement, base, thing, f"{adverb} {_choose(words.split(', '), variant)}")
    if ":" not in form:
        return _effect(movement, base, form, adverb)
    noun, _, words = form.partition(": ")
    participle = _choose(words.split(", "), variant)
    if noun.startswith("="):
        return _state_unsided(movement, noun[1:], f"{adverb} {participle}")
    return _state(movement, noun, adverb, participle, variant)


_RESTING = {"AU25": "the lips are closed", "AU43": "the eyes are open"}
"""Unit -> what is said where it does not show, if that has words of its own."""


def denial(code: str, places: Sequence[str]) -> str:
    """Return that a unit does not show, in words: ``the inner brows are not raised``."""
    if code in _RESTING:
        return _RESTING[code]
    base = _place(code, tuple(places), "both")
    form = _form(code, base)
    by_effect = ":" not in form and " | " not in form
    shown = clause(Movement(code, whole=1.0), () if by_effect else (base,))
    denied = shown.replace(f" {_adverb_for(code, 1.0, 0)} ", " not ").replace(" and ", " or ")
    return denied.replace("both ", "the ", 1)


def _form(code: str, base: str) -> str:
    """Tell how a unit looks in a region, by its own row or by the region's."""
    return facs.UNITS[code].seen.get(base) or region_rows.ROWS[base].shows[code]


@lru_cache(maxsize=1024)
def _place(code: str, places: tuple[str, ...], side: Side) -> str:
    """Return where a unit is spoken of; what shows on both sides, where both can be seen."""
    known = {facs.unsided(name) for name in places}
    whole = {base for base in known if _sides_of(base, places) >= _wanted(base, side)}
    regions = facs.UNITS[code].regions
    return next((base for there in (whole, known) for base in regions if base in there), "") or (
        facs.UNITS[code].primary
    )


def _sides_of(base: str, places: Sequence[str]) -> set[str]:
    return {name.removesuffix(f"_{base}") for name in places if facs.unsided(name) == base}


def _wanted(base: str, side: Side) -> set[str]:
    if base not in SIDED_REGIONS:
        return set()
    return {"left", "right"} if side == "both" else {side}


def _adverb(movement: Movement, variant: int) -> str:
    return _adverb_for(movement.code, movement.intensity, variant)


def _adverb_for(code: str, intensity: float, variant: int) -> str:
    words = _DEGREES.get(code, _ADVERBS)
    return _choose(words.get(facs.strength(intensity), words["slight"]), variant)


def _choose(words: Sequence[str], variant: int) -> str:
    return words[variant % len(words)]


def _seen(movement: Movement, base: str, thing: str, state: str) -> str:
    """``the skin beside the left eye is clearly gathered (cheek raising)``."""
    cause = NOUNS[movement.code]
    why = f"by {cause}" if cause.startswith("a ") else f"({cause})"
    both = movement.side == "both"
    if "@" in thing:
        be = "are" if both and thing.startswith("the @") else "is"
        noun = _both(thing) if both else thing.replace("@", f"{movement.side} ")
        return f"{noun} {be} {state} {why}"
    return f"{thing} is {state}{_on_side(movement, base)} {why}"


def _both(thing: str) -> str:
    """``the skin under the @eye`` -> ``the skin under both eyes``."""
    before, _, noun = thing.partition("the @")
    return f"{before}both {noun}s"


def _effect(movement: Movement, base: str, form: str, adverb: str) -> str:
    """``nose wrinkling clearly lifts the upper lip``."""
    return f"{NOUNS[movement.code]} {adverb} {form}{_on_side(movement, base)}"


def _on_side(movement: Movement, base: str) -> str:
    """Return the side of what has none in its noun, unless its region tells it."""
    alone = movement.side != "both" and base not in SIDED_REGIONS
    return f" on the {movement.side}" if alone else ""


def _state_unsided(movement: Movement, noun: str, state: str) -> str:
    be = "are" if noun in _ALWAYS_PLURAL else "is"
    side = f" on the {movement.side}" if movement.side != "both" else ""
    return f"the {noun} {be} {state}{side}"


def _state(movement: Movement, noun: str, adverb: str, participle: str, variant: int) -> str:
    if movement.side != "both":
        alone = " alone" if movement.alone else ""
        return f"the {movement.side} {noun}{alone} is {adverb} {participle}"
    left, right = (_adverb_for(movement.code, x, variant) for x in (movement.left, movement.right))
    if left == right or movement.whole:
        return f"both {noun}s are {adverb} {participle}"
    more, less = ("left", "right") if movement.left >= movement.right else ("right", "left")
    strong, weak = (left, right) if more == "left" else (right, left)
    return f"the {more} {noun} is {strong} {participle}, the {less} one {weak}"
