"""Why an answer was given, and how sure it is. Pure."""

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import close_call, joined, listed_places, noun
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import attributes
from focalface.agent.understanding import Intent
from focalface.tools.face import wording
from focalface.tools.proposing import region_selection


def chain(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell why: the regions, what moves there, what follows; "are you sure" has the doubts
    first."""
    if not ev.found:
        return [Sentence("There is no answer yet that I could explain; ask about a region first.")]
    says: list[Sentence] = []
    if intent.kind == "check":
        says += _sureness(intent, ev)
    else:
        says.append(Sentence(f"I looked at {listed_places(ev.found)}.", ev.ids()))
        says += attributes.movements(ev, expert)
    return says


def _sureness(intent: Intent, ev: Evidence) -> list[Sentence]:
    says: list[Sentence] = []
    feel = ev.emotion()
    if feel and ("emotion" in intent.attributes or not intent.attributes):
        where, estimate = feel
        word = wording.confidence_word(estimate.probabilities[estimate.label])
        sure = "not sure" if word in ("uncertain", "possibly") else "fairly sure"
        says.append(Sentence(f"I am {sure}: {estimate.label} is {word}.", (where.region.id,)))
    levels = [r for c in region_selection.units_for(intent.attributes) if (r := ev.reading(c))]
    near = [r for r in levels if close_call(r.level)]
    if near:
        what = joined(noun(r.code) for r in near[:2])
        ids = tuple(i for r in near[:2] for i in attributes.cites(r))
        says.append(
            Sentence(f"Not quite: {what} is close to the limit of what counts as present.", ids)
        )
    elif levels and not says:
        ids = tuple(dict.fromkeys(i for r in levels for i in attributes.cites(r)))
        says.append(Sentence("Fairly sure: the readings are well away from the limit.", ids))
    return says
