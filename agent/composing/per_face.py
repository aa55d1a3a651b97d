"""Who of several faces shows what was asked for: all, all but one, some by name, none. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital, joined, unit_name
from focalface.agent.basics.scene import SMALL_GROUP
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.attributes import SIGNS, about, appearance, cites, in_pain, sides
from focalface.agent.composing.grouped import NAMED, Named, all_of, gazes
from focalface.agent.understanding import Intent, places
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
_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")
MANY = 20
"""Faces from which a share in percent says more than the count alone."""
LISTED = 8
"""Faces up to which each is named where that is what was asked for."""
NO_MORE = 3
"""Exceptions up to which they are what is told of many faces."""
FEWER = 3
"""Exceptions below which they are named rather than more than as many others."""
_DETAILS = 2
"""Exceptions on which a sentence is added."""


def roll_call(intent: Intent, each: Named, expert: bool) -> list[Sentence]:
    """Tell who of the faces shows it; empty for questions that are not yes or no."""
    if intent.emotions:
        return _suggesting(each, intent)
    uneven = "asymmetry" in intent.attributes
    asked = [a for a in intent.attributes if not (uneven and a in facs.UNITS)]
    return [say for topic in asked for say in _who_shows(topic, each, expert, intent)]


def _suggesting(each: Named, intent: Intent) -> list[Sentence]:
    word = joined((wording.EMOTION_NOUNS[e] for e in intent.emotions), "or")
    known = [(name, found) for name, ev in each if (found := ev.emotion())]
    yes = {name: e.label in intent.emotions for name, (_, e) in known}
    return _present("suggest", word, yes, [d.region.id for _, (d, _) in known], each, intent)


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
    elif topic in _OTHERS:
        verb, what, shown = _OTHERS[topic]
    else:
        return []
    known = [(name, found) for name, ev in each if (found := shown(topic, ev))]
    yes = {name: there for name, (there, _) in known}
    return _present(verb, what, yes, [i for _, (_, ids) in known for i in ids], each, intent)


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


_OTHERS: dict[str, tuple[str, str, Callable[[str, Evidence], Shows]]] = {
    "asymmetry": ("show", "a difference between the sides", _sides_differ),
    "genuineness": ("show", "a smile that reaches the eyes", _smile_is_felt),
}


def _looking(topic: str, each: Named, intent: Intent) -> list[Sentence]:
    """Return who wears, has or does what is asked for; where each looks, if that is asked."""
    looks = {name: f for name, ev in each if (f := appearance.appearance_of(topic, ev))}
    if topic == "gaze" and not (intent.polar or intent.counted or intent.ranked):
        return gazes(looks, [name for name, _ in each if name not in looks])
    yes = {name: found.there for name, found in looks.items()}
    ids = [i for found in looks.values() for i in found.cites]
    verb, what = _WORDS[topic]
    worn = [found.text for found in looks.values() if found.there]
    if topic == "glasses" and worn and all("dark" in text for text in worn):
        what = "dark glasses"
    return _present(verb, what, yes, ids, each, intent)


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
    if len(shows) == 1:
        return [_of_one(verb, what, shows, ids)]
    told = _Told(verb, what, shows, _faces(shows, each, intent), intent)
    text = told.of_those_without() if intent.absent else told.of_those_with()
    return [Sentence(text, tuple(dict.fromkeys(ids)))]


def _of_one(verb: str, what: str, shows: Mapping[str, bool], ids: Sequence[str]) -> Sentence:
    """Tell of the only one of several faces that could be judged."""
    (name, there), rest = next(iter(shows.items())), "the others could not be judged"
    does = ("has" if verb == "have" else f"{verb}s") if there else f"does not clearly {verb}"
    return Sentence(f"{capital(name)} {does} {what}; {rest}.", tuple(dict.fromkeys(ids)))


def _faces(shows: Mapping[str, bool], each: Named, intent: Intent) -> str:
    """Return whom a count is of: ``faces at the back that could be judged``."""
    place = "".join(f" {told}" for f in intent.faces[:1] if (told := places.told(f)))
    return f"faces{place}{' that could be judged' if len(shows) < len(each) else ''}"


@dataclass(frozen=True, slots=True)
class _Told:
    """Who shows something and who does not, in one sentence."""

    verb: str
    what: str
    shows: Mapping[str, bool]
    faces: str
    intent: Intent

    @property
    def yes(self) -> list[str]:
        """What those are called that show it."""
        return [name for name, does in self.shows.items() if does]

    @property
    def no(self) -> list[str]:
        """What the others are called."""
        return [name for name, does in self.shows.items() if not does]

    @property
    def _sure(self) -> str:
        return "" if self.verb == "have" else " clearly"

    def _does(self, count: int) -> str:
        if count != 1:
            return self.verb
        return "has" if self.verb == "have" else f"{self.verb}s"

    @property
    def _all(self) -> str:
        count = len(self.shows)
        every = all_of(count).removesuffix(" faces")
        return f"{every} {self.faces} {self.verb} {self.what}"

    @property
    def _none(self) -> str:
        return f"None of the {len(self.shows)} {self.faces}{self._sure} {self._does(1)} {self.what}"

    def _count(self, these: Sequence[str]) -> str:
        total = len(self.shows)
        many = capital(_COUNTS[len(these)]) if total <= SMALL_GROUP else len(these)
        return f"{many} of the {total} {self.faces}"

    def of_those_without(self) -> str:
        """Return who does not show it, or how many."""
        yes, no = self.yes, self.no
        asks = self.intent.polar and not self.intent.counted
        if not no:
            nobody = "None" if self.intent.counted else "No" if asks else "Nobody"
            return f"{nobody}: {_lowered(self._all)}."
        if not yes:
            return f"Yes: {_lowered(self._none)}." if asks else f"{self._none}."
        does = "does" if len(no) == 1 else "do"
        denial = f"{does} not{self._sure} {self.verb} {self.what}"
        if self.intent.counted or len(no) > LISTED:
            return f"{self._count(no)} {denial}{_few(no, yes, LISTED)}."
        return f"{'Yes: ' * asks}{joined(no) if asks else capital(joined(no))} {denial}."

    def of_those_with(self) -> str:
        """Return who shows it, or how many, with the yes or no that was asked for."""
        yes, no = self.yes, self.no
        if not yes:
            polar = self.intent.polar and not self.intent.counted
            return f"No: {_lowered(self._none)}." if polar else f"{self._none}."
        text = f"{self._all}." if not no else self._some()
        verdict = _verdict(self.intent, everyone=not no)
        if verdict == "Not all: " and text.startswith("All but"):
            verdict = "No: "
        return verdict + _lowered(text) if verdict else text

    def _some(self) -> str:
        yes, no = self.yes, self.no
        does, total = self._does(len(yes)), len(self.shows)
        asks_who = not (self.intent.counted or self.intent.polar)
        most = len(no) <= NO_MORE < len(yes)
        if total > SMALL_GROUP and most and not (asks_who or self.intent.among == "any"):
            without = f": not {joined(no)}" if len(no) > 1 else ""
            who = f"{len(no)} of the {total} {self.faces}" if len(no) > 1 else no[0]
            return f"All but {who} {self.verb} {self.what}{without}."
        if total > SMALL_GROUP or self.intent.counted:
            share = f" ({len(yes) / total:.0%})" if total >= MANY else ""
            who = _few(yes, no, LISTED if asks_who or self.intent.counted else NAMED)
            return f"{self._count(yes)} {does} {self.what}{share}{who}."
        if self.verb == "have" and len(yes) == 1 and len(no) > 1:
            return f"Only {yes[0]} has {self.what}."
        if len(no) == 1 and len(yes) > 2:
            return f"All but {no[0]} {self.verb} {self.what}."
        rest = "the other one" if len(no) == 1 else "the others"
        return f"{capital(joined(yes))} {does} {self.what}, {rest} not{self._sure}."


def _few(these: Sequence[str], others: Sequence[str], most: int) -> str:
    """Return the faces by name where they are few, or the few that are missing."""
    few = len(others) < FEWER < len(these)
    if len(these) <= NAMED and not few:
        return f": {joined(these)}"
    if len(others) <= NAMED:
        return f": all but {joined(others)}"
    return f": {joined(these)}" if len(these) <= most else ""


def _verdict(intent: Intent, *, everyone: bool) -> str:
    """Return the "yes" or "not all" before the sentence, where the question asked for it."""
    if not intent.polar or intent.counted:
        return ""
    return "Yes: " if everyone or intent.among == "any" else "Not all: "


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
