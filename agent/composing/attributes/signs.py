"""Signs of tension and tiredness: the movements that go with them. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import graded_unit, joined, listed_places, unit_name
from focalface.agent.basics.sentence import Sentence, Verdict
from focalface.agent.composing.attributes.units import cites, moving
from focalface.tools.face import facs
from focalface.tools.face.regions import UNIONS
from focalface.tools.proposing import region_selection

SIGNS = {"tension": "tension", "fatigue": "tiredness", "pain": "pain"}
"""Topics that are told by the movements that go with them -> the word for them."""


def tension(ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell which of the units that tension shows in are present."""
    return told(ev, "tension", expert)


def fatigue(ev: Evidence, expert: bool) -> list[Sentence]:
    """Hanging lids and the like; the skin itself is not judged."""
    says = told(ev, "fatigue", expert)
    if says:
        unjudged = "Dark or swollen skin under the eyes, the other common sign, is not judged."
        says.append(Sentence(unjudged, caveat=True))
    return says


OPPOSITES = {"tension": ("tense", "relaxed"), "fatigue": ("tired", "awake")}
"""Topic -> what somebody is who shows its signs, and who does not."""
_CONTRARY: dict[Verdict, Verdict] = {
    "no": "seems so", "rather not": "probably", "possibly": "not clearly", "seems so": "rather not",
}  # fmt: skip


def contrary(says: list[Sentence]) -> list[Sentence]:
    """Return the answer to "is he tense?" as that to "is he relaxed?"."""
    return [replace(s, verdict=_CONTRARY.get(s.verdict, s.verdict)) for s in says]


def told(ev: Evidence, topic: str, expert: bool) -> list[Sentence]:
    """Tell which movements that go with a topic are there, and which are not."""
    known = [r for code in region_selection.UNITS_OF[topic] if (r := ev.reading(code))]
    if not known:
        return []
    return [*_seen(known, expert, SIGNS[topic]), *_blind(ev, topic)]


def at_parts(topic: str, ev: Evidence, parts: Sequence[str], expert: bool) -> list[Sentence]:
    """Return what parts that a question names show of a topic; empty where they show none of it,
    so that their neighbours have to tell."""
    names = {one for part in parts if part != "face" for one in (part, *UNIONS.get(part, ()))}
    here = Evidence(ev.scene, tuple(d for d in ev if d.region.name in names))
    known = [r for code in region_selection.UNITS_OF[topic] if (r := here.reading(code))]
    if not known:
        return []
    return _seen(known, expert, SIGNS[topic], there=True)


def _blind(ev: Evidence, topic: str) -> list[Sentence]:
    """That a region cannot show any of the movements, so that its neighbours speak for it."""
    blind = tuple(d for d in ev if not region_selection.tells_of(topic, d.region.name))
    if not blind:
        return []
    where = listed_places(blind)
    text = f"The movements of {SIGNS[topic]} do not show at {where}; what lies around it tells."
    return [Sentence(text, tuple(d.region.id for d in blind))]


def _seen(
    known: Sequence[UnitReading], expert: bool, what: str, *, there: bool = False
) -> list[Sentence]:
    """Tell which of the movements are there, and which are not; ``there``: one part is asked for,
    which shows few of them, so that one tells."""
    present = sorted((r for r in known if r.visible), key=lambda r: -r.level)
    ids = tuple(dict.fromkeys(i for r in known for i in cites(r)))
    if not present:
        return [
            Sentence(
                f"I see no clear sign of {what}.",
                ids,
                verdict="no",
            )
        ]
    best = present[0].level
    head = f"There are signs of {what}" if best >= 0.5 else f"There are slight signs of {what}"
    if len(present) == 1 and there:
        text = f"{moving(present[0], expert)}, which goes with {what}."
        return [Sentence(text, cites(present[0]), verdict="yes")]
    if len(present) == 1:
        alone = f"{facs.strength(best)} {unit_name(present[0].code, expert).removeprefix('a ')}"
        text = f"There is little sign of {what}: only {alone}, which has many other causes."
        return [Sentence(text, cites(present[0]), verdict="rather not")]
    listed = joined(graded_unit(r, expert) for r in present)
    absent = [r for r in known if not r.visible]
    ids = tuple(i for r in present for i in cites(r))
    verdict: Verdict = "seems so" if best >= 0.5 else "possibly"
    says = [Sentence(f"{head}: {listed}.", ids, verdict=verdict)]
    if absent and expert:
        quiet = joined((unit_name(r.code, expert) for r in absent[:3]), "or")
        says.append(Sentence(f"On the other hand there is no {quiet.removeprefix('a ')}.",
                        tuple(i for r in absent[:3] for i in cites(r))))  # fmt: skip
    return says
