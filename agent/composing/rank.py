"""Face against face: a table, and who shows most of what was asked for. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from focalface.agent.basics.answer import Table
from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, joined, noun, unit_name
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import order
from focalface.agent.composing.attributes import SIGNS, about, behind, cites
from focalface.agent.composing.compare import TOLD, cell, codes_for
from focalface.agent.composing.grouped import NAMED, all_of
from focalface.agent.composing.order import OPENING
from focalface.agent.understanding import Intent
from focalface.tools.face import facs, wording
from focalface.tools.proposing import region_selection
from focalface.tools.types import Emotion, EmotionEstimate, RegionDescription

CLEAR = 0.35
"""Probability from which a face is said to suggest an emotion at all (our choice)."""
NO_DIFFERENCE = 0.1
"""Difference of intensities or probabilities below which two faces count as equal (our choice)."""
A_LITTLE = 0.03
"""Difference of probabilities from which one of several equals is named first (our choice)."""
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
        cells += [feel[1].label if feel else "not judged"] * wants_emotion
        cells += [f"{age[1].years:.0f}" if age else "not judged"] * wants_age
        rows.append((name.removeprefix("the "), *cells))
    if intent.ranked and (order := _order(intent, each, codes)):
        rows = [rows[n] for n in order]
    table = Table(title="Face by face", columns=tuple(columns), rows=tuple(rows))
    return _ranking(intent, each, codes, expert), table


def same_mood(
    intent: Intent, says: list[Sentence], each: Sequence[tuple[str, Evidence]]
) -> list[Sentence]:
    """Return moods with a yes or no where it was asked whether they are the same."""
    moods = {feel[1].label if (feel := ev.emotion()) else None for _, ev in each}
    asked = intent.polar and intent.attributes == ("emotion",) and not intent.emotions
    if not (asked and says) or intent.ranked or None in moods:
        return says
    return [replace(says[0], verdict="yes" if len(moods) == 1 else "no"), *says[1:]]


def _order(
    intent: Intent, each: Sequence[tuple[str, Evidence]], codes: Sequence[str]
) -> list[int] | None:
    """Return the faces by what was asked for first, most of it first; None where nothing orders
    them."""

    if not intent.attributes:
        return None
    return sorted(
        range(len(each)),
        key=lambda n: (1 if intent.least else -1) * order.value(intent, codes, each[n][1]),
    )


def _ranking(
    intent: Intent, each: Sequence[tuple[str, Evidence]], codes: Sequence[str], expert: bool
) -> list[Sentence]:
    if not intent.attributes:
        return [*_by_emotion(intent, each, expert), *_widest_gap(codes, each, expert)]
    if intent.listed and (listed := order.told(intent, each, codes)):
        return listed
    says = []
    if "mouth_openness" in intent.attributes and len(each) > 1:
        return _most_open(each, least=intent.least != intent.shut)
    if "age" in intent.attributes:
        says += _oldest(each, least=intent.least)
    if "emotion" in intent.attributes:
        says += _by_emotion(intent, each, expert)
    for code in codes if any(a in facs.UNITS for a in intent.attributes) else ():
        says += _strongest(code, each, expert, least=intent.least)
    for topic in (a for a in intent.attributes if a in SIGNS and intent.ranked):
        says += _by_signs(topic, each)
    return says or _each_alone(intent, each, expert)


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
    if abs(first - second) < NO_DIFFERENCE:
        both = joined((name, rival))
        return [Sentence(f"The mouth is open {how}, about equally, on {both}.", ids)]
    return [Sentence(f"{capital(name)} has the mouth open {how}.", ids)]


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


def _by_signs(topic: str, each: Sequence[tuple[str, Evidence]]) -> list[Sentence]:
    """On which face the movements that go with a topic are strongest, and on which weakest."""
    found = []
    for name, ev in each:
        read = [r for code in region_selection.UNITS_OF[topic] if (r := ev.reading(code))]
        if read:
            found.append((max(r.level for r in read), name, [i for r in read for i in cites(r)]))
    if len(found) < 2:
        return []
    found.sort(key=lambda item: -item[0])
    (high, most, one), (low, least, other) = found[0], found[-1]
    if high - low < NO_DIFFERENCE:
        ids = tuple(dict.fromkeys(i for _, _, cited in found for i in cited))
        return [Sentence(f"Signs of {SIGNS[topic]} are about equally strong on all of them.", ids)]
    text = f"Signs of {SIGNS[topic]} are strongest on {most} and weakest on {least}."
    return [Sentence(text, tuple(dict.fromkeys([*one, *other])))]


def _each_alone(
    intent: Intent, each: Sequence[tuple[str, Evidence]], expert: bool
) -> list[Sentence]:
    """Return what was asked for on each face, in one sentence, where no ranking can be told."""
    says = []
    for name, ev in each:
        found = [s for a in intent.attributes for s in about(a, ev, expert=expert, numbers=False)]
        says += [replace(say, face=name) for say in found[:1]]
    return says


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
        return [Sentence(f"{capital(young)} looks younger, {less}, than {old}, {more}.", ids)]
    if least:
        return [Sentence(f"{capital(young)} looks youngest, {less}.", (d2.region.id,))]
    return [Sentence(f"{capital(old)} looks oldest, {more}, and {young} youngest, {less}.", ids)]


def _by_emotion(
    intent: Intent, each: Sequence[tuple[str, Evidence]], expert: bool
) -> list[Sentence]:
    """Tell which face suggests an emotion most, and what fits; without one, what each suggests."""
    wanted = intent.emotions
    known = [(name, found) for name, ev in each if (found := ev.emotion())]
    if not known:
        return []
    if not wanted:
        return _same_emotion([found for _, found in known]) or [
            Sentence(f"{capital(name)} {wording.emotion_phrase(e)}.", (d.region.id,))
            for name, (d, e) in known
        ]
    return _most_of(wanted[0], dict(each), dict(known), expert, least=intent.least)


def _most_of(
    label: Emotion,
    each: Mapping[str, Evidence],
    known: Mapping[str, tuple[RegionDescription, EmotionEstimate]],
    expert: bool,
    *,
    least: bool,
) -> list[Sentence]:
    """Tell which of the faces, by what they are called, suggests one emotion most, or least."""
    shares = {name: e.probabilities.get(label, 0.0) for name, (_, e) in known.items()}
    regions = {name: d.region.id for name, (d, _) in known.items()}
    everywhere, word = tuple(regions.values()), wording.EMOTION_NOUNS[label]
    pick, much, most = (min, "less", "least") if least else (max, "more", "most")
    first = pick(shares, key=shares.__getitem__)
    if not least and shares[first] < CLEAR:
        return [Sentence(f"None of the faces clearly suggests {word}.", everywhere)]
    close = [n for n, share in shares.items() if abs(share - shares[first]) < NO_DIFFERENCE]
    second = pick((n for n in shares if n != first), key=shares.__getitem__, default=first)
    ahead = abs(shares[first] - shares[second]) >= A_LITTLE
    lead = f", {first} a little {much}" * ahead
    if len(close) == len(shares) > 1:
        text = f"{all_of(len(close))} suggest {word} about equally{lead}."
        return [Sentence(text, everywhere)]
    # Of the least one it is the others that show the emotion.
    cited = everywhere if least or len(shares) == 2 else tuple(regions[n] for n in close)
    if len(close) > NAMED:
        text = f"{len(close)} faces suggest {word} about equally{lead}."
        return [Sentence(text, everywhere)]
    if len(close) > 1:
        text = f"{capital(joined(close))} suggest {word} about equally, {much} than the rest."
        return [Sentence(text, cited)]
    if len(shares) == 2:
        other = next(n for n in shares if n != first)
        told = Sentence(f"{capital(first)} suggests {word} {much} than {other}.", cited)
    else:
        told = Sentence(f"{capital(first)} suggests {word} the {most}.", cited)
    return [told, *([] if least else behind(label, each[first], expert))]


def _same_emotion(known: Sequence[tuple[RegionDescription, EmotionEstimate]]) -> list[Sentence]:
    """Return one sentence for several faces that all clearly suggest the same."""
    labels = {e.label if e.probabilities[e.label] >= TOLD else "" for _, e in known}
    if len(known) < 2 or len(labels) > 1 or labels == {""}:
        return []
    text = f"{all_of(len(known))} suggest {wording.EMOTION_NOUNS[known[0][1].label]}."
    return [Sentence(text, tuple(d.region.id for d, _ in known))]


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
    if len(seen) > 1 and reading.level - seen[1][1].level < NO_DIFFERENCE:
        both = joined(n for n, _ in seen[:2])
        return [Sentence(f"{capital(what)} is about equally strong on {both}.", ids)]
    return [Sentence(f"{capital(what)} is strongest on {name}.", cites(reading))]
