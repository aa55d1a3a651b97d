"""A question read against the state of the dialogue: what it changes, or what it asks by itself."""

import re

from focalface.agent.basics.scene import SMALL_GROUP
from focalface.agent.understanding import (
    acts,
    alone,
    appearance,
    as_judged,
    causes,
    covering,
    focus,
    gender,
    moment,
    options,
    ordering,
    persons,
    photos,
    pictures,
    places,
    playful,
    read,
    referring,
    superlatives,
    weighing,
    who_then,
    wordings,
)
from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.proposing import region_selection

_NO_CONTEXT = Context()


def parse(question: str, context: Context = _NO_CONTEXT) -> Intent:
    """Return what ``question`` asks for, given what the conversation knows. Pure; never fails."""
    question = wordings.plain(question, context)
    nth, plain = superlatives.nth_of(question)
    if nth and (ranked := superlatives.ranked(_parsed(plain, context), nth, context)):
        return ranked
    heard = weighing.apart(_parsed(question, context), question, context)
    heard = pictures.which_of_two(heard, question, context)
    made = causes.asked(heard, question, context)
    return options.asked(moment.asked(made, question, context), question)


def _parsed(question: str, context: Context) -> Intent:
    photo, spelt_out = pictures.named(question, context)
    if photo and pictures.goes_back(question):
        return Intent(kind="describe", recall="first picture", photo=photo)
    judged = acts.judge(question, context.last is None)
    if context.count != 1 and _RELATED.search(question):
        return Intent(kind="refuse", refusal="identity")
    if followed := as_judged.followed(judged, question, context):
        return followed
    if gender.counted(question):
        return Intent(kind="faces", declined=("gender",))
    if gender.asked(question):
        return Intent(kind="refuse", refusal="gender")
    context = pictures.at(context, photo) if photo else context
    spelt_out = focus.spelt_out(spelt_out, context)
    whom = persons.Named((), False, spelt_out)
    if context.count != 1:
        whom = referring.find(spelt_out, context)
    sorted_out = "" if whom.selectors or context.count == 1 else gender.of_everybody(whom.rest)
    spelt_out = sorted_out or whom.rest
    spelt_out = _in_full(spelt_out, context) if whom.selectors else spelt_out
    heard = who_then.split(spelt_out, context, read.parse) or read.parse(spelt_out, context)
    if heard.kind not in ("refuse", "help", "empty"):
        heard = _of_those(heard, whom, context)
    heard = _without_gender(heard, spelt_out, context, sorted_out=bool(sorted_out))
    shown = spelt_out if any("with:" in who for who in whom.selectors) else question
    heard = covering.asked(appearance.asked(heard, shown, context), spelt_out, context)
    heard = focus.settled(_too(heard, question, context), question, context)
    if photo and spelt_out == pictures.BARE:
        heard = photos.once_more(context) or heard
    heard = photos.asked(heard, question, context, photo)
    heard = alone.asked(heard, question, context)
    heard = ordering.asked(weighing.weighed(heard, shown, context), question, context)
    heard = superlatives.asked(playful.asked(heard, question, context), question, context)
    if whom.selectors:  # "the man with the hat" is whom it is about, not what
        judged = acts.judge(spelt_out, context.last is None)
    if as_judged.instead(heard, judged):
        heard = as_judged.meant(heard, judged, question, context, parse)
        heard = heard if heard.follow_up else photos.asked(heard, question, context, photo)
    return _as_before(heard, context)


