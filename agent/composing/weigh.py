"""Several movements or emotions weighed against each other: either or, both, which is stronger."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import capital, joined, levels, noun, place_of, unit_name
from focalface.agent.basics.sentence import AGAINST, FOR, Sentence, fixed, lowered
from focalface.agent.composing import options
from focalface.agent.composing.attributes.pains import in_pain
from focalface.agent.composing.attributes.signs import SIGNS
from focalface.agent.composing.attributes.units import cited, cites, moving, read
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs
from focalface.tools.face.wording import EMOTION_NOUNS, emotion_phrase, is_mixed
from focalface.tools.proposing import region_selection
from focalface.tools.types import Emotion, EmotionEstimate

LEVEL = 0.05
"""Difference of two intensities below which they count as equal (our choice)."""
CLOSE = 0.15
"""Difference of two probabilities below which two emotions are hard to tell apart (our choice)."""


def weigh(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the answer that chooses; empty where the evidence says nothing of what is weighed."""
    offered = intent.weighing in ("options", "degree", "qualities")
    if offered and (chosen := options.chosen(intent, ev, expert)):
        return chosen
    if intent.weighing in ("degree", "qualities"):
        return []
    if intent.weighing == "differ" and len(intent.emotions) == 2:
        return _told_apart(*intent.emotions, ev)
    if intent.weighing == "where":
        return _where(intent, ev, expert)
    if topics := [a for a in intent.attributes if a in SIGNS]:
        return _feeling_or_signs(intent, topics, ev)
    if intent.emotions:
        best = ev.emotion()
        text = _of_emotions(intent.emotions, best[1], ev.rival()) if best else ""
        return [Sentence(text, (best[0].region.id,))] if best and text else []
    codes = [a for a in intent.attributes if a in facs.UNITS]
    if not any(ev.reading(code) for code in codes):
        return []
    if intent.weighing in ("stronger", "weaker") and len(codes) > 1:
        return [_stronger(intent, codes[:2], ev)]
    if intent.weighing == "both":
        return _both(codes, ev, expert)
    return _either([r for code in codes if (r := read(code, ev))], expert)


def _feeling_or_signs(intent: Intent, topics: Sequence[str], ev: Evidence) -> list[Sentence]:
    """Choose between an emotion and signs, "in pain or just angry?", by the share of each."""
    best = ev.emotion()
    if best is None:
        return []
    where, estimate = best
    shares = {SIGNS[t]: _share(region_selection.UNITS_OF[t], ev) for t in topics}
    if in_pain(ev) is False and "pain" in shares:
        shares["pain"] = 0.0  # all that shows of it goes with an emotion as well
    for label in intent.emotions or (estimate.label,):
        share = estimate.probabilities.get(label, 0.0)
        own = _share(combinations.units_of(label), ev)
        shares[EMOTION_NOUNS[label]] = max(share, own) if share >= CLOSE else share
    first, second, *_ = sorted(shares, key=lambda word: -shares[word])
    both = {*combinations.units_of(estimate.label)}.intersection(
        code for topic in topics for code in region_selection.UNITS_OF[topic]
    )
    text = f"{capital(first)} rather than {second}{', though they share movements' * bool(both)}."
    return [Sentence(text, (where.region.id,))]


def _told_apart(one: Emotion, other: Emotion, ev: Evidence) -> list[Sentence]:
    """Return the movements of each of two emotions that the other has not, and which show."""
    first, second = combinations.units_of(one), combinations.units_of(other)
    alone = {
        one: [c for c in first if c not in second],
        other: [c for c in second if c not in first],
    }
    told = [
        f"{EMOTION_NOUNS[label]} goes with {joined((noun(c) for c in codes), 'or')}"
        for label, codes in alone.items()
        if codes
    ]
    shown = [r for codes in alone.values() for c in codes if (r := ev.reading(c)) and r.visible]
    seen = joined(noun(r.code) for r in shown) if shown else "none"
    verb = "shows" if len(shown) < 2 else "show"
    return [
        Sentence(f"{capital(', '.join(told))}.", ev.ids()[:1]),
        Sentence(f"Of these, {seen} {verb}.", cited(shown) or ev.ids()[:1]),
    ]


