"""What the regions of a face are called: atlas names, everyday aliases, and finding them in text.

Sides are the subject's. Case, hyphens, underscores, apostrophes and articles do not matter, nor do
singular and plural or British and American spelling.
"""

import difflib
import re
from functools import cache, lru_cache
from types import MappingProxyType

from focalface.tools.errors import UnknownRegionError
from focalface.tools.face.facs import SIDED_REGIONS
from focalface.tools.types import Side

CUSTOM = "custom"
"""Name of every region that is given by its outline rather than from the atlas."""

BASIC: tuple[str, ...] = (
    "forehead",
    "glabella",
    "left_brow",
    "right_brow",
    "left_eye",
    "right_eye",
    "left_under_eye",
    "right_under_eye",
    "left_crows_feet",
    "right_crows_feet",
    "nose_bridge",
    "nose_tip",
    "left_cheek",
    "right_cheek",
    "left_nasolabial_fold",
    "right_nasolabial_fold",
    "upper_lip",
    "lower_lip",
    "mouth",
    "left_lip_corner",
    "right_lip_corner",
    "chin",
    "left_jaw",
    "right_jaw",
)
"""The 24 basic regions, from top to bottom."""

_UPPER = (
    "forehead glabella left_brow right_brow left_eye right_eye left_crows_feet right_crows_feet"
)
_MIDDLE = (
    "left_under_eye right_under_eye left_crows_feet right_crows_feet nose_bridge nose_tip "
    "left_cheek right_cheek left_nasolabial_fold right_nasolabial_fold"
)
_LOWER = "upper_lip lower_lip mouth left_lip_corner right_lip_corner chin left_jaw right_jaw"
_CENTRAL = frozenset(
    {"forehead", "glabella", "nose_bridge", "nose_tip", "upper_lip", "lower_lip", "mouth", "chin"}
)

UNIONS = MappingProxyType(
    {
        "upper_face": tuple(_UPPER.split()),
        "mid_face": tuple(_MIDDLE.split()),
        "lower_face": tuple(_LOWER.split()),
        "left_half": tuple(n for n in BASIC if n in _CENTRAL or n.startswith("left_")),
        "right_half": tuple(n for n in BASIC if n in _CENTRAL or n.startswith("right_")),
        "face": BASIC,
    }
)
"""Union -> the basic regions that it covers, in whole or (halves) in part."""

ATLAS: tuple[str, ...] = (*BASIC, *UNIONS)
"""All atlas names."""

