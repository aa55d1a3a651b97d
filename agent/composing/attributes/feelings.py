"""What an expression suggests, the movements behind it, and what speaks against it. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import LEAST_SHARE, Evidence
from focalface.agent.basics.phrasing import (
    capital,
    joined,
    listed_places,
    noun,
    region_phrase,
    told_once,
)
from focalface.agent.basics.sentence import Sentence, Verdict, lowered
from focalface.agent.composing.attributes import covers
from focalface.agent.composing.attributes.fits import (
    FITS,
    behind,
    best_with,
    by_itself,
    suggestion,
)
from focalface.agent.composing.attributes.movement import movements
from focalface.agent.composing.attributes.units import cited, cites, moving
from focalface.tools.face import combinations, facs, wording
from focalface.tools.face.hiding import HIDDEN
from focalface.tools.face.landmarks import mirrored
from focalface.tools.face.wording import EMOTION_NOUNS
from focalface.tools.proposing import region_selection
from focalface.tools.types import Emotion, EmotionEstimate, RegionDescription

SETTLED = 0.65
"""Probability from which an emotion that is asked for is affirmed (our choice)."""
LIKELY = 0.5
"""Probability from which it is likely (our choice)."""
THINKABLE = 0.2
"""Probability from which it is at least possible (our choice)."""
HARDLY_MUCH = 0.55
"""Intensity below which a movement is no strong one, in whatever region it is read (our choice)."""
TOLD = 0.35
"""Probability of an emotion from which the movements behind it are told (our choice)."""


MOVES = 3
"""Movements that are told of a face that suggests no single emotion."""


def emotion(
    ev: Evidence, *, expert: bool, numbers: bool, asked: Sequence[Emotion] = (), full: bool = True
) -> list[Sentence]:
    """Return what the expression suggests, the movements behind it, and what speaks against it."""
    best = ev.emotion()
    if best is None:
        if asked and any(d.action_units for d in ev):
            return [_hint(ev.found[0], asked, ev) or _unlike(asked, ev)]
        moves = movements(ev, expert) if any(d.action_units for d in ev) else []
        return [*moves[:2], *by_itself(ev, ev.found[0])] if moves else []
    where, estimate = best
    if part := ev.in_part():
        return _by_what_shows(part, where, asked, ev)
    if wording.is_mixed(estimate):
        return _mixed(where, estimate, asked, ev, numbers=numbers or expert)
    if "not tell" in suggests(where, estimate, ev) or _unfounded(where, ev):
        return _untold(where, estimate, asked, ev, numbers=numbers or expert)
    silent = ev.found[: ev.found.index(where)]
    says = [_emotion_head(where, estimate, asked, ev, numbers or expert)]
    if silent and not any(d.emotion for d in silent):
        verb = "does" if len(silent) == 1 else "do"
        text = f"{capital(listed_places(silent))} alone {verb} not tell which emotion is shown."
        says.insert(0, Sentence(text, tuple(d.region.id for d in silent)))
    says += same_on_the_other_side(where, estimate, ev)
    if rival := ev.rival():
        says.append(best_with(rival, where, ev))
    elif estimate.probabilities[estimate.label] >= TOLD:
        fits = behind(estimate.label, ev, expert, full=full)
        says += fits[:1] if asked and not full else fits
    says += _disagreement(where, ev)
    if where.region.name == "face":
        says[2:2] = _covered(ev)
    return says


def _mixed(
    where: RegionDescription,
    estimate: EmotionEstimate,
    asked: Sequence[Emotion],
    ev: Evidence,
    *,
    numbers: bool,
) -> list[Sentence]:
    """Return that an expression is none of the emotions alone, and what moves; of one that is
    asked for, what goes with it."""
    if asked:
        return [_hint(where, asked, ev) or _emotion_head(where, estimate, asked, ev, numbers)]
    head = _emotion_head(where, estimate, (), ev, numbers)
    moved = [r for code in ev.levels() if (r := ev.reading(code)) and r.visible]
    moved = sorted(moved, key=lambda r: -r.level)[:MOVES]
    told = joined(told_once([moving(r, expert=False) for r in moved]))
    return [head, *([Sentence(f"{capital(told)}.", cited(moved))] if moved else [])]


def _by_what_shows(
    part: combinations.Suggestion,
    where: RegionDescription,
    asked: Sequence[Emotion],
    ev: Evidence,
) -> list[Sentence]:
    """Return what the movements go with that can be seen, and what hides the others."""
    told = best_with(part, where, ev)
    if asked and part.emotion in asked:
        told = replace(told, verdict="possibly")
    elif asked:
        told = replace(told, text=f"I cannot tell: {lowered(told.text)}")
    return [told, *_covered(ev)]


def suggests(where: RegionDescription, estimate: EmotionEstimate, ev: Evidence) -> str:
    """Return what a region suggests, as a verb phrase; both where a whole face is read as one
    emotion and moves as another."""
    if where.region.name != "face":
        return wording.emotion_phrase(estimate)
    rival = ev.rival()
    if rival is None:
        phrase = wording.emotion_phrase(estimate)
        mild = phrase.startswith("strongly suggests ") and _is_slight(estimate.label, ev)
        return phrase.replace("strongly suggests ", "suggests mild ") if mild else phrase
    return f"could suggest {EMOTION_NOUNS[rival.emotion]} or {EMOTION_NOUNS[estimate.label]}"


def is_mild(ev: Evidence) -> bool:
    """Tell whether all that shows of what a face suggests is slight, however sure it is."""
    best = ev.emotion()
    return best is not None and _is_slight(best[1].label, ev)


def _is_slight(label: Emotion, ev: Evidence) -> bool:
    """Tell whether all that shows of an emotion is slight, however sure it is."""
    fits = suggestion(label, ev)
    levels = [r.level for code in fits.seen if (r := ev.reading(code))] if fits else []
    return bool(levels) and max(levels) < HARDLY_MUCH


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
    head = _hint(where, asked, ev) or _emotion_head(where, estimate, asked, ev, numbers)
    behind_it = [d for d in ev if d.region.visibility < HIDDEN and d.region.hidden_by]
    if behind_it:
        cause = covers.hidden(Evidence(ev.scene, tuple(behind_it)), ())[0]
        told = [] if asked else by_itself(ev, where)
        return [head, *told, replace(cause, led=False)]
    if where.region.name == "face":
        return [head]
    if asked:
        return [head]
    if fitting := by_itself(ev, where):
        return fitting
    moves = movements(ev, expert=False)[:2]  # of a part that was asked for, what it does
    alone = Sentence("That alone does not tell which emotion is shown.", (where.region.id,))
    return [*moves, alone] if moves else [head]


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


def _unlike(asked: Sequence[Emotion], ev: Evidence) -> Sentence:
    """Return that nothing that moves in a part goes with an emotion that is asked for."""
    word = joined((EMOTION_NOUNS[label] for label in asked), "or")
    where = listed_places(ev.found)
    return Sentence(f"what moves at {where} does not go with {word}.", ev.ids(), verdict="no")


def _hint(where: RegionDescription, asked: Sequence[Emotion], ev: Evidence) -> Sentence | None:
    """Return the movements that go with an emotion that is asked for, where the whole does not
    tell."""
    known = [(label, fits) for label in asked if (fits := suggestion(label, ev)) and fits.seen]
    if not known:
        return None
    told, ids = [], [where.region.id]
    for label, fits in known:
        seen = [r for code in fits.seen[:3] if (r := ev.reading(code))]
        verb = "goes" if len(seen) == 1 else "go"
        told.append(f"{joined(noun(r.code) for r in seen)} {verb} with {EMOTION_NOUNS[label]}")
        ids += [i for r in seen for i in cites(r)]
    text = f"{', '.join(told)}, but the whole does not settle it."
    hidden = any(d.region.visibility < HIDDEN and d.region.hidden_by for d in ev)
    probably = hidden and known[0][1].strength >= FITS
    return Sentence(text, tuple(ids), verdict="probably" if probably else "possibly")


def _emotion_head(
    where: RegionDescription,
    estimate: EmotionEstimate,
    asked: Sequence[Emotion],
    ev: Evidence,
    numbers: bool,
) -> Sentence:
    phrase = suggests(where, estimate, ev)
    whole = "the face" if "neutral expression" in phrase else "the expression"
    head = f"{whole if where.region.name == 'face' else region_phrase(where)} {phrase}"
    ranked = sorted(estimate.probabilities.items(), key=lambda p: -p[1])
    if numbers:
        head += _shares(ranked)
    ids = (where.region.id,)
    if not asked:
        return Sentence(f"{head}.", ids)
    if wording.is_mixed(estimate):
        return Sentence(f"{head}.", ids, verdict="not clearly", about=tuple(asked))
    if "not tell" in phrase and estimate.label not in asked:
        return Sentence(f"I cannot tell: {head}.", ids)
    share = sum(estimate.probabilities.get(label, 0.0) for label in asked)
    wanted = joined((EMOTION_NOUNS[label] for label in asked), "or")
    if estimate.label in asked:
        verdict: Verdict = "probably" if share >= LIKELY else "possibly"
        if share >= SETTLED and not ev.rival():
            verdict = "seems so"
        return Sentence(f"{head}.", ids, verdict=verdict, about=tuple(asked))
    if (rival := ev.rival()) and rival.emotion in asked:
        return Sentence(f"{head}.", ids, verdict="probably", about=tuple(asked))
    if any(EMOTION_NOUNS[label] in phrase for label in asked):
        return Sentence(f"{head}.", ids, verdict="possibly", about=tuple(asked))
    if share >= THINKABLE:
        text = f"{wanted} is possible, but {head}."
        return Sentence(text, ids, verdict="not clearly", about=tuple(asked))
    return Sentence(f"{head} rather than {wanted}.", ids, verdict="not so")


UNLIKELY = 0.05
"""Probability below which an emotion counts as not suggested (our choice)."""


def unlikely(ev: Evidence) -> list[Sentence]:
    """Return the emotions that the expression does not suggest, and what it does."""
    best = ev.emotion()
    if best is None:
        return []
    where, estimate = best
    found = [
        EMOTION_NOUNS[label]
        for label, share in estimate.probabilities.items()
        if share < UNLIKELY and label not in ("neutral", estimate.label)
    ]
    if not found:
        text = "No emotion can be ruled out: the readings are spread over all of them."
        return [Sentence(text, (where.region.id,))]
    text = f"It does not look like {joined(found, 'or')}."
    return [Sentence(text, (where.region.id,)), _emotion_head(where, estimate, (), ev, False)]


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


def _disagreement(where: RegionDescription, ev: Evidence) -> list[Sentence]:
    """Return a region that by itself suggests something else, clearly enough to be worth a
    sentence."""
    assert where.emotion is not None
    others = [
        d
        for d in ev
        if d.emotion
        and d.region.id != where.region.id
        and d.emotion.label not in ("neutral", where.emotion.label)
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
