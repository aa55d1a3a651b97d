"""Where to look for an attribute: few regions, chosen by FACS knowledge, each with its reason.

The primary regions come from :mod:`focalface.tools.face.facs`, topics from
:mod:`focalface.tools.face.topics` (with their sources). What is ours is the economy: the mouth
holds both lip corners, so one region answers for every unit there; an expression as a whole is read
from the upper face, the mouth and the face; a topic's regions are those without which it cannot be
told.
"""

from collections.abc import Sequence

from focalface.tools.face import facs
from focalface.tools.face.regions import UNIONS
from focalface.tools.face.topics import TOPICS

WHOLE = ("face", "upper_face", "mid_face", "lower_face")
"""The overview: the whole and its thirds."""

TELLING = ("brow", "eye", "mouth")
"""Single parts that tell most of an expression."""
_PAIRED = frozenset(facs.SIDED_REGIONS) | {"half"}

UNITS_OF: dict[str, tuple[str, ...]] = {name: topic.units for name, topic in TOPICS.items()}
"""Topic -> the action units that bear on it."""

NEEDS_ALL = frozenset(name for name, topic in TOPICS.items() if topic.needs_all)
"""Topics whose regions all stay when the question names one."""

TOLD_BY_SIGNS = frozenset(name for name, topic in TOPICS.items() if topic.by_signs)
"""Topics that any of several units tells."""


def plan_regions(wanted: Sequence[str], named: Sequence[str], side: str = "") -> tuple[str, ...]:
    """Return the regions of a question: those it names, else where its attributes are looked for.

    A unit that none of the named regions shows is looked for where it shows; tension and pain, of
    which several units tell, in the same third of the face.
    """
    must = [a for a in wanted if a in NEEDS_ALL]
    found = list(named)
    sought = must if named else _sought(wanted)
    for attribute in sought:
        found += regions_for(attribute, side)
    for code in (a for a in wanted if named and a in facs.UNITS and not shows(a, named)):
        found += regions_for(code, side)
    for topic in (a for a in wanted if named and a in TOLD_BY_SIGNS):
        if not any(tells_of(topic, name) for name in named):
            found += regions_near(topic, named, side)
    return tuple(dict.fromkeys(found))


def shows(code: str, named: Sequence[str]) -> bool:
    """Tell whether a unit can be seen in one of the named regions; in a custom one anything may
    be."""
    inside = {facs.unsided(n) for name in named for n in (name, *UNIONS.get(name, ()))}
    return bool(inside & {"custom", *facs.UNITS[code].regions})


def tells_of(topic: str, name: str) -> bool:
    """Tell whether a region is one where a topic is looked for, or shows one of its units."""
    planned = facs.unsided(name) in parts_for(topic)
    return planned or any(shows(code, (name,)) for code in UNITS_OF[topic])


def _sought(wanted: Sequence[str]) -> list[str]:
    """Asymmetry of something is looked for where that something is."""
    others = [a for a in wanted if a != "asymmetry"]
    return others or list(wanted)


def parts_for(attribute: str) -> tuple[str, ...]:
    """Return regions, without their side, where an attribute is looked for; ``face`` for unknown
    ones."""
    if attribute in TOPICS:
        return TOPICS[attribute].sought
    if attribute not in facs.UNITS:
        return ("face",)
    unit = facs.UNITS[attribute]
    return unit.sought or (unit.primary,)


def regions_for(attribute: str, side: str = "") -> tuple[str, ...]:
    """Return names where an attribute is looked for, on one of the subject's sides or both."""
    return tuple(name for part in parts_for(attribute) for name in both_or(part, side))


def regions_near(attribute: str, named: Sequence[str], side: str = "") -> tuple[str, ...]:
    """Return those of :func:`regions_for` that lie in the same third of the face as a named
    region."""
    thirds = [UNIONS[t] for t in WHOLE[1:] if any(n == t or n in UNIONS[t] for n in named)]
    sought = regions_for(attribute, side)
    return tuple(n for n in sought if any(n in third for third in thirds))


def both_or(part: str, side: str) -> tuple[str, ...]:
    """Return a part's atlas names: the given side, or both; the mouth's side is its lip corner."""
    if part == "mouth" and side:
        return (f"{side}_lip_corner",)
    if part not in _PAIRED:
        return (part,)
    return tuple(f"{s}_{part}" for s in ("left", "right") if side in ("", s))


def units_for(attributes: tuple[str, ...]) -> tuple[str, ...]:
    """Return action units that bear on attributes, in FACS order."""
    return facs.in_order(
        code for a in attributes for code in ((a,) if a in facs.UNITS else UNITS_OF.get(a, ()))
    )


def reason(region: str, attributes: tuple[str, ...]) -> str:
    """Tell why a region is looked at, for people: the units that show there, or the topic's
    reason."""
    base = facs.unsided(region)
    units = [c for c in attributes if c in facs.UNITS and base in facs.UNITS[c].regions]
    if units:
        words = " and ".join(f"{c} ({facs.UNITS[c].name})" for c in units[:3])
        return f"{words} can be seen here"
    for topic in attributes:
        if base in parts_for(topic) and topic in TOPICS:
            here = [c for c in UNITS_OF[topic] if base in facs.UNITS[c].regions]
            shown = f" ({', '.join(here)} here)" if here else ""
            return f"{TOPICS[topic].why}{shown}"
    return "asked for" if not attributes else "it bears on the question"
