"""From a question and what the conversation knows to an :class:`Intent`. Pure; never fails."""

import re
from functools import lru_cache
from typing import Literal

from focalface.agent.understanding import (
    age_spans,
    follow_ups,
    multi_part,
    program,
    refusals,
    request_kind,
)
from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.face import combinations
from focalface.tools.proposing import region_selection
from focalface.tools.question import (
    attributes,
    au_codes,
    comparisons,
    exclusions,
    faces,
    languages,
    out_of_scope,
    politeness,
    regions,
    vocabulary,
)
from focalface.tools.question.asked import (
    beyond_sight,
    codes_and_shapes,
    left_over,
    named_in,
    places_of,
)
from focalface.tools.question.comparisons import Comparison
from focalface.tools.question.text import Text, read_text
from focalface.tools.question.vocabulary import any_of

_NO_CONTEXT = Context()
_HOW_MANY_OF_AN_AGE = re.compile(
    r" (?:how many|number of|count) (?:the |these |those )?"
    r"(?:kid|kids|child|children|baby|babies|toddler|toddlers|teen|teens|teenager|teenagers|adult|adults) "
)
_HERE = re.compile(
    r" (?:here|there|this (?:area|region|part|spot|place|bit|box|point|one)|selected|selection"
    r"|inside it) "
)
_NUMBERED = re.compile(
    r"^ (?:and )?#? ?(?P<only>\d{1,2}(?: ?(?:,|and|&|vs) ?\d{1,2})*) ?[?.!]? ?$"
    r"|(?: number| region| no| #| in| at| about| and| describe| with| is| do| doe| compare"
    r"| between| of| for)s? ?#? ?(?P<after>\d{1,2}(?: ?(?:,|and|&|vs|with) ?\d{1,2})*) "
)
_MOTION = re.compile(r" (?:doing|move\w*|moving|muscle|contract\w*|active|activity|up to) ")
_OF_ALL = re.compile(
    r"\bcompare (?:the |their |all |all the )?(?:smiles|grins|mouths|foreheads|noses|chins"
    r"|expressions|faces|moods|ages|emotions|frowns)\b"
)
"""Things that one face has only one of: in the plural they are those of all faces."""
_ANYONE = re.compile(r" (?:any|anyone|anybody|someone|somebody|any of \w+|either|one of them) ")
_EVERYONE = re.compile(r" (?:everyone|everybody|all|each|every|both) ")
_SHUT = re.compile(rf" {any_of(vocabulary.SHUT)} ")
_OPEN_TOO = re.compile(rf" {any_of(vocabulary.OPEN)} ")
_RESTS = frozenset({"fatigue", "tension"})
"""What a closed eye is named as a sign of, and is not closed itself."""
_RANKED = re.compile(r" (?:most|more|less|least|best|rank|order|sort|than|compare\w*|\w+est) ")
_LEAST = re.compile(
    r"(?<! at) (?:least|less|lowest|weakest|faintest|ascending) | (?:youngest|calmest) (?:first|to) "
    r"| from (?:the )?(?:youngest|calmest) "
)
_AVERAGE = re.compile(
    r" (?:average|mean|median|combined|overall) (?:\w+ )?age | age on average | averaged? "
)
_COMPARATIVE = re.compile(
    r"\bwh(?:o|ich)\b.*\b(?:\w+(?:ier|dder|nser|mer)|(?:wid|broad|bigg|larg|strong|great|full|old|young|high)er)\b"
)
_THAN_USUAL = re.compile(
    r" (?:than|compare(?:d)? (?:to|with)) (?:normal|usual|average|natural|at rest|it should|they should)(?= )"
)
"""What is compared with nothing that is in the picture."""
_HOW_SURE = re.compile(
    r" (?:sure|certain|confident) (?:be |are )?you | you (?:be |are )?(?:\w+ )?(?:sure|certain|confident) "
)
_EXPERT = re.compile(r" (?:facs terms|facs|technical|technically|expert|in detail for experts) ")
_NUMBERS = re.compile(
    r" (?:numbers?|exact|exactly|decimals?|percent|percentages?|%|probability|probabilities"
    r"|figures"
    r"|how sure|how certain|how confident|confidence|score|intensity|intensities|how strong"
    r"|how intense|scale|rate|value|values|how big|pspi|prkachin|pain (?:score|index|scale)) "
)


