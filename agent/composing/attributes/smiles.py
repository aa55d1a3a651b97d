"""Whether a smile reaches the eyes. Pure."""

from focalface.agent.basics.evidence import Evidence, UnitReading
from focalface.agent.basics.phrasing import capital, levels, seen_at, unit_name
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes.units import cites, moving
from focalface.tools.face import combinations


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
        text = (
            f"There is hardly a smile to judge: the lip corners are not clearly pulled up{figures}."
        )
        return [Sentence(text, cites(mouth))]
    if smile.kind == "with the eyes" and cheeks:
        verdict = "The smile looks genuine, though people can pose this too"
        what = f"{unit_name('AU6', expert)} shows at {seen_at(cheeks)}"
        seen = f"{what}, the classic sign of a felt smile"
        says = [Sentence(f"{verdict}: {seen}.", (*cites(mouth), *cites(cheeks)))]
    elif smile.kind == "mouth only" and cheeks:
        verdict = "The smile stays in the mouth, as a polite or posed one does"
        seen = f"no {unit_name('AU6', expert)} shows at {seen_at(cheeks)}"
        says = [Sentence(f"{verdict}: {seen}.", (*cites(mouth), *cites(cheeks)))]
    else:
        says = [_by_proxy(lids, mouth, expert)] if lids else []
    told = [Sentence(f"{capital(moving(mouth, expert))}.", cites(mouth))]
    return [*says, *told] if expert or not cheeks or not says else says


def _by_proxy(lids: UnitReading, mouth: UnitReading, expert: bool) -> Sentence:
    if lids.visible:
        verdict = "The smile may be genuine, going by a weak sign only"
        seen = f"{moving(lids, expert)}, as in a smile that reaches the eyes"
    else:
        verdict = "The smile seems to stay in the mouth, going by a weak sign only"
        figures = f" (AU7 {levels(lids)})" if expert else ""
        seen = f"the lids look relaxed{figures}, so nothing here shows the eyes joining in"
    return Sentence(f"{verdict}: {seen}.", (*cites(mouth), *cites(lids)))
