"""A question read against the state of the dialogue: what it changes, or what it asks by itself."""

import re

from focalface.agent.understanding import (
    acts,
    alone,
    appearance,
    carried,
    covering,
    focus,
    follow,
    gender,
    ordering,
    persons,
    photos,
    places,
    playful,
    program,
    read,
    refusals,
    weighing,
    who_then,
)
from focalface.agent.understanding.intent import Context, Intent, Refusal

_NO_CONTEXT = Context()


def parse(question: str, context: Context = _NO_CONTEXT) -> Intent:
    """Return what ``question`` asks for, given what the conversation knows. Pure; never fails."""
    judged = acts.judge(question, context.last is None)
    if (made := _followed(judged, question, context)) is not None:
        return made
    if gender.counted(question):
        return Intent(kind="faces", declined=("gender",))
    if gender.asked(question):
        return Intent(kind="refuse", refusal="gender")
    spelt_out = focus.spelt_out(question, context)
    whom = persons.Named((), False, spelt_out)
    if context.count != 1:
        whom = persons.find_persons(spelt_out)
    sorted_out = "" if whom.selectors or context.count == 1 else gender.of_everybody(whom.rest)
    spelt_out = sorted_out or whom.rest
    spelt_out = _in_full(spelt_out, context) if whom.selectors else spelt_out
    heard = who_then.split(spelt_out, context, read.parse) or read.parse(spelt_out, context)
    if heard.kind not in ("refuse", "help", "empty"):
        heard = _of_those(heard, whom, context)
    heard = _without_gender(heard, spelt_out, context, sorted_out=bool(sorted_out))
    heard = covering.asked(appearance.asked(heard, question, context), spelt_out, context)
    heard = photos.asked(focus.settled(heard, question, context), question, context)
    heard = alone.asked(heard, question, context)
    heard = ordering.asked(weighing.weighed(heard, question, context), question, context)
    heard = playful.asked(heard, question, context)
    heard = _as_judged(heard, judged, question, context)
    return _as_before(heard, context)


_CLEAR = 0.4
"""Share from which a turn is the follow-up that it is judged to be; by it 19 of 20 are right."""
_LIKELY = 0.3
"""The same for a turn in which nothing else was understood."""
_CERTAIN = 0.8
"""The same for a turn that the judge of requests would refuse."""
_OF_PARTS: frozenset[acts.Act] = frozenset({"both", "other_one", "agree", "real", "which_more"})
"""Follow-ups that may name a part: "does it hold for both eyes?"."""
_MAY_NAME: dict[acts.Act, frozenset[str]] = {
    **dict.fromkeys(("sure", "meaning", "else", "bet", "overall"), frozenset({"emotion"})),
    **dict.fromkeys(("both", "which_more", "which_less"), frozenset({"asymmetry"})),
    **dict.fromkeys(("agree", "compare", "changed"), frozenset({"asymmetry"})),
    "real": frozenset({"genuineness"}),
}
"""What the words of a follow-up ask for by themselves: "which *emotion* is that?"."""
_OF_TWO: frozenset[acts.Act] = frozenset({"compare", "agree", "both", "changed"})
"""Acts whose words ("those two", "the men") the judge of requests takes for who somebody is."""
_WORN: frozenset[acts.Act] = frozenset({"glasses", "beard", "hat", "mask", "hidden"})
"""Acts whose words sound like clothes and hair, which no face shows."""
_MOODS: frozenset[acts.Act] = frozenset(
    {
        "expression",
        "smile",
        "happy",
        "sad",
        "angry",
        "afraid",
        "surprised",
        "disgusted",
        "calm",
        "nonsense",
    }
)
"""Acts whose chatty words the judge of requests mistakes for ``_NEVER_MIND``."""
_NEVER_MIND: frozenset[Refusal] = frozenset({"character", "person", "health", "crime"})


def _followed(judged: acts.Judged, question: str, context: Context) -> Intent | None:
    """Return a follow-up as a change of the last question; None for a question of its own."""
    if carried_on := carried.resolve(question, context):
        return carried_on
    if judged.act not in acts.FOLLOW_UPS or judged.share < _CLEAR:
        return None
    if program.topic(question) or photos.names_one(question, context):
        return None
    if judged.share < _CERTAIN and judged.act not in _OF_TWO and refusals.refusal(question):
        return None
    alone = read.parse(question, Context(count=context.count))
    named = alone.named and (
        judged.act not in _OF_PARTS or judged.share < _CERTAIN or context.pictures > 1
    )
    asked = {*alone.attributes} - _MAY_NAME.get(judged.act, frozenset())
    placed = persons.find_persons(question).selectors if context.count != 1 else ()
    somebody = {*alone.faces, *placed} - {"all", "others"}
    if judged.act == "plain" and alone.expert:
        return None  # "now technically" wishes for the contrary
    if asked or alone.emotions or alone.boxes or alone.points or somebody or named:
        return None
    return follow.resolve(judged.act, question, context)


