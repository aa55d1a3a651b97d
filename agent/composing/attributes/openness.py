"""Eyes and mouth: open or closed. Pure."""

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes.units import cites
from focalface.tools.face import facs


def eye_openness(ev: Evidence, expert: bool) -> list[Sentence]:
    """Open or closed, each eye for itself."""
    shut = ev.reading("AU43")
    if shut is None:
        return []
    wide, tight = ev.reading("AU5"), ev.reading("AU7")
    if not shut.visible and tight and tight.visible and not (wide and wide.visible):
        return [Sentence("The eyes are open but narrowed: the lids are tightened.", cites(tight))]
    says = [Sentence(_eyes(shut), cites(shut))]
    if not shut.visible and wide and wide.visible:
        says.append(Sentence("The upper lids are raised, so they look wide.", cites(wide)))
    return says


def _eyes(shut: UnitReading) -> str:
    closed = {side: value >= facs.PRESENT for side, value in shut.sides.items()}
    sides = [s for s in ("left", "right") if s in closed]
    if len(sides) == 2 and closed["left"] != closed["right"]:
        one = "left" if closed["left"] else "right"
        other = "right" if one == "left" else "left"
        return f"The {one} eye looks closed, the {other} eye open."
    subject = f"The {sides[0]} eye looks" if len(sides) == 1 else "Both eyes look"
    if shut.level >= 0.7:
        return f"{subject} closed."
    if shut.visible:
        return f"{subject} half closed."
    return f"{subject} open."


def mouth_openness(ev: Evidence, expert: bool) -> list[Sentence]:
    """Open or closed, by the lips and the jaw."""
    lips, jaw = ev.reading("AU25"), ev.reading("AU26")
    known = [r for r in (lips, jaw) if r]
    if not known:
        return []
    ids = tuple(dict.fromkeys(i for r in known for i in cites(r)))
    if jaw and jaw.visible:
        wide = "wide open" if jaw.level >= 0.7 else "open"
        return [Sentence(f"The mouth is {wide}: the jaw has dropped.", ids)]
    if lips and lips.visible:
        return [Sentence("The lips are parted, but the jaw has hardly dropped.", ids)]
    return [Sentence("The mouth looks closed.", ids)]
