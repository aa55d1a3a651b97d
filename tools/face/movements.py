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

NOUNS = MappingProxyType(
    {
        "AU1": "inner brow raising",
        "AU2": "outer brow raising",
        "AU4": "brow lowering",
        "AU5": "upper lid raising",
        "AU6": "cheek raising",
        "AU7": "lid tightening",
        "AU9": "nose wrinkling",
        "AU10": "upper lip raising",
        "AU12": "a smile",
        "AU14": "dimpling",
        "AU15": "a downturned mouth",
        "AU17": "chin raising",
        "AU18": "lip puckering",
        "AU20": "lip stretching",
        "AU22": "lip funnelling",
        "AU23": "lip tightening",
        "AU24": "lip pressing",
        "AU25": "lip parting",
        "AU26": "jaw dropping",
        "AU28": "lip sucking",
        "AU43": "eye closing",
    }
)
"""Code -> the movement as a noun, for lists such as "not assessed: nose wrinkling"."""

# Code -> region without side -> what it looks like there, in one of two forms:
#   "inner brow: raised, lifted"          the left inner brow is clearly raised
#   "gathers the skin beside the @eye"    cheek raising clearly gathers the skin beside the left eye
# "@" is the side of the region; a noun after ":=" has no sides of its own.
_SEEN: dict[str, dict[str, str]] = {
    "AU1": {
        "brow": "inner brow: raised, lifted, drawn up",
        "forehead": "lifts the middle of the forehead",
        "glabella": "lifts the skin between the brows",
    },
    "AU2": {
        "brow": "outer brow: raised, lifted, arched",
        "forehead": "lifts the outer part of the forehead",
    },
    "AU4": {
        "glabella": "furrows the skin between the brows",
        "brow": "brow: lowered, drawn down",
    },
    "AU5": {"eye": "upper lid: raised"},
    "AU6": {
        "crows_feet": "gathers the skin beside the @eye",
        "under_eye": "bunches the skin under the @eye",
        "cheek": "cheek: raised, lifted",
        "eye": "narrows the @eye from below",
    },
    "AU7": {
        "eye": "narrows the @eye",
        "under_eye": "tautens the skin under the @eye",
    },
    "AU9": {
        "nose_bridge": "creases the bridge of the nose",
        "nasolabial_fold": "lifts the upper end of the @nasolabial fold",
        "upper_lip": "lifts the upper lip",
        "glabella": "draws down the skin between the brows",
    },
    "AU10": {
        "upper_lip": "=upper lip: raised, lifted",
        "nasolabial_fold": "deepens the @nasolabial fold",
        "mouth": "=upper lip: raised, lifted",
    },
    "AU12": {
        "lip_corner": "lip corner: pulled up, raised, drawn up",
        "mouth": "lip corner: pulled up, raised, drawn up",
        "nasolabial_fold": "deepens the @nasolabial fold",
        "cheek": "bunches the @cheek",
        "upper_lip": "draws the upper lip wide",
        "lower_lip": "draws the lower lip wide",
    },
    "AU14": {
        "lip_corner": "lip corner: tucked in",
        "mouth": "lip corner: tucked in",
        "cheek": "dents the @cheek",
    },
    "AU15": {
        "lip_corner": "lip corner: pulled down, turned down, drawn down",
        "mouth": "lip corner: pulled down, turned down, drawn down",
        "lower_lip": "bends the ends of the lower lip",
        "chin": "flattens the chin",
    },
    "AU17": {
        "chin": "=chin: pushed up, bunched",
        "lower_lip": "pushes up the lower lip",
        "mouth": "pushes up the lower lip",
    },
    "AU18": {
        "mouth": "=lips: puckered",
        "upper_lip": "=upper lip: puckered",
        "lower_lip": "=lower lip: puckered",
    },
    "AU20": {
        "lip_corner": "lip corner: stretched sideways",
        "mouth": "=lips: stretched sideways",
        "upper_lip": "=upper lip: stretched sideways",
        "lower_lip": "=lower lip: stretched sideways",
    },
    "AU22": {
        "mouth": "=lips: funnelled outwards",
        "upper_lip": "=upper lip: funnelled outwards",
        "lower_lip": "=lower lip: funnelled outwards",
    },
    "AU23": {
        "mouth": "=lips: tightened",
        "upper_lip": "=upper lip: tightened",
        "lower_lip": "=lower lip: tightened",
    },
    "AU24": {
        "mouth": "=lips: pressed together",
        "upper_lip": "=upper lip: pressed down",
        "lower_lip": "=lower lip: pressed up",
    },
    "AU25": {
        "mouth": "=lips: parted",
        "upper_lip": "=upper lip: parted from the other",
        "lower_lip": "=lower lip: parted from the other",
    },
    "AU26": {
        "mouth": "=jaw: dropped, lowered",
        "chin": "carries the chin down",
        "jaw": "=jaw: dropped, lowered",
        "lower_lip": "carries the lower lip down",
    },
    "AU28": {
        "mouth": "=lips: sucked in, rolled in",
        "upper_lip": "=upper lip: sucked in, rolled in",
        "lower_lip": "=lower lip: sucked in, rolled in",
    },
    "AU43": {"eye": "eye: closed"},
}

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
    """The movement in words, without capital and full stop.

    ``places``: the basic atlas regions that may be spoken of; the one nearest to the unit's
    primary region is used. ``variant`` chooses among wordings of the same meaning.
    """
    base = _place(movement.code, tuple(places))
    form = _seen(movement.code, base)
    adverb = _adverb(movement, variant)
    if ":" not in form:
        return _effect(movement, base, form, adverb)
    noun, _, words = form.partition(": ")
    participle = _choose(words.split(", "), variant)
    if noun.startswith("="):
        return _state_unsided(movement, noun[1:], f"{adverb} {participle}")
    return _state(movement, noun, adverb, participle, variant)


def _seen(code: str, base: str) -> str:
    """How a unit looks in a region, by its own row or by the region's."""
    return _SEEN[code].get(base) or region_rows.ROWS[base].shows[code]


@lru_cache(maxsize=1024)
def _place(code: str, places: tuple[str, ...]) -> str:
    known = {facs.unsided(name) for name in places}
    return next((base for base in facs.UNITS[code].regions if base in known), "") or (
        facs.UNITS[code].primary
    )


def _adverb(movement: Movement, variant: int) -> str:
    return _adverb_for(movement.code, movement.intensity, variant)


def _adverb_for(code: str, intensity: float, variant: int) -> str:
    words = _DEGREES.get(code, _ADVERBS)
    return _choose(words.get(facs.strength(intensity), words["slight"]), variant)


def _choose(words: Sequence[str], variant: int) -> str:
    return words[variant % len(words)]


def _effect(movement: Movement, base: str, form: str, adverb: str) -> str:
    """``cheek raising clearly gathers the skin beside the left eye``."""
    where = form
    if "@" in form:
        where = _sided(form, movement.side)
    elif movement.side != "both" and base not in SIDED_REGIONS:
        where = f"{form} on the {movement.side}"
    return f"{NOUNS[movement.code]} {adverb} {where}"


def _sided(form: str, side: Side) -> str:
    if side != "both":
        return form.replace("@", f"{side} ")
    before, _, noun = form.partition("the @")
    word, _, rest = noun.partition(" from ")
    return f"{before}both {word}s" + (f" from {rest}" if rest else "")


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
