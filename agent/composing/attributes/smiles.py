"""Whether a smile reaches the eyes. Pure."""

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import capital, levels, places_of, seen_at, unit_name
from focalface.agent.basics.sentence import Sentence, Verdict
from focalface.agent.composing.attributes.units import cites, moving
from focalface.tools.face import combinations, facs
from focalface.tools.face.movements import denial


def genuineness(ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell whether the eyes join in a smile: AU12 with AU6; AU7 is named as the proxy that it
    is."""
    found = ev.levels()
    smile = combinations.smile(found)
    mouth, lids, cheeks = (ev.reading(code) for code in ("AU12", "AU7", "AU6"))
    if mouth is None:
        return []
    if smile.kind == "none":
        figures = f" (AU12 {levels(mouth)})" if expert else ""
        text = f"No smile to judge: the lip corners are not clearly pulled up{figures}."
        return [Sentence(text, cites(mouth))]
    if cheeks:
        says = [_of_cheeks(cheeks, mouth, expert)]
    else:
        says = [_by_proxy(lids, mouth, expert)] if lids else []
    told = [Sentence(f"{capital(moving(mouth, expert))}.", cites(mouth))]
    return [*says, *told] if expert or not cheeks or not says else says


def in_the_eyes(ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell whether a smile reaches the eyes; empty where the cheeks do not tell."""
    mouth, cheeks = ev.reading("AU12"), ev.reading("AU6")
    if not (mouth and cheeks and mouth.visible):
        return []
    text = moving(cheeks, expert) if cheeks.visible else denial("AU6", places_of(cheeks.region))
    verdict: Verdict = "yes" if cheeks.visible else "no"
    return [Sentence(f"{text}.", (*cites(mouth), *cites(cheeks)), verdict=verdict, about=("AU6",))]


def _of_cheeks(cheeks: UnitReading, mouth: UnitReading, expert: bool) -> Sentence:
    """Return what the cheeks tell of a smile."""
    what = f"{unit_name('AU6', expert)} at {seen_at(cheeks)}"
    smile = f"a {facs.strength(mouth.level)} smile"
    text = f"Probably polite or posed: {smile} without {what}."
    if cheeks.visible:
        text = f"Probably genuine: {smile} with {what}, though people can pose that too."
    return Sentence(text, (*cites(mouth), *cites(cheeks)))


def _by_proxy(lids: UnitReading, mouth: UnitReading, expert: bool) -> Sentence:
    if lids.visible:
        verdict = "Possibly genuine, going by a weak sign only"
        seen = f"{moving(lids, expert)}, as in a smile that reaches the eyes"
    else:
        verdict = "Possibly polite or posed, going by a weak sign only"
        figures = f" (AU7 {levels(lids)})" if expert else ""
        seen = f"the lids look relaxed{figures}, so nothing here shows the eyes joining in"
    return Sentence(f"{verdict}: {seen}.", (*cites(mouth), *cites(lids)))
