"""Whether something besides a feeling may have moved a face: what goes with it, what does not."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import joined, noun, places_of, told_once
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import silent
from focalface.agent.composing.attributes.units import cited, moving, read
from focalface.agent.understanding.causes import ANY, CAUSES, Cause
from focalface.tools.face.movements import denial

_MOST = 2
"""Movements that an answer names for or against."""
_UNREADABLE = {
    "a pose": "Possible: an expression can be put on, and a picture does not show whether it is.",
    "a usual face": "Possible: how a face looks at other times one picture does not show.",
}
"""Cause that no movement tells -> what is said of it."""


def told(causes: Sequence[str], ev: Evidence) -> list[Sentence]:
    """Return whether causes are possible by what shows: of several, those that fit best; of all,
    which would explain most of it."""
    if spoken := [_UNREADABLE[cause] for cause in causes if cause in _UNREADABLE]:
        return [Sentence(spoken[0], ev.ids()[:1])]
    if len(causes) == len(ANY):
        return _likeliest(causes, ev)
    judged = [(_fit(CAUSES[cause], ev), cause) for cause in causes]
    best = max(fit for fit, _ in judged)
    fitting = [CAUSES[cause] for fit, cause in judged if fit == best]
    if best == _UNKNOWN:
        return [silent.told(fitting[0].needs[0], ev, expert=False)]
    name = joined((cause.noun for cause in fitting), "or")
    return [_sentence(best, name, fitting[0], ev)]


def _likeliest(causes: Sequence[str], ev: Evidence) -> list[Sentence]:
    """Return the two causes that bring most of what moves."""
    found: list[tuple[float, str, list[UnitReading]]] = []
    for cause in (CAUSES[name] for name in causes):
        brought = [r for r in _read((*cause.needs, *cause.fits), ev) if r.visible]
        if brought and _fit(cause, ev) == _FITTING:
            found.append((sum(r.level for r in brought), cause.noun, brought))
    if not found:
        return [Sentence("No movement shows that goes with another cause I know.", ev.ids())]
    found.sort(key=lambda one: -one[0])
    shown = found[0][2]
    names = joined((name for _, name, _ in found[:_MOST]), "or")
    text = f"Besides a feeling, {names}: {_told(shown)}; one picture cannot settle it."
    return [Sentence(text, cited(shown))]


_UNKNOWN, _LACKING, _ODD, _FITTING = range(4)
"""How far a cause goes with what shows, the least first."""


def _fit(cause: Cause, ev: Evidence) -> int:
    needed = _read(cause.needs, ev)
    if not needed:
        return _UNKNOWN
    if not any(r.visible for r in needed):
        fits = any(r.visible for r in _read(cause.fits, ev))
        return _ODD if fits else _LACKING
    return _ODD if any(r.visible for r in _read(cause.against, ev)) else _FITTING


def _sentence(fit: int, name: str, cause: Cause, ev: Evidence) -> Sentence:
    """Return what speaks for a cause and what against it."""
    needed = _read(cause.needs, ev)
    shown = [r for r in (*needed, *_read(cause.fits, ev)) if r.visible]
    lacking = needed[:1] if not any(r.visible for r in needed) else []
    if fit == _LACKING:
        text = f"Probably not: {_still(lacking[0])}, which does not go with {name}."
        return Sentence(text, cited(lacking))
    odd = [r for r in _read(cause.against, ev) if r.visible][:_MOST]
    fits = f"{_told(shown)}, as in {name}"
    if fit == _ODD:
        doubts = joined(told_once([*map(_moving, odd), *map(_still, lacking)]))
        text = f"Possible, but not likely: {fits}, yet {doubts}."
        return Sentence(text, cited([*shown, *odd, *lacking]))
    same = [r for r in _read(cause.same, ev) if r.visible]
    too = f", though {noun(same[0].code)} does the same" if same else ""
    text = f"Possible: {fits}{too}; one picture cannot settle it."
    return Sentence(text, cited([*shown, *same]))


def _read(codes: Sequence[str], ev: Evidence) -> list[UnitReading]:
    found = [r for code in codes if (r := read(code, ev))]
    return sorted(found, key=lambda r: -r.level)


def _told(shown: Sequence[UnitReading]) -> str:
    strongest = sorted(shown, key=lambda r: -r.level)[:_MOST]
    return joined(told_once([_moving(r) for r in strongest]))


def _moving(reading: UnitReading) -> str:
    return moving(reading, False)


def _still(reading: UnitReading) -> str:
    return denial(reading.code, places_of(reading.region))
