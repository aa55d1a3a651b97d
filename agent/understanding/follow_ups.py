"""Questions that lean on the turn before: "why?", "and the mouth?", "what about the other one?"."""

import re
from collections.abc import Iterator

from focalface.agent.basics.answer import IntentKind
from focalface.agent.understanding import request_kind
from focalface.agent.understanding.intent import Context, Intent, LastTurn
from focalface.tools.face import facs
from focalface.tools.face.landmarks import mirrored
from focalface.tools.proposing import region_selection
from focalface.tools.question import exclusions, regions
from focalface.tools.question.appearance import HOMES

_WHY = re.compile(
    r"^ (?:but |and |ok |okay |so |hmm |, )*(?:why|how come|how do you know|how can you tell|what makes you)\b"
)
_WHY_THAT_FACE = re.compile(
    r"^ (?:so |but )?why (?:the|that|this) (?:\w+ )?(?:face|look|expression|grimace) "
)
"""An opening that asks for the mood behind a face: "why the long face?"."""
_WHY_SO = re.compile(
    r"^ why (?:do|does|is|be|are) (?:he|she|they|\w+ \w+) (?:\w+ )?(?:look|seem|appear|make|pull) "
)
_CHECK = re.compile(r"\b(?:(?:are )?you (?:really )?(?:sure|certain)|really \?|double ?-? ?check)")
_PRONOUN = re.compile(r"\b(?:they|it|them|these|those)\b", re.I)
_PLACED = re.compile(
    r"(?:(?<=\babove )|(?<=\bbelow )|(?<=\bunder )|(?<=\bbeneath )|(?<=\bnext to )|(?<=\bbeside ))(?:they|it|them|these|those|that)\b(?= *[?.!]*$)",
    re.I,
)
_ONE_OR_TWO = 2
_IT_IS_REAL = re.compile(
    r" it (?:all |really |just |only )*(?:be |is |look |a )*(?:real|fake|genuine|sincere|authentic|honest|force|pose)(?= (?:[?.!]|or |$))"
)
_SMILING = frozenset({"AU6", "AU12", "genuineness", "emotion"})
_LEAD = re.compile(
    r"^ (?:ok |okay |hmm |so |, )*(?:and|what about|how about|now|same|also|then|or|but|the other"
    r"|what of)\b"
)
_VERB = re.compile(r" (?:compare|describe|summari[sz]e|analy[sz]e) ")
_OTHER = re.compile(
    r" (?:the )?(?:other|opposite) (?:one|side|eye|brow|cheek|lid|corner|jaw|half|lip) "
)

_OPENNESS = {"eye": "eye_openness", "mouth": "mouth_openness"}


def resolve(
    intent: Intent, base: str, context: Context, excluded: tuple[str, ...] = ()
) -> Intent | None:
    """Return the question with what it inherits from the last turn; None when it stands by itself.

    ``excluded``: regions that it rules out.
    """
    last = context.last
    own = bool(intent.attributes or intent.named)
    if last is None and not own and (_WHY_THAT_FACE.search(base) or _WHY_SO.search(base)):
        where = region_selection.plan_regions(("emotion",), ())
        return intent.model_copy(
            update={"kind": "recognise", "attributes": ("emotion",), "regions": where}
        )
    if _WHY.search(base) and (not own or re.match(r"^ (?:but |and |so )*why ", base)):
        return _about_last(intent, "why", last)
    if _CHECK.search(base) and not own:
        return _about_last(intent, "check", last)
    if last is None:
        return None
    if excluded and not own and (rest := exclusions.without(last.regions, excluded)):
        return _again(intent, last, rest)
    otherwise = intent.expert or intent.numbers
    anew = (
        own or intent.faces or request_kind.describes(base) or request_kind.UNITS_WORD.search(base)
    )
    if otherwise and not anew:  # "now technically"
        return _again(intent, last, last.regions)
    if _OTHER.search(base):
        return _other(intent, base, last, context)
    if intent.ranked and intent.attributes and not intent.faces and len(last.faces) > 1:
        return _ranked_again(intent, last)
    if weighed := _weighed(intent, base, last):
        return weighed
    brief = len(base.split()) <= 3 and not _VERB.search(base)
    if intent.faces and not own and (_LEAD.search(base) or brief):
        return _again(intent, last, last.regions, faces=intent.faces)
    if not _LEAD.search(base):
        return None
    side = regions.lone_side(base)
    if not own and side and last.regions:
        return _again(intent, last, _on_side(last.regions, side))
    if intent.named and not intent.attributes and not _DOES.search(base):
        return _again(intent, last, intent.named)
    return None


