"""Changes of what the dialogue is about: another side, another face, the whole, another form.

Each takes the state that the turn before left to the question that a follow-up means. Pure.
"""

from focalface.agent.basics.answer import IntentKind
from focalface.agent.understanding.intent import Form, Intent, LastTurn, Recall
from focalface.tools.face import facs
from focalface.tools.face.landmarks import mirrored
from focalface.tools.proposing import region_selection

_SMILES = frozenset({"AU6", "AU12", "genuineness"})
_NO_FEELING = frozenset(
    {"age", "head_pose", "hidden", "seen", "glasses", "facial_hair", "head_wear", "mask"}
)
"""What suggests no emotion."""
_OF_A_FACE = frozenset({"emotion", "age", "tension", "fatigue", "pain", "genuineness", "asymmetry"})
"""Topics that a whole face answers; what a mouth or glasses show is left with the part."""
_OF_ONE = frozenset({"evidence", "against", "doubt", "convince", "sureness", "show"})
"""Recalls that after a comparison of faces are about the one that was named."""
OTHER_PICTURE = frozenset({"first picture", "picture before"})
"""Recalls that only show another picture."""
BY_SESSION = frozenset({"repeat", "undo"}) | OTHER_PICTURE
"""Recalls that change the conversation itself; no tool is called for them."""


def changed(last: LastTurn, **changes: object) -> Intent:
    """Return the last question with some of it changed."""
    assert last.intent is not None
    update = {"follow_up": True, "parts": (), "recall": None, "form": "", **changes}
    return last.intent.model_copy(update=update)


def asked_at(last: LastTurn, where: tuple[str, ...], **changes: object) -> Intent:
    """Return the last question, at other regions."""
    kind = "recognise" if last.attributes else "describe"
    assert last.intent is not None
    update = {"kind": kind, "named": where, "regions": where, "comparison": None, "follow_up": True,
              "parts": (), **changes}  # fmt: skip
    return last.intent.model_copy(update=update)


# The answer before


def about(recall: Recall, last: LastTurn) -> Intent:
    """Return the last question, asked for what its answer rests on."""
    assert last.intent is not None
    intent = last.intent
    if intent.comparison == "faces" and last.subject and recall in _OF_ONE:
        alone = {"faces": last.subject[:1], "comparison": None, "ranked": False}
        intent = intent.model_copy(update=alone)
    if recall == "sureness" and intent.comparison == "pictures" and intent.emotions:
        recall = "difference"  # how likely it is of each
    kinds: dict[Recall, IntentKind] = {"evidence": "why", "show": "locate"}
    kind = intent.kind if recall in BY_SESSION else kinds.get(recall, "check")
    update = {"kind": kind, "recall": recall, "follow_up": True, "form": ""}
    return intent.model_copy(update=update)


def told_as(form: Form, last: LastTurn) -> Intent:
    """Return the last question, answered in another form."""
    assert last.intent is not None
    changes: dict[str, object] = {"form": form, "follow_up": True, "recall": None}
    if last.kind in ("why", "check"):
        changes["kind"] = "recognise" if last.attributes else "describe"
    if form == "numbers":
        changes["numbers"] = True
    return last.intent.model_copy(update=changes)


def in_a_word(last: LastTurn) -> Intent:
    """Return the last question, answered in a word: the emotion of a face that was only described,
    the strongest movement of a part."""
    if last.attributes:
        return told_as("word", last)
    described = suggested(last) if "face" in last.regions else strongest(last)
    return described.model_copy(update={"form": "word"}) if described else told_as("word", last)


def of_the_face(last: LastTurn) -> LastTurn:
    """Return the state as if the whole face had been asked about."""
    return last.model_copy(update={"attributes": (), "regions": region_selection.WHOLE})


def best_guess(last: LastTurn) -> Intent:
    """Return the question which emotion it is, of the whole face unless it was asked of a part; with
    it the movements that were asked for."""
    asked = "emotion" in last.attributes
    units = region_selection.units_for(tuple(a for a in last.attributes if a not in _OF_A_FACE))
    whole_face: dict[str, object] = {
        "attributes": ("emotion", *units), "named": (), "comparison": None,
        "regions": region_selection.plan_regions(("emotion",), ()),
    }  # fmt: skip
    changes = {} if asked else whole_face
    return changed(
        last, kind="recognise", form="guess", emotions=(), polar=False, weighing="", denied=False,
        **changes,
    )  # fmt: skip


