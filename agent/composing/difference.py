"""By how much faces that were compared differ: years, shares of an emotion, intensities. Pure."""

from collections.abc import Sequence

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, joined, unit_name
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes import cites
from focalface.agent.understanding import Intent
from focalface.tools.face import facs, wording

Named = Sequence[tuple[str, Evidence]]
"""What each face is called, and its evidence."""
_MOST = 4
"""Faces whose figures are told one by one."""


def told(intent: Intent, each: Named) -> list[Sentence]:
    """Return the difference in what was compared; of ages where nothing else was."""
    units = [a for a in intent.attributes if a in facs.UNITS]
    if intent.emotions:
        return _of_emotion(intent, each)
    return _of_unit(units[0], each) if units else _of_ages(each)


def _of_ages(each: Named) -> list[Sentence]:
    known = [age for _, ev in each if (age := ev.age())]
    if len(known) < 2:
        return [Sentence("There are no two ages yet to compare; ask how old two faces look first.")]
    years = [round(estimate.years) for _, estimate in known]  # as they are told
    text = f"About {max(years) - min(years)} years, from {min(years)} to {max(years)}."
    return [Sentence(text, tuple(d.region.id for d, _ in known))]


def _of_emotion(intent: Intent, each: Named) -> list[Sentence]:
    label = intent.emotions[0]
    known = [
        (found[1].probabilities.get(label, 0.0), name, found[0].region.id)
        for name, ev in each
        if (found := ev.emotion())
    ]
    cells = [(f"{share:.0%}", name, (region,)) for share, name, region in sorted(known)[::-1]]
    return _figures(wording.EMOTION_NOUNS[label], cells)


def _of_unit(code: str, each: Named) -> list[Sentence]:
    known = sorted(
        ((r.level, name, cites(r)) for name, ev in each if (r := ev.reading(code))), reverse=True
    )
    cells = [(f"{level:.2f}", name, ids) for level, name, ids in known]
    return _figures(unit_name(code, False), cells)


def _figures(what: str, cells: Sequence[tuple[str, str, tuple[str, ...]]]) -> list[Sentence]:
    if len(cells) < 2:
        return [Sentence(f"{capital(what)} could not be judged on two faces.")]
    shown = cells if len(cells) <= _MOST else (cells[0], cells[-1])
    listed = joined(f"{figure} for {name}" for figure, name, _ in shown)
    return [Sentence(f"{capital(what)}: {listed}.", tuple(i for _, _, ids in shown for i in ids))]
