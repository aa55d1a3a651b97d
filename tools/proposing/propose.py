"""Which regions bear on a question: ranked, few, each with a reason, from FACS knowledge.

Pure. The keyword understanding here is deliberately compact; the agent understands far more and
passes ``attributes``. Sides are the subject's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from focalface.tools.errors import UsageError
from focalface.tools.face import facs, hiding
from focalface.tools.face.combinations import PROTOTYPES
from focalface.tools.face.landmarks import mirrored
from focalface.tools.face.regions import ATLAS, BASIC, UNIONS, mention_groups, side_of
from focalface.tools.face.topics import TOPICS, Topic
from focalface.tools.geometry import atlas, visible
from focalface.tools.types import EMOTIONS, Face, Region

_OVERVIEW = {
    "mouth": "the mouth moves in most expressions",
    "eye": "the lids show how open and how tense the eyes are",
    "brow": "raised and lowered brows colour the whole expression",
    "glabella": "a frown shows between the brows first",
    "crows_feet": "a smile that reaches the eyes shows beside them",
    "forehead": "raised brows fold the forehead, and age lines show here",
    "lip_corner": "smiles and their one-sided forms show at the lip corners",
    "nasolabial_fold": "raised lips and cheeks deepen the folds, as age does",
    "chin": "the chin bunches when the lower lip is pushed up",
}

_TOPIC_WORDS = {
    "genuineness": "genuine|real|posed|fake|sincere|duchenne|forced|polite smile|felt smile"
    "|in eyes|authentic",
    "pain": "pain|painful|hurt|hurting|suffering|pspi",
    "fatigue": "tired|tiredness|fatigue|fatigued|sleepy|exhausted|weary|drowsy",
    "tension": "tense|tension|stressed|stress|strained|relaxed|uptight|clenched",
    "eye_openness": "eyes? open|open eyes|openness of eyes?|open are eyes|wide are eyes",
    "mouth_openness": "mouth open|open mouth|openness of mouth|open is mouth",
    "asymmetry": "asymmetr\\w+|symmetr\\w+|uneven|lopsided|crooked|both sides|left and right"
    "|one side|one-sided|sides|left with right|(?:than|from|to) (?:left|right)",
    "age": "age|aged|old|older|oldest|young|younger|youngest|years|wrinkles?|wrinkled|lines",
    "emotion": "emotions?|emotional|feel|feels|feeling|feelings|mood|express\\w*|affect",
}
_EMOTION_WORDS = {
    "happiness": "happy|happier|happiest|happiness|joy|joyful|cheerful|glad|amused|amusement",
    "sadness": "sad|sadder|saddest|sadness|unhappy|sorrow|grief|depressed|down",
    "surprise": "surprised?|astonished|astonishment|startled|amazed",
    "fear": "fear|afraid|scared|frightened|anxious|anxiety|terrified|worried",
    "disgust": "disgust|disgusted|revolted|repelled",
    "anger": "angry|angrier|angriest|anger|mad|furious|rage|annoyed|irritated",
    "contempt": "contempt|contemptuous|scorn|disdain|smug",
}


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
    """Regions that bear on a question or on attributes, the most relevant first.

    ``focus``: free text; ``attributes``: AU codes, emotions, or topics (``topics.TOPICS``);
    ``size``: width and height of the picture; ``limit``: at most so many; ``hidings``: what hides
    parts of the face. With neither an overview. Regions that cannot be seen well rank lower, and
    their reason says so. Raises ``UsageError`` for an unknown attribute or a limit below 1.
    """
    if limit < 1:
        raise UsageError(f"limit is {limit}; ask for at least one region.")
    wanted = tuple(dict.fromkeys([*map(_known, attributes), *understood(focus or "")]))
    leads = _merge(_leads(_named(focus or "", wanted), wanted) or _overview())
    regions = [_region(face, lead, size, hidings) for lead in leads]
    return sorted(regions, key=_rank)[:limit]


def understood(text: str) -> tuple[str, ...]:
    """The attributes that a text asks for by keyword: AU codes, emotions, topics."""
    low = re.sub(r"\b(?:the|a|an|his|her|their|my|your) ", "", " ".join(text.lower().split()))
    codes = [f"AU{int(n)}" for n in re.findall(r"\bau ?-?0?(\d{1,2})\b", low)]
    topics = [name for name, words in _TOPIC_WORDS.items() if _has(low, words)]
    emotions = [name for name, words in _EMOTION_WORDS.items() if _has(low, words)]
    found = [c for c in codes if c in facs.UNITS] + topics + emotions
    # A topic says it all: "is the smile genuine" is not a question about AU12 alone.
    return tuple(dict.fromkeys(found or _units_in(low)))


def _units_in(low: str) -> list[str]:
    for words, codes in facs.COMPOUNDS.items():
        if _has(low, words):
            return list(codes)
    return [
        code
        for code, unit in facs.UNITS.items()
        if _has(low, "|".join(map(re.escape, (unit.name, *unit.synonyms))))
    ]


def _has(low: str, words: str) -> bool:
    return re.search(rf"\b(?:{words})\b", low) is not None


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


def _named(text: str, wanted: Sequence[str]) -> dict[str, float]:
    """Atlas names that the question names -> relevance, for each alias the central ones first."""
    named: dict[str, float] = {}
    for group in mention_groups(text):
        bases = list(dict.fromkeys(facs.unsided(name) for name in group))
        if bases == ["upper_lip", "lower_lip"]:
            # Whoever says "the lips" means the mouth: what lips do shows best in both together.
            group, bases = ("mouth",), ["mouth"]
        for name in group:
            named.setdefault(name, 1.0 - 0.03 * bases.index(facs.unsided(name)))
    if "asymmetry" in wanted:
        both = {other: r for name, r in named.items() for other in _with_other_side(name)}
        return dict.fromkeys(both, 1.0)
    return named


def _with_other_side(name: str) -> tuple[str, str]:
    return ("left_half", "right_half") if name == "face" else (name, mirrored(name))


def _leads(named: Mapping[str, float], wanted: Sequence[str]) -> list[_Lead]:
    """What the question names; beyond it only what its attributes need and that cannot show."""
    leads = [_Lead(name, score, _why_named(name, wanted)) for name, score in named.items()]
    shown = set(_shown(named))
    for attribute in wanted:
        units = _units_of(attribute)
        if not named or (units and not units & shown):
            leads += _leads_for(attribute)
    return leads


def _shown(names: Iterable[str]) -> tuple[str, ...]:
    """Codes that can show in atlas regions, unions included."""
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
    """The primary region, and one more that can confirm it."""
    unit = facs.UNITS[code]
    first = f"{unit.plain.capitalize()} ({code}) is judged best here."
    leads = [_Lead(name, 0.95, first) for name in facs.primary_regions(code)]
    if len(unit.regions) > 1:
        second = f"{unit.plain.capitalize()} ({code}) can be confirmed here."
        leads += [_Lead(name, 0.6, second) for name in _sides(unit.regions[1])]
    return leads


def _leads_for_emotion(emotion: str) -> list[_Lead]:
    """The whole face, and the primary regions of the units that suggest the emotion."""
    leads = [_whole("emotion")]
    for place, code in enumerate(facs.in_order(_units_of(emotion))):
        plain = facs.UNITS[code].plain
        reason = f"{emotion.capitalize()} may show here as {plain} ({code})."
        leads += [_Lead(n, 0.95 - 0.03 * place, reason) for n in facs.primary_regions(code)]
    return leads


def _overview() -> list[_Lead]:
    return [
        _Lead(name, 0.8 - 0.05 * place, f"Overview: {why}.")
        for place, (base, why) in enumerate(_OVERVIEW.items())
        for name in _sides(base)
    ]


def _sides(base: str) -> list[str]:
    return [f"left_{base}", f"right_{base}"] if base in facs.SIDED_REGIONS else [base]


def _merge(leads: Sequence[_Lead]) -> list[_Lead]:
    """Each region once, with its best score and the reason that goes with it."""
    best: dict[str, _Lead] = {}
    for lead in leads:
        if lead.name not in best or lead.score > best[lead.name].score:
            best[lead.name] = lead
    return list(best.values())


def _region(
    face: Face, lead: _Lead, size: tuple[int, int], hidings: Sequence[hiding.Hiding]
) -> Region:
    region = visible.as_seen(face, atlas.named(face, lead.name, size), hidings)
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
