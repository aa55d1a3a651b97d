"""Where a question falls into several: "is she smiling, and how old is she?"."""

import re

_LEAD = (
    r"(?:is|isn't|are|aren't|was|were|does|doesn't|do|don't|did|has|have|can|could|would|will|should"
    r"|might|am|what(?:'?s)?|how(?:'?s)?|which|who(?:'?s|se)?|where(?:'?s)?|when|tell|describe"
    r"|show|rate|compare|estimate|check|give|list|any)"
)
_ALSO = r"(?:(?:also|then|secondly|finally|second|next|please)[, ]+)*"
_BREAK = re.compile(
    r"(?<=[?!;])\s+|(?<=\w\w)\.\s+"
    rf"|\s*,?\s+(?:and|n|plus|but|so|also|&)\s+{_ALSO}(?=(?:{_LEAD}|whether|if|why)\b)"
    rf"|\s*(?:,|:|\s[-–—])\s+{_ALSO}(?={_LEAD}\b)",
    re.I,
)
_JOINT = re.compile(r"\s*,?\s+(?:and|&|plus|as well as)\s+|\s*,\s+", re.I)
_ASKS = re.compile(
    rf"^\W*(?:(?:and|but|so|also|plus|please|hey|ok(?:ay)?|hi|now|then|pls)[, ]+)*(?:{_LEAD}|whether|if"
    r"|i (?:want|need|would like) to know|let me know|look|analy[sz]e|judge|quantify|score|code"
    r"|examine|assess)\b(?! an?\b(?! \w+ (?:is|of)))",
    re.I,
)
_LONGEST_NAME = 5
_EXCLAIMS = re.compile(r"^\W*(?:what an?|how \w+ !)\b", re.I)
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|'s|'m|'re|has|have|had|does|do|did|looks?|seems?|appears?|can|could"
    r"|will|would|think|thinks|believe|bet|know|guess|says?|tell|\w+n't)\b|\w'(?:s|re|m) ",
    re.I,
)


def questions(raw: str) -> list[str]:
    """Return a question cut where another one may begin; the pieces are in order and miss no word."""
    cut = [piece.strip() for piece in _BREAK.split(raw)]
    return [piece for piece in cut if re.search(r"\w", piece)] or [raw]


def joints(raw: str) -> list[str]:
    """Return a piece cut at every "and" and comma, for what is asked in one breath with something else."""
    cut = [piece.strip() for piece in _JOINT.split(raw)]
    return [piece for piece in cut if re.search(r"\w", piece)] or [raw]


def asks(piece: str) -> bool:
    """Tell whether a piece is a question or request by its form, not a statement or an address."""
    if _EXCLAIMS.match(piece):
        return False
    return piece.rstrip().endswith("?") or bool(_ASKS.match(piece))


def states(piece: str) -> bool:
    """Tell whether a piece says something; "my best friend" and "hey doctor" only address or name."""
    return bool(_VERB.search(piece))


def names(piece: str) -> bool:
    """Tell whether a piece merely names what is asked for: "her mood", "the left eye please"."""
    return len(piece.split()) <= _LONGEST_NAME and not states(piece)
