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
    "accuracy": "On pictures that I never learnt from, the emotion of a sharp portrait is right in "
    "about nine of ten, of a small or hard one in about seven, and an age is off by about five "
    "years. The model cards tell it for every kind of answer.",
    "model": "Small networks of our own that run on this machine read the face, unless you chose "
    "others; the line under each answer names them. In the chat /describer and /model show and "
    "change them.",
    "licence": "The code is under the MIT licence, but the weights were trained on pictures "
    "offered for research: take them for non-commercial use. In the EU, inferring emotions of "
    "people at work or in education is prohibited.",
    "saving": "In the chat: /save FILE, with a name that ends in .md, .html or .json.",
    "regions": "In the chat /regions draws them with numbers; ask about any by its name or its "
    "number. On the command line, describe --help tells how regions are named.",
    "languages": "I answer in English only.",
    "sides": "Left and right are those of the person in the picture, not yours.",
    "privacy": "Pictures stay on this machine: nothing goes online unless you choose a remote "
    "model, and the program says when you do.",
    "kept": "No: a picture is only held in memory and gone when you leave. The lines that you type "
    "are kept on this machine, and 'focalface forget' deletes them.",
    "learning": "No: I don't learn from your pictures, and nobody else gets them from me.",
    "cost": "It is free: the code is under the MIT licence and runs on your own machine.",
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
