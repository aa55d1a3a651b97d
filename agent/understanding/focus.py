"""What a question leaves to the conversation: which face "she" is, which two "the two" are.

Before a question is read, short forms are spelt out ("and 3?" after faces is "and face 3?"); after
it was read, faces that it did not name are taken from the state of the dialogue.
"""

import re

from focalface.agent.understanding.intent import Context, Intent, LastTurn
from focalface.tools.face.landmarks import mirrored
from focalface.tools.proposing import region_selection

_NUMBER = r"(?:number |no\.? |nr\.? |# ?)?(?P<n>\d{1,2})"
_LEAD = r"(?:(?:ok|okay|so|and|now|but|hm+|also),? )*"
_BARE_NUMBER = re.compile(rf"^\W*(?P<lead>{_LEAD}(?:what about |how about )?){_NUMBER}\W*$", re.I)
_CALLED = re.compile(r"\b(?:number|no\.|nr\.?) ?(?P<n>\d{1,2})\b|#(?P<m>\d{1,2})\b", re.I)
_THAN = re.compile(r"\b(?P<than>than|with|to) (?P<n>\d{1,2})(?=\W*$)", re.I)
_YOUNGEST = re.compile(
    r"\bthe (?P<who>youngest|oldest|eldest)(?=\W|$)(?! (?:one|person|face|man|wom|guy|girl|boy|look))",
    re.I,
)
_MEANS = re.compile(
    rf"^\W*{_LEAD}what (?:does|do|is) (?:the |that |an? )?(?P<n>\d{{1,2}})(?:[A-E])? (?:mean|stand for)\W*$",
    re.I,
)
_ONLY = re.compile(
    r"^\W*(?:ok,? |and |so |but )?(?:(?:only|just|solely|guess|judge|judging|going) )+(?:by |from |at |based on |looking at |with |in )?"
    r"(?!wh)(?P<what>.+?)(?: then| alone| only)*$",
    re.I,
)
_OVERALL = re.compile(
    rf"^\W*{_LEAD}(?:what about |how about )?(?:overall|all in all|on the whole|altogether|as a whole|in total"
    r"|(?:the |her |his |their )?(?:whole|entire|full) (?:face|expression)|in general|everything together"
    r"|all together|taken together)\W*$",
    re.I,
)
_BOTH_SIDES = re.compile(
    rf"^\W*{_LEAD}(?:what about |how about )?(?:both(?: of them)?(?: together)?|both sides|the two together)\W*$",
    re.I,
)
_COMPARE_TWO = re.compile(
    rf"^\W*{_LEAD}(?:can you |could you |please )*(?:compare|contrast)(?: (?:the two|them|those(?: two)?|these(?: two)?"
    r"|both|the both|both of them|the two of them))?(?: please)?\W*$",
    re.I,
)
_OTHER_SIDE = re.compile(
    r"\b(?:compare|compared?|same as|differ\w*|match\w*)\b.*\b(?:it|that|this|them|with|to|from)\b.*\bother (?:side|one|half|eye|brow|cheek|corner)\b",
    re.I,
)
_GO_TOGETHER = re.compile(
    rf"^\W*{_LEAD}(?:do|does|are|is) (?:they|the two|these|those|both|it|that) (?:go together|fit(?: together)?|match(?: up)?|agree"
    r"|consistent|in line|contradict\w*(?: each other)?|say the same|tell the same(?: story)?|the same)\W*$",
    re.I,
)
_WHICH_MORE = re.compile(
    rf"^\W*{_LEAD}(?:who|which|which one|which face|who is it)(?: (?:of (?:them|the two|those|these)(?: two)?))?(?: (?:does|shows|is|has) (?:it|that))?"
    r" (?P<how>more|most|less|least|stronger|weaker)\W*$",
    re.I,
)
_THEM = re.compile(
    r"\b(?:they|them|those(?: two)?|these(?: two)?|the two|both|who of|which of)\b", re.I
)
_EVERYBODY = re.compile(
    r"\b(?:every\w*|all|anyone|anybody|nobody|no one|people|crowd|group)\b", re.I
)
_ONE_PERSON = re.compile(
    r"\b(?:he|she|him|her|his|hers|that (?:face|one|person|smile|guy|man|woman|girl|boy|lady))\b",
    re.I,
)


_NOT_OF_FACES = frozenset({"refuse", "help", "outside", "faces", "empty"})


def spelt_out(raw: str, context: Context) -> str:
    """Return a question with what it leaves out put in, as far as words can do it."""
    last = context.last
    several = context.count is not None and context.count > 1
    if last is None:
        return _numbers_called(raw) if several and not context.numbered else raw
    if several and (last.faces or last.pair):
        if match := _BARE_NUMBER.match(raw):
            return f"and face {match['n']}?"
        raw = _numbers_called(raw)
        raw = _THAN.sub(lambda m: f"{m['than']} face {m['n']}", raw)
    if several:
        raw = (
            _YOUNGEST.sub(lambda m: f"the {m['who'].lower()} one", raw) if _names_only(raw) else raw
        )
    if match := _MEANS.match(raw):
        return f"what is AU{match['n']}?"
    if match := _ONLY.match(raw):
        return f"and {match['what']}"
    return raw


