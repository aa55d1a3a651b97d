"""What the regions of a face are called: atlas names, everyday aliases, and finding them in text.

Sides are the subject's. Case, hyphens, underscores, apostrophes and articles do not matter, nor do
singular and plural or British and American spelling.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from types import MappingProxyType

from focalface.tools.errors import UnknownRegionError
from focalface.tools.face.facs import SIDED_REGIONS
from focalface.tools.face.region_rows import ROWS, SEVERAL, SEVERAL_TYPED, WIDER, Row, phrases
from focalface.tools.nearest import nearest
from focalface.tools.types import Side

CUSTOM = "custom"
"""Name of every region that is given by its outline rather than from the atlas."""


def _sides(row: Row) -> tuple[str, ...]:
    return (f"left_{row.name}", f"right_{row.name}") if row.sided else (row.name,)


BASIC: tuple[str, ...] = tuple(name for row in ROWS.values() for name in _sides(row))
"""The basic regions, from top to bottom."""
_CENTRAL = frozenset(row.name for row in ROWS.values() if not row.sided)


def _members(union: str) -> tuple[str, ...]:
    """The basic regions of a union."""
    side = union.removesuffix("_half")
    if side != union:
        return tuple(n for n in BASIC if n in _CENTRAL or n.startswith(f"{side}_"))
    third = tuple(n for row in ROWS.values() if union in row.unions for n in _sides(row))
    return third or BASIC


UNIONS = MappingProxyType({name: _members(name) for row in WIDER.values() for name in _sides(row)})
"""Union -> the basic regions that it covers, in whole or (halves) in part."""

ATLAS: tuple[str, ...] = (*BASIC, *UNIONS)
"""All atlas names."""

_HALF = frozenset({"half", "half of face", "face", "side of face", "side", "hemiface", "half face"})

_FILLERS = frozenset(
    re.findall(
        r"[a-z]+",
        "the a an his her their my your its area region part zone subject subjects person persons "
        "this that these those on in at very just s",
    )
)
_SPELLING = {"colour": "color", "grey": "gray", "eyebrow": "brow", "eyelid": "lid"}
_PLURALS = {"feet": "foot", "teeth": "tooth", "alae": "ala"}


def _tokens(text: str) -> list[str]:
    """Lower-case words without articles; plural ``s`` dropped."""
    words = re.sub(r"['’`´]", "", text.lower())
    found = re.findall(r"[a-z]+", words.replace("_", " "))
    bare = [_singular(word) for word in found if word not in _FILLERS]
    return [_SPELLING.get(word, word) for word in bare]


def _singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _lexicon() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Words of an alias -> base names; where two rows have the same, the narrower one's."""
    return {_key(words): names for words, names in reversed([*_called()])}


def _called() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything that a region or several are called when nothing else is typed."""
    for row in (*ROWS.values(), *WIDER.values()):
        for words in phrases(row.words, row.asked, row.told, row.typed):
            yield words, (row.name,)
    for names, listed in (*SEVERAL, *SEVERAL_TYPED):
        for words in phrases(listed):
            yield words, names


@cache
def _vague() -> set[tuple[str, ...]]:
    """Words that name a region only when nothing else is typed."""
    rows = (*ROWS.values(), *WIDER.values())
    alone = [words for row in rows for words in phrases(row.asked, row.typed)]
    alone += [words for _, several in SEVERAL_TYPED for words in phrases(several)]
    spoken = [words for row in rows for words in phrases(row.words, row.told)]
    return {("left",), ("right",), *map(_key, alone)} - {*map(_key, spoken)}


def aliases(name: str) -> tuple[str, ...]:
    """Return everyday words for an atlas name, as a person may type them (sides left out)."""
    base = name.removeprefix("left_").removeprefix("right_")
    found = [words for words, names in _called() if base in names]
    return tuple(dict.fromkeys(words for words in found if words.replace(" ", "_") != base))


def row_of(name: str) -> Row:
    """Return the row of an atlas name: ``left_brow`` -> that of ``brow``."""
    base = name.removeprefix("left_").removeprefix("right_")
    return ROWS[base] if base in ROWS else WIDER[base]


def side_of(name: str) -> Side:
    """Return the subject's side of an atlas name; ``both`` for what lies on the midline."""
    if name.startswith("left_"):
        return "left"
    return "right" if name.startswith("right_") else "both"


def names_for(text: str) -> tuple[str, ...]:
    """Return the atlas names that a name or alias means: ``"eyes"`` -> left_eye and right_eye.

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
    rest = _bare(words)
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


def _key(words: str) -> tuple[str, ...]:
    """A phrase as it is looked up."""
    return _bare(_tokens(words))


def _bare(words: list[str]) -> tuple[str, ...]:
    """The words without sides and what joins them."""
    return tuple(word for word in words if word not in ("left", "right", "both", "and"))


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
    """Return the atlas names nearest to a name that is none."""
    typed = " ".join(re.findall(r"[a-z]+", text.lower().replace("_", " ")))[:60]
    spoken = {name.replace("_", " "): name for name in reversed(ATLAS)}
    for words, bases in _lexicon().items():
        spoken.setdefault(" ".join(words), _expand(bases, None)[0])
    near = nearest(typed, spoken, limit + 3)
    return list(dict.fromkeys(spoken[word] for word in near))[:limit]


def mentions(text: str) -> tuple[str, ...]:
    """Return atlas names that a sentence mentions, in order of mention; longest aliases win.

    Single words that mostly mean something else (``all``, ``right``, ``head``) do not count.

    ``"is the left eyebrow higher, and the mouth?"`` -> left_brow, mouth.
    """
    return tuple(dict.fromkeys(name for group in mention_groups(text) for name in group))


def mention_groups(text: str) -> list[tuple[str, ...]]:
    """Return :func:`mentions`, the names of each kept together, the central ones first.

    ``"the eyes and the nose"`` -> (left_eye, right_eye), (nose_bridge, nose_tip).
    """
    words = _tokens(text)
    found: list[tuple[str, ...]] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + 7), start, -1):
            phrase = " ".join(words[start:end])
            names = () if tuple(words[start:end]) in _vague() else _lookup(phrase)
            if names:
                found.append(names)
                start = end
                break
        else:
            start += 1
    return found
