"""Answers that need no look at a face: refusals, help, and what the tools cannot answer."""

import re
from collections.abc import Sequence

from focalface.agent.understanding.intent import Intent, Refusal
from focalface.tools.question.out_of_scope import Beyond

CAN = (
    "I can tell what a part of a face is doing (brows, eyes, nose, cheeks, mouth, chin), what the "
    "expression suggests, how old the face looks, and how the head is held"
)
NOT_UNDERSTOOD = (
    "I did not understand that as a question about a face. Try: what is the mouth doing? What does "
    "the expression suggest?"
)
FOREIGN = "I understood enough of the question to try, but I answer in English only."
UNREAD = 'I did not understand "{}", so that part is not answered.'
BY_LOOKS = (
    "I cannot see clothes, hair or height, so here is everybody; name one by place or number."
)
WHERE = (
    "I cannot see clothes, hair or height; say where that person is, or the number, such as "
    "'face 2'."
)
WHICH = "I don't judge gender; say where that person is, or the number, such as 'face 2'."
BY_GENDER = "I don't judge gender, so this is about everybody."
BY_PLACE = "I cannot see clothes, hair or height, so I go by the place."
BY_SIZE = "I cannot see who takes the picture, so this is the face that seems nearest to it."
CUT = "The question was very long; only its first part was read."
NO_PICTURE = "There is no picture yet. Open one (in the chat: /image FILE), then ask again."

_BEYOND: dict[Beyond, str] = {
    "teeth": "Of teeth I tell only whether they show.",
    "tongue": "Of the tongue I tell only whether it shows.",
    "pupils": "I cannot assess pupils, only how far the eyes are open.",
    "tears": "I cannot see tears or how wet the eyes are, only what lids, brows and mouth do.",
    "lines": "Lines and bags themselves I do not assess, only movements that crease the skin.",
    "skin": "I do not assess the skin itself, only how the parts of the face move.",
    "thoughts": "A face does not show what somebody thinks, only what its expression suggests.",
    "ears": "I look at brows, eyes, nose, cheeks, mouth and chin, not at ears or neck.",
    "gaze": "What somebody looks at I cannot tell, only in which direction.",
    "wear": "Of what somebody wears I see glasses, masks and head-wear only.",
    "hair": "Hair and make-up I do not judge, only beards.",
    "colour": "I cannot judge colours, only what the parts of the face do.",
    "photo": "I cannot judge the photo itself, only the faces in it.",
    "time": "One picture shows one moment, so I cannot tell what happens over time or is said.",
    "animal": "I read human faces only, no animals.",
    "scene": "I read faces only, not the rest of the picture.",
    "body": "I look at faces only, so I cannot tell anything about the rest of the body.",
}
_NEAREST = ("teeth", "tongue", "pupils", "tears", "skin", "thoughts")
_REFUSALS: dict[Refusal, tuple[str, str]] = {
    "identity": (
        "I don't identify people or say who somebody is.",
        "I can describe what this face does: brows, eyes, mouth, what the expression suggests.",
    ),
    "ethnicity": (
        "I don't guess ethnicity, origin or religion from a face.",
        "I can describe the movements of a region, the expression, or the apparent age.",
    ),
    "attractiveness": (
        "I don't rate how attractive anybody is.",
        "I can tell whether there is a smile, whether it reaches the eyes, or how even the sides "
        "are.",
    ),
    "honesty": (
        "A face does not show whether somebody tells the truth, so I don't judge that.",
        "I can tell whether the eyes join in a smile, or where there is tension.",
    ),
    "health": (
        "I can't judge health, illness or intoxication from a picture; that is for a clinician.",
        "I can describe asymmetry, how far the eyes are open, signs of tiredness, or movements "
        "that go with pain, as observations only.",
    ),
    "crime": (
        "Nothing in a face tells whether somebody is dangerous or a criminal, so I don't judge it.",
        "I can describe the expression and the movements behind it.",
    ),
    "gender": (
        "I don't judge gender.",
        "I can describe what the face does, the expression, or the apparent age.",
    ),
    "person": (
        "That is about the person rather than the face, and a picture of a face cannot tell it.",
        "I can say what the brows, eyes and mouth do, what the expression suggests, or how old "
        "the face looks.",
    ),
    "character": (
        "A face does not show character, ability or private matters, so I don't judge them.",
        "I can describe what the face is doing and what the expression suggests.",
    ),
}


def by_looks(faces: Sequence[str]) -> str:
    """Return by what somebody was found whose looks no tool sees; ``faces``: selectors."""
    if "photographer" in faces:
        return BY_SIZE
    return BY_LOOKS if "all" in faces else BY_PLACE


def refusal(reason: Refusal) -> str:
    """Return a short, friendly no, and what can be told instead."""
    no, instead = _REFUSALS[reason]
    return f"{no} {instead}"


def beyond(what: Beyond) -> str:
    """Return one honest sentence on something that no tool sees, with what can be told instead."""
    return _BEYOND[what]


def asides(intent: Intent) -> tuple[list[str], list[str]]:
    """Return a sentence on each thing asked that cannot be told, to be said before and after the
    answer.

    Before it goes what the answer stands in for (the lips for the teeth, everybody for the women),
    after it what was asked besides.
    """
    stand_in = [b for b in intent.beyond if b in _NEAREST]
    counted = intent.kind == "faces"
    besides = [r for r in intent.declined if r != "gender"]
    first = [
        *([BY_GENDER] if "gender" in intent.declined and not counted else []),
        *(_BEYOND[b] for b in stand_in),
    ]
    last = [*map(declined, besides), *(_BEYOND[b] for b in intent.beyond if b not in _NEAREST)]
    return ([*first], last) if not intent.parts else ([], [*first, *last])


def declined(reason: Refusal) -> str:
    """Return a short no to a part of a question."""
    return _REFUSALS[reason][0]


def is_fixed(sentence: str) -> bool:
    """Tell whether a sentence speaks of the program and its limits, and claims nothing of a
    face."""
    return sentence in _FIXED


_FIXED = frozenset(
    sentence
    for text in (
        BY_LOOKS,
        BY_PLACE,
        BY_SIZE,
        BY_GENDER,
        *_BEYOND.values(),
        *(part for pair in _REFUSALS.values() for part in pair),
    )
    for sentence in re.split(r"(?<=\.) ", text)
)


def help_text() -> str:
    """Return what can be asked, by example."""
    return (
        f"{CAN}. Try: what is the left eyebrow doing? Is the smile genuine? Compare the left and "
        "the right side. Does she look tired? Then ask why, or go on with: and the mouth?"
    )


def thanks() -> str:
    """For a word of thanks or farewell."""
    return "You are welcome. Ask about another part of the face whenever you like."


def outside(about: Sequence[Beyond] = ()) -> str:
    """For a question that is harmless but not about what the tools see, or not understood."""
    return " ".join(_BEYOND[what] for what in about) or NOT_UNDERSTOOD


def no_face(about: Sequence[Beyond]) -> str:
    """For a question on a picture without a face that asks for something else, or leans on it."""
    return " ".join(
        [
            "No face was found in the picture, so there is nothing to read.",
            *(_BEYOND[what] for what in about),
        ]
    )


def empty() -> str:
    """For a question without words."""
    return "There was no question. Try: what is the mouth doing?"