def in_percent(last: LastTurn) -> Intent:
    """Return the question how likely each emotion is, of what was looked at."""
    where = last.regions if "emotion" in last.attributes else ()
    where = where or region_selection.plan_regions(("emotion",), ())
    return changed(
        last, kind="recognise", form="percents", attributes=("emotion",), emotions=(), regions=where,
        polar=False, weighing="", comparison=None, ranked=False, counted=False, denied=False,
    )  # fmt: skip


def not_the_other(last: LastTurn) -> Intent | None:
    """Return why it is not the other emotion that was named, or why no other at all."""
    assert last.intent is not None
    if "emotion" not in last.attributes:
        return None
    if last.intent.comparison == "faces":
        others = {"faces": ("others",), "comparison": None, "ranked": False}
        return changed(last, kind="why", recall="why not", polar=False, **others)
    if last.intent.emotions:
        return changed(last, kind="why", recall="why not", polar=False, weighing="")
    return about("against", last)


def in_plain_words(last: LastTurn) -> Intent:
    """Return the last question, answered without codes."""
    kind = last.kind if last.kind != "why" else "recognise" if last.attributes else "describe"
    return changed(last, kind=kind, expert=False, numbers=False)


def in_codes(last: LastTurn | None = None) -> Intent:
    """Return a request for the codes of the whole face: "FACS please", whatever part was spoken of."""
    faces = last.intent.faces if last and last.intent else ()
    return Intent(
        kind="summary", form="codes", faces=faces, regions=region_selection.WHOLE, expert=True,
        follow_up=last is not None,
    )  # fmt: skip


def checked(last: LastTurn) -> Intent:
    """Return the question whether the answer holds."""
    return changed(last, kind="check")


def by_how_much(last: LastTurn) -> Intent | None:
    """Return a question for the figures of what was compared."""
    assert last.intent is not None
    pictures = last.intent.comparison == "pictures"
    asked = [a for a in last.attributes if a.startswith("AU") or a == "age" or last.intent.emotions]
    if not asked or not (pictures or len(last.pair) == 2):
        return None
    update: dict[str, object] = {"kind": "check", "recall": "difference", "follow_up": True}
    if not pictures:
        update |= {"faces": last.pair, "comparison": "faces"}
    return last.intent.model_copy(update=update)


def years_apart(last: LastTurn) -> Intent:
    """Return a question for the years between those who were spoken of, whatever was asked of them."""
    apart = about("difference", last)
    if last.attributes == ("age",) or len(last.pair) != 2:
        return apart
    ages = {"attributes": ("age",), "regions": region_selection.plan_regions(("age",), ())}
    two = {"faces": last.pair, "comparison": "faces", "emotions": (), "named": ()}
    return apart.model_copy(update={**ages, **two})


def how_much(last: LastTurn, *, little: bool, polar: bool) -> Intent | None:
    """Return a question for the strength of what was asked for, or whether it is much of it."""
    if last.attributes == ("age",):
        return None
    if not last.attributes:  # what was described is described with its strength
        return changed(last)
    wish: dict[str, object] = {"polar": False, "numbers": True}
    if polar:
        wish = {"polar": True, "degree": "little" if little else "much"}
    return changed(last, kind="recognise", **wish)


def suggested(last: LastTurn) -> Intent | None:
    """Return a question for the emotion of what was described, of that alone."""
    assert last.intent is not None
    if {*last.attributes} & _NO_FEELING:
        return None
    return changed(
        last, kind="recognise", attributes=("emotion",), emotions=(), named=last.regions,
        regions=last.regions, comparison=None, polar=False, motion=False, weighing="", felt=False,
    )  # fmt: skip


def strongest(last: LastTurn) -> Intent:
    """Return a question for the strongest movement of what was looked at."""
    assert last.intent is not None
    units = tuple(a for a in last.attributes if a in facs.UNITS)
    return changed(
        last, kind="recognise" if units else "describe", attributes=units, recall="strongest",
        emotions=(), comparison=None, polar=False, numbers=False, weighing="",
    )  # fmt: skip