_COMPARED = re.compile(r"\b(?:compare|contrast|versus|vs|differ\w*)\b", re.I)
_RELATED = re.compile(
    r"\b(?:are|is|do|were) (?:they|these|those|the|he|she|both|any|we)\b (?:\w+ )?(?:related|relatives|kin|know (?:each|one))\b",
    re.I,
)
"""Who somebody is to somebody else, which no face shows."""
_BARE = re.compile(
    r"\W*(?:(?:ok|okay|so|well|now|and),? )*(?:describe |who(?: is|'s|s)? )?the person\W*"
    r"|\W*(?:and )?who(?: is|'s|s)?\W*",
    re.I,
)
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
    nowhere = whom.unseen and not (placed or whom.selectors)
    if nowhere and (bare or _is_crowd(context)):
        return heard.model_copy(update={"kind": "outside", "by_looks": True})
    if (
        len(whom.selectors) == 2
        and _COMPARED.search(whom.rest)
        and (heard.follow_up or not heard.attributes)
    ):
        whole = region_selection.WHOLE
        return Intent(kind="compare", comparison="faces", faces=whom.selectors, regions=whole)
    if held := _than_a_neighbour(heard, whom):
        return held
    faces = whom.selectors or placed or ("all",)
    if placed and whom.selectors in (("youngest",), ("oldest",)):
        faces = placed  # "the kid on the left": a place says more than an age
    if len(whom.selectors) == len(placed) == 1 and "with:" in whom.selectors[0]:
        faces = (f"{whom.selectors[0]}&{placed[0]}",)  # "the man with the hat on the left"
    chosen: dict[str, object] = {"faces": faces, "by_looks": whom.unseen}
    if len(whom.selectors) < 2 and not _of_several(whom.selectors):
        chosen |= {"comparison": None, "among": ""}
    return _named_only(heard, context).model_copy(update=chosen)


def _is_crowd(context: Context) -> bool:
    """Tell whether so many faces are shown that nobody wants to hear of all for one of them."""
    return context.count is not None and context.count > SMALL_GROUP


def _without_gender(heard: Intent, raw: str, context: Context, *, sorted_out: bool) -> Intent:
    """Return a question that sorts people by gender as one on everybody."""
    alone = context.count != 1 and not heard.faces and gender.only_names_one(raw)
    if heard.kind == "outside" and alone:
        return Intent(kind="outside", declined=("gender",))
    if heard.kind in ("refuse", "help", "empty", "outside", "faces"):
        return heard
    nobody = not heard.faces and not (context.last and context.last.subject)
    named = context.count != 1 and nobody and not heard.parts and gender.names_one(raw)
    if not (named or (sorted_out and not heard.by_looks)):
        return heard
    declined: dict[str, object] = {"declined": (*heard.declined, "gender")}
    if named and not heard.faces and _is_crowd(context):
        return Intent(kind="outside", declined=("gender",))
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


def _than_a_neighbour(heard: Intent, whom: persons.Named) -> Intent | None:
    """ "Is face 4 happier than the girl next to him?": held against his neighbour."""
    before, than, _ = whom.rest.partition(" than ")
    near = [s for s in whom.selectors if s.startswith(("beside", "behind")) and "@" not in s]
    one = referring.named(before) if than and len(near) == 1 and heard.attributes else ()
    if len(one) != 1 or one[0] in ("all", "others"):
        return None
    held = {"faces": (one[0], f"{near[0]}@{one[0]}"), "claimed": one[0], "ranked": True}
    return heard.model_copy(update={"kind": "compare", "comparison": "faces", **held})


_TOO = re.compile(
    r"\b(?:too|as well|also|then|included)\W*$",
    re.I,
)


def _too(heard: Intent, raw: str, context: Context) -> Intent:
    """ "The boy in the middle too?": the last question, on him."""
    last = context.last.intent if context.last else None
    alone = heard.kind == "summary" or (heard.follow_up and heard.kind in ("describe", "recognise"))
    if not (alone and heard.faces) or last is None or not _TOO.search(raw):
        return heard
    return last.model_copy(
        update={"faces": heard.faces, "follow_up": True, "ranked": False, "comparison": None, "among": "",
                "parts": (), "recall": None, "counted": False, "polar": True}
    )  # fmt: skip


def _named_only(intent: Intent, context: Context) -> Intent:
    """ "And the man with the hat?" names somebody: the last question, on him."""
    last = context.last.intent if context.last else None
    if intent.kind != "outside" or intent.beyond or last is None:
        return intent
    return last.model_copy(update={"follow_up": True, "ranked": False, "parts": (), "recall": None})


def _as_before(intent: Intent, context: Context) -> Intent:
    """Return a follow-up in the codes in which the last answer was told."""
    coded = context.last is not None and context.last.coded and intent.follow_up
    if not coded:
        return intent
    described = intent.kind == "describe" and not intent.form and not intent.recall
    return intent.model_copy(update={"expert": True} | ({"form": "codes"} if described else {}))
