"""What is said of an attribute that could not be judged. Pure."""

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import listed_places
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import attributes
from focalface.agent.composing.attributes import covers
from focalface.tools.face import facs
from focalface.tools.proposing import region_selection
from focalface.tools.question.appearance import HOMES
from focalface.tools.types import RegionDescription


def told(attribute: str, ev: Evidence, expert: bool) -> Sentence:
    """Return that an attribute could not be judged, and why."""
    where = listed_places(ev.found) or "the regions"
    if behind := [d for d in ev if _hides(attribute, d)]:
        says = covers.hidden(Evidence(ev.scene, tuple(behind)), ())
        return Sentence(f"I cannot tell: {says[0].text}", says[0].cites)
    if attribute in facs.UNITS:
        what = attributes.unread(attribute, expert)
        nowhere = ev.nowhere([attribute])
        why = "is not assessed by this describer" if nowhere else f"was not assessed at {where}"
        return Sentence(f"I cannot tell: {what} {why}.", ev.ids())
    if attribute.startswith("AU"):
        return Sentence(f"I cannot tell: {attribute} is not a unit that the tools report.")
    if attribute in attributes.appearance.TOPICS:
        text = f"I cannot tell: {attributes.appearance.NAMES[attribute]} could not be judged here."
        return Sentence(text, ev.ids())
    word = attribute.replace("_", " ")
    return Sentence(f"I cannot tell: nothing on {word} could be judged at {where}.", ev.ids())


def _hides(attribute: str, one: RegionDescription) -> bool:
    """Tell whether an attribute would show in a region, were that not hidden."""
    name = one.region.name
    if not one.region.hidden_by or name == "face":
        return False
    if name in HOMES.get(attribute, ()):
        return True
    units = region_selection.units_for((attribute,))
    return any(region_selection.shows(code, (name,)) for code in units)