# Everyday words -> base names (sided ones without their side), several where one word means more.
_EVERYDAY = {
    "forehead": "forehead; brow line; frontal area; top of face; hairline",
    "glabella": "glabella; between eyebrows; between brows; space between eyebrows; frown lines; "
    "middle of brows; eleven lines; frown line; skin between eyebrows; point between eyebrows; "
    "between eyes",
    "brow": "brow; eyebrow; eye brow; inner brow; outer brow; inner eyebrow; outer eyebrow; "
    "inner end of brow; outer end of brow; inner end of eyebrow; outer end of eyebrow; brow arch",
    "eye": "eye; eyelid; lid; upper eyelid; lower eyelid; upper lid; lower lid; eye area; iris; "
    "pupil; eye opening; gaze",
    "under_eye": "under eye; undereye; below eye; underneath eye; beneath eye; eye bag; bag; "
    "dark circle; tear trough; bag under eye; lower eye area; skin under eye; "
    "dark circle under eye",
    "crows_feet": "crows foot; crows feet; crow foot; crow feet; crowfoot; outer corner of eye; "
    "outer eye corner; eye outer corner; outer eye; eye wrinkle; laugh line at eye; "
    "corner of eye; eye corner; "
    "temple; beside eye; next to eye; lateral canthus; laughter line at eye; smile wrinkle at eye",
    "nose_bridge": "nose bridge; bridge of nose; bridge; nasal bridge; top of nose; root of nose; "
    "nose root; nasal root",
    "nose_tip": "nose tip; tip of nose; nostril; nose wing; nasal tip; ala; alae; end of nose",
    "nose_bridge nose_tip": "nose; nasal area; whole nose",
    "cheek": "cheek; cheekbone; cheek bone; malar area; apple of cheek",
    "nasolabial_fold": "nasolabial fold; nasolabial; smile line; laugh line; smile fold; "
    "nose to mouth line; nasolabial line; nasolabial furrow; laughter line",
    "upper_lip": "upper lip; top lip; lip upper; philtrum; above mouth; moustache area",
    "lower_lip": "lower lip; bottom lip; underlip; under lip; lip lower",
    "upper_lip lower_lip": "lip; both lip",
    "mouth": "mouth; oral area; mouth area; tooth; teeth; smile; whole mouth",
    "lip_corner": "lip corner; mouth corner; corner of mouth; corner of lip; dimple; "
    "corner of smile; end of mouth; edge of mouth; angle of mouth",
    "chin": "chin; chin boss; chin area; mental area; bottom of face; mentum",
    "jaw": "jaw; jawline; jaw line; jowl; mandible; lower jaw",
    "upper_face": "upper face; top half; upper half; upper half of face; upper part of face; "
    "upper third; top half of face; upper third of face; face upper; top of head",
    "mid_face": "mid face; midface; middle face; middle of face; central face; middle third; "
    "centre of face; center of face; middle part of face; centre; center",
    "lower_face": "lower face; bottom half; lower half; lower half of face; lower part of face; "
    "lower third; bottom half of face; lower third of face; face lower",
    "face": "face; whole face; entire face; full face; all; everything; overall; whole; "
    "full picture of face; complete face; whole thing; all over; facial expression; head",
    "eye under_eye crows_feet": "around eye; eye region as whole; periorbital area; periocular; "
    "skin around eye; periorbital region; periocular region; eye surroundings; area around eye",
    "mouth lip_corner nasolabial_fold chin": "around mouth; perioral area; perioral region; "
    "skin around mouth; mouth surroundings; perioral; area around mouth",
}
_HALF = frozenset({"half", "half of face", "face", "side of face", "side", "hemiface", "half face"})

_FILLERS = frozenset(
    re.findall(
        r"[a-z]+",
        "the a an his her their my your its area region part zone subject subjects person persons "
        "this that these those on in at very just s",
    )
)
_VAGUE = frozenset(
    {"all", "whole", "everything", "overall", "head", "side", "center", "centre", "smile", "bag"}
    | {"bridge", "half", "left", "right", "end", "corner", "lid", "gaze", "temple"}
)
_SPELLING = {"colour": "color", "grey": "gray", "eyebrowes": "eyebrow", "eyeslid": "eyelid"}
_PLURALS = {"feet": "feet", "teeth": "teeth", "crows": "crows", "alae": "alae", "lines": "line"}


def _tokens(text: str) -> list[str]:
    """Lower-case words without articles; plural ``s`` dropped."""
    words = re.sub(r"['’`´]", "", text.lower())
    found = re.findall(r"[a-z]+", words.replace("_", " "))
    return [_singular(_SPELLING.get(word, word)) for word in found if word not in _FILLERS]


def _singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _lexicon() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Words of an alias -> base names."""
    book: dict[tuple[str, ...], tuple[str, ...]] = {}
    for bases, phrases in _EVERYDAY.items():
        for phrase in phrases.split("; "):
            book[tuple(_tokens(phrase))] = tuple(bases.split())
    return book


def aliases(name: str) -> tuple[str, ...]:
    """Everyday words for an atlas name, as a person may type them (sides left out)."""
    base = name.removeprefix("left_").removeprefix("right_")
    return tuple(
        phrase
        for bases, phrases in _EVERYDAY.items()
        if base in bases.split()
        for phrase in phrases.split("; ")
        if phrase.replace(" ", "_") != base
    )


def side_of(name: str) -> Side:
    """The subject's side of an atlas name; ``both`` for what lies on the midline."""
    if name.startswith("left_"):
        return "left"
    return "right" if name.startswith("right_") else "both"


