"""What hides parts of a face, and which of them can be seen. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import listed_places
from focalface.agent.basics.sentence import AGAINST, Sentence, Verdict, lowered
from focalface.tools.face.hiding import HIDDEN, predicate
from focalface.tools.types import RegionDescription

SHOWN = 3
"""Sentences on what hides a face."""
_PLURAL = ("eyes", "brows", "cheeks", "corners", "folds")
"""Endings of places that are several."""


def hidden(ev: Evidence, named: Sequence[str]) -> list[Sentence]:
    """Return what covers the parts that were looked at; that nothing does."""
    covered = _by_cover(ev)
    if not covered:
        return [_nothing(ev, named)]
    return _told(covered, "yes")


def seen(ev: Evidence, named: Sequence[str]) -> list[Sentence]:
    """Tell whether the parts can be seen, and what hides those that cannot."""
    covered = [found for found in _by_cover(ev) if _is_hidden(found[0])]
    free = [d for d in ev if not _is_hidden(d)]
    if not covered:
        partly = _by_cover(ev)
        verb = "can be seen" if not partly else "can be seen for the most part"
        text = f"{listed_places(free) if named else 'the whole face'} {verb}."
        return [Sentence(text, _ids(free), verdict="yes"), *map(_covered, partly)][:SHOWN]
    says = _told(covered, "no" if not free or named else "")
    if free:
        says.append(Sentence(f"{listed_places(free)} can be seen.", _ids(free)))
    return says[:SHOWN]


def beside(says: list[Sentence], ev: Evidence) -> list[Sentence]:
    """Return a no on the whole face as one on what can be seen of it, where a part is hidden."""
    covered = tuple(d for d in ev if _is_hidden(d) and d.region.hidden_by)
    if not (says and covered and says[0].verdict in AGAINST):
        return says
    cover = hidden(Evidence(ev.scene, covered), ())[0]
    text = f"{cover.text.rstrip('.')}; on the rest {lowered(says[0].text)}"
    first = replace(says[0], text=text, verdict="rather not", cites=(*cover.cites, *says[0].cites))
    return [first, *says[1:]]


def _told(covered: Sequence[Sequence[RegionDescription]], verdict: Verdict) -> list[Sentence]:
    """Return a sentence on each thing that covers parts; what it hides in part comes last."""
    says = []
    for cover in dict.fromkeys(found[0].region.hidden_by for found in covered):
        first, *partly = [found for found in covered if found[0].region.hidden_by == cover]
        say = _covered(first, verdict)
        if partly:
            text = f"{say.text.rstrip('.')}, {listed_places(partly[0])} in part."
            say = replace(say, text=text, cites=(*say.cites, *_ids(partly[0])))
        says.append(say)
    return says[:SHOWN]


def _nothing(ev: Evidence, named: Sequence[str]) -> Sentence:
    what = listed_places(ev.found) if named else "the face"
    return Sentence(f"nothing covers {what}.", ev.ids(), verdict="no")


def _covered(found: Sequence[RegionDescription], verdict: Verdict = "") -> Sentence:
    """``the mouth and the chin are hidden by a mask``."""
    where = listed_places(found)
    does = predicate(found[0].region.hidden_by)
    if len(found) > 1 or where.endswith(_PLURAL):
        does = does.replace("is ", "are ", 1).replace("lies ", "lie ", 1)
    if not _is_hidden(found[0]):
        does = does.replace("hidden", "partly hidden", 1)
    return Sentence(f"{where} {does}.", _ids(found), verdict=verdict)


def _by_cover(ev: Evidence) -> list[list[RegionDescription]]:
    """Return the parts that something hides, by what that is; the wholly hidden ones first."""
    groups: dict[tuple[bool, str], list[RegionDescription]] = {}
    for one in ev:
        if one.region.hidden_by or _is_hidden(one):
            key = (not _is_hidden(one), one.region.hidden_by or "")
            groups.setdefault(key, []).append(one)
    return [groups[key] for key in sorted(groups)]


def _is_hidden(one: RegionDescription) -> bool:
    return one.region.visibility < HIDDEN


def _ids(found: Sequence[RegionDescription]) -> tuple[str, ...]:
    return tuple(d.region.id for d in found)
