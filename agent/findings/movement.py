"""What moves in each region. Pure."""

from collections.abc import Sequence

from focalface.agent.evidence import Evidence
from focalface.agent.words import Say, at, capital, joined, listed_places, movement_clauses
from focalface.tools.types import RegionDescription


def movements(ev: Evidence, expert: bool) -> list[Say]:
    """What moves in each region, and in one sentence those that are at rest."""
    says: list[Say] = []
    still: list[RegionDescription] = []
    unread: list[RegionDescription] = []
    for one in ev:
        clauses = movement_clauses(one, expert)
        if clauses:
            shown = clauses[:4]
            says.append(Say(_sentence(one, shown, expert), (one.region.id,)))
        elif one.action_units:
            still.append(one)
        else:
            unread.append(one)
    if still:
        where = listed_places(still)
        verb = "looks" if len(still) == 1 else "look"
        says.append(Say(f"{capital(where)} {verb} at rest.", tuple(d.region.id for d in still)))
    if unread:
        text = f"I could not judge movement at {listed_places(unread)}."
        says.append(Say(text, tuple(d.region.id for d in unread)))
    return says


def _sentence(one: RegionDescription, clauses: Sequence[str], expert: bool) -> str:
    if expert:
        return f"{capital(at(one))}: {'; '.join(clauses)}."
    return f"{capital(joined(clauses))}."
