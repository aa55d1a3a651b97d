"""Checks the sentences that composing made, by their fields: nothing is read out of their text.

What they cite has to be described, on one face where they name one, and a verdict on units and
emotions has to be what the readings say. A describer's own words are checked as anybody's are.
"""

from collections.abc import Sequence

from focalface.agent.basics.answer import Claim
from focalface.agent.basics.evidence import LEAST_SHARE, Evidence
from focalface.agent.basics.sentence import AGAINST, FOR, Sentence, rendered
from focalface.agent.checking.check import Checked, Fault, check
from focalface.agent.checking.facts import ABSENT, PRESENT
from focalface.tools.types import RegionDescription


def verified(says: Sequence[Sentence], found: Sequence[Evidence]) -> Checked:
    """Return the sentences as claims; those that the tool results do not bear out as faults."""
    known = {d.region.id: d for ev in found for d in ev}
    claims: list[Claim] = []
    faults: list[Fault] = []
    for said in says:
        if said.kind == "quoted":
            checked = check(str(said), found)
            claims += checked.claims
            faults += checked.faults
        elif why := fault(said, known):
            faults.append(Fault(rendered(said), why))
        else:
            claims.append(Claim(text=rendered(said), evidence=tuple(dict.fromkeys(said.cites))))
    return Checked(tuple(claims), tuple(faults))


def fault(said: Sentence, known: dict[str, RegionDescription]) -> str:
    """Tell why a sentence fails; "" when it passes."""
    stray = next((i for i in said.cites if i not in known), "")
    if stray:
        return f"it cites {stray}, which was never described"
    if said.kind == "fixed":
        return "it cites regions but claims nothing of a face" if said.cites else ""
    ground = [known[i] for i in said.cites]
    if said.face and len({d.region.face_id for d in ground}) > 1:
        return "it names one face and rests on several"
    against = [w for a in said.about if (w := _against(a, said, ground))]
    return against[0] if said.about and len(against) == len(said.about) else ""


def _against(about: str, said: Sentence, ground: Sequence[RegionDescription]) -> str:
    """Return what the readings say against a verdict on a unit or an emotion."""
    if about.startswith("AU"):
        levels = [u.intensity for d in ground for u in d.action_units if u.code == about]
        if not levels:
            return f"{about} is in no tool result that it rests on"
        low, high = ABSENT, PRESENT
    else:
        levels = [
            p for d in ground if d.emotion for e, p in d.emotion.probabilities.items() if e == about
        ]
        low, high = LEAST_SHARE, 1.0
    level = max(levels, default=0.0)
    if said.verdict in FOR and level < low:
        return f"{about} reads {level:.2f}, so it is not there"
    if said.verdict in AGAINST and level >= high:
        return f"{about} reads {level:.2f}, so it is there"
    return ""
