"""Signs of tension, tiredness and pain: the movements that go with them. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import graded_unit, joined, listed_places, unit_name
from focalface.agent.basics.sentence import AGAINST, Sentence, Verdict, lowered
from focalface.agent.composing.attributes.units import cites
from focalface.tools.face import combinations, facs
from focalface.tools.proposing import region_selection

SIGNS = {"tension": "tension", "fatigue": "tiredness", "pain": "pain"}
"""Topics that are told by the movements that go with them -> the word for them."""


def tension(ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell which of the units that tension shows in are present."""
    return _signs(ev, "tension", expert)


def fatigue(ev: Evidence, expert: bool) -> list[Sentence]:
    """Hanging lids and the like; the skin itself is not judged."""
    says = _signs(ev, "fatigue", expert)
    if says:
        says.append(
            Sentence("Dark or swollen skin under the eyes, the other common sign, is not judged.")
        )
    return says


OPPOSITES = {"tension": ("tense", "relaxed"), "fatigue": ("tired", "awake")}
"""Topic -> what somebody is who shows its signs, and who does not."""
_CONTRARY: dict[Verdict, Verdict] = {
    "no": "seems so", "rather not": "probably", "possibly": "not clearly", "seems so": "rather not",
}  # fmt: skip


def contrary(says: list[Sentence]) -> list[Sentence]:
    """Return the answer to "is he tense?" as that to "is he relaxed?"."""
    return [replace(s, verdict=_CONTRARY.get(s.verdict, s.verdict)) for s in says]


def one_of(topic: str, says: list[Sentence]) -> list[Sentence]:
    """Return an answer that chooses: "rather relaxed: I see no clear sign of tension"."""
    with_signs, without = OPPOSITES[topic]
    told = next((s for s in says if s.verdict), None)
    if told is None:
        return says
    word = without if told.verdict in AGAINST else with_signs
    text = f"Rather {word}: {lowered(told.text)}"
    return [replace(s, text=text, verdict="") if s is told else s for s in says]


def _signs(ev: Evidence, topic: str, expert: bool) -> list[Sentence]:
    known = [r for code in region_selection.UNITS_OF[topic] if (r := ev.reading(code))]
    if not known:
        return []
    return [*_blind(ev, topic), *_seen(known, expert, SIGNS[topic])]


def _blind(ev: Evidence, topic: str) -> list[Sentence]:
    """That a region cannot show any of the movements, so that its neighbours speak for it."""
    blind = tuple(d for d in ev if not region_selection.tells_of(topic, d.region.name))
    if not blind:
        return []
    where = listed_places(blind)
    text = f"The movements of {SIGNS[topic]} do not show at {where}; what lies around it tells."
    return [Sentence(text, tuple(d.region.id for d in blind))]


def _seen(known: Sequence[UnitReading], expert: bool, what: str) -> list[Sentence]:
    """Tell which of the movements are there, and which are not."""
    present = sorted((r for r in known if r.visible), key=lambda r: -r.level)
    ids = tuple(dict.fromkeys(i for r in known for i in cites(r)))
    if not present:
        return [
            Sentence(
                f"I see no clear sign of {what}: the movements that go with it are absent.",
                ids,
                verdict="no",
            )
        ]
    best = present[0].level
    head = f"There are signs of {what}" if best >= 0.5 else f"There are slight signs of {what}"
    if len(present) == 1:
        alone = f"{facs.strength(best)} {unit_name(present[0].code, expert).removeprefix('a ')}"
        text = f"There is little sign of {what}: only {alone}, which has many other causes."
        return [Sentence(text, cites(present[0]), verdict="rather not")]
    listed = joined(graded_unit(r, expert) for r in present)
    absent = [r for r in known if not r.visible]
    ids = tuple(i for r in present for i in cites(r))
    verdict: Verdict = "seems so" if best >= 0.5 else "possibly"
    says = [Sentence(f"{head}: {listed}.", ids, verdict=verdict)]
    if absent:
        quiet = joined((unit_name(r.code, expert) for r in absent[:3]), "or")
        says.append(Sentence(f"On the other hand there is no {quiet.removeprefix('a ')}.",
                        tuple(i for r in absent[:3] for i in cites(r))))  # fmt: skip
    return says


def pain(ev: Evidence, expert: bool, *, numbers: bool = False) -> list[Sentence]:
    """Return movements that go with pain; the Prkachin-Solomon score if any do or figures are
    wanted."""
    says = _explained_by_a_smile(ev) or _signs(ev, "pain", expert)
    score = combinations.pspi(ev.levels())
    shows = any(r.visible for code in combinations.PSPI_UNITS if (r := ev.reading(code)))
    if says and (expert or numbers or shows):
        says.append(Sentence(_pspi(score, ev, addends=expert or numbers), ev.ids()))
    return says


def _explained_by_a_smile(ev: Evidence) -> list[Sentence]:
    """That all that shows of pain goes with a smile as well: raised cheeks, tightened lids."""
    smile = ev.reading("AU12")
    shows = [r for code in combinations.PSPI_UNITS if (r := ev.reading(code)) and r.visible]
    if not smile or not smile.visible or not shows or {r.code for r in shows} - {"AU6", "AU7"}:
        return []
    what = joined(graded_unit(r, False) for r in shows)
    ids = tuple(dict.fromkeys(i for r in (*shows, smile) for i in cites(r)))
    text = (
        f"nothing points to pain: {what} goes with the smile."
        if len(shows) == 1
        else f"nothing points to pain: {what} go with the smile."
    )
    return [Sentence(text, ids, verdict="no")]


def _pspi(score: combinations.PainScore, ev: Evidence, *, addends: bool) -> str:
    if score.score is None:
        were = "was" if len(score.missing) == 1 else "were"
        return (
            f"The PSPI score cannot be computed in full, because {joined(score.missing)} {were} "
            f"not assessed; the other units alone amount to {score.at_least:.1f} of 16."
        )
    if not addends:
        return f"The PSPI score comes to {score.score:.1f} of 16, an estimate, no measurement."
    terms = joined(f"{name} {value:.1f}" for name, value in combinations.pspi_addends(ev.levels()))
    return f"PSPI {score.score:.1f} of 16, an estimate: {terms}."
