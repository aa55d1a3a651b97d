"""Parts that a question rules out: "everything but the mouth", "ignore the eyes", "cover the nose"."""

import re
from collections.abc import Sequence
from functools import cache

from focalface.tools.face import facs
from focalface.tools.face.regions import ATLAS, UNIONS, row_of
from focalface.tools.question import regions

_SIDE = regions.SIDE
_PRONOUN = r"(?:the |his |her |their |its |my |that |those )?"
_NOT_SEEN = (
    r"(?:look(?:ing)? at|consider(?:ing)?|count(?:ing)?|use|using|include|including|see|mind)"
)
_LEFT_OUT = re.compile(
    r" (?:except(?: for| from)?|excluding|exclude|apart from|other than|besides|aside from|but not"
    rf"|minus|without(?: {_NOT_SEEN})?|ignor(?:e|ed|ing)|disregard(?:ed|ing)?"
    r"|leave out|leaving out|skip|skipping|never mind|forget(?: about)?|regardless of"
    rf"|(?:do not|don't|can not|cannot|can't|could not) (?:care|bother|worry) (?:about|with)"
    rf"|(?:do not|don't|can not|cannot|can't|could not) {_NOT_SEEN}|not interested in|rather than"
    r"|instead of|(?<=^ )not|nothing (?:below|under|beneath|above|beyond|besides)|[,;] (?:and )?not|(?:everything|all|anything|everywhere|anywhere) but"
    r"|(?:you|we|i|if|just|please|^) (?:cover|hide|mask|blank|crop|block)(?: up| out| off)?"
    rf"|(?:covering|hiding|masking|blanking|cropping)(?: up| out)?) {_PRONOUN}"
    r"(?:left |right |area (?:around|of) )?(?:the )?$"
)
_ASIDE = re.compile(
    rf" (?:leave|leaving|put|putting|set|setting|with|if|suppose|supposing|imagine|assume|assuming|say|when) {_PRONOUN}(?:left |right )?$"
)
_ASIDE_AFTER = re.compile(
    r" (?:aside|out|alone|(?:is |are |be |were |was )?(?:cover|covered|hide|hidden|masked|removed)) "
)
_SWAPPED = re.compile(
    rf" not {_PRONOUN}({_SIDE}) (\w+) (?:[,;] )?(?:but )?{_PRONOUN}({_SIDE})(?: one)?(?= )"
)
_JOINING = frozenset(["and", "or", ",", "the", "his", "her", "left", "right", "nor"])


def split(base: str) -> tuple[str, tuple[str, ...]]:
    """Return the base form without the parts that the question rules out, and their atlas names."""
    base = _SWAPPED.sub(r" \3 \2", base)
    left_out, names = -1, list[str]()
    for mention in regions.find_mentions(base):
        joins = base[left_out : mention.start].split() if left_out >= 0 else ["far"]
        match = _LEFT_OUT.search(base[: mention.start])
        if not match and _ASIDE_AFTER.match(base[mention.end :]):
            match = _ASIDE.search(base[: mention.start])
        if match:
            start = match.start()
        elif left_out >= 0 and set(joins) <= _JOINING:
            start = left_out
        else:
            continue
        base = f"{base[:start]} {'~' * (mention.end - start - 1)}{base[mention.end :]}"
        left_out = mention.end
        names += mention.names
    return base, tuple(dict.fromkeys(names))


def without(chosen: Sequence[str], excluded: Sequence[str]) -> tuple[str, ...]:
    """Return regions that show none of ``excluded``: wider ones are replaced by what is left of them.

    The whole face goes when others stay, else its thirds stand in for it.
    """
    if not excluded:
        return tuple(chosen)
    gone = hidden(excluded)
    narrow = [name for name in chosen if name != "face"]
    kept = [left for name in narrow for left in _rest(name, excluded, gone)]
    if "face" in chosen and not kept:
        thirds = ("upper_face", "mid_face", "lower_face")
        kept = [left for third in thirds for left in _rest(third, excluded, gone)]
    return tuple(dict.fromkeys(kept))


def hidden(excluded: Sequence[str]) -> set[str]:
    """Excluded regions, those inside them, and those around them."""
    return {near for name in excluded for near in _near(name)}


def _rest(name: str, excluded: Sequence[str], gone: set[str]) -> list[str]:
    if name in gone:
        return []
    inside = UNIONS.get(name, ())
    if not set(inside) & set(excluded):
        return [name]
    return [part for part in inside if part not in gone]


@cache
def _near(name: str) -> tuple[str, ...]:
    """Return a region, those inside it, and those around it on its side: who leaves out a part leaves out
    what surrounds it too."""
    side = name.partition("_")[0] if facs.unsided(name) != name else ""
    parts = row_of(name).around if name in ATLAS else ()
    around = [n for part in parts for n in regions.sided(part, side)]
    return (name, *around, *UNIONS.get(name, ()))