def _numbers_called(raw: str) -> str:
    """Numbers of faces as such: "number 2" is "face 2"."""
    return _CALLED.sub(lambda m: f"face {m['n'] or m['m']}", raw)


def _names_only(raw: str) -> bool:
    """Tell whether "the youngest" names a face rather than asks who that is."""
    return not re.search(r"\b(?:who|which|whose)\b|^\W*(?:and )?the \w+\W*$", raw, re.I)


def resolve(raw: str, context: Context) -> Intent | None:
    """Return a change of focus that has no words of its own to be read, such as "ok and overall?"."""
    last = context.last
    if _COMPARE_TWO.match(raw) and (two := _two_of(context)):
        return two
    if last is None or last.intent is None:
        return None
    if _COMPARE_TWO.match(raw):
        return _compared(last)
    if (match := _WHICH_MORE.match(raw)) and len(last.pair) > 1:
        found = _compared(last)
        least = match["how"].lower() in ("less", "least", "weaker")
        return found and found.model_copy(update={"ranked": True, "least": least})
    if _GO_TOGETHER.match(raw):
        return _regions_compared(last)
    if _OTHER_SIDE.search(raw) and last.regions:
        return sides_compared(last)
    if _OVERALL.match(raw):
        return _whole(last)
    if _BOTH_SIDES.match(raw) and any(mirrored(n) != n for n in last.regions):
        return asked_at(last, _paired(last.regions))
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


def settled(intent: Intent, raw: str, context: Context) -> Intent:
    """Return the question with the selection, and the faces, that it means but does not name."""
    intent = _of_selection(intent, raw, context)
    several = context.count is None or context.count > 1
    if not several or intent.kind in _NOT_OF_FACES:
        return intent
    intent = _of_everybody(intent, raw)
    last = context.last
    if last is None:
        return intent
    if len(intent.parts) > 1:
        return intent
    subject = last.subject[:1]
    alone = [f for f in intent.faces if not f.startswith("not:")]
    rival = re.search(r"\bthan\b", raw, re.I) and len(alone) == 1 and alone[0] != "all"
    if rival and subject and alone[0] not in subject:
        return _against(intent, (*subject, alone[0]), last)
    if intent.faces == ("all",) and _THEM.search(raw) and not _EVERYBODY.search(raw):
        two = last.pair if len(last.pair) == 2 and context.count != 2 else ()
        return intent.model_copy(update={"faces": two}) if two else intent
    if not intent.faces and subject and not intent.boxes and not intent.points:
        return intent.model_copy(update={"faces": subject})
    return intent


def _against(intent: Intent, faces: tuple[str, ...], last: LastTurn) -> Intent:
    """ "Is he older than face 2?": the face that was spoken of against the one that is named."""
    own = bool(intent.attributes)
    update = {
        "kind": "compare",
        "comparison": "faces",
        "faces": faces,
        "attributes": intent.attributes if own else last.attributes,
        "regions": intent.regions if own else last.regions,
        "ranked": True,
    }
    return intent.model_copy(update=update)


_CROWD = re.compile(
    r"\b(?:crowd|audience|gathering|whole (?:group|family|team|class)|of (?:the )?(?:people|faces))\b",
    re.I,
)
_SHARE = re.compile(
    r"\b(?:share|percent(?:age)?|proportion|fraction|part|how much|how many)\b", re.I
)
_PLURAL = re.compile(
    r"^\W*(?:and |so )?(?:are|do|were|have) (?:all |any of )?(?:the|these|those)(?: (?:two|three|four|five|six))? (?:\w+ )?(?P<who>\w{3,}s|men|women|children|people)\b",
    re.I,
)


def _of_everybody(intent: Intent, raw: str) -> Intent:
    """A crowd, or "the cheerleaders", is everybody in the picture."""
    if intent.faces or not intent.attributes or intent.boxes or intent.points:
        return intent
    crowd = _CROWD.search(raw)
    plural = _PLURAL.match(raw)
    if not crowd and not (plural and not intent.named and plural["who"].lower() not in _NO_PEOPLE):
        return intent
    update = {
        "faces": ("all",),
        "among": "" if crowd else "all",
        "counted": bool(crowd and _SHARE.search(raw)),
    }
    return intent.model_copy(update=update)


_NO_PEOPLE = frozenset(
    [
        "sides",
        "eyes",
        "brows",
        "eyebrows",
        "lips",
        "cheeks",
        "corners",
        "lids",
        "eyelids",
        "teeth",
        "units",
        "aus",
        "movements",
        "muscles",
        "wrinkles",
        "lines",
        "glasses",
        "nostrils",
        "jaws",
        "halves",
        "regions",
        "parts",
        "readings",
        "expressions",
        "signs",
    ]
)


_SHORT = 5
"""Words up to which a question that names no part is about the selected one."""


def _of_selection(intent: Intent, raw: str, context: Context) -> Intent:
    """ "How old?" after the left eye was selected asks about that."""
    plain = intent.kind in ("recognise", "describe") and not (intent.named or intent.faces)
    if not plain or not context.selection or intent.parts or intent.follow_up:
        return intent
    if len(raw.split()) > _SHORT or re.search(
        r"\b(?:face|he|she|they|person|everyone)\b", raw, re.I
    ):
        return intent
    return intent.model_copy(update={"named": context.selection, "regions": context.selection})
