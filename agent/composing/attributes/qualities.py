"""A quality that is no emotion of its own, answered by the emotion that the face suggests. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.sentence import Sentence, Verdict, lowered
from focalface.agent.understanding.qualities import GOES_WITH
from focalface.tools.face.wording import is_mixed


def weighed(quality: str, says: Sequence[Sentence], ev: Evidence) -> list[Sentence]:
    """Return what the face suggests, and whether ``quality`` goes with that."""
    best = ev.emotion()
    if best is not None and says and is_mixed(best[1]):
        return [replace(says[0], text=f"I cannot tell: {lowered(says[0].text)}", verdict="")]
    if best is None or not says or "not tell" in says[0].text:
        return list(says)
    rival = ev.rival()
    fits = {best[1].label, *([rival.emotion] if rival else [])} & {*GOES_WITH[quality]}
    text = f"{says[0].text.rstrip('.')}, which {'can' if fits else 'does not'} go with {quality}."
    verdict: Verdict = "possibly" if fits else "rather not"
    return [replace(says[0], text=text, verdict=verdict), *says[1:2]]