def likeliest(last: LastTurn) -> Intent | None:
    """Return which of the emotions that were named is the likelier, with figures."""
    assert last.intent is not None
    if len(last.intent.emotions) < 2:
        return None
    return changed(last, kind="recognise", weighing="either", numbers=True, polar=False)


def signs_apart(last: LastTurn) -> Intent:
    """Return by which movements the two emotions that were named are told apart."""
    return changed(last, kind="recognise", weighing="differ", polar=False, numbers=False)


def felt(last: LastTurn) -> Intent | None:
    """Return whether a smile is joined by the eyes; of another feeling, whether it is felt."""
    assert last.intent is not None
    happy = {*last.attributes} & _SMILES or "happiness" in last.intent.emotions
    if happy or (last.attributes == ("emotion",) and not last.intent.emotions):
        return _of_smile(last)
    if not {*last.attributes} & {"emotion", *facs.UNITS}:
        return None
    where = region_selection.plan_regions(("emotion",), ())
    return asked_at(last, where, attributes=("emotion",), felt=True, polar=False, recall=None)


def _of_smile(last: LastTurn) -> Intent:
    assert last.intent is not None
    where = region_selection.plan_regions(("genuineness",), ())
    looked_for = last.intent.comparison == "faces" and last.subject
    faces = last.subject[:1] if looked_for else last.intent.faces
    return asked_at(
        last, where, attributes=("genuineness",), emotions=(), polar=False, recall=None, faces=faces
    )


# Sides and parts


def sides_compared(last: LastTurn, **changes: object) -> Intent:
    """Return the region of the last turn against the same region of the other side."""
    assert last.intent is not None
    both = paired(last.regions)
    update = {"kind": "compare", "comparison": "sides", "named": both, "regions": both, "polar": False,
              "follow_up": True, "parts": (), "recall": None, **changes}  # fmt: skip
    return last.intent.model_copy(update=update)


def regions_compared(last: LastTurn) -> Intent | None:
    """Return the regions of the last two turns against each other."""
    assert last.intent is not None
    both = tuple(dict.fromkeys((*last.regions_before, *last.regions)))
    if len(both) < 2:
        return None
    if len({facs.unsided(name) for name in both}) == 1:
        return sides_compared(last)
    return changed(last, kind="compare", comparison="regions", named=both, regions=both,
                   attributes=(), polar=False)  # fmt: skip


def on_both_sides(last: LastTurn) -> Intent | None:
    """Return whether what was told of a pair holds for both; of one side, the same of both."""
    if not is_paired(last):
        return None
    told = {*last.regions} >= {*paired(last.regions)}
    again: dict[str, object] = {"recall": "both", "polar": True} if told else {}
    return asked_at(last, paired(last.regions), **again)


def whole(last: LastTurn) -> Intent:
    """Return what was asked for of a part, asked of the whole face; the overview where nothing was."""
    topics = tuple(a for a in last.attributes if a in _OF_A_FACE)
    if topics:
        return asked_at(
            last, region_selection.plan_regions(topics, ()), attributes=topics, recall=None
        )
    return changed(last, kind="summary", attributes=(), named=(), regions=region_selection.WHOLE,
                   comparison=None, emotions=(), motion=False, weighing="", polar=False,
                   ranked=False, least=False)  # fmt: skip


def other_side(last: LastTurn) -> Intent | None:
    """Return the other side; where both were told of, one against the other."""
    sides = {n.partition("_")[0] for n in last.regions if mirrored(n) != n}
    if len(sides) == 1:
        return asked_at(last, tuple(mirrored(n) for n in last.regions))
    if last.regions == ("mouth",):
        return asked_at(last, ("left_lip_corner", "right_lip_corner"))
    return sides_compared(last) if len(sides) == 2 else None


def is_paired(last: LastTurn) -> bool:
    """Tell whether a part was spoken of that a face has two of."""
    return any(mirrored(n) != n for n in last.regions)


def paired(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return each region and the one on the other side, left first."""
    return tuple(dict.fromkeys(n for name in names for n in sorted({name, mirrored(name)})))
