"""Questions that ask whether somebody bears a name: "is this Jane Doe", "which one is Tom"."""

import re

from focalface.tools.question import attributes, ordinary, regions
from focalface.tools.question.lexicon import GUARDED
from focalface.tools.question.text import Text, read

_PROPER_NAME = re.compile(
    r"\b(?:[Ii]s|[Aa]re|[Ww]as|[Ii]sn't) (?:this|that|it|he|she|they|these) (?:really |not "
    r"|maybe )?"
    r"[A-Z][a-zà-ÿ]+(?: [A-Z][\w'-]+)+"
)
_NAMED = re.compile(
    r"\b(?:photo|picture|portrait|image|photograph) of ([A-Z][a-zà-ÿ]+)"
    r"|\b(?:[Ww]hich (?:one|person|of them)|[Ww]ho) is ([A-Z][a-zà-ÿ]+)"
)
_MAYBE_NAME = re.compile(
    r"^(?:is|isn't|was) (?:this|that|it) (?:really |not |maybe )?([a-z]{3,})(?: ([a-z]{3,}))? ?\??$"
    r"|\b(?:looks? like|(?:it|this|that)(?: is|'s)(?: not)?) ([a-z]{3,}) ([a-z]{3,}) ?\??$"
)
_COMMON = re.compile(
    r"(?:ing|ed|ly|ive|ous|al|ful|less|able|ible|ish|ness|tion|ment|est|light|time)$"
)


def asked(text: Text) -> bool:
    """Whether it asks for a name: capitals, or two words in place of one that nobody knows."""
    if _PROPER_NAME.search(text.raw):
        return not (attributes.find(text.base)[0] or regions.find(text.base))
    match = _NAMED.search(text.raw)
    if match and not _is_common((match[1] or match[2]).lower()):
        return True
    match = _MAYBE_NAME.search(text.plain)
    asked = [w for w in match.groups() if w] if match else []
    return bool(asked) and not any(_is_common(word) for word in asked)


def _is_common(word: str) -> bool:
    known = word in ordinary.known() or word in GUARDED or _COMMON.search(word)
    return bool(known) or bool(attributes.find(read(word).base)[0])
