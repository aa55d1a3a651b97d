"""Two pictures of several people: in which of them more is shown, and how each is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, joined, noun
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import grouped
from focalface.agent.composing.attributes import cites
from focalface.agent.composing.order import NO_DIFFERENCE, OPENING, opening
from focalface.agent.composing.rank import SAME_AGE
from focalface.agent.understanding import Intent
from focalface.tools.face import facs, wording

Faces = Sequence[tuple[str, Evidence]]
"""What each face of one picture is called, and its evidence."""
PRESENT = 0.5
"""Share of an emotion from which a face counts as suggesting it (our choice)."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the faces of one picture show of what was asked for: a level 0 to 1, or years."""

    picture: str
    levels: tuple[float, ...]
    cites: tuple[str, ...]
    faces: int

    def count(self, least: float) -> int:
        """Return how many faces show it."""
        return sum(level >= least for level in self.levels)

    @property
    def mean(self) -> float:
        """Return how much of it the faces show on average."""
        return mean(self.levels)


def told(intent: Intent, both: Sequence[tuple[str, Faces]]) -> list[Sentence]:
    """Return in which of two pictures people show more of what was asked for; without that, what
    those in each suggest. ``both``: what a picture is called, and its faces."""
    if "age" in intent.attributes:
        return _of_age(intent, both)
    if "emotion" in intent.attributes and intent.emotions:
        word = f"suggest {wording.EMOTION_NOUNS[intent.emotions[0]]}"
        return _weighed(intent, [_feeling(intent, *one) for one in both], word, PRESENT)
    if units := [a for a in intent.attributes if a in facs.UNITS]:
        word = f"show {noun(units[0])}"
        return _weighed(intent, [_moving(units[0], *one) for one in both], word, facs.PRESENT)
    if "mouth_openness" in intent.attributes:
        shown = [_opened(*one) for one in both]
        return _weighed(intent, shown, "have the mouth open", facs.PRESENT)
    return _each_alone(both)


def _feeling(intent: Intent, picture: str, faces: Faces) -> _Shown:
    felt = [found for _, ev in faces if (found := ev.emotion())]
    levels = tuple(e.probabilities.get(intent.emotions[0], 0.0) for _, e in felt)
    return _Shown(picture, levels, tuple(d.region.id for d, _ in felt), len(faces))


def _moving(code: str, picture: str, faces: Faces) -> _Shown:
    read = [r for _, ev in faces if (r := ev.reading(code))]
    ids = tuple(i for r in read for i in cites(r))
    return _Shown(picture, tuple(r.level for r in read), ids, len(faces))


def _opened(picture: str, faces: Faces) -> _Shown:
    read = [ev for _, ev in faces if ev.levels().keys() & OPENING]
    levels = tuple(opening(ev) / 2 for ev in read)
    return _Shown(picture, levels, tuple(i for ev in read for i in ev.ids()), len(faces))


def _weighed(intent: Intent, both: Sequence[_Shown], what: str, least: float) -> list[Sentence]:
    """Return which picture has the larger share of faces that show it, then the higher mean."""
    if not all(one.levels for one in both):
        blank = joined(one.picture for one in both if not one.levels)
        return [Sentence(f"I cannot tell: nothing of that could be judged in {blank}.")]
    first, second = both
    counted = joined(f"{_counted(one, least)} in {one.picture}" for one in both)
    each, ids = f"{counted} {what}", tuple(i for one in both for i in one.cites)
    ahead = _ahead(first, second, least)
    if intent.counted:
        ahead = first.count(least) - second.count(least)
    if intent.comparison != "pictures" or not (intent.ranked or intent.counted):
        return [Sentence(f"{capital(each)}.", ids)]
    if not ahead:
        return _claimed(intent, f"Neither clearly: {each}.", ids, both, None)
    more = first if (ahead > 0) != intent.least else second
    how = "fewer" if intent.counted and intent.least else "less" if intent.least else "more"
    text = f"{capital(how)} in {more.picture}: {each}."
    return _claimed(intent, text, ids, both, more)


def _claimed(
    intent: Intent, text: str, ids: tuple[str, ...], both: Sequence[_Shown], more: _Shown | None
) -> list[Sentence]:
    """Return it with a yes or no where the question took one of the pictures to be ahead."""
    if not (intent.photo and intent.polar):
        return [Sentence(text, ids)]
    return [Sentence(text, ids, verdict="yes" if more is both[intent.photo - 1] else "no")]


def _ahead(first: _Shown, second: _Shown, least: float) -> float:
    """Return by how much the first picture is ahead, 0 where neither is."""
    shares = [one.count(least) / len(one.levels) for one in (first, second)]
    if abs(shares[0] - shares[1]) >= NO_DIFFERENCE:
        return shares[0] - shares[1]
    gap = first.mean - second.mean
    return gap if abs(gap) >= NO_DIFFERENCE else 0.0


def _counted(one: _Shown, least: float) -> str:
    """Return how many faces show it: ``all 5``, ``2 of the 3 that could be judged``."""
    count, judged = one.count(least), len(one.levels)
    among = f" of the {judged} that could be judged" if judged < one.faces else f" of {judged}"
    if count == judged and judged == one.faces:
        return "the one face" if judged == 1 else f"all {judged}"
    return f"{count or 'none'}{among}"


def _of_age(intent: Intent, both: Sequence[tuple[str, Faces]]) -> list[Sentence]:
    """Return who is the oldest or youngest of both pictures, and how old people look in each."""
    known = [
        (found[1].years, name, picture, found[0].region.id)
        for picture, faces in both
        for name, ev in faces
        if (found := ev.age())
    ]
    if len({picture for _, _, picture, _ in known}) < len(both):
        return [Sentence("I cannot tell: in one of the pictures no age could be judged.")]
    ids = tuple(region for *_, region in known)
    means = {p: mean(years for years, _, other, _ in known if other == p) for _, _, p, _ in known}
    (one, first), (other, second) = means.items()
    text = f"about {first:.0f} on average in {one}, about {second:.0f} in {other}"
    if not intent.ranked:
        return [Sentence(f"The people look {text}.", ids)]
    if abs(first - second) < SAME_AGE:
        return [Sentence(f"Neither clearly: they look {text}.", ids)]
    more = one if (first > second) != intent.least else other
    return [
        Sentence(
            f"The people in {more} look {'younger' if intent.least else 'older'}: {text}.", ids
        )
    ]


def _each_alone(both: Sequence[tuple[str, Faces]]) -> list[Sentence]:
    """Return what the people in each picture suggest."""
    says = []
    for picture, faces in both:
        found = grouped.mostly(faces) or grouped.by_statement(_single(faces))
        says += [Sentence(one.text, one.cites, picture=picture, face=one.face) for one in found[:2]]
    return says


def _single(faces: Faces) -> list[Sentence]:
    return [
        Sentence(f"The face {wording.emotion_phrase(found[1])}.", (found[0].region.id,), face=name)
        for name, ev in faces
        if (found := ev.emotion())
    ]
