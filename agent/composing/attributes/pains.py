"""Whether a face shows pain, and not only what anger or disgust shows as well. Pure."""

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import graded_unit, joined, unit_name
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes import signs
from focalface.agent.composing.attributes.units import cites
from focalface.tools.face import combinations
from focalface.tools.face.wording import EMOTION_NOUNS
from focalface.tools.types import Emotion

OWN = ("AU6", "AU43")
"""Units of pain that anger and disgust do without: raised cheeks, closed eyes."""
_LOOKALIKES: tuple[Emotion, ...] = ("anger", "disgust", "fear", "sadness")
"""Emotions that share units with pain."""


def pain(ev: Evidence, expert: bool, *, numbers: bool = False) -> list[Sentence]:
    """Return movements that go with pain; the Prkachin-Solomon score if figures are wanted, or
    pain is likely."""
    told = in_pain(ev)
    says = _explained_by_a_smile(ev) or (told is False and _shared(ev, expert)) or []
    says = says or signs.told(ev, "pain", expert)
    if says and (expert or numbers or told):
        score = _pspi(combinations.pspi(ev.levels()), ev, addends=expert or numbers)
        says.append(Sentence(score, ev.ids()))
    return says


def in_pain(ev: Evidence) -> bool | None:
    """Tell whether a face shows more of pain than an emotion does as well: its own units, or most
    of all of them; None where none of its units was read."""
    known = [r for code in combinations.PSPI_UNITS if (r := ev.reading(code))]
    if not known:
        return None
    smile = ev.reading("AU12")
    own = OWN[1:] if smile and smile.visible else OWN  # a smile raises the cheeks as well
    shows = {r.code for r in known if r.visible}
    return len(shows) > 1 and bool(shows & {*own}) and bool(shows - {*OWN})


def _shared(ev: Evidence, expert: bool) -> list[Sentence]:
    """That what shows of pain goes with an emotion as well; empty where less than two movements
    show."""
    known = [r for code in combinations.PSPI_UNITS if (r := ev.reading(code))]
    shows = sorted((r for r in known if r.visible), key=lambda r: -r.level)
    fitting = {label: {*combinations.units_of(label)} & {r.code for r in shows}
               for label in _LOOKALIKES}  # fmt: skip
    most = max(map(len, fitting.values()))
    if len(shows) < 2 or not most:
        return []
    like = joined(
        (EMOTION_NOUNS[label] for label, codes in fitting.items() if len(codes) == most), "or"
    )
    text = f"{joined(graded_unit(r, expert) for r in shows[:3])} go with pain, but with {like} too"
    lacking = [r for code in OWN if (r := ev.reading(code)) and not r.visible]
    if lacking:
        text += f", and there is no {joined((unit_name(r.code, expert) for r in lacking), 'or')}"
    ids = tuple(dict.fromkeys(i for r in (*shows[:3], *lacking) for i in cites(r)))
    return [Sentence(f"{text}.", ids, verdict="not clearly")]


def _explained_by_a_smile(ev: Evidence) -> list[Sentence]:
    """That all that shows of pain goes with a smile as well: raised cheeks, tightened lids."""
    smile = ev.reading("AU12")
    shows = [r for code in combinations.PSPI_UNITS if (r := ev.reading(code)) and r.visible]
    if not smile or not smile.visible or not shows or {r.code for r in shows} - {"AU6", "AU7"}:
        return []
    what = joined(graded_unit(r, False) for r in shows)
    ids = tuple(dict.fromkeys(i for r in (*shows, smile) for i in cites(r)))
    text = (
        f"nothing points to pain: {what} goes with the smile."
        if len(shows) == 1
        else f"nothing points to pain: {what} go with the smile."
    )
    return [Sentence(text, ids, verdict="no")]


def _pspi(score: combinations.PainScore, ev: Evidence, *, addends: bool) -> str:
    if score.score is None:
        were = "was" if len(score.missing) == 1 else "were"
        return (
            f"The PSPI score cannot be computed in full, because {joined(score.missing)} {were} "
            f"not assessed; the other units alone amount to {score.at_least:.1f} of 16."
        )
    if not addends:
        return f"The PSPI score comes to {score.score:.1f} of 16, an estimate, no measurement."
    terms = joined(f"{name} {value:.1f}" for name, value in combinations.pspi_addends(ev.levels()))
    return f"PSPI {score.score:.1f} of 16, an estimate: {terms}."
