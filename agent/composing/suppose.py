"""What a face would suggest if something moved that does not, or the other way round. Pure."""

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import joined, listed_places, noun
from focalface.agent.basics.sentence import Sentence, fixed
from focalface.agent.composing.attributes.fits import FITS
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs
from focalface.tools.face.wording import EMOTION_NOUNS
from focalface.tools.proposing import region_selection

SUPPOSED = 0.7
"""Intensity of a movement that is supposed (our choice)."""
THINKABLE = 0.3
"""Strength from which supposed movements go with an emotion (our choice)."""
_WITH: dict[str, tuple[str, ...]] = {"AU12": ("AU6",)}
"""Unit -> those that go with it in everyday words: a smile lifts the cheeks."""
_NOT_SEEN = "I can tell what shows, not what would be."


def told(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the emotions that the movements would go with, those that are supposed added or, with
    ``intent.shut``, taken away."""
    codes = [
        *region_selection.units_for(tuple(a for a in intent.attributes if a != "emotion")),
        *(code for label in intent.emotions for code in combinations.units_of(label)),
    ]
    codes = list(dict.fromkeys(code for code in codes if code in facs.UNITS))
    if not codes:
        return [fixed(_NOT_SEEN)]
    if intent.shut and not (codes := [c for c in codes if (r := ev.reading(c)) and r.visible]):
        return [Sentence("nothing of that moves as it is.", ev.ids(), verdict="no")]
    added = [*codes, *(more for code in codes for more in _WITH.get(code, ()))]
    levels = ev.levels() | dict.fromkeys(added, 0.0 if intent.shut else SUPPOSED)
    found = [
        s for s in combinations.suggestions(levels) if s.strength >= THINKABLE and s.coverage > 0.5
    ]
    what = joined(noun(code) for code in codes[:2])
    lead = f"Without {what}" if intent.shut else f"With {what}"
    if not found:
        text = f"{lead}, the movements would go with no emotion in particular; that is supposed."
    else:
        words = joined((EMOTION_NOUNS[s.emotion] for s in found[:2]), "or")
        text = f"{lead}, the movements would go best with {words}; that is supposed, not seen."
    return [Sentence(text, ev.ids())]


def combined(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return the emotion that the movements of several parts go with when taken together."""
    found = [s for s in combinations.suggestions(ev.levels()) if s.seen and s.strength >= FITS]
    if not found:
        where = listed_places(ev.found)
        return [Sentence(f"Together, {where} go with no emotion in particular.", ev.ids())]
    best = max(found, key=lambda s: (len(s.seen), s.strength))
    verb = "goes" if len(best.seen) == 1 else "go"
    what = joined(noun(code) for code in best.seen[:3])
    return [Sentence(f"Together, {what} {verb} best with {EMOTION_NOUNS[best.emotion]}.", ev.ids())]
