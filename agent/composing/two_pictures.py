"""The chosen face in two pictures: which one shows more, or how a part is in each. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.answer import Table
from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import joined, movement_clauses, noun, unit_name
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import compare, order
from focalface.agent.composing.attributes import appearance, cites, covers, suggests
from focalface.agent.composing.moods import A_LITTLE
from focalface.agent.composing.order import NO_DIFFERENCE
from focalface.agent.composing.rank import SAME_AGE
from focalface.agent.composing.together import CHANGED, Pair, more_on_each
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.types import Emotion


def told(
    intent: Intent, before: Evidence, after: Evidence, expert: bool
) -> tuple[list[Sentence], Table | None]:
    """Return what is asked of both pictures; what has changed where nothing in particular is."""
    says = _asked(intent, before, after, expert)
    changes, table = compare.pictures(intent, before, after, expert)
    return claimed(intent, says, names(before, after)) or changes, table


def claimed(intent: Intent, says: list[Sentence], called: Sequence[str]) -> list[Sentence]:
    """Return which of two pictures shows more with a yes or no, where the question took one of
    them to do so. The picture that does is named first; ``called``: both, in order of opening."""
    if not (says and intent.photo and intent.polar and intent.ranked):
        return says
    text = says[0].text
    first = min((name for name in called if name in text), key=text.find, default="")
    yes = first == called[intent.photo - 1] and not text.startswith("Neither")
    return [replace(says[0], verdict="yes" if yes else "no"), *says[1:]]


def _asked(intent: Intent, before: Evidence, after: Evidence, expert: bool) -> list[Sentence]:
    says: list[Sentence] = []
    for attribute in intent.attributes:
        if attribute == "age":
            says += _older(before, after, least=intent.least)
        elif attribute == "emotion":
            says += _feeling(intent, before, after)
        elif attribute == "mouth_openness":
            says += _wider(before, after, least=intent.least)
        elif attribute in facs.UNITS:
            says += _stronger(attribute, before, after, expert, least=intent.least)
        elif attribute in appearance.TOPICS:
            says += _shown(attribute, before, after)
    if not intent.attributes and intent.named:
        says = [s for ev in (before, after) for s in _moves(ev, expert)]
    return says or ([] if intent.attributes else _overview(before, after, expert))


def _overview(before: Evidence, after: Evidence, expert: bool) -> list[Sentence]:
    """Return what the face suggests in each picture, and by which movements."""
    says = []
    for ev, name in zip((before, after), names(before, after), strict=True):
        felt, clauses = ev.emotion(), movement_clauses(ev.found, expert)[:2]
        told = [f"the face {suggests(*felt, ev)}"] if felt else []
        told += [joined(clauses)] if clauses else []
        if told:
            says.append(Sentence(f"In {name} {': '.join(told)}.", ev.ids()))
    return says


def the_two(before: Evidence, after: Evidence) -> Pair:
    """Return the faces of the two pictures by what they are called."""
    both = zip(names(before, after), (before, after), strict=True)
    return [(f"the face in {name}", ev) for name, ev in both]


def names(before: Evidence, after: Evidence) -> tuple[str, str]:
    """Return what the two pictures are called: by their files, unless both have one name."""
    same = before.scene.name == after.scene.name
    return ("the picture before", "this one") if same else (before.scene.name, after.scene.name)


def _older(before: Evidence, after: Evidence, *, least: bool) -> list[Sentence]:
    first, second = before.age(), after.age()
    if not (first and second):
        return []
    old, new = names(before, after)
    ids = (first[0].region.id, second[0].region.id)
    gap = second[1].years - first[1].years
    if abs(gap) < SAME_AGE:
        text = f"Neither: the face looks about {second[1].years:.0f} in both."
        return [Sentence(text, ids)]
    is_second = (gap > 0) != least
    one, other = ((new, second), (old, first)) if is_second else ((old, first), (new, second))
    text = (
        f"The face in {one[0]} looks {'younger' if least else 'older'}, about "
        f"{one[1][1].years:.0f}; that in {other[0]} looks about {other[1][1].years:.0f}."
    )
    return [Sentence(text, ids)]


def _feeling(intent: Intent, before: Evidence, after: Evidence) -> list[Sentence]:
    """Return in which picture the face suggests more of an emotion; what it does in each."""
    pair = list(zip(names(before, after), (before, after), strict=True))
    felt = [(name, ev, found) for name, ev in pair if (found := ev.emotion())]
    if len(felt) < len(pair):
        return []
    each = [f"in {name} the face {suggests(*found, ev)}" for name, ev, found in felt]
    ids = tuple(found[0].region.id for *_, found in felt)
    if not intent.emotions:
        told = more_on_each(the_two(before, after), intent.expert)
        return [Sentence(f"{'; '.join(each)}.", ids), *told]
    label = intent.emotions[0]
    shares = [found[1].probabilities.get(label, 0.0) for *_, found in felt]
    gap, ground = shares[1] - shares[0], _ground(label, before, after)
    if ground and abs(gap) < NO_DIFFERENCE:
        gap = ground[1].level - ground[0].level
    if ground and (ground[1].level > ground[0].level) != (gap > 0):
        ground = None  # it would argue for the other picture
    if len({suggests(*found, ev) for _, ev, found in felt}) == 1 or (
        ground and abs(shares[1] - shares[0]) < NO_DIFFERENCE
    ):  # the words are no reason
        each = _reasons(pair, shares, ground)
        ids = tuple(dict.fromkeys((*ids, *(i for r in ground or () for i in cites(r)))))
    if abs(gap) < A_LITTLE:
        return [Sentence(f"Neither is clearer: {'; '.join(each)}.", ids)]
    more, word = pair[(gap > 0) != intent.least][0], wording.EMOTION_NOUNS[label]
    much = f"{'a little ' if abs(gap) < NO_DIFFERENCE else ''}{'less' if intent.least else 'more'}"
    return [Sentence(f"The face in {more} suggests {much} {word}: {'; '.join(each)}.", ids)]


def _reasons(
    pair: Sequence[tuple[str, Evidence]],
    shares: Sequence[float],
    ground: tuple[UnitReading, UnitReading] | None,
) -> list[str]:
    """Return the movement by which two pictures differ, in each; without one the shares."""
    named = [name for name, _ in pair]
    if ground is None:
        return [f"{share:.0%} in {name}" for name, share in zip(named, shares, strict=True)]
    return [
        f"{noun(r.code)} is {facs.strength(r.level)} in {name}"
        for name, r in zip(named, ground, strict=True)
    ]


def _ground(
    label: Emotion, before: Evidence, after: Evidence
) -> tuple[UnitReading, UnitReading] | None:
    """Return the movement of an emotion in which two pictures differ most, if they clearly do."""
    read = [
        (a, b)
        for code in combinations.units_of(label)
        if (a := before.reading(code)) and (b := after.reading(code))
    ]
    widest = max(read, key=lambda two: abs(two[1].level - two[0].level), default=None)
    if widest is None or abs(widest[1].level - widest[0].level) < CHANGED:
        return None
    return widest


def _stronger(
    code: str, before: Evidence, after: Evidence, expert: bool, *, least: bool
) -> list[Sentence]:
    first, second = before.reading(code), after.reading(code)
    if not (first and second):
        return []
    old, new = names(before, after)
    ids = (*cites(first), *cites(second))
    what = unit_name(code, expert)
    told = (compare.cell(r.level, expert) for r in (first, second))
    levels = ", ".join(f"{cell} in {name}" for cell, name in zip(told, (old, new), strict=True))
    gap = second.level - first.level
    if abs(gap) < A_LITTLE:
        return [Sentence(f"Neither is clearer: {what} is {levels}.", ids)]
    more, how = (new if (gap > 0) != least else old), "weaker" if least else "stronger"
    little = "a little " if abs(gap) < NO_DIFFERENCE else ""
    return [Sentence(f"{what} is {little}{how} in {more}: {levels}.", ids)]


def _wider(before: Evidence, after: Evidence, *, least: bool) -> list[Sentence]:
    """Tell in which picture the mouth is open wider."""
    both = (before, after)
    if not all(ev.levels().keys() & order.OPENING for ev in both):
        return [s for ev in both for s in _moves(ev, expert=False)]
    old, new = names(before, after)
    ids = (*before.ids(), *after.ids())
    gap = order.opening(after) - order.opening(before)
    if abs(gap) < NO_DIFFERENCE:
        return [Sentence("Neither: the mouth is open about equally wide in both.", ids)]
    one, other = (new, old) if (gap > 0) != least else (old, new)
    how = "less wide" if least else "wider"
    return [Sentence(f"The mouth is open {how} in {one} than in {other}.", ids)]


def _shown(topic: str, before: Evidence, after: Evidence) -> list[Sentence]:
    says = []
    for ev, name in zip((before, after), names(before, after), strict=True):
        if found := appearance.appearance_of(topic, ev):
            says.append(Sentence(f"In {name}: {found.text}.", found.cites))
    return says


def _moves(ev: Evidence, expert: bool) -> list[Sentence]:
    clauses = movement_clauses(ev.found, expert)
    if not clauses and any(d.region.hidden_by for d in ev):
        cover = covers.hidden(ev, ())[0]
        return [replace(cover, face=f"the face in {ev.scene.name}", led=False)]
    text = joined(clauses[:3]) or "nothing moves there"
    return [Sentence(f"In {ev.scene.name}, {text}.", ev.ids())]
