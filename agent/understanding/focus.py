"""What a question leaves to the conversation: which face "she" is, which two "the two" are.

Before a question is read, short forms are spelt out ("and 3?" after faces is "and face 3?"); after
it was read, faces that it did not name are taken from the state of the dialogue.
"""

import re

from focalface.agent.understanding import changes, follow_ups
from focalface.agent.understanding.intent import Context, Intent, LastTurn

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
_THEM = re.compile(
    r"\b(?:they|them|those(?: two)?|these(?: two)?|the two|both|who of|which of)\b", re.I
)
_THEY = re.compile(r"\b(?:are|do|have|were|can) they\b", re.I)
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
    of_one = len(last.subject or last.faces) == 1
    if several and of_one and (named := follow_ups.called_by_pronoun(raw, last)):
        raw = named
    if match := _MEANS.match(raw):
        return f"what is AU{match['n']}?"
    if match := _ONLY.match(raw):
        felt = last.attributes == ("emotion",) and "face" in last.regions
        return (
            f"what emotion does {match['what']} alone suggest?" if felt else f"and {match['what']}"
        )
    return raw


def _numbers_called(raw: str) -> str:
    """Numbers of faces as such: "number 2" is "face 2"."""
    return _CALLED.sub(lambda m: f"face {m['n'] or m['m']}", raw)


def _names_only(raw: str) -> bool:
    """Tell whether "the youngest" names a face rather than asks who that is."""
    return not re.search(r"\b(?:who|which|whose)\b|^\W*(?:and )?the \w+\W*$", raw, re.I)


_HELD_AGAINST = re.compile(
    r"\bthan\b|\bdifferen\w+ (?:to|from|with|between)\b|\bcompared? (?:(?:him|her|it|this one|that one) )?(?:with|to|against)\b",
    re.I,
)
"""Words by which the one who was spoken of is compared with the one that is named."""
_MOST = re.compile(r"\b(?:most|least|\w{3,}est)\b", re.I)
_BOTH_OF_THEM = re.compile(
    r"\bboth\b(?! (?:of (?:his|her|their|the|my) |(?:his|her|their|the) )?(?:\w+ )?(?:eye|brow|lid|cheek|corner|side|lip|hal|ear|nostril)\w*)",
    re.I,
)
_TWO = re.compile(r"\b(?:both|two|either|neither)\b", re.I)


def settled(intent: Intent, raw: str, context: Context) -> Intent:
    """Return the question with the selection, and the faces, that it means but does not name."""
    intent = _of_selection(intent, raw, context)
    several = context.count is None or context.count > 1
    if not several or intent.kind in _NOT_OF_FACES:
        return intent
    intent = of_everybody(intent, raw)
    last = context.last
    told_of_one = last is not None and (last.subject or last.faces)
    if _THEY.search(raw) and intent.attributes and not (intent.faces or told_of_one):
        intent = intent.model_copy(update={"faces": ("all",)})
    if _both_of_two(intent, raw, context):
        intent = intent.model_copy(update={"faces": ("all",), "among": "all", "polar": True})
    if last is None:
        return intent
    if len(intent.parts) > 1:
        return intent
    subject = last.subject[:1]
    if not intent.faces and len(last.pair) == 2 and _BOTH_OF_THEM.search(raw):
        return intent.model_copy(update={"faces": last.pair, "among": "all"})
    alone = [f for f in intent.faces if not f.startswith("not:")]
    rival = _HELD_AGAINST.search(raw) and len(alone) == 1 and alone[0] != "all"
    if rival and subject and alone[0] not in subject:
        held = _against(intent, (*subject, alone[0]), last)
        return held.model_copy(update={"polar": held.polar and " than " in raw})
    if intent.faces == ("all",) and _THEM.search(raw) and not _EVERYBODY.search(raw):
        two = last.pair if len(last.pair) == 2 and context.count != 2 else ()
        of_all = last.intent is not None and "all" in last.intent.faces
        of_all = of_all or bool(_MOST.search(raw))
        two = () if of_all and not _TWO.search(raw) else two
        return intent.model_copy(update={"faces": two}) if two else intent
    if not intent.faces and subject and not intent.boxes and not intent.points:
        return intent.model_copy(update={"faces": subject})
    return intent


def _both_of_two(intent: Intent, raw: str, context: Context) -> bool:
    """Tell whether "both smiling?" is asked of the only two faces, rather than of two parts."""
    of_parts = context.last is not None and changes.is_paired(context.last)
    asks = intent.attributes and not (intent.faces or intent.named or of_parts)
    return bool(asks and context.count == 2 and _BOTH_OF_THEM.search(raw))


def _against(intent: Intent, faces: tuple[str, ...], last: LastTurn) -> Intent:
    """ "Is he older than face 2?": the face that was spoken of against the one that is named."""
    own = bool(intent.attributes)
    before = last.intent.emotions if last.intent else ()
    update = {
        "kind": "compare",
        "comparison": "faces",
        "faces": faces,
        "attributes": intent.attributes if own else last.attributes,
        "emotions": intent.emotions
        or (before if intent.attributes in ((), last.attributes) else ()),
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
    r"\b(?:are|do|were|have|did) (?:all |any of )?(?:the|these|those|our|my)(?: (?:two|three|four|five|six))? (?:\w+ )?(?P<who>\w{3,}s|men|women|children|people)\b",
    re.I,
)


_PEOPLE = re.compile(
    r"\b(?:people|persons|faces|men|women|guys|folks?|kids|children|ladies|girls|boys|portraits)\b|^\W*(?:are|do) (?:these|those)\b",
    re.I,
)
"""Several people, where no one of them is named."""
_LACKING = re.compile(r"\bnot\b|n't\b|\b(?:is|are|do|does)nt\b|\bwithout\b", re.I)
_ANYBODY = re.compile(
    r"\b(?:any|are there)(?: any)?(?: of (?:the|these|those|them))?(?: \w+){0,3}? ?\b(?:people|persons|faces|men|women|guys|folks?|kids|children)\b",
    re.I,
)


def of_everybody(intent: Intent, raw: str) -> Intent:
    """A crowd, or "the cheerleaders", is everybody in the picture."""
    if intent.faces or not intent.attributes or intent.boxes or intent.points:
        return intent
    crowd = _CROWD.search(raw)
    plural = _PLURAL.search(raw)
    if _ANYBODY.search(raw):
        return intent.model_copy(update={"faces": ("all",), "among": "any"})
    if _PEOPLE.search(raw):
        return intent.model_copy(
            update={"faces": ("all",), "absent": bool(_LACKING.search(raw)), "by_looks": False}
        )
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
