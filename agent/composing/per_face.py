"""Who of several faces shows what was asked for: all, all but one, some by name, none. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import head_words, joined, unit_name
from focalface.agent.basics.sentence import Sentence, lowered
from focalface.agent.composing import facing
from focalface.agent.composing.attributes import SIGNS, about, appearance, cites, in_pain, sides
from focalface.agent.composing.attributes.feelings import is_mild
from focalface.agent.composing.attributes.units import MUCH
from focalface.agent.composing.grouped import Named, gazes
from focalface.agent.composing.showing import nearest, present
from focalface.agent.understanding import Intent
from focalface.tools.face import combinations, facs, wording
from focalface.tools.proposing import region_selection

_OPENING = {
    "eye_openness": ("the eyes", ("AU43",)),
    "mouth_openness": ("the mouth", ("AU25", "AU26")),
}
"""Topic -> what is open or closed, and the units that tell."""
_WORDS = {
    "glasses": ("wear", "glasses"),
    "facial_hair": ("have", "a beard or moustache"),
    "head_wear": ("wear", "something on the head"),
    "mask": ("wear", "a mask"),
    "gaze": ("look", "into the camera"),
    "teeth": ("show", "teeth"),
    "tongue": ("show", "the tongue"),
}
"""What a face shows beside its movements: verb and words."""
_DETAILS = 2
"""Exceptions on which a sentence is added."""
_FAINT = 3
"""Faces that show only a little of what all show, up to which they are named."""


def roll_call(intent: Intent, each: Named, expert: bool) -> list[Sentence]:
    """Tell who of the faces shows it; empty for questions that are not yes or no."""
    if intent.emotions:
        return _suggesting(each, intent)
    uneven = "asymmetry" in intent.attributes
    asked = [a for a in intent.attributes if not (uneven and a in facs.UNITS)]
    if intent.polar and len(asked) > 1 and {*asked} <= {*facs.UNITS}:
        return _any_shows(asked, each, expert, intent)  # "are the brows raised?"
    return [say for topic in asked for say in _who_shows(topic, each, expert, intent)]


def _suggesting(each: Named, intent: Intent) -> list[Sentence]:
    word = joined((wording.EMOTION_NOUNS[e] for e in intent.emotions), "or")
    known = [(name, found) for name, ev in each if (found := ev.emotion())]
    yes = {name: wording.mood(e) in intent.emotions for name, (_, e) in known}
    ids = [d.region.id for _, (d, _) in known]
    says = present("suggest", word, yes, ids, each, intent)
    faint = [n for n, ev in each if yes.get(n) and is_mild(ev)]
    says = _though(says, faint, yes, "mildly")
    if len(yes) > 1 and not (any(yes.values()) or intent.absent):
        shares = {
            n: sum(e.probabilities.get(w, 0.0) for w in intent.emotions) for n, (_, e) in known
        }
        says += nearest(shares, ids)
    return says


def _though(
    says: list[Sentence], faint: Sequence[str], yes: Mapping[str, bool], how: str
) -> list[Sentence]:
    """Return that all faces show something, with those few that show only a little of it."""
    if not says or not all(yes.values()) or not 0 < len(faint) <= _FAINT or len(faint) == len(yes):
        return says
    text = f"{says[0].text.rstrip('.')}, though {joined(faint)} only {how}."
    return [replace(says[0], text=text), *says[1:]]


def _any_shows(codes: Sequence[str], each: Named, expert: bool, intent: Intent) -> list[Sentence]:
    """Return who shows one of several movements or another."""
    read = {name: [r for code in codes if (r := ev.reading(code))] for name, ev in each}
    yes = {name: any(r.visible for r in found) for name, found in read.items() if found}
    what = joined((unit_name(code, expert) for code in codes), "or")
    ids = [i for found in read.values() for r in found for i in cites(r)]
    return present("show", what, yes, ids, each, intent)


def _who_shows(topic: str, each: Named, expert: bool, intent: Intent) -> list[Sentence]:
    """Return who shows one thing; empty for what is no matter of yes or no."""
    if topic in _OPENING:
        return _opened(topic, each, expert, intent)
    if topic in appearance.TOPICS:
        return _looking(topic, each, intent)
    shown: Callable[[str, Evidence], Shows]
    if topic in facs.UNITS:
        verb, what, shown = "show", unit_name(topic, expert), _unit_shows
    elif topic in SIGNS:
        verb, what, shown = "show", f"signs of {SIGNS[topic]}", _signs_show
    elif topic == "head_pose" and intent.polar:
        verb, what, shown = "hold", "the head turned or tilted", _head_is_turned
    elif topic in _OTHERS:
        verb, what, shown = _OTHERS[topic]
    else:
        return []
    known = [(name, found) for name, ev in each if (found := shown(topic, ev))]
    yes = {name: there for name, (there, _) in known}
    ids = [i for _, (_, cited) in known for i in cited]
    says = present(verb, what, yes, ids, each, intent)
    if topic in facs.UNITS:
        faint = [n for n, ev in each if yes.get(n) and ev.levels().get(topic, 0.0) < MUCH]
        says = _though(says, faint, yes, "slightly")
    if topic in facs.UNITS and len(yes) > 1 and not (any(yes.values()) or intent.absent):
        says += nearest({name: ev.levels().get(topic, 0.0) for name, ev in each}, ids)
    return says


Shows = tuple[bool, tuple[str, ...]] | None
"""Whether a face shows something, and the regions that rests on; None where nobody can tell."""


def _unit_shows(code: str, ev: Evidence) -> Shows:
    reading = ev.reading(code)
    return (reading.visible, cites(reading)) if reading else None


def _signs_show(topic: str, ev: Evidence) -> Shows:
    read = [r for code in region_selection.UNITS_OF[topic] if (r := ev.reading(code))]
    if not read:
        return None
    if topic == "pain":
        return bool(in_pain(ev)), tuple(i for r in read for i in cites(r))
    return sum(r.visible for r in read) > 1, tuple(i for r in read for i in cites(r))


def _head_is_turned(_: str, ev: Evidence) -> Shows:
    of = {d.region.face_id for d in ev}
    face = next((f for f in ev.scene.faces if f.id in of), None)
    return (bool(head_words(face)), ev.ids()) if face else None


def _sides_differ(_: str, ev: Evidence) -> Shows:
    return (bool(sides(ev)), ev.ids()) if ev.found else None


def _smile_is_felt(_: str, ev: Evidence) -> Shows:
    """Tell whether a smile reaches the eyes."""
    mouth, kind = ev.reading("AU12"), combinations.smile(ev.levels()).kind
    eyes = ev.reading("AU6") or ev.reading("AU7")
    if mouth is None or (eyes is None and kind != "none"):
        return None
    there = kind == "with the eyes" or (kind != "none" and eyes is not None and eyes.visible)
    return there, (*cites(mouth), *(cites(eyes) if eyes else ()))


def _is_covered(_: str, ev: Evidence) -> Shows:
    return (any(d.region.hidden_by for d in ev), ev.ids()) if ev.found else None


_OTHERS: dict[str, tuple[str, str, Callable[[str, Evidence], Shows]]] = {
    "asymmetry": ("show", "a difference between the sides", _sides_differ),
    "hidden": ("have", "a part covered", _is_covered),
    "genuineness": ("show", "a smile that reaches the eyes", _smile_is_felt),
}


def _looking(topic: str, each: Named, intent: Intent) -> list[Sentence]:
    """Return who wears, has or does what is asked for; where each looks, if that is asked."""
    looks = {name: f for name, ev in each if (f := appearance.appearance_of(topic, ev))}
    asks_where = not (intent.polar or intent.counted or intent.ranked or intent.absent)
    if topic == "gaze" and intent.direction in ("each other", "away", "up", "down"):
        return facing.told(looks, each, intent)
    if topic == "gaze" and asks_where:
        return gazes(looks, [name for name, _ in each if name not in looks])
    yes = {name: found.there for name, found in looks.items()}
    ids = [i for found in looks.values() for i in found.cites]
    if (
        topic == "gaze"
        and looks
        and not any(yes.values())
        and not (intent.counted or intent.absent)
    ):
        first, *rest = gazes(looks, [name for name, _ in each if name not in looks])
        return [replace(first, text=f"No: {lowered(first.text)}"), *rest]
    verb, what = _WORDS[topic]
    worn = [found.text for found in looks.values() if found.there]
    if topic == "glasses" and worn and all("dark" in text for text in worn):
        what = "dark glasses"
    says = present(verb, what, yes, ids, each, intent)
    no = {name: found for name, found in looks.items() if not found.there}
    if topic == "gaze" and says and 0 < len(no) <= _DETAILS and not intent.counted:
        says += gazes(no, ()) if len(no) > 1 else [_there(found) for found in no.values()]
    return says


def _there(found: appearance.Appearance) -> Sentence:
    """Return how it is with the one face that is the exception."""
    return Sentence(f"There {found.text}.", found.cites)


def _opened(topic: str, each: Named, expert: bool, intent: Intent) -> list[Sentence]:
    """Tell who has eyes or mouth open or closed, as asked, and how it is with the exceptions."""
    part, codes = _OPENING[topic]
    eyes = topic == "eye_openness"
    read = {name: [r for code in codes if (r := ev.reading(code))] for name, ev in each}
    least = MUCH if intent.degree == "much" and not eyes else facs.PRESENT
    told = {name: [r for r in found if least < MUCH or r.code == "AU26"] or found
            for name, found in read.items()}  # fmt: skip
    moved = {name: any(r.level >= least for r in found) for name, found in told.items() if found}
    closed = {name: does == eyes for name, does in moved.items()}
    yes = closed if intent.shut else {name: not shut for name, shut in closed.items()}
    ids = [i for found in read.values() for r in found for i in cites(r)]
    shut = [r for name, found in read.items() if closed.get(name) for r in found]
    if eyes and intent.shut and any(min(r.sides.values()) < facs.PRESENT for r in shut):
        part = "at least one eye"
    state = "closed" if intent.shut else "wide open" if least == MUCH else "open"
    says = present("have", f"{part} {state}", yes, ids, each, intent)
    no = [name for name, does in yes.items() if not does]
    if not (says and eyes) or len(no) > _DETAILS or len(no) == len(yes):
        return says
    rest = [
        (name, about(topic, ev, expert=expert, numbers=False)) for name, ev in each if name in no
    ]
    return says + [replace(found[0], face=name) for name, found in rest if found]
