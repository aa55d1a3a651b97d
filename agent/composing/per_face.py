"""Who of several faces shows what was asked for: all, all but one, some by name, none. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from focalface.agent.basics.evidence import SMALL_GROUP, Evidence
from focalface.agent.basics.phrasing import capital, joined, unit_name
from focalface.agent.basics.sentence import Sentence, fixed
from focalface.agent.composing.attributes import SIGNS, about, appearance, cites, sides
from focalface.agent.understanding import Intent
from focalface.tools.face import facs, wording
from focalface.tools.proposing import region_selection

Named = Sequence[tuple[str, Evidence]]
"""What each face is called, and its evidence."""

_OPENING = {
    "eye_openness": ("the eyes", ("AU43",)),
    "mouth_openness": ("the mouth", ("AU25", "AU26")),
}
"""Topic -> what is open or closed, and the units that tell."""
_WORDS = {
    "glasses": ("wear", "glasses"),
    "facial_hair": ("have", "a beard or moustache"),
    "head_wear": ("have", "something on the head"),
    "mask": ("wear", "a mask"),
    "gaze": ("look", "into the camera"),
    "teeth": ("show", "teeth"),
    "tongue": ("show", "the tongue"),
}
"""What a face shows beside its movements: verb and words."""
_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")
MANY = 20
"""Faces from which a share in percent says more than the count alone."""
MOODS = 3
"""Sentences on what the faces of a group suggest."""
NAMED = 4
"""Faces of a crowd up to which they are named."""
_DETAILS = 2
"""Exceptions on which a sentence is added."""


def roll_call(intent: Intent, each: Named, expert: bool) -> list[Sentence]:
    """Tell who of the faces shows it; empty for questions that are not yes or no."""
    if intent.emotions:
        word = joined((wording.EMOTION_NOUNS[e] for e in intent.emotions), "or")
        known = [(name, found) for name, ev in each if (found := ev.emotion())]
        yes = {name: e.label in intent.emotions for name, (_, e) in known}
        return _present("suggest", word, yes, [d.region.id for _, (d, _) in known], each, intent)
    says: list[Sentence] = []
    uneven = "asymmetry" in intent.attributes
    if uneven:
        yes = {name: bool(sides(ev)) for name, ev in each}
        ids = [i for _, ev in each for i in ev.ids()]
        says += _present("show", "a difference between the sides", yes, ids, each, intent)
    for code in (a for a in intent.attributes if a in facs.UNITS and not uneven):
        read = [(name, r) for name, ev in each if (r := ev.reading(code))]
        yes = {name: r.visible for name, r in read}
        ids = [i for _, r in read for i in cites(r)]
        says += _present("show", unit_name(code, expert), yes, ids, each, intent)
    for topic in (a for a in intent.attributes if a in SIGNS):
        signs = [
            (name, [r for code in region_selection.UNITS_OF[topic] if (r := ev.reading(code))])
            for name, ev in each
        ]
        yes = {name: sum(r.visible for r in read) > 1 for name, read in signs}
        ids = [i for _, read in signs for r in read for i in cites(r)]
        says += _present("show", f"signs of {SIGNS[topic]}", yes, ids, each, intent)
    for topic in (a for a in intent.attributes if a in appearance.TOPICS):
        looks = {name: f for name, ev in each if (f := appearance.appearance_of(topic, ev))}
        if topic == "gaze" and not (intent.polar or intent.counted or intent.ranked):
            says += _grouped(looks, [name for name, _ in each if name not in looks])
            continue
        yes = {name: found.there for name, found in looks.items()}
        ids = [i for found in looks.values() for i in found.cites]
        says += _present(*_WORDS[topic], yes, ids, each, intent)
    for topic in (a for a in intent.attributes if a in _OPENING):
        says += _opened(topic, each, expert, intent)
    return says


def _grouped(looks: Mapping[str, appearance.Appearance], unread: Sequence[str]) -> list[Sentence]:
    """Return what several faces show, those that show the same together: where they look."""
    groups: dict[str, list[str]] = {}
    everybody = not unread
    for name, found in looks.items():
        groups.setdefault(found.text, []).append(name)
    says = []
    for text, who in sorted(groups.items(), key=lambda group: -len(group[1]))[:MOODS]:
        all_alike = everybody and len(who) == len(looks) > 1
        whose = all_of(len(who)) if all_alike else capital(joined(who[:NAMED]))
        more = f" and {len(who) - NAMED} more" if len(who) > NAMED and len(who) < len(looks) else ""
        says.append(
            Sentence(f"{whose}{more}: {text}.", tuple(i for n in who for i in looks[n].cites))
        )
    if unread:
        rest = joined(unread) if len(unread) <= NAMED else f"{len(unread)} faces"
        says.append(fixed(f"Of {rest} I cannot tell."))
    return says


def moods(each: Named) -> list[Sentence]:
    """Return what several faces suggest, those that suggest the same together; empty for one or
    two."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, ev in each:
        if found := ev.emotion():
            word = wording.EMOTION_NOUNS[found[1].label]
            groups.setdefault(word, []).append((name, found[0].region.id))
    judged = sum(map(len, groups.values()))
    if judged <= 2:
        return []
    says = []
    for word, who in sorted(groups.items(), key=lambda group: -len(group[1])):
        ids = tuple(region for _, region in who)
        if len(who) == judged:
            return [Sentence(f"{all_of(judged)} suggest {word}.", ids)]
        if len(who) <= NAMED:
            verb = "suggests" if len(who) == 1 else "suggest"
            says.append(Sentence(f"{capital(joined(name for name, _ in who))} {verb} {word}.", ids))
        else:
            says.append(
                Sentence(f"{len(who)} of the {judged} faces suggest {word}.", _cites(groups))
            )
    return says[:MOODS]


