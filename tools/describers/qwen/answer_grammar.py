"""The grammar of one region's answer, narrower than its JSON schema: no contradiction can be said.

A schema cannot say that a unit which is seen must not be absent as well, since that depends on what
was written before. So the grammar comes in parts, each made when the one before it is complete: the
units that are seen; what is absent (none of those), emotion and age; what cannot be told (nothing
of all that); the text. Pure.

Units stand in FACS order and once. Text is at most ``SENTENCES`` sentences, each at its end, and
names no code of a unit that the region cannot show.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from focalface.tools.describers.language.answer_format import STEPS
from focalface.tools.face import facs
from focalface.tools.geometry.scope import Scope
from focalface.tools.types import AGE_GROUPS, EMOTIONS, Side

SENTENCES = 8
LONGEST = 160
"""Characters of a sentence, about; the longest that training teaches has 163."""
PARTS = 4
_LISTED = re.compile(r'"(action_units|absent)": ([\[{][^\]}]*[\]}])')


@dataclass(frozen=True, slots=True)
class Said:
    """What an unfinished answer has said: units that are seen, absent ones, an emotion, an age."""

    seen: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    emotion: bool = False
    age: bool = False


def said_in(written: str) -> Said:
    """Read what stands in an unfinished answer that the grammar let through."""
    lists = {key: json.loads(value) for key, value in _LISTED.findall(written)}
    seen = dict.fromkeys(name.split()[0] for name in lists.get("action_units", {}))
    return Said(
        seen=tuple(seen),
        absent=tuple(lists.get("absent", ())),
        emotion='"emotion": "' in written,
        age='"age_group": "' in written,
    )


def part(number: int, scope: Scope, said: Said, *, text: bool = True) -> str:
    """Return one of the ``PARTS`` parts in llguidance's Lark; the third is the last without text.

    ``said``: what the parts before it have said.
    """
    codes = facs.in_order(scope.units)
    absent = [code for code in codes if code not in said.seen]
    unsure = [code for code in absent if code not in said.absent]
    rules = (
        lambda: _seen(scope, codes),
        lambda: _absent(scope, absent),
        lambda: _unsure(scope, unsure, said, text=text),
        lambda: _text(codes),
    )[number]()
    return "\n".join(rules)


def _seen(scope: Scope, codes: Sequence[str]) -> list[str]:
    start = f'{_quoted("{")} {_key("action_units")} "{{" units? {_quoted("}, ")} {_begun("absent")}'
    units = [_unit(code, scope.units[code]) for code in codes]
    return [f"start: {start}", *_chosen("units", units), _STEP]


def _absent(scope: Scope, codes: Sequence[str]) -> list[str]:
    emotions, groups = EMOTIONS, [group for _, group in AGE_GROUPS]
    start = f'" [" absent? "], " {_key("emotion")} EMOTION ", " {_key("age_group")} AGE ", "'
    return [
        f"start: {start} {_begun('cannot_tell')}",
        *_chosen("absent", [_quoted(f'"{code}"') for code in codes]),
        f"EMOTION: {_either(emotions if scope.emotion else ())}",
        f"AGE: {_either(groups if scope.age else ())}",
    ]


def _unsure(scope: Scope, codes: Sequence[str], said: Said, *, text: bool) -> list[str]:
    """Units, then ``emotion`` and ``age``: each must be there, may, or must not."""
    endings: list[list[str]] = [[]]
    for word, can, named in (
        ("emotion", scope.emotion, said.emotion),
        ("age", scope.age, said.age),
    ):
        having = [] if can and named else [[*ending, word] for ending in endings]
        endings = [*(endings if can else ()), *having]
    units = '(unsure ", ")?' if codes else ""
    forms = [
        f"{units} {_quoted(', '.join(map(json.dumps, words)))}" if words else "unsure?"
        for words in endings
    ]
    after = f'", " {_begun("text")}' if text else _quoted("}")
    return [
        f'start: " [" ({" | ".join(forms)}) "]" {after}',
        *_chosen("unsure", [_quoted(f'"{code}"') for code in codes]),
    ]


def _text(codes: Sequence[str]) -> list[str]:
    """Sentences; an "AU" in them begins the code of one of the units."""
    numbers = "|".join(code.removeprefix("AU") for code in codes)
    code = rf"AU({numbers})" if numbers else "A"
    ends = r".!?\"\\\x00-\x1F"
    other = rf"A[^AU{ends}]|{code}[^0-9{ends}]"
    begins, goes_on = rf"([^ A{ends}]|{other})", rf"([^A{ends}]|{other})"
    start = f'start: " " {_quoted(chr(34))} SENTENCE (" " SENTENCE){{0,{SENTENCES - 1}}}'
    return [
        f"{start} {_quoted(chr(34) + '}')}",
        rf"SENTENCE: /{begins}{goes_on}{{2,{LONGEST}}}({code})?[.!?]/",
    ]


def _unit(code: str, sides: tuple[Side, ...]) -> str:
    """Return one unit of both sides together, of one, or of each with its own intensity."""
    left, right, both = (f"{_key(f'{code}{side}')} STEP" for side in (" left", " right", ""))
    if len(sides) == 2:
        return f'({both} | {left} (", " {right})? | {right})'
    return {"left": left, "right": right, "both": both}[sides[0]]


def _chosen(name: str, items: Sequence[str]) -> list[str]:
    """Return rules for one or more of the items in their order, each once, joined by commas."""
    rules = []
    for i, item in enumerate(items):
        rule = name if i == 0 else f"{name}_{i}"
        after = f"{name}_{i + 1}"
        last = i == len(items) - 1
        rules.append(f"{rule}: {item}" if last else f'{rule}: {item} (", " {after})? | {after}')
    return rules or [f'{name}: ""']


def _either(words: Iterable[str]) -> str:
    return " | ".join([*(_quoted(f'"{word}"') for word in words), '"null"'])


def _key(name: str) -> str:
    return _quoted(f'"{name}": ')


def _begun(name: str) -> str:
    """Return a key up to its colon, where a part of the grammar ends: no token goes on from it."""
    return _quoted(f'"{name}":')


def _quoted(text: str) -> str:
    """Return a text as a string of the grammar."""
    return json.dumps(text)


_STEP = f"STEP: {' | '.join(_quoted(str(step)) for step in STEPS)}"
