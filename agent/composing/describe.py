"""What regions look like: what moves there, or one or two in the describer's own words. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, joined, told_once
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing import attributes as findings
from focalface.agent.understanding import Intent
from focalface.tools.face import facs, wording
from focalface.tools.face.movements import clause
from focalface.tools.question import attributes
from focalface.tools.question.text import read_text
from focalface.tools.types import RegionDescription


def described(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    """Return what moves in the regions, with yes or no where it was asked whether anything does."""
    says = _described(intent, ev, expert)
    creased = "lines" in intent.beyond
    if not (intent.polar and (intent.motion or creased)) or not says:
        return says
    moves = any(u.intensity >= facs.PRESENT for d in ev for u in d.action_units)
    if creased:  # the skin itself is not judged, what would crease it is
        probably = moves != intent.shut
        return [replace(says[0], verdict="probably" if probably else "probably not"), *says[1:]]
    if not moves and not any(d.action_units for d in ev):
        return says
    return [replace(says[0], verdict="yes" if moves else "no"), *says[1:]]


def _described(intent: Intent, ev: Evidence, expert: bool) -> list[Sentence]:
    names = {facs.unsided(name) for name in ev.names()}
    if len(ev.found) <= 2 and len(names) == len(ev.found) and not expert:
        return _in_own_words(intent, ev)
    custom = [s for one in ev if one.region.name == "custom" for s in _in_full(one)]
    whole = {"custom", "face"} if len(ev.found) > 2 else {"custom"}  # the parts say it all
    rest = Evidence(ev.scene, tuple(d for d in ev if d.region.name not in whole))
    return [*custom, *findings.movements(rest, expert)]


def _in_own_words(intent: Intent, ev: Evidence) -> list[Sentence]:
    """Return what the describer says of one or two regions, and that it says nothing of
    movement."""
    judged = tuple(d for d in ev if d.action_units or d.limits)
    ev = Evidence(ev.scene, judged) if judged else ev
    told = {one.region.id: _briefly(_in_full(one), intent) for one in ev}
    blank = [d for d in ev if not d.action_units and all(map(_no_movement, told[d.region.id]))]
    kept = [[s for s in told[d.region.id] if not _no_movement(s)] for d in ev]
    if {*ev.names()} == _LIPS and not blank and (both := _of_both_lips(ev)):
        looks = dict.fromkeys(s for d in ev for s in wording.sign_sentences(d.attributes, "both"))
        return [both, *(Sentence(text, ev.ids()) for text in looks)]
    # By turns, so that an answer cut to a few sentences still speaks of each region.
    says = [s for turn in zip_longest(*kept) for s in turn if s]
    hidden = [d for d in blank if d.region.hidden_by]
    unread = blank if len(blank) == len(ev.found) else hidden
    return [*findings.unjudged(unread, ev.scene, expert=False), *says]


_LIPS = {"upper_lip", "lower_lip"}
_CLAUSES = 3
"""Movements of the lips that are told."""


def _of_both_lips(ev: Evidence) -> Sentence | None:
    """Return what the lips do together, so that what moves both is told once."""
    moved = wording.movements([unit for one in ev for unit in one.action_units])[:_CLAUSES]
    if not moved:
        return None
    clauses = [clause(m, ("mouth",), n) for n, m in enumerate(moved)]
    return Sentence(f"{capital(joined(told_once(clauses)))}.", ev.ids())


_SAME = re.compile(r"^(?P<thing>(?:The|Both|Neither) [^,]*?) (?P<be>is|are) (?P<one>[^,]*), and "
                   r"(?i:(?P=thing)) (?P=be) (?P<other>[^,]*)$")  # fmt: skip
_EFFECT = re.compile(r",? and [^,.]*? by a (?:smile|downturned mouth)(?=\.)")
"""What a movement elsewhere does to a part, beside what the part itself does."""
_GRADES = ("clearly", "strongly", "widely", "mostly", "fully")


def _briefly(says: Sequence[Sentence], intent: Intent) -> list[Sentence]:
    """Return a describer's words with a thing named once a sentence; beside movements that are more
    than slight no slight ones, unless more detail is wanted."""
    frame = r"\g<thing> \g<be> \g<one> and \g<other>"
    once = [replace(say, text=_EFFECT.sub("", _SAME.sub(frame, say.text))) for say in says]
    if intent.form == "long":
        return once
    more = [say for say in once if any(word in say.text for word in _GRADES)]
    return [say for say in once if not more or say in more or not _of_movement(say)]


def _of_movement(say: Sentence) -> bool:
    """Tell whether a sentence speaks of how strongly something moves."""
    return any(f" {word} " in say.text for word in ("slightly", "partly", *_GRADES))


def _no_movement(say: Sentence) -> bool:
    """Tell whether a sentence of a describer speaks of emotion or age."""
    return bool({"emotion", "age"} & _topics(say.text))


def _topics(sentence: str) -> set[str]:
    return set(attributes.find_attributes(read_text(sentence).base)[0])


def _in_full(one: RegionDescription) -> list[Sentence]:
    """Return the describer's own words, without what belongs to the limits or says nothing."""
    text = one.text
    for limit in one.limits:
        text = text.replace(limit, "")
    unsaid = ("Not assessed", "Muscle movements were not assessed")
    sentences = [s for s in split_sentences(text) if not s.startswith(unsaid)]
    if one.age and wording.is_vague(one.age):
        sentences = [s for s in sentences if "age" not in _topics(s)]
    return [Sentence(s, (one.region.id,), kind="quoted") for s in sentences]


def split_sentences(text: str) -> list[str]:
    """Return sentences of a text; decimals and abbreviations inside a sentence do not end it."""
    parts = re.split(r"(?<=[.!?])(?:\s+|(?=\[))(?=[A-Z\"'(\[])", text.strip())
    return [p.strip() for p in parts if p.strip()]
