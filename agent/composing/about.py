"""What the program says of itself and its terms, without a look at any face. Pure."""

import re

from focalface.agent.basics.phrasing import joined
from focalface.agent.understanding import au_codes, program
from focalface.agent.understanding.program import Topic
from focalface.agent.understanding.text import read
from focalface.tools.face import facs

_SAID: dict[Topic, str] = {
    "facs": "FACS, the Facial Action Coding System (P. Ekman, W. Friesen), takes what a face "
    "does apart into action units: small movements such as AU12, the lip corner "
    "puller of a smile, each with a strength. What they suggest is a second question."
    " Ask what AU12 is, or say 'in FACS terms'.",
    "accuracy": "How often I am right is measured for every kind of answer and written down in "
    "the model cards; the README sums up under 'What it cannot do' where I am weak.",
    "model": "The line under each answer names what read the face and what talked; in the chat"
    " /describer and /model show and change them.",
    "licence": "The code is under the MIT licence; the README tells under 'Licence' what holds "
    "for the weights, which were trained on pictures offered for research.",
    "saving": "In the chat: /save FILE, with a name that ends in .md, .html or .json.",
    "regions": "In the chat /regions draws them with numbers; ask about any by its name or its "
    "number. On the command line, describe --help tells how regions are named.",
    "languages": "I answer in English only.",
}
_LEFT = "Left and right are those of the person in the picture, not yours."
_PRIVACY = (
    "Pictures stay on this machine unless you choose a remote model, and the program says when "
    "you do."
)
_IN_PASSING = (
    (
        r"\b(?:my|your|mine|viewer'?s?|whose|which) (?:own )?left\b"
        r"|\bleft\b.*\b(?:mine|hers|his|theirs|the viewer|the person)\b.*\?",
        _LEFT,
    ),
    (
        r"\b(?:picture|photo|image|data|pic)s?\b.*\b(?:sent|upload\w*|stored?|saved|leaves?|cloud"
        r"|internet|stays?|online|private|privacy)\b"
        r"|\b(?:store|save|keep|upload|send) (?:my|our|the|these)"
        r" (?:picture|photo|image|data|pic)s?\b",
        _PRIVACY,
    ),
)
"""Patterns that say so only of a question in which nothing of a face was understood."""


def answer(question: str) -> str | None:
    """The answer to a question on the program itself, where there is one."""
    topic = program.topic(question)
    if topic == "units":
        codes = [code for code in au_codes.find(read(question))[0] if code in facs.UNITS]
        return " ".join(map(_unit, codes)) or "That is no action unit that I know."
    if topic:
        return _SAID[topic]
    asked = question.lower()
    return next((told for pattern, told in _IN_PASSING if re.search(pattern, asked)), None)


def _unit(code: str) -> str:
    """One unit: its name, its movement, its muscles and where it shows."""
    unit = facs.UNITS[code]
    where = joined(f"the {name.replace('_', ' ')}" for name in unit.regions[:3])
    return (
        f"{code} is the {unit.name} ({unit.plain}), moved by {joined(unit.muscles)}; "
        f"it shows at {where}."
    )
