"""A question as one on what is hidden or can be seen: "what covers the mouth?"."""

import re

from focalface.agent.understanding.intent import Context, Intent
from focalface.tools.question.covering import find_covering
from focalface.tools.question.text import clean


def asked(intent: Intent, raw: str, context: Context) -> Intent:
    """Return the question as one on what is hidden or can be seen, where it is one."""
    if intent.kind in ("refuse", "help", "empty") or intent.recall or intent.parts:
        return intent
    if (found := find_covering(raw, intent.emotions)) is None:
        return intent
    topic, named, places = found
    text = clean(raw)
    several = context.count is not None and context.count > 1
    everybody = several and re.search(
        r"\b(?:who|whose|anyone|anybody|everyone|how many)\b", text, re.I
    )
    wearer = _wearer(text) if several and not everybody else ()
    update = {
        "kind": "recognise",
        "attributes": (topic,),
        "named": named,
        "regions": places,
        "beyond": (),
        "excluded": (),
        "comparison": None,
        "weighing": "",
        "faces": intent.faces or (("all",) if everybody else wearer),
        "polar": bool(re.match(r"\W*(?:and |so |but |ok(?:ay)?,? )*(?:is|are|isn't|aren't|can|could|do|does|any\w*)\b", text, re.I)),
    }  # fmt: skip
    return intent.model_copy(update=update)


_WORN = (
    ("with:hat", re.compile(r"\b(?:the|his|her) (?:hat|cap|beanie|brim)\b", re.I)),
    ("with:glasses", re.compile(r"\b(?:the|his|her) (?:glasses|spectacles|frames)\b", re.I)),
)
"""What is worn -> the one who wears it: of several people, "the hat" is that one's."""


def _wearer(text: str) -> tuple[str, ...]:
    return tuple(selector for selector, worn in _WORN if worn.search(text))[:1]
