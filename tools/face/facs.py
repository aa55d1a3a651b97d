"""The facial action units that focalface speaks of: names, muscles, words, where each can be seen.

Facts after the Facial Action Coding System, in words of our own: P. Ekman, W. V. Friesen, *Facial
Action Coding System* (1978) and Ekman, Friesen, J. C. Hager, *FACS* (2002). What combinations of
units suggest (emotions, kinds of smile, pain) is in :mod:`focalface.tools.face.combinations`.

A unit's regions are atlas names without their side: ``brow`` stands for ``left_brow`` and
``right_brow``. The first one is the primary region, where the unit is judged best.
"""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from focalface.tools.face import region_rows
from focalface.tools.types import Side

SOURCE = (
    "P. Ekman, W. V. Friesen, J. C. Hager: Facial Action Coding System (1978; new edition 2002)"
)

PRESENT = 0.3
"""Intensity from which a unit counts as present: our B, as DISFA counts units from level 2 up."""

_BOUNDS = (0.1, PRESENT, 0.5, 0.7, 0.9)
_LETTERS = ("", "A", "B", "C", "D", "E")
_STRENGTHS = ("absent", "trace", "slight", "clear", "strong", "strong")


def letter(intensity: float) -> str:
    """Return the FACS intensity letter A..E nearest to an intensity 0..1; ``""`` when absent.

    FACS letters are judgements of evidence, not measurements; the bounds (0.1, 0.3, 0.5, 0.7, 0.9)
    are a choice of ours and not part of FACS.
    """
    return _LETTERS[bisect(_BOUNDS, intensity)]


def strength(intensity: float) -> str:
    """Return the word for an intensity 0..1: ``trace``, ``slight``, ``clear``, ``strong``,
    ``absent``."""
    return _STRENGTHS[bisect(_BOUNDS, intensity)]


@dataclass(frozen=True, slots=True)
class Unit:
    """Facts about one action unit.

    ``sided``: each side of the face can act alone. ``plain``: everyday words for the movement.
    ``synonyms``: lower-case words that people use for it, for understanding questions.
    ``regions``: where it can be seen, primary region first (atlas names without side).
    """

    number: int
    name: str
    muscles: tuple[str, ...]
    sided: bool
    plain: str
    regions: tuple[str, ...]
    synonyms: tuple[str, ...]

    @property
    def code(self) -> str:
        """The code, such as ``AU12``."""
        return f"AU{self.number}"

    @property
    def primary(self) -> str:
        """The region where the unit is judged best (atlas name without side)."""
        return self.regions[0]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("; "))


_MOUTH = ("mouth", "upper_lip", "lower_lip")