_DOES = re.compile(r" what (?:do|does|is|are|be)(?: \w+){1,4} do(?:ing)? [?.]? ?$")
"""Asks for what a part does, whatever was asked of another part before."""
_WITH = re.compile(r" compare(?:d)?(?: (?:it|that|this|them|those))? (?:with|to) ")
_ITS_OTHER_SIDE = re.compile(
    r" compared? (?:with|to) (?:the |his |her |their )?(?:left|right|other)(?: one| side)? [?.!]? ?$"
)
"""A part of one side held against the same of the other."""
_AGREES = re.compile(
    r" (?:agree|fit|(?:go|sit) with|contradict\w*|consistent|(?:say|tell|show|suggest) the same|in line) "
)
_OR_RATHER = re.compile(r"^ (?:so |and |but |, )*(?:or|rather) ")


def _weighed(intent: Intent, base: str, last: LastTurn) -> Intent | None:
    """Return what was asked before weighed against what is named now: a part, or an emotion."""
    agrees = _AGREES.search(base)
    of_the_whole = agrees and "face" in last.regions
    other = not {*intent.named} & {*last.regions} and not _ITS_OTHER_SIDE.search(base)
    held = of_the_whole or (other and (agrees or _WITH.search(base)))
    if intent.named and held and not intent.attributes:
        against = ("face",) if of_the_whole else last.regions
        both = tuple(dict.fromkeys((*against, *intent.named)))
        update = {"kind": "compare", "comparison": "regions", "named": both, "regions": both,
                  "faces": last.faces, "follow_up": True}  # fmt: skip
        return intent.model_copy(update=update)
    before = last.intent.emotions if last.intent else ()
    if _OR_RATHER.search(base) and intent.emotions and before and not intent.named:
        update = {"kind": "recognise", "weighing": "either", "emotions": (*before, *intent.emotions),
                  "regions": last.regions, "faces": last.faces, "follow_up": True, "polar": False}  # fmt: skip
        return intent.model_copy(update=update)
    return None


def sincerity(base: str, wanted: tuple[str, ...], last: LastTurn | None) -> tuple[str, ...] | None:
    """Return what "is it real?" asks for: the smile that was spoken of here or before, or nothing.

    None when the question is another one. ``wanted``: what else it asks for.
    """
    if not _IT_IS_REAL.search(base) or not {*wanted} <= _SMILING:
        return None
    asked = last.intent if last else None
    other = asked is not None and asked.emotions and "happiness" not in asked.emotions
    spoken_of = wanted or (last.attributes if last and not other else ())
    return ("genuineness",) if _SMILING & {*spoken_of} else ()


def unfolded(raw: str, last: LastTurn | None) -> Iterator[str]:
    """Yield a question with the part that it leaves out: "are they raised?" after the brows with
    the part in place of the pronoun, "raised?" with the part before it, "the left?" after it."""
    if named := _replaced(raw, _PRONOUN.search(raw), last):
        yield named
    parts = dict.fromkeys(facs.unsided(name) for name in last.regions) if last else {}
    bare = raw.strip(" ?!.,")
    if not parts or len(bare.split()) > _BRIEF:
        return
    if "face" in parts:
        yield f"{bare} of the face"
    elif len(parts) <= _ONE_OR_TWO:
        part = " and ".join(map(_called, parts))
        yield f"is the {part} {_LEAD_WORDS.sub('', bare)}?"
        yield f"{re.sub(r' (?:one|side|part|only)$', '', bare)} {part}"


_BRIEF = 5
"""Words up to which a question may leave out the part that it is about."""
_LEAD_WORDS = re.compile(r"^(?:(?:and|so|ok|but|now|then|is it|are they|is|are),? )+", re.I)


def is_new(meant: Intent, last: LastTurn | None) -> bool:
    """Tell whether a question with its part put in asks for something that was understood."""
    moved = bool(meant.named) and last is not None and {*meant.named} != {*last.regions}
    return bool(meant.attributes) or (
        moved and meant.kind == "describe" and meant.named != ("face",)
    )


_OF_PARTS = re.compile(r"^\W*(?:and |so |but )*(?:are|do|were|aren't|don't) they\b", re.I)


def called_by_pronoun(raw: str, last: LastTurn) -> str | None:
    """ "Are they closed?" after one person's eyes, with the eyes in place of the pronoun."""
    match = _OF_PARTS.match(raw)
    parts = {facs.unsided(name) for name in last.regions}
    if match is None or not parts or parts & {"face", "upper_face", "mid_face", "lower_face"}:
        return None
    return _replaced(raw, _PRONOUN.search(raw), last)


def placed(raw: str, last: LastTurn | None) -> str:
    """ "And above them?" after the eyes, with the part in place of the pronoun."""
    return _replaced(raw, _PLACED.search(raw), last) or raw