def _share(codes: Sequence[str], ev: Evidence) -> float:
    """Return how many of the units show, of those that were assessed."""
    known = [r for code in codes if (r := ev.reading(code))]
    return sum(r.visible for r in known) / len(known) if known else 0.0


def _where(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell which of the parts shows more of it, and what each of them does."""
    wanted = region_selection.units_for(intent.attributes)
    found: dict[str, list[UnitReading]] = {}
    for part in dict.fromkeys(facs.unsided(one.region.name) for one in ev):
        alone = Evidence(ev.scene, tuple(d for d in ev if facs.unsided(d.region.name) == part))
        codes = wanted or alone.levels()
        found[part] = [r for c in codes if (r := alone.reading(c)) and r.visible]
    ranked = sorted(found, key=lambda part: -max((r.level for r in found[part]), default=0.0))
    if not ranked or not found[ranked[0]]:
        return [Sentence("Neither: no movement shows there clearly.", ev.ids())]
    more, rest = ranked[0], [part for part in ranked[1:] if found[part]]
    first = max(found[more], key=lambda r: r.level)
    others = [max(found[part], key=lambda r: r.level) for part in rest[:1]]
    if others and first.level - others[0].level < LEVEL:
        text = f"Neither is clearer: {moving(first, expert)}, and {moving(others[0], expert)}."
        return [Sentence(text, cited([first, *others]))]
    says = [Sentence(f"{capital(place_of(first.region))}: {moving(first, expert)}.", cites(first))]
    return says + [
        Sentence(f"At {place_of(r.region)}, {moving(r, expert)}.", cites(r)) for r in others
    ]


def _of_emotions(
    asked: Sequence[Emotion],
    estimate: EmotionEstimate,
    rival: combinations.Suggestion | None = None,
) -> str:
    """Tell which of the emotions it is; "" where one alone is asked for and it is that.

    ``rival``: what the movements go with where the face is not surely read as another one.
    """
    if rival and rival.emotion in asked and len(asked) > 1:
        others = joined((EMOTION_NOUNS[e] for e in asked if e != rival.emotion), "or")
        return f"{capital(EMOTION_NOUNS[rival.emotion])} rather than {others}, if only just."
    shares = {label: estimate.probabilities.get(label, 0.0) for label in asked}
    first, *rest = sorted(shares, key=lambda label: -shares[label])
    words = {label: EMOTION_NOUNS[label] for label in shares}
    if is_mixed(estimate):
        return f"Neither clearly: the expression {emotion_phrase(estimate)}."
    if estimate.label not in shares:
        phrase = emotion_phrase(estimate)
        if words[first] in phrase:  # told as the second likeliest: "neither" would deny it
            than = f" rather than {words[rest[0]]}" if rest else ""
            best = EMOTION_NOUNS[estimate.label]
            return f"{capital(words[first])}{than}, though {best} fits better."
        neither = ("No", "Neither", "None of these")[min(len(shares), 3) - 1]
        listed = joined(words.values(), "or")
        return f"{neither}: the expression {phrase}, not {listed}."
    if not rest:
        return ""
    if shares[first] - shares[rest[0]] < CLOSE:
        told = f"{words[first]} {shares[first]:.0%}, {words[rest[0]]} {shares[rest[0]]:.0%}"
        return f"Neither is clearer: {told}."
    return f"{capital(words[first])} rather than {joined((words[e] for e in rest), 'or')}."


def _either(readings: list[UnitReading], expert: bool) -> list[Sentence]:
    """Return those of the movements that show, and those that do not."""
    seen = sorted((r for r in readings if r.visible), key=lambda r: -r.level)
    absent = [r for r in readings if not r.visible]
    quiet = joined((unit_name(r.code, expert) for r in absent), "or")
    if not seen and {"AU25", "AU26"} & {r.code for r in absent} and len(absent) > 1:
        pressed = joined(
            (unit_name(r.code, expert) for r in absent if r.code not in ("AU25", "AU26")), "or"
        )
        aside = f"; no clear sign of {pressed} either" if pressed else ""
        return [Sentence(f"The lips are together, not parted{aside}.", cited(readings))]
    if not seen:
        no = "Neither" if len(readings) > 1 else "No"
        return [Sentence(f"{no}: no clear sign of {quiet}.", cited(readings))]
    told = joined(moving(r, expert) for r in seen[:3])
    lead = "Both" if len(seen) == len(readings) == 2 else _STATES.get(seen[0].code, "")
    text = f"{lead}: {told}" if lead and lead.lower() not in told else capital(told)
    says = [Sentence(f"{text}.", cited(seen[:3]))]
    if not (absent and expert):
        return says
    return [*says, Sentence(f"No clear sign of {quiet}.", cited(absent))]


_STATES = {"AU5": "Wide", "AU12": "Up", "AU15": "Down", "AU26": "Open"}
"""Unit -> how what it moves is called in a question that offers the contrary as well."""


def _both(codes: Sequence[str], ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell whether all of the units are there."""
    known = [r for code in codes if (r := ev.reading(code))]
    seen, absent = [r for r in known if r.visible], [r for r in known if not r.visible]
    if unknown := [code for code in codes if not ev.reading(code)]:
        verb = "is" if len(unknown) == 1 else "are"
        text = f"I cannot tell: {joined(unknown)} {verb} not assessed there."
        return [
            Sentence(text, ev.ids()),
            *(Sentence(f"{capital(moving(r, expert))}.", cites(r)) for r in seen),
        ]
    if not absent:
        listed = joined(f"{r.code} {levels(r)}" for r in seen)
        return [Sentence(f"Yes, {'both' if len(seen) == 2 else 'all'}: {listed}.", cited(seen))]
    lacking = joined((r.code for r in absent), "or")
    if not seen:
        none = "neither" if len(absent) == 2 else "none of them"
        return [Sentence(f"No, {none}: no clear sign of {lacking}.", cited(absent))]
    says = [Sentence(f"Only {joined(f'{r.code}, {levels(r)}' for r in seen)}.", cited(seen))]
    return [*says, Sentence(f"No clear sign of {lacking}.", cited(absent))]


def _stronger(intent: Intent, codes: Sequence[str], ev: Evidence) -> Sentence:
    known = [r for code in codes if (r := ev.reading(code))]
    if len(known) < 2:
        lacking = joined(c for c in codes if not ev.reading(c))
        return Sentence(f"I cannot tell: {lacking} is not assessed there.", ev.ids())
    first, second = known
    gap = first.level - second.level
    told = f"{_measured(first)}, {_measured(second)}"
    if abs(gap) < LEVEL:
        return Sentence(f"Neither: {told}.", cited(known))
    yes = (gap > 0) == (intent.weighing == "stronger")
    if not intent.polar:
        more = max(known, key=lambda r: r.level if intent.weighing == "stronger" else -r.level)
        return Sentence(f"{more.code}: {told}.", cited(known))
    verdict = "Yes" if yes else "No, the other way round"
    faint = "" if first.visible or second.visible else ", though neither shows clearly"
    return Sentence(f"{verdict}{faint}: {told}.", cited(known))


def _measured(reading: UnitReading) -> str:
    """Return a unit with its strength; a faint one says that it is."""
    faint = "" if reading.visible else "at most a trace, "
    return f"{reading.code} {faint}{levels(reading)}"


def denial(said: Sentence) -> Sentence:
    """Return the first sentence of an answer to "he isn't angry, right?": right, or not so."""
    if said.verdict in FOR:
        return replace(said, verdict="contrary")
    agrees = said.verdict in AGAINST or said.text.startswith(_NONE)
    return replace(said, verdict="right") if agrees else said


_NONE = ("None ", "There is no ", "No ", "I see no ")
"""Beginnings of sentences on several things, of which none shows."""


def unseen(intent: Intent, says: Sequence[Sentence]) -> list[Sentence]:
    """Return an answer with what of the question no picture shows, where it was asked for first."""
    first, *rest = says
    if intent.unseen == "about" and (intent.polar or not intent.emotions):
        aside = fixed("What it is about, a picture does not show.")
        return [first, *rest[:1], *([] if first.verdict in AGAINST else [aside])]
    lead = "What comes next" if intent.unseen == "next" else "What it is about"
    text = f"{lead}, a picture does not show; {lowered(first.text)}"
    return [replace(first, text=text, verdict="", about=()), *rest]


def felt(ev: Evidence) -> Sentence:
    """Say that a face does not show whether a feeling is felt or put on."""
    return Sentence("Whether it is felt or put on, a face alone does not show.", ev.ids()[:1])
