"""A face as a FACS coder writes it: ``1C+4D+L12B; AU9 and AU14 not scorable: blurred``. Pure."""

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import joined
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes.units import cites
from focalface.agent.understanding import Intent
from focalface.tools.face import facs


def line(intent: Intent, ev: Evidence) -> list[Sentence]:
    """Return the units of one face that show, in FACS order, with letters and sides."""
    levels = ev.levels()
    wanted = [a for a in intent.attributes if a in facs.UNITS]
    known = [code for code in wanted if code in levels]
    codes = facs.in_order(known or levels)
    readings = [r for code in codes if (r := ev.reading(code))]
    seen = [r for r in readings if r.visible]
    missing = _not_scorable(intent, ev)
    if not seen and not readings:
        return [Sentence("No unit could be scored there.", ev.ids())]
    text = "+".join(_code(r) for r in seen) or "0 (no unit at B or above)"
    ids = tuple(dict.fromkeys(i for r in (seen or readings) for i in cites(r)))
    says = [Sentence(f"{text}.", ids)]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        why = _why(ev)
        says.append(Sentence(f"{joined(missing)} {verb} not assessed{why}.", ev.ids()))
    return says


def _code(reading: UnitReading) -> str:
    """Return one unit: ``12C``, ``L12B`` on one side alone, ``L12D+R12B`` where the sides
    differ."""
    number = reading.code.removeprefix("AU")
    sides = {s: v for s, v in reading.sides.items() if v >= facs.PRESENT and s != "both"}
    letters = {side: facs.letter(value) for side, value in sides.items()}
    one_sided = len(reading.sides) == 2 and len(sides) == 1
    if one_sided or len(set(letters.values())) > 1:
        return "+".join(
            f"{s[0].upper()}{number}{letters[s]}" for s in ("left", "right") if s in letters
        )
    return f"{number}{facs.letter(reading.level)}"


def _not_scorable(intent: Intent, ev: Evidence) -> tuple[str, ...]:
    """Return units of the question, or of the face, that no region gave."""
    wanted = [a for a in intent.attributes if a in facs.UNITS]
    lacking = {code for d in ev for code in d.not_assessed}
    return ev.unassessed(wanted or facs.in_order(lacking))


def _why(ev: Evidence) -> str:
    """Return what hides a part of the face, in words: `` (a mask hides the mouth)``."""
    hidden = [(d.region.hidden_by, d) for d in ev if d.region.hidden_by]
    return f" (behind {hidden[0][0]})" if hidden else ""
