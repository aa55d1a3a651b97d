"""What bears on a question but could not be judged. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence, reach
from focalface.agent.basics.phrasing import capital, joined, noun, region_phrase, unit_name
from focalface.agent.understanding import Intent
from focalface.tools.face import facs
from focalface.tools.face.hiding import HIDDEN
from focalface.tools.face.regions import UNIONS
from focalface.tools.proposing import region_selection

WIDE = frozenset({"emotion", "asymmetry"})
"""Topics that many units bear on a little: an answer stands without some of them."""


def gaps(intent: Intent, ev: Evidence, *, expert: bool) -> list[str]:
    """Return what is unknown about one face of all that a question asks for."""
    attributes = intent.attributes
    unheard = [a for a in attributes if a.startswith("AU") and a not in facs.UNITS]
    found = [f"{code} is not among the action units that I know." for code in unheard]
    close = _missing(region_selection.units_for(tuple(a for a in attributes if a not in WIDE)), ev)
    wide = _missing(region_selection.units_for(tuple(a for a in attributes if a in WIDE)), ev)
    asked = _at_home(ev) if intent.kind == "describe" and not attributes else ()
    loose = facs.in_order({*wide, *asked} - {*close})
    found += _not_assessed(close, ev, expert)
    found += _not_assessed(loose, ev, expert) if expert else []
    for topic, value in (("emotion", ev.emotion()), ("age", ev.age())):
        if topic in attributes and value is None and ev.found:
            places = joined(region_phrase(d) for d in ev)
            found.append(f"The {topic} could not be judged from {places}.")
    return found


def _missing(codes: Sequence[str], ev: Evidence) -> tuple[str, ...]:
    """Return those of ``codes`` that could show in what was looked at but were not assessed."""
    hidden = {d.region.name for d in ev if d.region.visibility < HIDDEN}
    here = {p for name in ev.names() if name not in hidden for p in reach(name) if p not in hidden}
    return tuple(c for c in ev.unassessed(codes) if here & {"custom", *facs.regions_of(c)})


def _at_home(ev: Evidence) -> tuple[str, ...]:
    """Return units that were not assessed in the very region that is best to see them in."""
    narrow = [d for d in ev if d.region.name not in UNIONS]
    return ev.unassessed(
        code
        for d in narrow
        for code in d.not_assessed
        if {facs.UNITS[code].primary, *region_selection.parts_for(code)}
        & {facs.unsided(name) for name in reach(d.region.name)}
    )


def _not_assessed(codes: Sequence[str], ev: Evidence, expert: bool) -> list[str]:
    if not codes:
        return []
    why = "assessed by this describer" if ev.nowhere(codes) else "assessed here"
    listed = capital(joined(unread(code, expert) for code in codes))
    are = "is" if len(codes) == 1 else "are"
    return [f"{listed} {are} not {why}: unknown, not absent."]


def unread(code: str, expert: bool) -> str:
    """Return a unit for the reader: ``cheek raising``, for coders ``AU6 (cheek raiser)``."""
    return unit_name(code, True) if expert else noun(code).removeprefix("a ")