_UNITS = (
    Unit(
        1,
        "inner brow raiser",
        ("frontalis, medial part",),
        True,
        "inner brow raised",
        ("brow", "forehead", "glabella"),
        _words(
            "inner brow raise; inner brows raised; inner brows up; raised inner eyebrows; "
            "worried brows; worried eyebrows; oblique brows; slanted brows"
        ),
    ),
    Unit(
        2,
        "outer brow raiser",
        ("frontalis, lateral part",),
        True,
        "outer brow raised",
        ("brow", "forehead"),
        _words(
            "outer brow raise; outer brows raised; outer brows up; raised outer eyebrows; "
            "arched brows; arched eyebrows; cocked eyebrow"
        ),
    ),
    Unit(
        4,
        "brow lowerer",
        ("depressor glabellae", "depressor supercilii", "corrugator supercilii"),
        True,
        "brow lowered",
        ("glabella", "brow"),
        _words(
            "frown; frowning; furrowed brow; furrowed brows; knitted brows; lowered brows; "
            "brows down; brows drawn together; scowl; scowling; frown lines"
        ),
    ),
    Unit(
        5,
        "upper lid raiser",
        ("levator palpebrae superioris",),
        True,
        "upper lid raised",
        ("eye",),
        _words(
            "wide eyes; eyes wide; widened eyes; wide open eyes; eyes wide open; staring; "
            "stare; bulging eyes; raised lids; upper lids raised"
        ),
    ),
    Unit(
        6,
        "cheek raiser",
        ("orbicularis oculi, orbital part",),
        True,
        "cheek raised",
        ("crows_feet", "under_eye", "cheek", "eye"),
        _words(
            "raised cheeks; cheeks raised; cheek raise; cheeks up; smiling eyes; "
            "smile in the eyes; crinkled eyes; eyes crinkle; crinkling; laughing eyes; "
            "smizing"
        ),
    ),
    Unit(
        7,
        "lid tightener",
        ("orbicularis oculi, palpebral part",),
        True,
        "lids tightened",
        ("eye", "under_eye"),
        _words(
            "squint; squinting; narrowed eyes; narrow eyes; tight lids; tightened lids; "
            "lids tightened; tense lids; tense eyelids; squeezed eyes"
        ),
    ),
    Unit(
        9,
        "nose wrinkler",
        ("levator labii superioris alaeque nasi",),
        True,
        "nose wrinkled",
        ("nose_bridge", "nasolabial_fold", "upper_lip", "glabella"),
        _words(
            "wrinkled nose; nose wrinkle; nose wrinkled; wrinkling the nose; scrunched nose; "
            "crinkled nose; nose scrunch; nose wrinkling"
        ),
    ),
    Unit(
        10,
        "upper lip raiser",
        ("levator labii superioris",),
        True,
        "upper lip raised",
        ("upper_lip", "nasolabial_fold", "mouth"),
        _words(
            "raised upper lip; upper lip raised; upper lip up; sneer; sneering; snarl; "
            "snarling; curled lip; lip curl"
        ),
    ),
    Unit(
        12,
        "lip corner puller",
        ("zygomaticus major",),
        True,
        "lip corner pulled up",
        ("lip_corner", "mouth", "nasolabial_fold", "cheek", "upper_lip", "lower_lip"),
        _words(
            "smile; smiling; smiles; grin; grinning; beaming; smirk; smirking; "
            "lip corners up; mouth corners up; corners of the mouth up; upturned mouth"
        ),
    ),
    Unit(
        14,
        "dimpler",
        ("buccinator",),
        True,
        "lip corner tightened into a dimple",
        ("lip_corner", "mouth", "cheek"),
        _words(
            "dimple; dimples; dimpled; dimpling; tightened lip corner; tight lip corners; "
            "tucked lip corner"
        ),
    ),
    Unit(
        15,
        "lip corner depressor",
        ("depressor anguli oris",),
        True,
        "lip corner pulled down",
        ("lip_corner", "mouth", "lower_lip", "chin"),
        _words(
            "lip corners down; mouth corners down; corners of the mouth down; "
            "downturned mouth; turned down mouth; sad mouth; mouth frown; "
            "drooping mouth corners"
        ),
    ),
    Unit(
        17,
        "chin raiser",
        ("mentalis",),
        False,
        "chin boss pushed up",
        ("chin", "lower_lip", "mouth"),
        _words(
            "raised chin boss; chin raise; chin raised; wrinkled chin; dimpled chin; "
            "bunched chin; pout; pouting; lower lip pushed up"
        ),
    ),
    Unit(
        18,
        "lip pucker",
        ("incisivii labii superioris", "incisivii labii inferioris"),
        False,
        "lips puckered",
        _MOUTH,
        _words(
            "pucker; puckered; puckered lips; puckering; pursed lips; pursing; kissing; "
            "kiss; duck face"
        ),
    ),
    Unit(
        20,
        "lip stretcher",
        ("risorius", "platysma"),
        True,
        "lips stretched sideways",
        ("lip_corner", "mouth", "upper_lip", "lower_lip"),
        _words(
            "stretched lips; lips stretched; lip stretch; stretched mouth; mouth stretched; "
            "grimace; grimacing"
        ),
    ),
    Unit(
        22,
        "lip funneler",
        ("orbicularis oris",),
        False,
        "lips funnelled outwards",
        _MOUTH,
        _words("funnelled lips; funneled lips; lip funnel; lips pushed out; trumpet mouth"),
    ),
    Unit(
        23,
        "lip tightener",
        ("orbicularis oris",),
        False,
        "lips tightened",
        _MOUTH,
        _words(
            "tight lips; tightened lips; lips tightened; thin lips; thinned lips; "
            "narrowed lips; tight lipped"
        ),
    ),
    Unit(
        24,
        "lip pressor",
        ("orbicularis oris",),
        False,
        "lips pressed together",
        _MOUTH,
        _words(
            "pressed lips; lips pressed; lips pressed together; compressed lips; lip press; "
            "clenched lips"
        ),
    ),
    Unit(
        25,
        "lips part",
        ("depressor labii inferioris", "relaxed mentalis or orbicularis oris"),
        False,
        "lips parted",
        _MOUTH,
        _words(
            "parted lips; lips parted; lips apart; open lips; lips open; open mouth; "
            "mouth open; teeth showing; teeth visible; showing teeth"
        ),
    ),
    Unit(
        26,
        "jaw drop",
        ("relaxed masseter", "relaxed temporalis and internal pterygoid"),
        False,
        "jaw dropped",
        ("mouth", "chin", "jaw", "lower_lip"),
        _words(
            "jaw drop; jaw dropped; dropped jaw; open jaw; jaw open; jaw hanging; gaping; "
            "agape; mouth wide open; yawn; yawning"
        ),
    ),
    Unit(
        28,
        "lip suck",
        ("orbicularis oris",),
        False,
        "lips sucked in",
        _MOUTH,
        _words(
            "lips sucked in; sucked in lips; lip suck; sucking the lip; lips rolled in; "
            "hidden lips; rolled lips; biting the lip; lip bite"
        ),
    ),
    Unit(
        43,
        "eyes closed",
        ("relaxed levator palpebrae superioris", "orbicularis oculi, palpebral part"),
        True,
        "eye closed",
        ("eye",),
        _words(
            "closed eyes; eyes closed; eye closed; shut eyes; eyes shut; blink; blinking; "
            "wink; winking; asleep; drooping lids; droopy lids; half closed eyes; "
            "sleepy eyes; hooded eyes"
        ),
    ),
)