def _replaced(raw: str, match: re.Match[str] | None, last: LastTurn | None) -> str | None:
    parts = dict.fromkeys(facs.unsided(name) for name in last.regions) if last else {}
    if not match or not parts or len(parts) > _ONE_OR_TWO:
        return None
    sides = {name.partition("_")[0] for name in last.regions} if last else set()
    side = f"{sides.pop()} " if len(sides) == 1 and sides <= {"left", "right"} else ""
    words = " and ".join(f"the {side}{_called(part)}" for part in parts)
    return f"{raw[: match.start()]}{words}{raw[match.end() :]}"


def _called(part: str) -> str:
    """Return what "them" means after a part: the area under the eyes is named by the eyes."""
    return "eye" if part in ("under_eye", "crows_feet") else part.replace("_", " ")


def _about_last(intent: Intent, kind: IntentKind, last: LastTurn | None) -> Intent:
    wanted = intent.attributes or (last.attributes if last else ())
    looked = intent.named or (last.regions if last else ())
    before = last.intent if last and not intent.attributes else None
    if intent.attributes and not intent.named:
        looked = tuple(r for a in wanted for r in region_selection.regions_for(a))
    return intent.model_copy(
        update={
            "kind": kind,
            "attributes": wanted,
            "regions": tuple(dict.fromkeys(looked)),
            "faces": intent.faces or ((last.subject or last.faces) if last else ()),
            "emotions": intent.emotions or (before.emotions if before else ()),
            "least": intent.least or (before is not None and before.least),
            "follow_up": last is not None,
        }
    )


def _ranked_again(intent: Intent, last: LastTurn) -> Intent:
    """ "Who is happiest?", then "and the saddest?": the same faces by something else."""
    looked = intent.named or tuple(
        dict.fromkeys(r for a in intent.attributes for r in region_selection.regions_for(a))
    )
    return intent.model_copy(
        update={
            "kind": "compare",
            "regions": looked,
            "faces": last.faces,
            "comparison": "faces",
            "follow_up": True,
        }
    )


def _again(
    intent: Intent, last: LastTurn, looked: tuple[str, ...], faces: tuple[str, ...] | None = None
) -> Intent:
    """Return the last question about other regions or other faces."""
    moved = {facs.unsided(n) for n in looked} != {facs.unsided(n) for n in last.regions}
    parts = last.intent is not None and bool(last.intent.named)
    kept = [a for a in last.attributes if not (moved and intent.named and _stays(a, parts))]
    carried = dict.fromkeys(c for a in kept for c in _carried(a, looked))
    wanted = tuple(carried) or intent.attributes
    plain: IntentKind = "recognise" if wanted else "describe"
    kind = last.kind if last.kind in ("summary", "locate") and faces else plain
    return intent.model_copy(
        update={
            "kind": kind,
            "attributes": wanted,
            "regions": looked,
            "named": intent.named or looked,
            "faces": faces if faces is not None else last.faces,
            "follow_up": True,
        }
    )


def _stays(attribute: str, of_parts: bool) -> bool:
    """Tell whether an attribute stays behind when another part is named: a movement does, and the
    emotion of a whole face."""
    return attribute in facs.UNITS or (attribute == "emotion" and not of_parts)


def _carried(attribute: str, looked: tuple[str, ...]) -> list[str]:
    """Return what an attribute becomes elsewhere: an open mouth asks for an open eye, or for nothing."""
    if attribute in _OPENNESS.values():
        parts = [facs.unsided(name) for name in looked]
        return [_OPENNESS[part] for part in parts if part in _OPENNESS]
    if attribute in HOMES:
        return [attribute] if {*HOMES[attribute]} & {*looked} else []
    return [attribute] if _shows(attribute, looked) else []


def _shows(attribute: str, looked: tuple[str, ...]) -> bool:
    """Tell whether an attribute can be seen there; a smile is not asked for in the eyes again."""
    unit = facs.UNITS.get(attribute)
    if unit is None:
        return attribute not in region_selection.NEEDS_ALL
    whole = {"face", "custom", "left_half", "right_half", "upper_face", "mid_face", "lower_face"}
    return any(facs.unsided(name) in unit.regions or name in whole for name in looked)


def _on_side(names: tuple[str, ...], side: str) -> tuple[str, ...]:
    moved = [n if n.startswith(f"{side}_") else mirrored(n) for n in names]
    chosen = [n for n in moved if n.startswith(f"{side}_")]
    unpaired = [r for n in names if mirrored(n) == n for r in region_selection.both_or(n, side)]
    return tuple(dict.fromkeys([*chosen, *unpaired]))


def _other(intent: Intent, base: str, last: LastTurn, context: Context) -> Intent | None:
    """Return the other side of what was looked at, or the other face."""
    one_sided = {n.partition("_")[0] for n in last.regions} in ({"left"}, {"right"})
    if one_sided:
        return _again(intent, last, tuple(mirrored(n) for n in last.regions))
    if " other one " in base and context.count != 1:
        return _again(intent, last, last.regions, faces=("others",))
    return None