def _as_judged(heard: Intent, judged: acts.Judged, question: str, context: Context) -> Intent:
    """Return a turn that the rules could not read, or would refuse, as what it is judged to be."""
    if heard.kind == "refuse":
        plain = judged.act in _MOODS | _WORN | acts.FOLLOW_UPS - {"real"}
        plain = plain and judged.share >= _CERTAIN
        mistaken = heard.refusal in _NEVER_MIND and plain
        if not mistaken:
            return heard
        if judged.act == "nonsense":
            return Intent(kind="outside")
    elif heard.kind == "summary" and judged.act in acts.ASKS and judged.share >= _CERTAIN:
        if judged.act == "describe" or heard.form or heard.expert or heard.parts:
            return heard
    elif heard.kind != "outside" or heard.about or heard.foreign or heard.by_looks:
        return heard
    if judged.share < (_CERTAIN if heard.beyond else _LIKELY):
        return heard
    if heard.beyond and judged.act not in _WORN:
        return heard
    if judged.act in acts.FOLLOW_UPS and (made := follow.resolve(judged.act, question, context)):
        return made
    if judged.act not in acts.ASKS:
        return heard
    asked = parse(acts.ASKS[judged.act], context)
    return asked.model_copy(update={"faces": heard.faces}) if heard.faces else asked


_BARE = re.compile(r"\W*(?:and )?(?:describe |who(?: is|'s|s)? )?the person\W*", re.I)
_CALLED_FIRST = re.compile(
    rf"^\W*(?:and |so |what about )?(?:the |that |this )?(?:\w+ )?{places.WHO}\s*[,:;\u2013-]+\s*(?=\w+ \w)",
    re.I,
)


def _in_full(rest: str, context: Context) -> str:
    """Return what is asked once somebody was named: a bare "the person" asks what is to be seen,
    and in "the woman on the left: is she sad?" the first words have done their work."""
    if _BARE.fullmatch(rest) is None:
        return _CALLED_FIRST.sub("", rest)
    return "describe the person" if context.last is None else "and the person?"


def _of_those(heard: Intent, whom: persons.Named, context: Context) -> Intent:
    """Return the question about those whom it names by place and looks."""
    if not (whom.selectors or whom.unseen):
        return heard
    if heard.parts:
        return _in_each_part(heard, whom)
    placed = tuple(f for f in heard.faces if f not in ("all", "others"))
    bare = heard.kind in ("outside", "summary") and not heard.named and not heard.beyond
    if whom.unseen and bare and not (placed or whom.selectors):
        return heard.model_copy(update={"kind": "outside", "by_looks": True})
    faces = whom.selectors or placed or ("all",)
    if len(whom.selectors) == len(placed) == 1 and "with:" in whom.selectors[0]:
        faces = (f"{whom.selectors[0]}&{placed[0]}",)  # "the man with the hat on the left"
    chosen: dict[str, object] = {"faces": faces, "by_looks": whom.unseen}
    if not _of_several(whom.selectors):
        chosen |= {"comparison": None, "among": ""}
    return _named_only(heard, context).model_copy(update=chosen)


def _without_gender(heard: Intent, raw: str, context: Context, *, sorted_out: bool) -> Intent:
    """Return a question that sorts people by gender as one on everybody."""
    if heard.kind in ("refuse", "help", "empty", "outside", "faces"):
        return heard
    nobody = not heard.faces and not (context.last and context.last.subject)
    named = context.count != 1 and nobody and not heard.parts and gender.names_one(raw)
    if not (named or (sorted_out and not heard.by_looks)):
        return heard
    declined: dict[str, object] = {"declined": (*heard.declined, "gender")}
    return heard.model_copy(update=declined | ({} if heard.faces else {"faces": ("all",)}))


def _in_each_part(heard: Intent, whom: persons.Named) -> Intent:
    """Return several questions in one, those that name nobody about whom the text names."""
    faces, looks = whom.selectors or ("all",), {"by_looks": whom.unseen}
    parts = [
        part if part.faces not in ((), ("all",)) else part.model_copy(update={"faces": faces})
        for part in heard.parts
    ]
    parts[0] = parts[0].model_copy(update=looks)
    return heard.model_copy(update={"parts": tuple(parts), "faces": faces, **looks})


def _of_several(selectors: tuple[str, ...]) -> bool:
    """Tell whether a place holds several faces, among which a question may look for one."""
    return any(f.startswith("at:") and f.endswith(":") for f in selectors)


def _named_only(intent: Intent, context: Context) -> Intent:
    """ "And the man with the hat?" names somebody: the last question, on him."""
    last = context.last.intent if context.last else None
    if intent.kind != "outside" or intent.beyond or last is None:
        return intent
    return last.model_copy(update={"follow_up": True, "ranked": False, "parts": (), "recall": None})


def _as_before(intent: Intent, context: Context) -> Intent:
    """Return a follow-up in the codes in which the last answer was told."""
    coded = context.last is not None and context.last.coded and intent.follow_up
    return intent.model_copy(update={"expert": True}) if coded else intent
