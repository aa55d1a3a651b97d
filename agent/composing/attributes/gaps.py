"""What bears on a question but could not be judged. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from focalface.agent.basics.evidence import Evidence, reach
from focalface.agent.basics.phrasing import at, capital, joined, named, noun
from focalface.agent.understanding import Intent
from focalface.tools.face import facs
from focalface.tools.face.regions import UNIONS
from focalface.tools.proposing import region_selection

WIDE = frozenset({"emotion", "asymmetry"})
"""Topics that many units bear on a little: an answer stands without some of them."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be judged, as a sentence.

    ``general``: it holds for every picture with this describer and hardly bears on the question.
    """

    text: str
    general: bool = False


def gaps(intent: Intent, ev: Evidence, *, expert: bool) -> list[Gap]:
    """What is unknown about one face of all that a question asks for."""
    attributes = intent.attributes
    unheard = [a for a in attributes if a.startswith("AU") and a not in facs.UNITS]
    found = [Gap(f"{code} is not among the action units that I know.") for code in unheard]
    close = _missing(region_selection.units_for(tuple(a for a in attributes if a not in WIDE)), ev)
    wide = _missing(region_selection.units_for(tuple(a for a in attributes if a in WIDE)), ev)
    asked = _at_home(ev) if intent.kind == "describe" and not attributes else ()
    loose = facs.in_order({*wide, *asked} - {*close})
    found += _not_assessed(close, ev, expert, general=False)
    found += _not_assessed(loose, ev, expert, general=not expert)
    for topic, value in (("emotion", ev.emotion()), ("age", ev.age())):
        if topic in attributes and value is None and ev.found:
            places = joined(at(d) for d in ev)
            found.append(Gap(f"The {topic} could not be judged from {places}."))
    return found


def _missing(codes: Sequence[str], ev: Evidence) -> tuple[str, ...]:
    """Those of ``codes`` that could show in what was looked at but were not assessed."""
    here = {part for name in ev.names() for part in reach(name)}
    return tuple(c for c in ev.unassessed(codes) if here & {"custom", *facs.regions_of(c)})


def _at_home(ev: Evidence) -> tuple[str, ...]:
    """Units that were not assessed in the very region that is best to see them in."""
    narrow = [d for d in ev if d.region.name not in UNIONS]
    return ev.unassessed(
        code
        for d in narrow
        for code in d.not_assessed
        if {facs.UNITS[code].primary, *region_selection.parts_for(code)}
        & {facs.unsided(name) for name in reach(d.region.name)}
    )


def _not_assessed(codes: Sequence[str], ev: Evidence, expert: bool, *, general: bool) -> list[Gap]:
    if not codes:
        return []
    why = "assessed by this describer" if ev.nowhere(codes) else "assessed here"
    listed = capital(joined(unread(code, expert) for code in codes))
    are = "is" if len(codes) == 1 else "are"
    return [Gap(f"{listed} {are} not {why}: unknown, not absent.", general)]


def unread(code: str, expert: bool) -> str:
    """A unit with its code for the reader: ``cheek raising (AU6)``, ``AU6 (cheek raiser)``."""
    return named(code, True) if expert else f"{noun(code).removeprefix('a ')} ({code})"
