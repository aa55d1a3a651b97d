"""Short follow-ups that lean on the turn before: "and the other?", "more on one side?", "is 9 in
there?", "which one least?", "the one next to her on the right?".

Each pattern has to match the whole question, so that a question of its own never falls in here.
"""

import re

from focalface.agent.understanding import shifts
from focalface.agent.understanding.intent import Context, Intent, LastTurn
from focalface.tools.face import facs
from focalface.tools.face.landmarks import mirrored
from focalface.tools.proposing import region_selection
from focalface.tools.question import attributes, au_codes
from focalface.tools.question.text import read_text

_LEAD = r"\W*(?:(?:ok|okay|so|and|now|but|then|hm+|also|well|alright|what about|how about|same for|what of),? )*"
_PERSON = r"(?:one|guy|girl|man|woman|person|face|boy|lady|dude|kid|fellow|bloke|child)"
_OTHER = re.compile(
    rf"^{_LEAD}(?:is |does |do |are )?(?:the |his |her |their )?other(?: {_PERSON}| side| half| eye| brow| eyebrow| cheek| corner)?(?: too| as well)?\W*$",
    re.I,
)
_UNIT = re.compile(
    rf"^{_LEAD}(?:(?:is|was|are) )?(?:there )?(?:any |an? |no )?(?:unit )?(?:au ?)?(?P<n>\d{{1,2}})(?: (?:in there|there|present|too|as well"
    r"|also|active|in it|in the list|among them|on the list|though))*\W*$",
    re.I,
)
_WHICH_OF_ALL = re.compile(
    rf"^{_LEAD}(?:(?:which(?: one| face| person| of (?:them|these|those))?|who(?: of them)?)(?: (?:is|does|has|smiles|shows|looks)(?: (?:it|so|that))?)? ?)?"
    r"(?:the )?(?P<how>most|least|more|less|strongest|weakest|clearest|biggest|smallest)(?: so| of it| clearly)?\W*$",
    re.I,
)
_NEXT_TO = re.compile(
    rf"^{_LEAD}(?:the )?(?:{_PERSON} )?(?:next to|beside|by|right of|left of|to the (?:right|left) of) (?:her|him|them|that one|this one|it)"
    r"(?: (?:on|to|at) (?:the |her |his |their )?(?P<side>left|right))?\W*$",
    re.I,
)
_SIDE_OF = re.compile(r"\b(?:to the |on the |)(?P<side>left|right) of\b", re.I)
_RANKED = frozenset({"emotion", "age", "tension", "fatigue", "pain", "mouth_openness"})
_COUNT_OR_WHO = re.compile(
    rf"^{_LEAD}(?:(?P<who>who|which(?: ones?)?)|how many)(?: of (?:them|these|those|the two))?(?: (?:do|does|is|are))?(?P<absent>n't| not|nt)?"
    r"(?: (?:it|that|so|they))?\W*$",
    re.I,
)
_LEAST = frozenset({"least", "less", "weakest", "smallest"})


def resolve(raw: str, context: Context) -> Intent | None:
    """Return the question as a change of the last one; None for a question of another kind."""
    last = context.last
    if last is None or last.intent is None:
        return None
    several = context.count is not None and context.count > 1
    if (why := _why_not(raw, last)) is not None:
        return why
    if several and last.attributes and (match := _COUNT_OR_WHO.match(raw)):
        absent = bool(match["absent"]) or bool(match["who"] and last.intent.absent)
        return _changed(last, faces=("all",), counted=not match["who"], among="", absent=absent,
                        polar=False, comparison=None, ranked=False)  # fmt: skip
    if _OTHER.match(raw):
        return _other(raw, last, several=several)
    if (match := _UNIT.match(raw)) and not several and _of_units(last):
        return _unit(int(match["n"]), last)
    if several and (match := _WHICH_OF_ALL.match(raw)) and _is_of_all(last):
        return _of_all(last, least=match["how"].lower() in _LEAST)
    if several and (match := _NEXT_TO.match(raw)):
        beside = match["side"] or ((at := _SIDE_OF.search(raw)) and at["side"])
        return _beside(last, beside.lower() if beside else "")
    return None


def _is_of_all(last: LastTurn) -> bool:
    """Tell whether the last question was about everybody rather than about two."""
    assert last.intent is not None
    return len(last.pair) < 2 or "all" in last.intent.faces


def _changed(last: LastTurn, **changes: object) -> Intent:
    assert last.intent is not None
    update = {"follow_up": True, "parts": (), "recall": None, "form": "", **changes}
    return last.intent.model_copy(update=update)


def _other(raw: str, last: LastTurn, *, several: bool) -> Intent | None:
    """Return the other face, the other side, or, where both were told of, one side against the other."""
    sides = {n.partition("_")[0] for n in last.regions if mirrored(n) != n}
    paired = re.search(
        r"\b(?:side|half|eye|brow|eyebrow|cheek|corner)\W*(?:too|as well)?\W*$", raw, re.I
    )
    if (
        several
        and not paired
        and (len(last.faces) < 2 and sides != {"left"} and sides != {"right"})
    ):
        return _changed(last, faces=("others",), comparison=None, ranked=False)
    if len(sides) == 1:
        moved = tuple(mirrored(n) for n in last.regions)
        return shifts.asked_at(last, moved)
    if len(sides) == 2:
        return shifts.sides_compared(last)
    return None


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
    return _changed(
        last, kind="recognise", attributes=(code,), named=(), regions=where, polar=True,
        comparison=None, weighing="", emotions=(), ranked=False,
    )  # fmt: skip


def _of_all(last: LastTurn, *, least: bool) -> Intent | None:
    """ "Does everyone smile?", then "which one least?"."""
    ranked = [a for a in last.attributes if a in facs.UNITS or a in _RANKED]
    if not ranked:
        return None
    return _changed(
        last, kind="compare", comparison="faces", faces=("all",), ranked=True, least=least,
        polar=False, counted=False, among="", absent=False,
        regions=last.regions or region_selection.plan_regions(last.attributes, ()),
    )  # fmt: skip


def _beside(last: LastTurn, side: str) -> Intent:
    whom = f"beside:{side}" if side else "beside"
    return _changed(last, faces=(whom,), comparison=None, ranked=False)


_WHY_NOT = re.compile(
    rf"^{_LEAD}(?:why (?:is (?:it|he|she|this|that) |isn't (?:it|he|she|that) |aren't they |would (?:it|you) |don't you (?:say|think) )?(?:not )?|what speaks against )"
    r"(?P<what>.+?)\W*$",
    re.I,
)
_NEGATED = re.compile(r"\bnot\b|n't\b|\bagainst\b", re.I)


def _why_not(raw: str, last: LastTurn) -> Intent | None:
    """ "Why not scared?": what of that is missing; None where it names nothing of the kind."""
    match = _WHY_NOT.match(raw)
    if match is None or not _NEGATED.search(raw):
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
    return _changed(
        last, kind="why", recall="why not", attributes=asked, emotions=emotions, regions=regions,
        named=(), comparison=None, weighing="",
    )  # fmt: skip
