"""Changes of what the dialogue is about: "ok and overall?", "both of them?", "is it fake?".

Like questions about the answer before they are of light words; each row leads to a change of the
last question.
"""

from collections.abc import Callable

from focalface.agent.understanding import program
from focalface.agent.understanding.intent import Context, Intent, LastTurn
from focalface.agent.understanding.light import Row, row, typings
from focalface.agent.understanding.weighing import more_side
from focalface.tools.face import facs
from focalface.tools.face.landmarks import mirrored
from focalface.tools.proposing import region_selection

_SMILES = frozenset({"AU6", "AU12", "genuineness"})
Shift = Callable[[LastTurn, Context, str], Intent | None]


def resolve(raw: str, context: Context, spare: int = 0) -> Intent | None:
    """Return a change of focus that has no words of its own to be read.

    ``spare``: heavy words that are let pass, where nothing else was understood.
    """
    for typed in typings(raw) if not program.topic(raw) else ():
        if _COMPARE.fits(typed) and (two := _two_of(context)):
            return two
        if context.last is None or context.last.intent is None:
            continue
        for known, shift in _SHIFTS:
            if known.fits(typed, spare) and (made := shift(context.last, context, typed)):
                return made
    return None


def _two_of(context: Context) -> Intent | None:
    """Return a comparison of the two pictures, or of the only two faces, if there are two."""
    asked = context.last.intent if context.last else None
    known = asked is not None and bool(asked.attributes) and context.pictures < 2
    if context.last is not None and len(context.last.regions_before) and not context.last.pair:
        return None  # two regions were spoken of
    if context.pictures > 1 and context.count == 1:
        return Intent(kind="compare", comparison="pictures", regions=region_selection.WHOLE)
    if context.count != 2 or known:
        return None
    return Intent(
        kind="compare", comparison="faces", faces=("all",), regions=region_selection.WHOLE
    )


def _compared(last: LastTurn) -> Intent | None:
    """Return the last two faces against each other, else the last two regions."""
    assert last.intent is not None
    if len(last.pair) < 2:
        return _regions_compared(last)
    attributes = last.attributes
    update = {
        "kind": "compare",
        "comparison": "faces",
        "faces": last.pair,
        "attributes": attributes,
        "regions": last.regions or region_selection.plan_regions(attributes, ()),
        "polar": False,
        "follow_up": True,
        "parts": (),
    }
    return last.intent.model_copy(update=update)


def _regions_compared(last: LastTurn) -> Intent | None:
    """Return the regions of the last two turns against each other."""
    assert last.intent is not None
    both = tuple(dict.fromkeys((*last.regions_before, *last.regions)))
    if len(both) < 2:
        return None
    if len({facs.unsided(name) for name in both}) == 1:
        return sides_compared(last)
    update = {"kind": "compare", "comparison": "regions", "named": both, "regions": both,
              "attributes": (), "polar": False, "follow_up": True, "parts": ()}  # fmt: skip
    return last.intent.model_copy(update=update)


def sides_compared(last: LastTurn) -> Intent:
    """Return the region of the last turn against the same region of the other side."""
    assert last.intent is not None
    both = _paired(last.regions)
    update = {"kind": "compare", "comparison": "sides", "named": both, "regions": both,
              "polar": False, "follow_up": True, "parts": ()}  # fmt: skip
    return last.intent.model_copy(update=update)


def _whole(last: LastTurn) -> Intent:
    """Return what was asked for of a part, asked of the whole face; the overview where nothing was."""
    assert last.intent is not None
    topics = tuple(a for a in last.attributes if not a.startswith("AU"))
    if topics:
        return asked_at(last, region_selection.plan_regions(topics, ()), attributes=topics)
    update = {"kind": "summary", "attributes": (), "named": (), "regions": region_selection.WHOLE,
              "comparison": None, "follow_up": True, "parts": (), "emotions": ()}  # fmt: skip
    return last.intent.model_copy(update=update)


def asked_at(last: LastTurn, where: tuple[str, ...], **changes: object) -> Intent:
    """Return the last question, at other regions."""
    assert last.intent is not None
    update = {"kind": "recognise" if last.attributes else "describe", "named": where,
              "regions": where, "comparison": None, "follow_up": True, "parts": (), **changes}  # fmt: skip
    return last.intent.model_copy(update=update)


