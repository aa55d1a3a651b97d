"""How the head is held. Pure."""

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import TURNED, head_words, joined
from focalface.agent.basics.sentence import Sentence


def head(ev: Evidence, expert: bool) -> list[Sentence]:
    """Tell which way the head is turned, raised and tilted, from the pose of the face."""
    if not ev.found:
        return []
    of = ev.found[0].region.face_id
    face = next(f for f in ev.scene.faces if f.id == of)
    said = joined(head_words(face)) or f"held straight, within {TURNED:.0f}° in every direction"
    return [Sentence(f"The head is {said}.", ev.ids())]