def names_for(text: str) -> tuple[str, ...]:
    """The atlas names that a name or alias means: ``"eyes"`` -> left_eye and right_eye.

    Raises ``UnknownRegionError`` with the nearest names.
    """
    found = _lookup(text)
    if found:
        return found
    raise UnknownRegionError(_unknown(text))


@lru_cache(maxsize=1024)
def _lookup(text: str) -> tuple[str, ...]:
    words = _tokens(text)
    sides = [w for w in words if w in ("left", "right")]
    rest = tuple(w for w in words if w not in ("left", "right", "both", "and"))
    if len(set(sides)) != 1:
        return _expand(_lexicon().get(rest, ()), None)
    side = sides[0]
    if not rest or " ".join(rest) in _HALF:
        return (f"{side}_half",)
    bases = _lexicon().get(rest) or _lexicon().get(_without_side_of(rest)) or ()
    if bases in (("mouth",), ("upper_lip", "lower_lip")):
        return (f"{side}_lip_corner",)
    # "left forehead": the atlas does not divide it, so it is unknown rather than silently whole.
    return _expand(bases, side) if any(b in SIDED_REGIONS for b in bases) else ()


def _without_side_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """``side of mouth`` and ``half of mouth`` -> ``mouth``."""
    return words[2:] if words[:2] in (("side", "of"), ("half", "of")) else words


def _expand(bases: tuple[str, ...], side: str | None) -> tuple[str, ...]:
    sides = (side,) if side else ("left", "right")
    return tuple(
        name
        for base in bases
        for name in ([f"{s}_{base}" for s in sides] if base in SIDED_REGIONS else [base])
    )


def _unknown(text: str) -> str:
    shown = " ".join(text.split())[:60]
    words = _tokens(text)
    middle = tuple(w for w in words if w not in ("left", "right"))
    undivided = _lexicon().get(middle, ()) if len(middle) < len(words) else ()
    if undivided:
        return (
            f"The region {undivided[0]!r} has no left and right part in the atlas; ask for "
            f"{undivided[0]!r}, for 'left half' or 'right half', or give a box in pixels."
        )
    near = suggestions(text)
    hint = f"did you mean {' or '.join(near)}?" if near else f"names are {', '.join(_EXAMPLES)}..."
    return f"There is no region called {shown!r}; {hint} (a box, point or polygon works as well)"


_EXAMPLES = ("forehead", "left_brow", "right_eye", "nose_bridge", "left_cheek", "mouth", "chin")


def suggestions(text: str, limit: int = 3) -> list[str]:
    """The atlas names nearest to a name that is none."""
    typed = " ".join(re.findall(r"[a-z]+", text.lower().replace("_", " ")))[:60]
    spoken = {name.replace("_", " "): name for name in reversed(ATLAS)}
    for words, bases in _lexicon().items():
        spoken.setdefault(" ".join(words), _expand(bases, None)[0])
    near = difflib.get_close_matches(typed, spoken, n=limit + 3, cutoff=0.6)
    return list(dict.fromkeys(spoken[word] for word in near))[:limit]


def mentions(text: str) -> tuple[str, ...]:
    """Atlas names that a sentence mentions, in order of mention; longest aliases win.

    Single words that mostly mean something else (``all``, ``right``, ``head``) do not count.

    ``"is the left eyebrow higher, and the mouth?"`` -> left_brow, mouth.
    """
    return tuple(dict.fromkeys(name for group in mention_groups(text) for name in group))


def mention_groups(text: str) -> list[tuple[str, ...]]:
    """As :func:`mentions`, the names of each mention kept together, the central ones first.

    ``"the eyes and the nose"`` -> (left_eye, right_eye), (nose_bridge, nose_tip).
    """
    words = _tokens(text)
    found: list[tuple[str, ...]] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + 7), start, -1):
            phrase = " ".join(words[start:end])
            names = () if phrase in _VAGUE else _lookup(phrase)
            if names:
                found.append(names)
                start = end
                break
        else:
            start += 1
    return found
