"""Face against face: a table, and who shows most of what was asked for. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.answer import Table
from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, joined, movement_clauses, noun, unit_name
from focalface.agent.basics.sentence import Sentence, fixed
from focalface.agent.composing import order
from focalface.agent.composing.attributes import SIGNS, about, cites
from focalface.agent.composing.compare import cell, codes_for
from focalface.agent.composing.grouped import NAMED, movements
from focalface.agent.composing.moods import A_LITTLE, by_emotion
from focalface.agent.composing.order import NO_DIFFERENCE, OPENING
from focalface.agent.understanding import Intent
from focalface.tools.face import facs, wording
from focalface.tools.proposing import region_selection

DIFFERENT = 0.3
"""Difference of a movement between two faces from which it is worth a sentence (our choice)."""


def faces(
    intent: Intent, each: Sequence[tuple[str, Evidence]], expert: bool
) -> tuple[list[Sentence], Table]:
    """Face against face. ``each``: what a face is called, and its evidence."""
    codes = codes_for(intent, [ev for _, ev in each])[:5]
    wants_age = "age" in intent.attributes or not intent.attributes
    wants_emotion = "emotion" in intent.attributes or not intent.attributes
    codes = tuple(c for c in codes if any(ev.reading(c) for _, ev in each))
    columns = ["face", *(noun(c) if not expert else c for c in codes)]
    columns += ["suggests"] * wants_emotion + ["age"] * wants_age
    rows = []
    for name, ev in each:
        cells = [cell(r.level if (r := ev.reading(c)) else None, expert) for c in codes]
        feel, age = ev.emotion(), ev.age()
        cells += [wording.mood(feel[1]) if feel else "not judged"] * wants_emotion
        cells += [f"{age[1].years:.0f}" if age else "not judged"] * wants_age
        rows.append((name.removeprefix("the "), *cells))
    if intent.ranked and (order := _order(intent, each, codes)):
        rows = [rows[n] for n in order]
    table = Table(title="Face by face", columns=tuple(columns), rows=tuple(rows))
    return _ranking(intent, each, codes, expert), table


def claimed(
    intent: Intent, says: list[Sentence], each: Sequence[tuple[str, Evidence]]
) -> list[Sentence]:
    """Return which of two faces shows more with a yes or no where the question took one of them,
    the first that it names, to do so."""
    two = len(each) == len(intent.faces) == 2
    if not (says and intent.polar and intent.ranked and (two or intent.claimed)):
        return says
    if intent.claimed:
        return _claimed(intent, says, each)
    codes = codes_for(intent, [ev for _, ev in each])[:1]
    first, second = (order.value(intent, codes, ev) for _, ev in each)
    level = says[0].text.startswith(("Neither", "None"))
    yes = (first < second if intent.least else first > second) and not level
    return [replace(says[0], verdict="yes" if yes else "no"), *says[1:]]


def _claimed(
    intent: Intent, says: list[Sentence], each: Sequence[tuple[str, Evidence]]
) -> list[Sentence]:
    """Return who shows most with a yes or no to whether that is the face that was meant."""
    codes = codes_for(intent, [ev for _, ev in each])[:1]
    judged = order.standing(intent, codes, each)
    names = [name for _, name, _ in judged]
    mine = next((n for n, ev in each if {d.region.face_id for d in ev} == {intent.claimed}), "")
    if mine not in names:
        return says
    if len(names) < 2:
        alone = [replace(say, verdict="") for say in says]
        return [*alone, fixed("Of the others it could not be judged, so I cannot compare them.")]
    text = says[0].text.lower()
    level = text.startswith(("neither", "none", "all ")) or " about equally" in text
    if level and mine.lower() in text:
        return says  # one of those who come first alike
    first = names[max(intent.nth - 1, 0)] == mine and not level
    return [replace(says[0], verdict="yes" if first else "no"), *says[1:]]


def same_mood(
    intent: Intent, says: list[Sentence], each: Sequence[tuple[str, Evidence]]
) -> list[Sentence]:
    """Return moods with a yes or no where it was asked whether they are the same, or differ."""
    moods = {wording.mood(feel[1]) if (feel := ev.emotion()) else None for _, ev in each}
    asked = intent.polar and intent.attributes == ("emotion",) and not intent.emotions
    if not (asked and says) or intent.ranked or None in moods:
        return says
    yes = (len(moods) == 1) == (intent.weighing != "uneven")
    return [replace(says[0], verdict="yes" if yes else "no"), *says[1:]]


def _order(
    intent: Intent, each: Sequence[tuple[str, Evidence]], codes: Sequence[str]
) -> list[int] | None:
    """Return the faces by what was asked for first, most of it first; None where nothing orders
    them."""

    if not intent.attributes:
        return None
    names = [name for name, _ in each]
    judged = [names.index(name) for _, name, _ in order.standing(intent, codes, each)]
    return [*judged, *(n for n in range(len(each)) if n not in judged)]


def _ranking(
    intent: Intent, each: Sequence[tuple[str, Evidence]], codes: Sequence[str], expert: bool
) -> list[Sentence]:
    if not intent.attributes and {*intent.named} - {"face"}:
        return _moving(each, expert)
    if not intent.attributes:
        return [*by_emotion(intent, each, expert), *_widest_gap(codes, each, expert)]
    if intent.nth and (placed := order.place(intent, each, codes)):
        return placed
    if intent.listed and (listed := order.told(intent, each, codes)):
        return listed
    says = []
    if "head_pose" in intent.attributes and intent.ranked:
        return _most_turned(each, least=intent.least)
    if "mouth_openness" in intent.attributes and len(each) > 1:
        return _most_open(each, least=intent.least != intent.shut)
    if "age" in intent.attributes:
        says += _of_one_age(intent, each) or _oldest(each, least=intent.least)
    if "emotion" in intent.attributes:
        says += by_emotion(intent, each, expert)
    for code in codes if any(a in facs.UNITS for a in intent.attributes) else ():
        says += _strongest(code, each, expert, least=intent.least)
    for topic in (a for a in intent.attributes if a in SIGNS and intent.ranked):
        says += _by_signs(topic, each, least=intent.least != intent.shut)
    return says or _each_alone(intent, each, expert)


def _most_turned(each: Sequence[tuple[str, Evidence]], *, least: bool) -> list[Sentence]:
    """Return whose head is turned to a side most, or least, by its yaw."""
    known = [
        (abs(face.pose.yaw), name, ev.ids())
        for name, ev in each
        for face in ev.scene.faces
        if ev.found and face.id == ev.found[0].region.face_id
    ]
    if len(known) < 2:
        return []
    (yaw, name, ids), (other, rival, more) = sorted(known, reverse=not least)[:2]
    if abs(yaw - other) < LEVEL_TURN:
        text = f"Neither: the heads of {name} and {rival} are turned about equally, {yaw:.0f}°."
        return [Sentence(text, (*ids, *more))]
    how = "least" if least else "most"
    text = f"{capital(name)} has the head turned {how}, {yaw:.0f}°; {rival}, {other:.0f}°."
    return [Sentence(text, (*ids, *more))]


LEVEL_TURN = 3.0
"""Degrees below which two heads count as turned alike (our choice)."""


def _most_open(each: Sequence[tuple[str, Evidence]], *, least: bool) -> list[Sentence]:
    """Return whose mouth is open widest, or least: by the jaw, then by the lips."""
    known = [(order.opening(ev), name, ev) for name, ev in each if ev.levels().keys() & OPENING]
    if len(known) < 2:
        return []
    ids = tuple(i for _, _, ev in known for i in ev.ids())
    ranked = sorted(known, key=lambda one: one[0], reverse=not least)
    (first, name, _), (second, rival, _) = ranked[:2]
    if first < facs.PRESENT and not least:
        return [Sentence("None of the faces clearly has the mouth open.", ids)]
    how = "least" if least else "widest"
    gap = abs(first - second)
    if gap < A_LITTLE:
        if len(known) == 2:
            return [Sentence("Neither: the mouth is open about equally wide on both.", ids)]
        both = joined((name, rival))
        return [Sentence(f"The mouth is open {how}, about equally, on {both}.", ids)]
    if gap < NO_DIFFERENCE:
        return [Sentence(f"{capital(name)} has the mouth open {how}, if only just.", ids)]
    return [Sentence(f"{capital(name)} has the mouth open {how}.", ids)]


def _moving(each: Sequence[tuple[str, Evidence]], expert: bool) -> list[Sentence]:
    """Return what the parts that were named do on each face."""
    if len(each) > NAMED:
        return movements(each, expert)
    told = ((name, ev, joined(movement_clauses(ev.found, expert)[:3])) for name, ev in each)
    return [
        Sentence(f"{capital(clauses or 'nothing moves there')}.", ev.ids(), face=name)
        for name, ev, clauses in told
    ]


def _widest_gap(
    codes: Sequence[str], each: Sequence[tuple[str, Evidence]], expert: bool
) -> list[Sentence]:
    """Return the movement in which the faces differ most, if it is clear."""
    read = {c: [(r, name) for name, ev in each if (r := ev.reading(c))] for c in codes}
    ranked = {c: sorted(known, key=lambda pair: -pair[0].level) for c, known in read.items()}
    gaps = {c: known[0][0].level - known[-1][0].level for c, known in ranked.items() if known}
    code = max(gaps, key=lambda c: gaps[c], default="")
    if not code or gaps[code] < DIFFERENT:
        return []
    (high, most), (low, least) = ranked[code][0], ranked[code][-1]
    text = f"{capital(unit_name(code, expert))} is clearly stronger on {most} than on {least}."
    return [Sentence(text, (*cites(high), *cites(low)))]


def _by_signs(topic: str, each: Sequence[tuple[str, Evidence]], *, least: bool) -> list[Sentence]:
    """On which face the movements that go with a topic are strongest, or weakest."""
    found = []
    for name, ev in each:
        read = [r for code in region_selection.UNITS_OF[topic] if (r := ev.reading(code))]
        if read:
            found.append((max(r.level for r in read), name, [i for r in read for i in cites(r)]))
    if len(found) < 2:
        return []
    found.sort(key=lambda item: -item[0])
    (high, most, one), (low, last, other) = found[0], found[-1]
    signs, ids = f"signs of {SIGNS[topic]}", tuple(dict.fromkeys([*one, *other]))
    if high - low < NO_DIFFERENCE:
        ids = tuple(dict.fromkeys(i for _, _, cited in found for i in cited))
        lead = "Neither is clearer: " if len(found) == 2 else ""
        text = f"{lead}{signs} are about equally strong on all of them."
        return [Sentence(capital(text), ids)]
    if least:
        return [Sentence(f"{capital(last)} shows the weakest {signs}.", ids)]
    return [Sentence(f"{capital(most)} shows the strongest {signs}.", ids)]


def _each_alone(
    intent: Intent, each: Sequence[tuple[str, Evidence]], expert: bool
) -> list[Sentence]:
    """Return what was asked for on each face, in one sentence, where no ranking can be told."""
    says = []
    for name, ev in each:
        found = [s for a in intent.attributes for s in about(a, ev, expert=expert, numbers=False)]
        says += [replace(say, face=name) for say in found[:1]]
    return says


SAME_AGE = 4.0
"""Years below which two apparent ages count as equal."""


def _of_one_age(intent: Intent, each: Sequence[tuple[str, Evidence]]) -> list[Sentence]:
    """Return whether two faces look the same age, where that is what was asked."""
    ages = [found[1].years for _, ev in each if (found := ev.age())]
    if not intent.polar or intent.ranked or len(ages) != len(each) or len(ages) != 2:
        return []
    same = abs(ages[0] - ages[1]) < SAME_AGE
    return [replace(say, verdict="yes" if same else "no") for say in _oldest(each, least=False)]


def _oldest(each: Sequence[tuple[str, Evidence]], *, least: bool) -> list[Sentence]:
    known = [(name, found) for name, ev in each if (found := ev.age())]
    if len(known) < 2:
        return []
    known.sort(key=lambda pair: -pair[1][1].years)
    (old, (d1, a1)), (young, (d2, a2)) = known[0], known[-1]
    ids = (d1.region.id, d2.region.id)
    more, less = f"about {a1.years:.0f}", f"about {a2.years:.0f}"
    if more == less:
        return [
            Sentence(f"They look the same age, {more}.", tuple(d.region.id for _, (d, _) in known))
        ]
    if len(known) == 2:
        if least:
            return [Sentence(f"{capital(young)} looks younger, {less}, than {old}, {more}.", ids)]
        return [Sentence(f"{capital(old)} looks older, {more}, than {young}, {less}.", ids)]
    if least:
        return [Sentence(f"{capital(young)} looks youngest, {less}.", (d2.region.id,))]
    return [Sentence(f"{capital(old)} looks oldest, {more}, and {young} youngest, {less}.", ids)]


def _strongest(
    code: str, each: Sequence[tuple[str, Evidence]], expert: bool, *, least: bool
) -> list[Sentence]:
    known = [(name, r) for name, ev in each if (r := ev.reading(code))]
    if not known:
        return []
    what = unit_name(code, expert)
    ids = tuple(i for _, r in known for i in cites(r))
    seen = sorted((pair for pair in known if pair[1].visible), key=lambda pair: -pair[1].level)
    if not seen:
        return [Sentence(f"None of the faces shows {what} clearly.", ids)]
    if least and len(known) > 1:
        name, reading = min(known, key=lambda pair: pair[1].level)
        word = facs.strength(reading.level)
        how = "none shows" if word == "absent" else word
        text = f"{capital(what)} is weakest on {name}: {how}."
        return [Sentence(text, cites(reading))]
    name, reading = seen[0]
    gap = reading.level - seen[1][1].level if len(seen) > 1 else 1.0
    if gap < A_LITTLE and code == "AU12":
        level = {n for n, r in seen if seen[0][1].level - r.level < A_LITTLE}
        wider = sorted(((order.smile(ev), n) for n, ev in each if n in level), reverse=True)
        name, gap = wider[0][1], wider[0][0] - wider[1][0]
        gap = min(gap, A_LITTLE)  # wider by the lips and cheeks, not by its corners
    if A_LITTLE <= gap < NO_DIFFERENCE:
        text = f"{capital(what)} is strongest on {name}, if only just."
        return [Sentence(text, ids)]
    if gap < A_LITTLE and len(known) == 2:
        return [Sentence(f"Neither is clearer: {what} is about equally strong on both.", ids)]
    if gap < A_LITTLE:
        both = joined(n for n, r in seen if seen[0][1].level - r.level < A_LITTLE)
        return [Sentence(f"{capital(what)} is about equally strong on {both}.", ids)]
    return [Sentence(f"{capital(what)} is strongest on {name}.", cites(reading))]
