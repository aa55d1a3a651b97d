"""Turns that go beyond what shows: another cause, a supposition, parts together, two held apart."""

import re
from collections.abc import Callable

from focalface.agent.understanding import causes, read, whom
from focalface.agent.understanding.acts.names import Act
from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.face import facs
from focalface.tools.proposing import region_selection

PARTS = ("left_brow", "right_brow", "left_eye", "right_eye", "nose_bridge", "mouth", "chin")
"""Rows of a table part by part."""
_COVERED = re.compile(r"\b(?:cover\w*|hid\w*|only (?:see|saw|have|had))\b", re.I)
"""Parts that shall be left aside are no supposition about what moves."""
_TAKEN_AWAY = re.compile(
    r"\b(?:relax\w*|without|t(?:ake|ook|aking)\b.*\b(?:away|off|out)|no|not|n't|stop\w*|gone|remov\w*|drop(?:ped)? the"
    r"|lower(?:ed)? again|less|let go|minus)\b",
    re.I,
)

_UNCOVERED = re.compile(
    r"\bt(?:ake|akes|ook|aking|aken)\b[^.,?!]*\b(?:hands?|mask|fingers?|phone|scarf|glasses|shades|hat|cap|it)\b"
    r"(?: [a-z]+)? (?:away|off|down)\b|\bwithout (?:the|her|his) (?:hands?|mask|scarf|glasses|hat)\b",
    re.I,
)
"""What hides a part may be gone; that takes no movement away."""


def resolve(act: Act, raw: str, context: Context) -> Intent | None:
    """Return what such a turn asks; None for other acts, and where it is none here."""
    made = _BY_ACT.get(act)
    return made(raw, read.parse(raw, Context(count=context.count)), context) if made else None


def _before(context: Context) -> Intent:
    """Return the last question, or a first one on the whole face."""
    last = context.last.intent if context.last else None
    if last is None or last.kind in ("help", "refuse", "outside", "empty", "faces"):
        last = Intent(kind="summary", regions=region_selection.WHOLE)
    update = {"follow_up": context.last is not None, "form": "", "parts": (), "polar": False,
              "weighing": "", "comparison": None, "denied": False, "ranked": False}  # fmt: skip
    return last.model_copy(update=update)


def _cause(raw: str, alone: Intent, context: Context) -> Intent | None:
    """Return whether a cause that is offered, or which of all, goes with what shows."""
    last = _before(context)
    if {*last.attributes} & {"age"}:
        return None
    heard = last.model_copy(update={"faces": alone.faces or last.faces})
    named = causes.mentioned(raw)
    if alone.emotions and not named:
        return None  # "could it be fear?"
    return causes.weighed(named or causes.ANY, heard, context)


def _suppose(raw: str, alone: Intent, context: Context) -> Intent | None:
    raw = _UNCOVERED.sub(" ", raw)
    wanted, away = (
        tuple(a for a in alone.attributes if a in facs.UNITS),
        bool(_TAKEN_AWAY.search(raw)),
    )
    if away and not wanted:
        parts = {facs.unsided(name) for name in alone.named}
        wanted = tuple(code for code, unit in facs.UNITS.items() if parts & {*unit.regions})
    if alone.excluded or _COVERED.search(raw) or not (wanted or alone.emotions):
        return None
    last = _before(context)
    update = {"kind": "recognise", "recall": "suppose", "attributes": wanted, "emotions": alone.emotions,
              "shut": away, "named": (), "regions": ("face",),
              "faces": alone.faces or last.faces}  # fmt: skip
    return last.model_copy(update=update)


def _combine(raw: str, alone: Intent, context: Context) -> Intent | None:
    last = context.last
    if last is None or not last.regions:
        return None
    parts = (*last.regions, *alone.named) if alone.named else (*last.regions_before, *last.regions)
    where = tuple(dict.fromkeys(parts))
    update = {"kind": "recognise", "recall": "combine", "attributes": (), "emotions": (),
              "named": where, "regions": where}  # fmt: skip
    return _before(context).model_copy(update=update)


def _part_table(raw: str, alone: Intent, context: Context) -> Intent | None:
    update = {"kind": "describe", "recall": None, "form": "table", "attributes": (), "emotions": (),
              "named": PARTS, "regions": PARTS, "faces": alone.faces or _before(context).faces}  # fmt: skip
    return _before(context).model_copy(update=update)


def _rest_seen(raw: str, alone: Intent, context: Context) -> Intent | None:
    update = {"kind": "summary", "recall": None, "attributes": (), "emotions": (), "named": (),
              "regions": region_selection.WHOLE, "faces": alone.faces or _before(context).faces}  # fmt: skip
    return _before(context).model_copy(update=update)


def _of_two(raw: str, context: Context) -> Intent | None:
    """Return the comparison of the two pictures, or of the two faces, that are spoken of."""
    two = whom.pictures_apart(context) if context.count == 1 or context.last is None else None
    if two is None and (context.count == 2 or (context.last and len(context.last.pair) == 2)):
        faces = context.last.pair if context.last and len(context.last.pair) == 2 else ("all",)
        two = Intent(kind="compare", comparison="faces", faces=faces)
    return two


def _surer(raw: str, alone: Intent, context: Context) -> Intent | None:
    two = _of_two(raw, context)
    last = context.last
    topic = ("age",) if last and last.attributes == ("age",) else ("emotion",)
    update = {"weighing": "surer", "attributes": topic, "named": (), "follow_up": last is not None,
              "regions": region_selection.plan_regions(topic, ())}  # fmt: skip
    return two and two.model_copy(update=update)


def _assign(raw: str, alone: Intent, context: Context) -> Intent | None:
    two = _of_two(raw, context)
    if two is None or len(alone.emotions) != 2:
        return None
    update = {"weighing": "assign", "attributes": ("emotion",), "emotions": alone.emotions,
              "regions": region_selection.plan_regions(("emotion",), ())}  # fmt: skip
    return two.model_copy(update=update)


_BY_ACT: dict[Act, Callable[[str, Intent, Context], Intent | None]] = {
    "cause": _cause,
    "suppose": _suppose,
    "combine": _combine,
    "part_table": _part_table,
    "which_surer": _surer,
    "rest_seen": _rest_seen,
    "which_is_which": _assign,
}
