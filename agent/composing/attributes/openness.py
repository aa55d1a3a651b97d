"""Eyes and mouth: open or closed. Pure."""

from dataclasses import replace

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.sentence import Sentence, Verdict
from focalface.agent.composing.attributes.units import VERY_MUCH, cites
from focalface.agent.understanding.intent import Degree
from focalface.tools.face import facs

OPPOSITE: dict[Verdict, Verdict] = {
    "yes": "no", "no": "yes", "hardly": "yes", "probably not": "probably",
}  # fmt: skip
"""Verdict on open -> verdict on closed."""


def closed(says: list[Sentence]) -> list[Sentence]:
    """Return the answer to "is it open?" as that to "is it closed?"."""
    return [replace(s, verdict=OPPOSITE.get(s.verdict, s.verdict), about=()) for s in says]


def eye_openness(ev: Evidence, degree: Degree) -> list[Sentence]:
    """Open or closed, each eye for itself; the verdict is on open, or on open so far."""
    shut = ev.reading("AU43")
    if shut is None:
        return []
    wide, tight = ev.reading("AU5"), ev.reading("AU7")
    raised = not shut.visible and wide is not None and wide.visible
    if not shut.visible and tight and tight.visible and not raised:
        verdict: Verdict = "no" if degree == "much" else "yes"
        text = "The eyes are open but narrowed: the lids are tightened."
        return [Sentence(text, cites(tight), verdict=verdict)]
    says = [_eyes(shut)]
    if raised and wide:
        says.append(Sentence("The upper lids are raised, so they look wide.", cites(wide)))
    elif degree == "much" and not shut.visible:
        text = "The eyes are open, but not wide: the upper lids are not raised."
        return [Sentence(text, cites(shut), verdict="no")]
    return says


def _eyes(shut: UnitReading) -> Sentence:
    closed = {side: value >= facs.PRESENT for side, value in shut.sides.items()}
    sides = [s for s in ("left", "right") if s in closed]
    if len(sides) == 2 and closed["left"] != closed["right"]:
        one = "left" if closed["left"] else "right"
        other = "right" if one == "left" else "left"
        return Sentence(f"The {one} eye looks closed, the {other} eye open.", cites(shut))
    subject = f"The {sides[0]} eye looks" if len(sides) == 1 else "Both eyes look"
    if shut.level >= VERY_MUCH:
        return Sentence(f"{subject} closed.", cites(shut), verdict="no")
    if shut.visible:
        return Sentence(f"{subject} half closed.", cites(shut))
    return Sentence(f"{subject} open.", cites(shut), verdict="yes")


def mouth_openness(ev: Evidence, degree: Degree) -> list[Sentence]:
    """Open or closed, by the lips and the jaw; the verdict is on open, or on open so far."""
    lips, jaw = ev.reading("AU25"), ev.reading("AU26")
    known = [r for r in (lips, jaw) if r]
    if not known:
        return []
    ids = tuple(dict.fromkeys(i for r in known for i in cites(r)))
    wide = jaw is not None and jaw.level >= VERY_MUCH
    if jaw and jaw.visible:
        if degree == "much" and not wide:
            return [Sentence("The mouth is open, but not wide.", ids, verdict="no")]
        how = "wide open" if wide else "open"
        more: Verdict = "more" if degree == "little" and wide else "yes"
        return [Sentence(f"The mouth is {how}: the jaw has dropped.", ids, verdict=more)]
    if lips and lips.visible:
        parted: Verdict = "no" if degree == "much" else "yes"
        text = "The lips are parted, but the jaw has hardly dropped."
        return [Sentence(text, ids, verdict=parted)]
    return [Sentence("The mouth looks closed.", ids, verdict="no")]
