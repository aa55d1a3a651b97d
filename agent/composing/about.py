"""What the program says of itself and its terms, without a look at any face. Pure."""

from focalface.agent.basics.phrasing import joined
from focalface.agent.composing import fixed_replies
from focalface.agent.understanding import Intent
from focalface.agent.understanding.program import Topic
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
    "sides": "Left and right are those of the person in the picture, not yours.",
    "privacy": "Pictures stay on this machine unless you choose a remote model, and the program "
    "says when you do.",
    "smiles": "In a felt smile the cheeks rise and the skin beside the eyes gathers (AU6) while "
    "the corners go up (AU12); a posed one often stays in the mouth. People can pose both.",
    "greeting": "Hello! Ask me about a face, such as: what is the mouth doing? How old is she?",
    "thanks": fixed_replies.thanks(),
}


def answer(intent: Intent) -> str | None:
    """Return the answer to a question on the program itself, where there is one."""
    if intent.about == "units":
        known = [code for code in intent.attributes if code in facs.UNITS]
        return " ".join(map(_unit, known)) or "That is no action unit that I know."
    return _SAID[intent.about] if intent.about else None


def _unit(code: str) -> str:
    """Return one unit: its name, its movement, its muscles and where it shows."""
    unit = facs.UNITS[code]
    where = joined(f"the {name.replace('_', ' ')}" for name in unit.regions[:3])
    return (
        f"{code} is the {unit.name} ({unit.plain}), moved by {joined(unit.muscles)}; "
        f"it shows at {where}."
    )
