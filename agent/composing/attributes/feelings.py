"""What an expression suggests, the movements behind it, and what speaks against it. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import LEAST_SHARE, Evidence
from focalface.agent.basics.phrasing import (
    capital,
    graded_unit,
    joined,
    listed_places,
    noun,
    region_phrase,
    unit_name,
)
from focalface.agent.basics.sentence import Sentence, Verdict
from focalface.agent.composing.attributes import covers
from focalface.agent.composing.attributes.movement import movements
from focalface.agent.composing.attributes.units import cites
from focalface.tools.face import combinations, facs, wording
from focalface.tools.face.hiding import HIDDEN
from focalface.tools.face.landmarks import mirrored
from focalface.tools.proposing import region_selection
from focalface.tools.types import Emotion, EmotionEstimate, RegionDescription

SETTLED = 0.65
"""Probability from which an emotion that is asked for is affirmed (our choice)."""
THINKABLE = 0.2
"""Probability from which it is at least possible (our choice)."""
TOLD = 0.35
"""Probability of an emotion from which the movements behind it are told (our choice)."""


def emotion(
    ev: Evidence, *, expert: bool, numbers: bool, asked: Sequence[Emotion] = (), full: bool = True
) -> list[Sentence]:
    """Return what the expression suggests, the movements behind it, and what speaks against it."""
    best = ev.emotion()
    if best is None:
        moves = movements(ev, expert) if any(d.action_units for d in ev) and not asked else []
        return [*moves[:2], *_fitting(ev, ev.found[0])] if moves else []
    where, estimate = best
    if "not tell" in wording.emotion_phrase(estimate) or _unfounded(where, ev):
        return _untold(where, estimate, asked, ev, numbers=numbers or expert)
    silent = ev.found[: ev.found.index(where)]
    says = [_emotion_head(where, estimate, asked, numbers or expert)]
    if silent and not any(d.emotion for d in silent):
        verb = "does" if len(silent) == 1 else "do"
        text = f"{capital(listed_places(silent))} alone {verb} not tell which emotion is shown."
        says.insert(0, Sentence(text, tuple(d.region.id for d in silent)))
    says += same_on_the_other_side(where, estimate, ev)
    if estimate.probabilities[estimate.label] >= TOLD:
        says += behind(estimate.label, ev, expert, full=full)
    says += _disagreement(where, ev)
    if where.region.name == "face":
        says[2:2] = _covered(ev)
    return says


def _covered(ev: Evidence) -> list[Sentence]:
    """Return what hides a part that tells much of an expression, so that the rest speaks alone."""
    parts = [d for d in ev if facs.unsided(d.region.name) in region_selection.TELLING]
    hidden = tuple(d for d in parts if d.region.visibility < HIDDEN and d.region.hidden_by)
    said = covers.hidden(Evidence(ev.scene, hidden), ())[:1] if hidden else []
    return [replace(s, led=False, caveat=True) for s in said]


def _untold(
    where: RegionDescription,
    estimate: EmotionEstimate,
    asked: Sequence[Emotion],
    ev: Evidence,
    *,
    numbers: bool,
) -> list[Sentence]:
    """Return that an expression does not tell, with what hides it, or what moves in its parts."""
    head = _hint(where, estimate, asked, ev) or _emotion_head(where, estimate, asked, numbers)
    behind_it = [d for d in ev if d.region.visibility < HIDDEN and d.region.hidden_by]
    if behind_it:
        cause = covers.hidden(Evidence(ev.scene, tuple(behind_it)), ())[0]
        told = [] if asked else _fitting(ev, where)
        return [head, *told, replace(cause, led=False)]
    if where.region.name == "face":
        return [head]
    moves = movements(ev, expert=False)[:2]  # of a part that was asked for, what it does
    alone = Sentence("That alone does not tell which emotion is shown.", (where.region.id,))
    return [*moves, *(_fitting(ev, where) or [alone])] if moves and not asked else [head]


FITS = 0.4
"""Strength from which movements are said to fit an emotion by themselves (our choice)."""


_OF_MANY = frozenset({"AU17", "AU20", "AU25", "AU26"})
"""Units that many emotions show, and speaking too, so that alone they go with none."""


def _fitting(ev: Evidence, where: RegionDescription) -> list[Sentence]:
    """Return the emotion that goes best with what moves, where the whole does not tell."""
    suggested = combinations.suggestions(ev.levels())
    found = [s for s in suggested if {*s.seen} - _OF_MANY and s.strength >= FITS]
    if not found:
        return []
    best = max(found, key=lambda s: (len(s.seen), s.strength))
    what = joined(noun(code) for code in best.seen[:3])
    verb = "goes" if len(best.seen) == 1 else "go"
    word = wording.EMOTION_NOUNS[best.emotion]
    ids = (where.region.id, *(i for c in best.seen if (r := ev.reading(c)) for i in cites(r)))
    alone = "By itself" if len(best.seen) == 1 else "By themselves"
    return [Sentence(f"{alone}, {what} {verb} best with {word}.", tuple(dict.fromkeys(ids)))]


def _unfounded(where: RegionDescription, ev: Evidence) -> bool:
    """Tell whether what a part is said to suggest goes with nothing that moves there."""
    return where.region.name != "face" and not _bears_out(where, ev)


def _bears_out(one: RegionDescription, ev: Evidence) -> bool:
    """Tell whether a part moves as it does in the emotion that it is read to suggest."""
    assert one.emotion is not None
    label = one.emotion.label
    if not one.action_units:
        return True
    levels = Evidence(ev.scene, (one,)).levels()
    if label == "neutral":
        return not any(level >= facs.PRESENT for level in levels.values())
    known = combinations.units_of(label)
    return not known or any(levels.get(code, 0.0) >= facs.PRESENT for code in known)


def _hint(
    where: RegionDescription, estimate: EmotionEstimate, asked: Sequence[Emotion], ev: Evidence
) -> Sentence | None:
    """Return the movements that go with an emotion that is asked for, where the whole does not
    tell."""
    if not asked:
        return None
    fits = _suggestion(asked[0], ev)
    seen = [r for code in fits.seen if (r := ev.reading(code))] if fits else []
    if not seen:
        return None
    verb = "goes" if len(seen) == 1 else "go"
    what = joined(noun(r.code) for r in seen[:3])
    ids = (where.region.id, *(i for r in seen for i in cites(r)))
    text = (
        f"{what} {verb} with {wording.EMOTION_NOUNS[asked[0]]}, but the whole does not settle it."
    )
    hidden = any(d.region.visibility < HIDDEN and d.region.hidden_by for d in ev)
    probably = hidden and fits is not None and fits.strength >= FITS
    return Sentence(text, ids, verdict="probably" if probably else "possibly")


def _emotion_head(
    where: RegionDescription, estimate: EmotionEstimate, asked: Sequence[Emotion], numbers: bool
) -> Sentence:
    phrase = wording.emotion_phrase(estimate)
    whole = "the face" if "neutral expression" in phrase else "the expression"
    head = f"{whole if where.region.name == 'face' else region_phrase(where)} {phrase}"
    ranked = sorted(estimate.probabilities.items(), key=lambda p: -p[1])
    if numbers:
        head += _shares(ranked)
    ids = (where.region.id,)
    if not asked:
        return Sentence(f"{head}.", ids)
    if "not tell" in phrase and estimate.label not in asked:
        return Sentence(f"I cannot tell: {head}.", ids)
    share = sum(estimate.probabilities.get(label, 0.0) for label in asked)
    wanted = joined((wording.EMOTION_NOUNS[label] for label in asked), "or")
    if estimate.label in asked:
        verdict: Verdict = "seems so" if share >= SETTLED else "possibly"
        return Sentence(f"{head}.", ids, verdict=verdict, about=tuple(asked))
    if any(wording.EMOTION_NOUNS[label] in phrase for label in asked):
        return Sentence(f"{head}.", ids, verdict="possibly", about=tuple(asked))
    if share >= THINKABLE:
        text = f"{wanted} is possible, but {head}."
        return Sentence(text, ids, verdict="not clearly", about=tuple(asked))
    return Sentence(f"it does not look like {wanted}: {head}.", ids, verdict="not so")


UNLIKELY = 0.05
"""Probability below which an emotion counts as not suggested (our choice)."""


def unlikely(ev: Evidence) -> list[Sentence]:
    """Return the emotions that the expression does not suggest, and what it does."""
    best = ev.emotion()
    if best is None:
        return []
    where, estimate = best
    found = [
        wording.EMOTION_NOUNS[label]
        for label, share in estimate.probabilities.items()
        if share < UNLIKELY and label not in ("neutral", estimate.label)
    ]
    if not found:
        text = "No emotion can be ruled out: the readings are spread over all of them."
        return [Sentence(text, (where.region.id,))]
    text = f"It does not look like {joined(found, 'or')}."
    return [Sentence(text, (where.region.id,)), _emotion_head(where, estimate, (), numbers=False)]


def _shares(ranked: Sequence[tuple[Emotion, float]]) -> str:
    """`` (81%)`` where one emotion stands out, `` (happiness 70%, neutral 26%)`` where more do."""
    told = [(label, share) for label, share in ranked[:3] if share >= LEAST_SHARE]
    if len(told) == 1 and told[0][1] >= 0.5:
        return f" ({told[0][1]:.0%})"
    listed = ", ".join(f"{label} {share:.0%}" for label, share in told)
    return f" ({listed})" if listed else ""


def same_on_the_other_side(
    where: RegionDescription, estimate: EmotionEstimate, ev: Evidence
) -> list[Sentence]:
    """ "And the eyes?" asks about both: whether the other one points the same way."""
    other = mirrored(where.region.name)
    same = [d for d in ev if d.region.name == other and d is not where and d.emotion]
    return [
        Sentence(f"{capital(region_phrase(d))} points the same way.", (d.region.id,))
        for d in same
        if d.emotion and d.emotion.label == estimate.label
    ]


def behind(label: Emotion, ev: Evidence, expert: bool, *, full: bool = True) -> list[Sentence]:
    """Return the movements that fit the prototype of an emotion, and those that speak against it.

    ``full``: also those that are missing.
    """
    fits = _suggestion(label, ev)
    if fits is None:
        return []
    says = []
    if fits.seen:
        says.append(_listed("That fits with {}.", fits.seen, ev, expert))
    if fits.against:
        says.append(_listed("What speaks against it: {}.", fits.against, ev, expert))
    elif fits.missing and full:
        says.append(_listed("What is missing for a full picture: {}.", fits.missing, ev, expert))
    return says


def _suggestion(label: Emotion, ev: Evidence) -> combinations.Suggestion | None:
    """Return what the movements say of an emotion."""
    return next((s for s in combinations.suggestions(ev.levels()) if s.emotion == label), None)


def at_odds(ev: Evidence, expert: bool) -> list[Sentence]:
    """Among movements that were told already, those that do not go with the emotion."""
    best = ev.emotion()
    fits = _suggestion(best[1].label, ev) if best else None
    if best is None or fits is None or not fits.against:
        return []
    found = [r for code in fits.against if (r := ev.reading(code))]
    words = joined(unit_name(r.code, expert) for r in found)
    verb = "does" if len(found) == 1 else "do"
    feeling = wording.EMOTION_NOUNS[best[1].label]
    ids = tuple(dict.fromkeys(i for r in found for i in cites(r)))
    return [Sentence(f"Of these, {words} {verb} not go with {feeling}.", ids)]


def _listed(frame: str, codes: Sequence[str], ev: Evidence, expert: bool) -> Sentence:
    found = [r for code in codes if (r := ev.reading(code))]
    words = [graded_unit(r, expert) for r in found]
    ids = dict.fromkeys(i for r in found for i in cites(r))
    return Sentence(frame.format(joined(words)), tuple(ids))


def _disagreement(where: RegionDescription, ev: Evidence) -> list[Sentence]:
    """Return a region that by itself suggests something else, clearly enough to be worth a
    sentence."""
    assert where.emotion is not None
    others = [
        d
        for d in ev
        if d.emotion and d.region.id != where.region.id and d.emotion.label != where.emotion.label
    ]
    clear = [
        d
        for d in others
        if d.emotion and d.emotion.probabilities[d.emotion.label] >= 0.5 and _bears_out(d, ev)
    ]
    return [
        Sentence(
            f"{capital(region_phrase(d))} alone {wording.emotion_phrase(d.emotion)}.",
            (d.region.id,),
        )
        for d in clear[:2]
        if d.emotion
    ]
