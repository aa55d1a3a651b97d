"""Two questions in one, the second about whoever the first one names: "who looks happiest, and is
it genuine?"."""

import re
from collections.abc import Callable

from focalface.agent.understanding.intent import Context, Intent, LastTurn

_WHO_THEN = re.compile(
    r"^(?P<who>\W*(?:who|which (?:one|person|face|of them|of these))\b[^?.;]*?)\s*(?:[,;?.]\s*(?:and )?|\band )"
    r"(?P<then>(?:and )?(?:is|are|does|do|how|what|why|where|has|can)\b.*\b(?:it|he|she|his|her|that|this|they|their"
    r"|the smile)\b.*)$",
    re.I | re.S,
)
Parse = Callable[[str, Context], Intent]


_THE_ONE_WHO = re.compile(
    r"^(?P<then>\W*(?:and |so )?(?:how|what|is|does|where|has|can)\b.*?)\bthe (?:one|person|man|woman|guy|girl|boy|kid|face) "
    r"(?:(?:who|that) (?P<does>[^,;?]*\b(?:most|least|\w{3,}est)\b(?: smile| grin)?)|with the (?P<has>\w{3,}est (?:smile|grin|frown)))(?P<rest>[^,;]*)$",
    re.I | re.S,
)
"""Somebody who has to be found first: "how old is the one who smiles the most?"."""


def _turned(raw: str) -> str:
    """Return a question on somebody who has to be found with that question first."""
    match = _THE_ONE_WHO.match(raw)
    if match is None:
        return raw
    finds = match["does"] or f"has the {match['has']}"
    then = match["then"].strip().removeprefix("and ")
    return f"who {finds}, and {then} that one{match['rest'].rstrip(' ?.!')}?"


def split(raw: str, context: Context, parse: Parse) -> Intent | None:
    """Return both questions, if the text is two of this kind; ``parse`` reads a single one."""
    match = _WHO_THEN.match(_turned(raw))
    if match is None or context.count == 1:
        return None
    first = parse(f"{match['who']}?", context)
    if first.comparison != "faces" or first.parts or not first.attributes:
        return None
    last = LastTurn(kind="recognise", attributes=first.attributes, regions=first.regions)
    second = parse(match["then"], context.model_copy(update={"last": last}))
    if second.parts or second.kind not in ("recognise", "describe", "why", "summary"):
        return None
    second = second.model_copy(
        update={"faces": first.faces, "of_that_one": True, "comparison": None}
    )
    both = (first, second)
    return first.model_copy(
        update={
            "parts": both,
            "attributes": tuple(dict.fromkeys(a for p in both for a in p.attributes)),
            "regions": tuple(dict.fromkeys(r for p in both for r in p.regions)),
        }
    )
