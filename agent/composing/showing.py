"""Which of several faces show something and which do not, in one sentence. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from focalface.agent.basics.phrasing import capital, joined
from focalface.agent.basics.scene import SMALL_GROUP
from focalface.agent.basics.sentence import Sentence
from focalface.agent.composing.grouped import NAMED, Named, all_of
from focalface.agent.understanding import Intent, places

_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")
MANY = 20
"""Faces from which a share in percent says more than the count alone."""
LISTED = 8
"""Faces up to which each is named where that is what was asked for."""
NO_MORE = 3
"""Exceptions up to which they are what is told of many faces."""
FEWER = 3
"""Exceptions below which they are named rather than more than as many others."""


def present(
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


NEAR = 0.1
"""Level, on 0 to 1, from which somebody comes close to what nobody shows (our choice)."""
APART = 0.05
"""By how much the nearest has to lie before the next one."""


def nearest(levels: Mapping[str, float], ids: Sequence[str]) -> list[Sentence]:
    """Return who comes closest to showing something that nobody shows, where one stands out."""
    (name, most), *others = sorted(levels.items(), key=lambda one: -one[1])
    if not others or most < NEAR or most - others[0][1] < APART:
        return []
    return [Sentence(f"{capital(name)} comes closest.", tuple(dict.fromkeys(ids)))]


def _of_one(verb: str, what: str, shows: Mapping[str, bool], ids: Sequence[str]) -> Sentence:
    """Tell of the only one of several faces that could be judged."""
    (name, there), rest = next(iter(shows.items())), "the others could not be judged"
    does = ("has" if verb == "have" else f"{verb}s") if there else f"does not clearly {verb}"
    return Sentence(f"{capital(name)} {does} {what}; {rest}.", tuple(dict.fromkeys(ids)))


def _faces(shows: Mapping[str, bool], each: Named, intent: Intent) -> str:
    """Return whom a count is of: ``faces at the back that could be judged``."""
    place = "".join(
        f" {told}" for f in intent.faces[:1] if (told := places.told(f.removesuffix("1")))
    )
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
        none = f"None of the {len(self.shows)} {self.faces}"
        if len(self.shows) == 2 and self.faces == "faces":
            none = "Neither face"
        return f"{none}{self._sure} {self._does(1)} {self.what}"

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
            share = f" ({len(yes) / total:.0%})" if total >= MANY and len(yes) > LISTED else ""
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