@lru_cache(maxsize=64)  # a question is read by itself, and again as a follow-up
def parse(question: str, context: Context = _NO_CONTEXT) -> Intent:
    """Return what ``question`` asks for, given what the conversation knows."""
    if topic := program.topic(question):
        codes = au_codes.find_codes(read_text(question))[0] if topic == "units" else ()
        return Intent(kind="help", about=topic, attributes=tuple(codes))
    made = _heard(question, context)
    if made.kind not in ("help", "outside"):
        return made
    only_thanks = made.kind == "help" and politeness.thanks(question)
    about = program.in_passing(question) or ("thanks" if only_thanks else None)
    return made.model_copy(update={"about": about}) if about else made


def _heard(question: str, context: Context) -> Intent:
    text = read_text(question)
    if not re.search(r"\w", text.raw):
        return Intent(kind="empty", cut=text.cut)
    english = languages.english(text.raw)
    if english is None:
        made = multi_part.understand(politeness.unwrapped(text.raw), context, _one)
        if not (made.refusal or made.declined) and (reason := refusals.refusal(text.raw)):
            made = Intent(kind="refuse", refusal=reason)  # by what its parts say together
    elif reason := refusals.refusal(text.raw):
        made = Intent(kind="refuse", refusal=reason)
    else:
        made = _one(english, context)
    return made.model_copy(update={"foreign": english is not None, "cut": text.cut})


@lru_cache(maxsize=64)  # a question is read as a whole, in parts, and against the one before
def _one(raw: str, context: Context) -> Intent:
    """Return a single question in English."""
    spelt_out = follow_ups.placed(raw, context.last)
    text = read_text(spelt_out)
    if reason := refusals.refusal(raw):
        of_whom = faces.find_faces(text.base, context.count)[0]
        return Intent(kind="refuse", refusal=reason, faces=of_whom)
    made = _understand(text, context)
    if made.kind == "outside" and not made.beyond:
        meant = (
            _understand(read_text(named), context)
            for named in follow_ups.unfolded(raw, context.last)
        )
        made = next((one for one in meant if follow_ups.is_new(one, context.last)), made)
    polar = politeness.polar(text) and not _either(text.base, made.attributes)
    polar = polar and not ("time" in made.beyond and made.attributes == ("mouth_openness",))
    same = made.faces or (context.last.faces if context.last and spelt_out != raw else ())
    return made.model_copy(update={"polar": polar, "faces": same})


