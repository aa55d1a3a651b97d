"""One sentence of an answer: what it says, of whom, with which verdict, and what it rests on.

Composing makes sentences, checking reads their fields, and only the last step makes text of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["reading", "quoted", "fixed"]
"""``reading``: from readings, by our rules; ``quoted``: a describer's own words; ``fixed``: of the
program, its limits and what was asked, with no claim on a face."""
Verdict = Literal[
    "", "yes", "seems so", "probably", "possibly", "not clearly", "rather not", "probably not",
    "hardly", "no", "not so", "right", "contrary", "less", "more",
]  # fmt: skip
"""The answer to a yes-or-no question; "" where a sentence gives none."""

LEADS: Mapping[Verdict, str] = MappingProxyType(
    {
        "": "",
        "yes": "Yes,",
        "seems so": "Yes, it looks so:",
        "probably": "Probably:",
        "possibly": "Possibly:",
        "not clearly": "Probably not:",
        "rather not": "Probably not:",
        "probably not": "Probably not,",
        "hardly": "No,",
        "no": "No,",
        "not so": "No,",
        "right": "Right,",
        "contrary": "On the contrary:",
        "less": "No, not that much:",
        "more": "Yes, more than that:",
    }
)
"""Verdict -> the words before a sentence that is told with it."""
FOR: frozenset[Verdict] = frozenset({"yes", "seems so", "probably", "possibly", "less", "more"})
AGAINST: frozenset[Verdict] = frozenset({"no", "not so", "hardly", "probably not", "rather not"})
_SUBJECTS = ("The face ", "The expression ")
"""Beginnings whose place a face's own name takes."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence before it is text.

    ``text``: without verdict and without the face's name; ``cites``: ids of the regions it rests
    on; ``verdict``: what it answers to yes or no, told only where ``led``; ``about``: the units
    and emotions that the verdict is on; ``face``: what the face is called, where that is told;
    ``caveat``: a caution that needs to be told once in a conversation; ``picture``: the name of the
    picture that it is of, where that is told.
    """

    text: str
    cites: tuple[str, ...] = ()
    kind: Kind = "reading"
    verdict: Verdict = ""
    about: tuple[str, ...] = ()
    face: str = ""
    led: bool = True
    caveat: bool = False
    picture: str = ""

    def __str__(self) -> str:
        told = rendered(self)
        return f"{told} [{', '.join(self.cites)}]" if self.cites else told


def fixed(text: str) -> Sentence:
    """Return a sentence that claims nothing of a face."""
    return Sentence(text, kind="fixed")


def caution(text: str) -> Sentence:
    """Return a caution that claims nothing of a face, told once in a conversation."""
    return Sentence(text, kind="fixed", caveat=True)


def once(says: Sequence[Sentence], told: Sequence[str]) -> tuple[Sentence, ...]:
    """Return the sentences without cautions that an earlier answer has; ``told``: those answers.

    A caution that is all there is to say stays.
    """
    kept = [s for s in says if not (s.caveat and any(rendered(s) in text for text in told))]
    return tuple(kept or says)


def rendered(sentence: Sentence) -> str:
    """Return the text of a sentence: the picture's name, the face's, the verdict, what it says."""
    if sentence.picture:
        return f"In {sentence.picture}, {lowered(_of_a_face(sentence))}"
    return _of_a_face(sentence)


def _of_a_face(sentence: Sentence) -> str:
    lead = LEADS[sentence.verdict] if sentence.led else ""
    said = f"{lead} {lowered(sentence.text)}" if lead else _raised(sentence.text)
    if not sentence.face:
        return said
    if not lead and (subject := next((s for s in _SUBJECTS if said.startswith(s)), "")):
        return f"{_raised(sentence.face)} {said.removeprefix(subject)}"
    return f"{_raised(sentence.face)}: {lowered(said)}"


def text_of(sentences: Sequence[Sentence]) -> str:
    """Return the text of an answer."""
    return " ".join(map(rendered, sentences))


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Return the text as it goes on after a lead; codes and "I" stay in capitals."""
    keep = text[1:2].isupper() or text.startswith("I ")
    return text if keep else text[:1].lower() + text[1:]
