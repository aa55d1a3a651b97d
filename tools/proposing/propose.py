"""Which regions bear on a question: ranked, few, each with a reason, from FACS knowledge.

Pure. Questions are read as the agent reads them (:mod:`focalface.tools.question`): where it would
look comes first, what else can confirm it after that. Sides are the subject's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from focalface.tools.errors import UsageError
from focalface.tools.face import facs, hiding
from focalface.tools.face.combinations import PROTOTYPES
from focalface.tools.face.region_rows import ROWS
from focalface.tools.face.regions import ATLAS, BASIC, UNIONS, side_of
from focalface.tools.face.topics import TOPICS, Topic
from focalface.tools.geometry import atlas, visible
from focalface.tools.proposing import region_selection
from focalface.tools.question.asked import Asked, asked
from focalface.tools.types import EMOTIONS, Face, Region

_OVERVIEW = ("mouth", "eye", "brow", "glabella", "crows_feet", "forehead", "lip_corner")
"""What an overview begins with; the other regions that have a reason for one follow."""


@dataclass(frozen=True, slots=True)
class _Lead:
    """A region to look at, how much it bears on the question, why, and for which units."""

    name: str
    score: float
    reason: str


def propose(
    face: Face,
    size: tuple[int, int],
    *,
    focus: str | None = None,
    attributes: Sequence[str] = (),
    limit: int = 6,
    hidings: Sequence[hiding.Hiding] = (),
) -> list[Region]:
    """Return regions that bear on a question or on attributes, the most relevant first.

    ``focus``: free text; ``attributes``: AU codes, emotions, or topics (``topics.TOPICS``);
    ``size``: width and height of the picture; ``limit``: at most so many; ``hidings``: what hides
    parts of the face. With neither an overview. Regions that cannot be seen well rank lower, and
    their reason says so. Raises ``UsageError`` for an unknown attribute or a limit below 1.
    """
    if limit < 1:
        raise UsageError(f"limit is {limit}; ask for at least one region.")
    read = asked(focus or "")
    wanted = tuple(dict.fromkeys([*map(_known, attributes), *_precise(read)]))
    leads = _merge([*_looked_at(read, wanted), *_leads(read.named, wanted)] or _overview())
    regions = [_region(face, lead, size, hidings) for lead in leads]
    return sorted(regions, key=_rank)[:limit]


def _known(attribute: str) -> str:
    name = attribute.strip()
    if name.upper() in facs.UNITS:
        return name.upper()
    name = name.lower().replace(" ", "_").replace("-", "_")
    if name in TOPICS or name in EMOTIONS:
        return name
    raise UsageError(
        f"There is no attribute {attribute[:40]!r}; use AU codes such as AU12, one of "
        f"{', '.join(TOPICS)}, or an emotion."
    )


def _precise(read: Asked) -> tuple[str, ...]:
    """Attributes of a question; a feeling that it names in place of feelings in general."""
    return tuple(
        one for a in read.attributes for one in (read.emotions if a == "emotion" else ()) or (a,)
    )


def _looked_at(read: Asked, wanted: Sequence[str]) -> list[_Lead]:
    """Tell where the agent would look, in its order."""
    leads = [
        _Lead(name, 1.0 - 0.001 * place, _why(name, read, wanted))
        for place, name in enumerate(read.regions)
    ]
    if {"upper_lip", "lower_lip"} <= {*read.named}:
        reason = "What the lips do shows best in both together."
        leads.insert(0, _Lead("mouth", 1.0, reason))
    return leads


def _why(name: str, read: Asked, wanted: Sequence[str]) -> str:
    if name in read.named:
        return _why_named(name, wanted)
    reason = region_selection.reason(name, read.attributes)
    return f"{reason[:1].upper()}{reason[1:]}."


def _leads(named: Sequence[str], wanted: Sequence[str]) -> list[_Lead]:
    """Return what can confirm it: what its attributes need and the regions that it names cannot
    show."""
    shown = set(_shown(named))
    leads: list[_Lead] = []
    for attribute in wanted:
        units = _units_of(attribute)
        if not named or (units and not units & shown):
            leads += _leads_for(attribute)
    return leads


def _shown(names: Iterable[str]) -> tuple[str, ...]:
    """Return codes that can show in atlas regions, unions included."""
    return tuple(atlas.shown_in([m for name in names for m in UNIONS.get(name, (name,))]))


def _why_named(name: str, wanted: Iterable[str]) -> str:
    shown = _shown([name])
    useful = [code for a in wanted for code in facs.in_order(_units_of(a)) if code in shown]
    if not useful:
        return "The question names it."
    plain = " and ".join(facs.UNITS[code].plain for code in dict.fromkeys(useful[:2]))
    return f"The question names it, and it can show {plain}."


def _units_of(attribute: str) -> set[str]:
    if attribute in facs.UNITS:
        return {attribute}
    if attribute in TOPICS:
        return set(TOPICS[attribute].units)
    if attribute == "contempt":
        return {"AU12", "AU14"}
    return {c for p in PROTOTYPES if p.emotion == attribute for group in p.core for c in group}


def _leads_for(attribute: str) -> list[_Lead]:
    if attribute in facs.UNITS:
        return _leads_for_unit(attribute)
    if attribute in TOPICS:
        return _leads_for_topic(TOPICS[attribute])
    if attribute == "neutral":
        return _overview()
    return _leads_for_emotion(attribute)


def _leads_for_topic(topic: Topic) -> list[_Lead]:
    leads = [_whole(topic.name)] if topic.name in ("age", "emotion") else []
    for place, base in enumerate(topic.regions):
        reason = f"{topic.why[0].upper()}{topic.why[1:]}"
        here = [code for code in facs.shown_in(base) if code in topic.units]
        if here:
            seen = " and ".join(f"{facs.UNITS[code].plain} ({code})" for code in here[:2])
            reason += f"; look here for {seen}"
        leads += [_Lead(name, 0.95 - 0.07 * place, f"{reason}.") for name in _sides(base)]
    return leads


def _whole(what: str) -> _Lead:
    return _Lead("face", 0.98, f"The whole face gives the surest reading of {what}.")


def _leads_for_unit(code: str) -> list[_Lead]:
    """Return the primary region, and one more that can confirm it."""
    unit = facs.UNITS[code]
    first = f"{unit.plain.capitalize()} ({code}) is judged best here."
    leads = [_Lead(name, 0.95, first) for name in facs.primary_regions(code)]
    if len(unit.regions) > 1:
        second = f"{unit.plain.capitalize()} ({code}) can be confirmed here."
        leads += [_Lead(name, 0.6, second) for name in _sides(unit.regions[1])]
    return leads


def _leads_for_emotion(emotion: str) -> list[_Lead]:
    """Return the whole face, and the primary regions of the units that suggest the emotion."""
    leads = [_whole("emotion")]
    for place, code in enumerate(facs.in_order(_units_of(emotion))):
        plain = facs.UNITS[code].plain
        reason = f"{emotion.capitalize()} may show here as {plain} ({code})."
        leads += [_Lead(n, 0.95 - 0.03 * place, reason) for n in facs.primary_regions(code)]
    return leads


def _overview() -> list[_Lead]:
    told = [row.name for row in ROWS.values() if row.overview]
    return [
        _Lead(name, 0.8 - 0.05 * place, f"Overview: {ROWS[base].overview}.")
        for place, base in enumerate(dict.fromkeys([*_OVERVIEW, *told]))
        for name in _sides(base)
    ]


def _sides(base: str) -> list[str]:
    return [f"left_{base}", f"right_{base}"] if base in facs.SIDED_REGIONS else [base]


def _merge(leads: Sequence[_Lead]) -> list[_Lead]:
    """Return each region once, with its best score and the reason that goes with it."""
    best: dict[str, _Lead] = {}
    for lead in leads:
        if lead.name not in best or lead.score > best[lead.name].score:
            best[lead.name] = lead
    return list(best.values())


def _region(
    face: Face, lead: _Lead, size: tuple[int, int], hidings: Sequence[hiding.Hiding]
) -> Region:
    region = visible.as_seen(face, atlas.named_region(face, lead.name, size), hidings)
    score, reason = lead.score, lead.reason
    if region.visibility < hiding.HIDDEN:
        score *= 0.2 + region.visibility
        reason = f"{reason[:-1]}, but {_hidden_because(region)}."
    return region.model_copy(update={"relevance": min(1.0, score), "reason": reason})


def _hidden_because(region: Region) -> str:
    """Half a sentence for a region of which little can be seen: ``it is hidden by a mask``."""
    much = "" if region.visibility < 0.1 else "much of "
    return f"{much}it {hiding.predicate(region.hidden_by)}"


def _rank(region: Region) -> tuple[float, int, int]:
    """Best first; at equal relevance down the face, left before right."""
    place = (BASIC if region.name in BASIC else ATLAS).index(region.name)
    return (-(region.relevance or 0.0), place, side_of(region.name) == "right")