def _paired(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return each region and the one on the other side, left first."""
    return tuple(dict.fromkeys(n for name in names for n in sorted({name, mirrored(name)})))


def _one_face(last: LastTurn, context: Context) -> bool:
    """Tell whether the last answer was about one face only."""
    return context.count == 1 or len(last.subject or last.faces) == 1


def _sides(last: LastTurn, context: Context, typed: str) -> Intent | None:
    """ "Is one higher?" after the brows: left against right, in the movements that were asked for."""
    if not last.regions or not _one_face(last, context):
        return None
    paired = any(mirrored(n) != n for n in last.regions)
    if not paired and not ({"side", "sides", "left", "right"} & {*typed.split()}):
        return None
    units = tuple(a for a in last.attributes if a in facs.UNITS)
    asks = typed.split()[0] not in ("which", "what", "how", "who")
    claim = ("even" if _EVEN & {*typed.split()} else "uneven") if asks else ""
    side = more_side(typed) if asks else ""
    update = {"attributes": units, "emotions": (), "weighing": claim, "side": side}
    return sides_compared(last).model_copy(update=update)


_EVEN = frozenset(
    {"even", "same", "equal", "equally", "level", "symmetric", "symmetrical", "match"}
)
"""Words by which both sides are taken to be alike."""


def _other_side(last: LastTurn, context: Context, typed: str) -> Intent | None:
    return sides_compared(last) if last.regions else None


def _pair_compared(last: LastTurn, context: Context, typed: str) -> Intent | None:
    return _compared(last)


def _who_more(last: LastTurn, context: Context, typed: str) -> Intent | None:
    """ "Which more?" of the last two faces."""
    found = _compared(last) if len(last.pair) > 1 else None
    least = bool({"less", "least", "weaker"} & {*typed.split()})
    return found and found.model_copy(update={"ranked": True, "least": least})


def _agree(last: LastTurn, context: Context, typed: str) -> Intent | None:
    return _regions_compared(last)


def _overall(last: LastTurn, context: Context, typed: str) -> Intent | None:
    return _whole(last)


def _both(last: LastTurn, context: Context, typed: str) -> Intent | None:
    """ "Both of them?": whether what was told of a pair holds for both; of one side, the same of both."""
    if not any(mirrored(n) != n for n in last.regions):
        return None
    told = {*last.regions} >= {*_paired(last.regions)}
    again: dict[str, object] = {"recall": "both", "polar": True} if told else {}
    return asked_at(last, _paired(last.regions), **again)


def _felt(last: LastTurn, context: Context, typed: str) -> Intent | None:
    """ "Is it fake?": of a smile, whether the eyes join in; of anything else a face does not tell."""
    assert last.intent is not None
    happy = {*last.attributes} & _SMILES or "happiness" in last.intent.emotions
    if happy or (last.attributes == ("emotion",) and not last.intent.emotions):
        return _of_smile(last, context, typed)
    if not {*last.attributes} & {"emotion", *facs.UNITS}:
        return None
    where = region_selection.plan_regions(("emotion",), ())
    return asked_at(last, where, attributes=("emotion",), felt=True, polar=False, recall=None)


def _of_smile(last: LastTurn, context: Context, typed: str) -> Intent | None:
    if not {*last.attributes} & (_SMILES | {"emotion"}):
        return None
    assert last.intent is not None
    where = region_selection.plan_regions(("genuineness",), ())
    looked_for = last.intent.comparison == "faces" and last.subject
    faces = last.subject[:1] if looked_for else last.intent.faces
    return asked_at(
        last, where, attributes=("genuineness",), emotions=(), polar=False, recall=None, faces=faces
    )


def _how_much(last: LastTurn, context: Context, typed: str) -> Intent | None:
    """ "How strong?", "a lot?": the strength of what was asked for, or whether it is much of it."""
    assert last.intent is not None
    if last.attributes == ("age",):
        return None
    if not last.attributes:  # what was described is described with its strength
        return _again(last, context, typed)
    if typed.split()[0] in ("how", "and") and "how" in typed:
        changes: dict[str, object] = {"polar": False, "numbers": True}
    else:
        little = {"weak", "weakly", "slight", "slightly", "little", "bit"} & {*typed.split()}
        changes = {"polar": " or " not in typed, "degree": "little" if little else "much"}
    update = {"follow_up": True, "recall": None, "form": "", "kind": "recognise", **changes}
    return last.intent.model_copy(update=update)


def _checked(last: LastTurn, context: Context, typed: str) -> Intent | None:
    """ "I don't think so": whether the answer holds."""
    assert last.intent is not None
    return last.intent.model_copy(
        update={"kind": "check", "follow_up": True, "recall": None, "form": ""}
    )


def _again(last: LastTurn, context: Context, typed: str) -> Intent | None:
    """ "Can you guess?": there is no more than the answer before."""
    assert last.intent is not None
    return last.intent.model_copy(update={"follow_up": True})


_COMPARE = row(r"compare|contrast", light="two both")
_SHIFTS: tuple[tuple[Row, Shift], ...] = (
    (_COMPARE, _pair_compared),
    (row(r"who|which", r"more|most|less|least|stronger|weaker", light="two face show shows"), _who_more),
    (
        row(
            r"(?:on|to|at) (?:one|which|either|both|each|the other) sides?|which side|(?:left|right) (?:or|and) (?:left|right)",
            light="than other same stronger weaker less higher lower bigger only strong equally side is",
        ),
        _sides,
    ),
    (
        row(
            r"higher|lower|stronger|weaker|bigger|smaller|wider|narrower|further|even|uneven|equal(?:ly)?|level|same"
            r"|symmetric(?:al)?|different|differ|match|crooked|more open|more raised|more|less",
            r"left|right|sides?|one|other|both|they|each|either|half|it",
            light="left right side sides other half both than each either most strong raised open up",
        ),
        _sides,
    ),
    (
        row(r"compared?|same|differ\w*|match\w*", r"other (?:side|one|half|eye|brow|cheek|corner)", light="left right side"),
        _other_side,
    ),
    (
        row(
            r"go together|fit(?: together)?|match(?: up)?|agree|consistent|in line|contradict|(?:say|tell) the same(?: story)?|same",
            light="two both each other",
        ),
        _agree,
    ),
    (
        row(
            r"overall|rest|all in all|on the whole|altogether|as a whole|in total|(?:whole|entire|full) (?:face|expression)"
            r"|in general|everything(?: together)?|all together|taken together",
            light="their",
        ),
        _overall,
    ),
    (
        row(r"both", light="side sides two together brows eyebrows eyes lids eyelids cheeks corners brow eye true"),
        _both,
    ),
    (
        row(r"eyes?", r"too|also|as well|reach(?:es)?|join(?:s|ing)?|involved|with", light="up part take smile"),
        _of_smile,
    ),
    (
        row(
            r"genuine(?:ly)?|real|fak(?:e|ed|ing)|posed|posing|sincere|authentic|forced|put on|act(?:ed|ing)|pretend(?:ed|ing)?"
            r"|staged|honest|felt|for real",
            light="look looks seem seems completely totally being",
        ),
        _felt,
    ),
    (
        row(
            r"how (?:much|strong(?:ly)?|big|intense(?:ly)?|high|wide|far|clear(?:ly)?|deep)|strong(?:ly)?|weak(?:ly)?|a lot|intense(?:ly)?"
            r"|slight(?:ly)?|a little(?: bit)?|clearly|how pronounced|very much",
            light="very level strength intensity pronounced open up down",
        ),
        _how_much,
    ),
    (
        row(
            r"(?:don't|dont|do not|doesn't|does not) (?:think|believe|buy|see|look like|agree)|nope|no way|doubt|nonsense|disagree|not true|wrong"
            r"|not convinced|come on|bullshit|rubbish",
            light="not so think sounds looks",
        ),
        _checked,
    ),
    (row(r"(?:what|which) (?:kind|sort|type|ones?)", light="of exactly"), _again),
    (row(r"guess|estimate|speculate", light="take best wild hazard try"), _again),
)  # fmt: skip