def _either(base: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether a question offers several ways to be open or to move: no yes answers that."""
    openness = {"mouth_openness", "eye_openness", "AU25", "AU26"} & {*wanted}
    several = len([a for a in wanted if a.startswith("AU")]) > 1
    return bool((openness or several) and re.search(r" or (?!not |no )", base))


def _understand(text: Text, context: Context) -> Intent:
    codes, rest, boxes, points = codes_and_shapes(text)
    numbered, base = _numbered(rest.base, context)
    usual = _THAN_USUAL.search(base)
    base, excluded = exclusions.split(base)
    selectors, who, base = faces.find_faces(base, context.count)
    if not selectors and context.count != 1 and _OF_ALL.search(text.plain):
        selectors = ("all",)
    wanted, emotions = attributes.find_attributes(base, codes)
    if _HOW_SURE.search(base) and not emotions and len(wanted) > 1:
        wanted = tuple(a for a in wanted if a != "emotion")  # you are confident, not the face
    beyond, wanted = beyond_sight(base, wanted)
    if (meant := follow_ups.sincerity(base, wanted, context.last)) is not None:
        wanted, beyond = meant, beyond or (() if meant else ("photo",))
    if "age" in wanted and not selectors and context.count != 1 and _AVERAGE.search(text.base):
        selectors = ("all",)
    if not wanted and _HOW_MANY_OF_AN_AGE.search(text.base):
        wanted, selectors = ("age",), ("all",)
    mentions = regions.find_mentions(base)
    named = named_in(mentions, base)
    if not named and not (boxes or points):
        named = numbered or _regions_here(base, context)
    named = (*named, *("custom" for _ in [*boxes, *points]))
    intent = Intent(
        kind="outside",
        attributes=wanted,
        emotions=emotions,
        named=named,
        boxes=boxes,
        points=points,
        faces=selectors,
        beyond=beyond,
        motion=bool(_MOTION.search(base)),
        among=_among(text.base) if "all" in selectors else "",
        years=age_spans.find_age_span(text.plain) if "age" in wanted and not boxes else None,
        spans=age_spans.find_age_spans(text.plain) if "age" in wanted and not boxes else (),
        least=bool(_LEAST.search(text.base)),
        ranked=bool(_RANKED.search(base) or _COMPARATIVE.search(text.plain)),
        averaged="age" in wanted and bool(_AVERAGE.search(text.base)),
        counted=bool(faces.HOW_MANY.search(text.base)),
        shut=bool(_SHUT.search(base) and not _OPEN_TOO.search(base) and not _RESTS & {*wanted}),
        by_looks=out_of_scope.stripped(base) != base
        and not selectors
        and context.count not in (0, 1),
        expert=bool(
            _EXPERT.search(text.base) or (request_kind.UNITS_WORD.search(text.base) and not codes)
        ),
        numbers=bool(_NUMBERS.search(text.base)),
    )
    if follow := follow_ups.resolve(intent, base, context, excluded):
        return follow
    compared = comparisons.find_comparison(
        base, mentions, wanted, intent.named, faces=intent.faces, who=who
    )
    made = _finish(intent, base, text, None if usual else compared)
    if not excluded:
        return made
    kept = left_over(made.regions, wanted, named, excluded)
    return made.model_copy(update={"regions": kept, "excluded": excluded})


def _among(base: str) -> Literal["", "all", "any"]:
    """Tell whether a question on several faces asks for all of them or for anyone."""
    if _ANYONE.search(base):
        return "any"
    return "all" if _EVERYONE.search(base) else ""


def _numbered(base: str, context: Context) -> tuple[tuple[str, ...], str]:
    """Return regions that the user calls by the numbers on the last picture."""
    match = _NUMBERED.search(base) if context.numbered else None
    if match is None:
        return (), base
    numbers = [int(n) for n in re.findall(r"\d+", match["only"] or match["after"])]
    known = [context.numbered[n - 1] for n in numbers if 1 <= n <= len(context.numbered)]
    return tuple(dict.fromkeys(known)), base


def _regions_here(base: str, context: Context) -> tuple[str, ...]:
    return context.selection if context.selection and _HERE.search(base) else ()


def _finish(intent: Intent, base: str, text: Text, comparison: Comparison | None) -> Intent:
    wanted = intent.attributes
    if comparison == "sides" and not (wanted or intent.named or intent.beyond):
        wanted = ("asymmetry",)
    kind = request_kind.kind_of(
        intent.model_copy(update={"attributes": wanted}), base, text, comparison
    )
    if kind in ("help", "outside", "faces"):
        kept = intent.faces if intent.beyond else ()  # a hat is asked of somebody
        return intent.model_copy(
            update={"kind": kind, "attributes": (), "named": (), "regions": (), "faces": kept}
        )
    named, chosen = places_of(wanted, intent.named, base, comparison)
    if kind == "locate" and intent.emotions:
        units = tuple(u for label in intent.emotions for u in combinations.units_of(label))
        chosen = ("face", *region_selection.plan_regions(units, ()))
    if not chosen or kind == "summary":
        chosen = region_selection.WHOLE
    return intent.model_copy(
        update={
            "kind": kind,
            "attributes": wanted,
            "named": named,
            "regions": chosen,
            "comparison": comparison,
        }
    )
