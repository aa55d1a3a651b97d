"""What the server says where emotions are switched off: movements and age, and nothing felt."""

import json

from focalface.tools.server.strict import StrictTool

INSTEAD = (
    (
        "muscle movements (FACS action units), the emotion that an expression suggests, and "
        "apparent age",
        "muscle movements (FACS action units) and apparent age",
    ),
    (
        "Emotions are what an expression suggests, not what a person feels. The tools",
        "No emotion is read here, and movements do not show what a person feels. The tools",
    ),
    (
        "People must be told that they are exposed to emotion recognition, and inferring emotions "
        "at work or in education is prohibited in the EU: ask the user when a picture seems to "
        "come from there.\n",
        "",
    ),
    ("with side and intensity, suggested emotion, apparent age", "with side and intensity, age"),
    ("is the smile genuine?", "is one brow higher?"),
    ("emotion, age, or action units", "age, or action units"),
    (
        "   - what the movements together suggest about the expression, as a hypothesis, with its "
        "probability\n     and at least one other reading that fits;\n",
        "",
    ),
    ("the subject's side, what they\n   suggest, signs of age", "the subject's side, signs of age"),
)
"""Passages of instructions, tools and prompts, and what stands there instead."""

OF_EMOTION = frozenset({"genuine_smile"})
"""Prompts that ask about nothing else."""


def without_emotion(text: str) -> str:
    """Return a text of the server's own without what it says of emotions."""
    for passage, instead in INSTEAD:
        text = text.replace(passage, instead)
    return text


def reword(tool: StrictTool) -> None:
    """Have a tool promise no emotion, in its description or in those of its arguments."""
    tool.description = without_emotion(tool.description)
    tool.parameters = json.loads(without_emotion(json.dumps(tool.parameters)))
