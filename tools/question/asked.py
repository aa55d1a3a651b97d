"""What one question asks of one face: attributes, named regions, and where to look. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from focalface.tools.face import facs
from focalface.tools.face.landmarks import mirrored
from focalface.tools.proposing import region_selection
from focalface.tools.question import (
    alone,
    appearance,
    attributes,
    au_codes,
    clauses,
    comparisons,
    exclusions,
    faces,
    languages,
    out_of_scope,
    politeness,
    regions,
)
from focalface.tools.question.comparisons import Comparison
from focalface.tools.question.covering import find_covering
from focalface.tools.question.out_of_scope import Beyond
from focalface.tools.question.regions import BoxXyxy, Disc, Mention
from focalface.tools.question.text import Text, read_text
from focalface.tools.types import Emotion

_STAND_INS: dict[Beyond, str] = {"teeth": "AU25", "thoughts": "emotion"}
"""What cannot be seen -> what is told in its place where nothing else is asked."""
_MIXED = frozenset({"teeth", "thoughts", "lines", "animal", "scene"})
"""What cannot be seen, but is answered by the movements that are asked about beside it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``named``: regions that the question names; ``regions``: where to look, by FACS knowledge.

    Both are atlas names, the subject's sides; no region where the question is on none.
    """

    attributes: tuple[str, ...]
    emotions: tuple[Emotion, ...]
    named: tuple[str, ...]
    regions: tuple[str, ...]


def asked(question: str) -> Asked:
    """Read a question, or several in one, on the only face of a picture; never fails."""
    raw = read_text(question).raw
    if english := languages.english(raw):
        return _one(english)
    meant = politeness.unwrapped(raw)
    texts = [text for text in clauses.questions(meant) if clauses.asks(text)]
    pieces = [_one(text) for text in texts] if len(texts) > 1 else []
    pieces = [piece for piece in pieces if piece.attributes or piece.named]
    return _together(pieces) if len(pieces) > 1 else _one(meant)


def _together(pieces: Sequence[Asked]) -> Asked:
    return Asked(
        tuple(dict.fromkeys(a for piece in pieces for a in piece.attributes)),
        tuple(dict.fromkeys(e for piece in pieces for e in piece.emotions)),
        tuple(dict.fromkeys(n for piece in pieces for n in piece.named)),
        tuple(dict.fromkeys(r for piece in pieces for r in piece.regions)),
    )


def _one(question: str) -> Asked:
    codes, text, _, _ = codes_and_shapes(read_text(question))
    base, excluded = exclusions.split(text.base)
    selectors, who, base = faces.find_faces(base, 1)
    wanted, emotions = attributes.find_attributes(base, codes)
    beyond, wanted = beyond_sight(base, wanted)
    mentions = regions.find_mentions(base)
    named = named_in(mentions, base)
    compared = comparisons.find_comparison(base, mentions, wanted, named, who=who)
    if compared == "sides" and not wanted and not named:
        wanted = ("asymmetry",)
    if not wanted and out_of_scope.NOT_OF_A_PART & {*beyond}:
        named = ()
    named, places = places_of(wanted, named, base, compared)
    if excluded and not places:  # "everything but the mouth"
        places = region_selection.WHOLE
    places = left_over(places, wanted, named, excluded)
    if alone.of_feeling(question, named, wanted) and not excluded:
        wanted, places = ("emotion",), named
    shown = appearance.topics_asked(question, wanted, beyond, of_somebody=bool(selectors))
    if shown:
        wanted = appearance.attributes_with(shown, wanted)
        places = appearance.places_with(shown, places)
    if covering := find_covering(question, emotions):
        topic, named, places = covering
        wanted = (topic,)
    return Asked(wanted, emotions, named, places)


def codes_and_shapes(
    text: Text,
) -> tuple[list[str], Text, tuple[BoxXyxy, ...], tuple[Disc, ...]]:
    """Return units that are called by code, the rest of the text, boxes and points typed as numbers."""
    codes, rest = au_codes.find_codes(text)
    boxes, points, without = regions.numbers(rest.raw)
    if boxes or points:
        more, rest = au_codes.find_codes(read_text(without))
        codes = [*codes, *(code for code in more if code not in codes)]
    return codes, rest, boxes, points


def beyond_sight(base: str, wanted: tuple[str, ...]) -> tuple[tuple[Beyond, ...], tuple[str, ...]]:
    """Return what no tool sees, and what is looked for, with what stands in for the unseen."""
    beyond = out_of_scope.find_beyond(base)
    if "photo" in beyond and wanted == ("asymmetry",):
        wanted = ()  # the light is asked about, not what moves
    if wanted:
        return tuple(b for b in beyond if b not in _MIXED), wanted
    return beyond, tuple(_STAND_INS[b] for b in beyond if b in _STAND_INS)


def named_in(mentions: Sequence[Mention], base: str) -> tuple[str, ...]:
    """Atlas names in the order of the text, those around the middle of a wide area last."""
    names = [name for mention in mentions for name in mention.names]
    middles = [name for mention in mentions for name in mention.names if mention.middle(name)]
    names = [*middles, *names]
    if comparisons.REST.search(base) and names:
        names.append("face")
    return tuple(dict.fromkeys(names))


def places_of(
    wanted: Sequence[str], named: Sequence[str], base: str, compared: Comparison | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the regions that are named, both of a pair where sides are compared, and where to look."""
    if compared == "sides":
        named = [n for name in named for n in _pair(name)]
    side = regions.lone_side(base) if compared != "sides" else ""
    names = tuple(dict.fromkeys(named))
    return names, region_selection.plan_regions(wanted, names, side)


def _pair(name: str) -> tuple[str, ...]:
    other = mirrored(name)
    return (name,) if other == name else tuple(sorted((name, other)))


def left_over(
    places: tuple[str, ...],
    wanted: Collection[str],
    named: Collection[str],
    excluded: Sequence[str],
) -> tuple[str, ...]:
    """Tell where to look without the regions that a question rules out."""
    if not excluded:
        return places
    if not {"emotion", "age"} & {*wanted} or named:
        return exclusions.without(places, excluded)
    kept = exclusions.without(region_selection.WHOLE, excluded)
    telling = (*region_selection.WHOLE, *region_selection.TELLING)
    # Of a third that is cut only what tells most stays.
    return tuple(n for n in kept if facs.unsided(n) in telling)
