"""Answers that need no look at a face: refusals, help, and what the tools cannot answer."""

from focalface.agent.intents.types import Refusal

CAN = (
    "I can tell what a part of a face is doing (brows, eyes, nose, cheeks, mouth, chin), what the "
    "expression suggests, and how old the face looks"
)
FOREIGN = "I understood enough of the question to try, but I answer in English only."
CUT = "The question was very long; only its first part was read."
NO_PICTURE = "There is no picture yet. Open one (in the chat: /image FILE), then ask again."

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


def refusal(reason: Refusal) -> str:
    """A short, friendly no, and what can be told instead."""
    no, instead = _REFUSALS[reason]
    return f"{no} {instead}"


def help_text() -> str:
    """What can be asked, by example."""
    return (
        f"{CAN}. Try: what is the left eyebrow doing? Is the smile genuine? Compare the left and "
        "the right side. Does she look tired? Then ask why, or go on with: and the mouth?"
    )


def outside() -> str:
    """For a question that is harmless but not about what the tools see."""
    return f"That is not something I can see. {CAN}."


def empty() -> str:
    """For a question without words."""
    return "There was no question. Try: what is the mouth doing?"