def _with_regions(unit: Unit) -> Unit:
    """Return the unit with the regions whose own rows say that it shows there."""
    more = tuple(row.name for row in region_rows.ROWS.values() if unit.code in row.shows)
    return replace(unit, regions=(*unit.regions, *more))


UNITS = MappingProxyType({unit.code: _with_regions(unit) for unit in _UNITS})
"""Code -> facts, in the order of the FACS numbers."""

CODES: tuple[str, ...] = tuple(UNITS)
"""All codes of the product, in order."""

SIDED_REGIONS = region_rows.SIDED
"""Regions of which a face has two; in the atlas they carry ``left_`` or ``right_``."""


@lru_cache(maxsize=256)
def unsided(region: str) -> str:
    """Return an atlas name without its side: ``left_brow`` -> ``brow``; others stay."""
    base = region.removeprefix("left_").removeprefix("right_")
    return base if base in SIDED_REGIONS else region


def shown_in(region: str) -> tuple[str, ...]:
    """Return codes that can be seen in a basic atlas region (not a union), in FACS order."""
    base = unsided(region)
    return tuple(code for code, unit in UNITS.items() if base in unit.regions)


def regions_of(code: str, side: Side = "both") -> tuple[str, ...]:
    """Atlas regions where a unit can be seen, primary first, on one side or on both."""
    sides = ("left", "right") if side == "both" else (side,)
    return tuple(
        name
        for base in UNITS[code].regions
        for name in ([f"{s}_{base}" for s in sides] if base in SIDED_REGIONS else [base])
    )


def primary_regions(code: str, side: Side = "both") -> tuple[str, ...]:
    """Return the atlas region, or the pair of them, where a unit is judged best."""
    base = UNITS[code].primary
    return tuple(name for name in regions_of(code, side) if unsided(name) == base)


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes without repetition, in FACS order; unknown ones are left out."""
    wanted = set(codes)
    return tuple(code for code in CODES if code in wanted)


COMPOUNDS = MappingProxyType(
    {
        "raised eyebrows": ("AU1", "AU2"),
        "raised brows": ("AU1", "AU2"),
        "raise eyebrows": ("AU1", "AU2"),
        "raising eyebrows": ("AU1", "AU2"),
        "eyebrows up": ("AU1", "AU2"),
        "brows up": ("AU1", "AU2"),
        "eyebrow raise": ("AU1", "AU2"),
        "brow raise": ("AU1", "AU2"),
        "forehead wrinkles": ("AU1", "AU2"),
        "tense mouth": ("AU23", "AU24"),
        "laughing": ("AU12", "AU25", "AU26"),
        "laugh": ("AU12", "AU25", "AU26"),
        "crying": ("AU1", "AU4", "AU15", "AU17"),
    }
)
"""Everyday words for several units at once -> their codes."""