def _cites(groups: Mapping[str, Sequence[tuple[str, str]]]) -> tuple[str, ...]:
    """Return every region, so that a count can be checked against all that were judged."""
    return tuple(region for who in groups.values() for _, region in who)


def _opened(topic: str, each: Named, expert: bool, intent: Intent) -> list[Sentence]:
    """Tell who has eyes or mouth open or closed, as asked, and how it is with the exceptions."""
    part, codes = _OPENING[topic]
    eyes = topic == "eye_openness"
    read = {name: [r for code in codes if (r := ev.reading(code))] for name, ev in each}
    moved = {name: any(r.visible for r in found) for name, found in read.items() if found}
    closed = {name: does == eyes for name, does in moved.items()}
    yes = closed if intent.shut else {name: not shut for name, shut in closed.items()}
    ids = [i for found in read.values() for r in found for i in cites(r)]
    shut = [r for name, found in read.items() if closed.get(name) for r in found]
    if eyes and intent.shut and any(min(r.sides.values()) < facs.PRESENT for r in shut):
        part = "at least one eye"
    says = _present("have", f"{part} {'closed' if intent.shut else 'open'}", yes, ids, each, intent)
    no = [name for name, does in yes.items() if not does]
    if not (says and eyes) or len(no) > _DETAILS or len(no) == len(yes):
        return says
    rest = [
        (name, about(topic, ev, expert=expert, numbers=False)) for name, ev in each if name in no
    ]
    return says + [replace(found[0], face=name) for name, found in rest if found]


def _present(
    verb: str, what: str, shows: Mapping[str, bool], ids: Sequence[str], each: Named, intent: Intent
) -> list[Sentence]:
    """Tell which faces show something; ``shows``: what a face is called -> whether it does."""
    if not ids:
        return []
    yes = [name for name, does in shows.items() if does]
    no = [name for name, does in shows.items() if not does]
    some = " that could be judged" if len(shows) < len(each[0][1].scene.faces) else ""
    sure, one = ("", "has") if verb == "have" else (" clearly", f"{verb}s")
    if not yes:
        text = f"None of the {len(no)} faces{some}{sure} {one} {what}."
    elif not no:
        text = f"{all_of(len(yes))}{some} {verb} {what}."
    elif intent.absent and len(no) <= SMALL_GROUP:
        does = "does" if len(no) == 1 else "do"
        text = f"{capital(joined(no))} {does} not{sure} {verb} {what}."
    elif len(shows) > SMALL_GROUP:
        does = one if len(yes) == 1 else verb
        share = f" ({len(yes) / len(shows):.0%})" if len(shows) >= MANY else ""
        text = f"{len(yes)} of the {len(shows)} faces{some} {does} {what}{share}{_few(yes, no)}."
    elif intent.counted:
        does = one if len(yes) == 1 else verb
        who = joined(yes) if len(yes) <= len(no) + 1 else f"all but {joined(no)}"
        count = capital(_COUNTS[len(yes)])
        text = f"{count} of the {len(shows)} faces{some} {does} {what}: {who}."
    elif verb == "have" and len(yes) == 1 and len(no) > 1:
        text = f"Only {yes[0]} has {what}."
    elif len(no) == 1 and len(yes) > 2:
        text = f"All but {no[0]} {verb} {what}."
    else:
        does = one if len(yes) == 1 else verb
        rest = "the other one" if len(no) == 1 else "the others"
        text = f"{capital(joined(yes))} {does} {what}, {rest} not{sure}."
    verdict = _verdict(intent, bool(yes), not no)
    if verdict and not (text.startswith("All but") and intent.among == "all"):
        text = verdict + text[:1].lower() + text[1:]
    return [Sentence(text, tuple(dict.fromkeys(ids)))]


def _few(yes: Sequence[str], no: Sequence[str]) -> str:
    """Return the faces by name where they are few, or the few that are missing."""
    if len(yes) <= NAMED:
        return f": {joined(yes)}"
    return f": all but {joined(no)}" if len(no) <= NAMED else ""


def _verdict(intent: Intent, some: bool, everyone: bool) -> str:
    """Return the "yes" or "not all" before the sentence, where the question asked for it."""
    if not intent.polar or not some or intent.counted:
        return ""
    if everyone or intent.among == "any":
        return "Yes: " if intent.among else ""
    return "Not all: " if intent.among == "all" else ""


def all_of(count: int) -> str:
    """Return all of some faces, in words."""
    return "Both faces" if count == 2 else f"All {count} faces"
