"""Short follow-ups that name something of their own: "is 9 in there?", "why not scared?", "now the
lower", "where is face 3?".

Each pattern has to match the whole question, so that a question of its own never falls in here.
"""

import re

from focalface.agent.understanding import changes, superlatives, whom
from focalface.agent.understanding.changes import changed
from focalface.agent.understanding.intent import Context, Intent, LastTurn
from focalface.tools.face import facs
from focalface.tools.proposing import region_selection
from focalface.tools.question import attributes, au_codes
from focalface.tools.question.text import read_text

_LEAD = r"\W*(?:(?:ok|okay|so|and|now|but|then|hm+|also|well|alright|what about|how about|same for|what of),? )*"
_UNIT = re.compile(
    rf"^{_LEAD}(?:(?:is|was|are) )?(?:there )?(?:any |an? |no )?(?:unit )?(?:au ?)?(?P<n>\d{{1,2}})(?: (?:in there|there|present|too|as well"
    r"|also|active|in it|in the list|among them|on the list|though))*\W*$",
    re.I,
)
_WHERE_IS = re.compile(
    rf"{_LEAD}where(?: exactly)?(?: is|'s|s) (?:(?:face|person|number|no\.?|nr\.?|#) ?#?(?P<n>\d{{1,3}})|he|she|(?:that|this) (?:one|person|face))"
    r"(?: (?:in the (?:picture|photo|image)|exactly|standing|sitting|then))*\W*$",
    re.I,
)


_NTH = re.compile(
    rf"^{_LEAD}(?:(?:who|which)(?: one)?(?: is|'s|s| comes| came)?(?: in)?(?: the)? |the |in )?(?P<nth>second|third|fourth|2nd|3rd|4th|runner[- ]up|next|after (?:him|her|that|them))"
    r"(?: most| best| one| place| position)?\W*$",
    re.I,
)
"""Another place in a ranking of which the first was told."""
_NONE = re.compile(
    rf"^{_LEAD}(?:who|which(?: one| of them)?s?) (?:has|have|wears?|shows?|does|do) (?:none|no such thing|neither)\W*$",
    re.I,
)
"""Those who do not show what was asked for of everybody."""
_HALF = re.compile(
    rf"^{_LEAD}(?:is |does |do )?(?:the |her |his )?(?P<which>upper|lower|top|bottom)(?: half| part| bit| one)?\W*$",
    re.I,
)
_HALVES = {
    "upper": "upper_face",
    "top": "upper_face",
    "lower": "lower_face",
    "bottom": "lower_face",
}


def resolve(raw: str, context: Context) -> Intent | None:
    """Return the question as a change of the last one; None for a question of another kind."""
    if context.count != 1 and (match := _WHERE_IS.match(raw)):
        return _placed(match, context)
    last = context.last
    if last is None or last.intent is None:
        return None
    several = whom.several(context)
    if several and last.intent.ranked and (match := _NTH.match(raw)):
        ranked = whom.ranked(last, least=last.intent.least)
        nth = superlatives.place_of(match["nth"])
        if match["nth"][:4].lower() in ("next", "afte"):
            nth = max(last.intent.nth, 1) + 1
        if nth <= len(last.order):
            return None  # known, so it names somebody
        return ranked and ranked.model_copy(update={"nth": nth, "listed": False, "weighing": ""})
    if several and last.attributes and _NONE.match(raw):
        return whom.of_everybody(last, absent=True)
    if (match := _HALF.match(raw)) and {*last.regions} & {*_HALVES.values()}:
        return changes.asked_at(last, (_HALVES[match["which"].lower()],))
    if (why := _why_not(raw, last)) is not None:
        return why
    if (match := _UNIT.match(raw)) and not several and _of_units(last):
        return _unit(int(match["n"]), last)
    return None


def _placed(match: re.Match[str], context: Context) -> Intent | None:
    """Return a question for the place of one face."""
    subject = context.last.subject[:1] if context.last else ()
    faces = (match["n"],) if match["n"] else subject
    return Intent(kind="faces", faces=faces, follow_up=True) if faces else None


def _of_units(last: LastTurn) -> bool:
    """Tell whether the last answer told of units, so that a bare number means one."""
    asked = last.intent
    coded = asked is not None and (asked.expert or asked.form == "codes")
    return coded or any(a in facs.UNITS for a in last.attributes) or last.coded


def _unit(number: int, last: LastTurn) -> Intent | None:
    code = f"AU{number}"
    if code not in facs.UNITS:
        return None
    where = region_selection.plan_regions((code,), ())
    return changed(
        last, kind="recognise", attributes=(code,), named=(), regions=where, polar=True,
        comparison=None, weighing="", emotions=(), ranked=False,
    )  # fmt: skip


_WHY_NOT = re.compile(
    rf"^{_LEAD}(?:why (?:is (?:it|he|she|this|that) |isn't (?:it|he|she|that) |aren't they |would (?:it|you) |don't you (?:say|think) )?(?:not )?|what speaks against )"
    r"(?P<what>.+?)\W*$",
    re.I,
)
_LACKING = re.compile(
    rf"^{_LEAD}(?:what(?:'?s| is| would be)? (?:missing|lacking|needed|absent)|what would (?:it take|make (?:it|that))|what (?:would|does|do)|how (?:would|does|do)|why (?:is (?:it|that) )?not)"
    r"\b(?P<what>.*?)(?: look(?: different(?:ly)?| like)?)?\W*$",
    re.I,
)
"""What would make a feeling of it: "what's missing for disgust?", "how would fear look?"."""
_HYPOTHETICAL = re.compile(
    r"\b(?:missing|lacking|needed|absent|would|look different(?:ly)?)\b", re.I
)
_NEGATED = re.compile(r"\bnot\b|n't\b|\bagainst\b", re.I)


def _why_not(raw: str, last: LastTurn) -> Intent | None:
    """ "Why not scared?": what of that is missing; None where it names nothing of the kind."""
    match = _WHY_NOT.match(raw)
    if match is None or not _NEGATED.search(raw):
        match = _LACKING.match(raw) if _HYPOTHETICAL.search(raw) else None
    if match is None:
        return None
    base = read_text(match["what"]).base
    wanted, emotions = attributes.find_attributes(
        base, au_codes.find_codes(read_text(match["what"]))[0]
    )
    units = tuple(a for a in wanted if a in facs.UNITS)
    if not emotions and not units:
        return None
    asked = ("emotion",) if emotions else units
    regions = tuple(dict.fromkeys((*last.regions, *region_selection.plan_regions(asked, ()))))
    return changed(
        last, kind="why", recall="why not", attributes=asked, emotions=emotions, regions=regions,
        named=(), comparison=None, weighing="",
    )  # fmt: skip
