"""Whether a smile reaches the eyes. Pure."""

from focalface.agent.evidence import Evidence, Reading
from focalface.agent.findings.units import as_movement, cites
from focalface.agent.words import Say, capital, places_of, seen_at
from focalface.tools import readings
from focalface.tools.describers.movements import clause


def genuineness(ev: Evidence, expert: bool) -> list[Say]:
    """Whether the eyes join in a smile: AU12 with AU6; AU7 is named as the proxy that it is."""
    found = ev.levels()
    smile = readings.smile(found)
    mouth, lids, cheeks = (ev.reading(code) for code in ("AU12", "AU7", "AU6"))
    if mouth is None:
        return []
    if smile.kind == "none":
        return [Say("There is hardly a smile to judge: the lip corners are not clearly pulled up.",
                    cites(mouth))]  # fmt: skip
    says = [Say(f"{capital(clause(as_movement(mouth), places_of(mouth.region)))}.", cites(mouth))]
    if smile.kind == "with the eyes" and cheeks:
        text = f"Cheek raising shows at {seen_at(cheeks)}, the classic sign of a felt smile."
        says.append(Say(text, cites(cheeks)))
        says.append(Say("So the smile looks genuine, though people can pose this too."))
    elif smile.kind == "mouth only" and cheeks:
        text = f"No cheek raising shows at {seen_at(cheeks)}."
        says.append(Say(text, cites(cheeks)))
        text = "So the smile stays in the mouth, as in a polite or posed one."
        says.append(Say(text, (*cites(mouth), *cites(cheeks))))
    elif lids is not None:
        says += _by_proxy(lids, mouth)
    return says


def _by_proxy(lids: Reading, mouth: Reading) -> list[Say]:
    if lids.visible:
        moved = clause(as_movement(lids), places_of(lids.region))
        seen = f"{capital(moved)}, which is compatible with a smile that reaches the eyes."
        end = "That leans towards a genuine smile, but it is only a weak sign."
    else:
        seen = "The lids look relaxed, so nothing here shows the eyes joining in."
        end = "That leans towards a smile of the mouth alone, but it is only a weak sign."
    return [Say(seen, cites(lids)), Say(end, (*cites(mouth), *cites(lids)))]
