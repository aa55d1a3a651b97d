"""Men and women: no tool reads gender, so a question that sorts by it is about everybody."""

import re

_MANY = r"(?:men|women|girls|boys|ladies|gentlemen|females|males)"
_ONE = r"(?:man|woman|girl|boy|lady|gentleman|male|female)"
_COUNTED = re.compile(
    rf"^\W*(?:and |so |ok |but )*(?:(?:how many|count(?: the)?|the number of|what number of)(?: of (?:them|these))?(?: are)? {_MANY}"
    rf"|how many (?:are|of them are) (?:{_MANY}|{_ONE}))(?: and (?:how many )?{_MANY})?"
    r"(?: (?:are|can|do|is) (?:there|you see|here|they|we see|it)| (?:in|on) (?:the|this) \w+| here| there)*\W*$",
    re.I,
)
_ASKED = re.compile(
    rf"\b(?:{_MANY}|an? {_ONE}|{_ONE}) or (?:{_MANY}|an? {_ONE}|{_ONE})\b"
    rf"|^\W*(?:and |so )?(?:is|are) (?:he|she|it|this|that|they|most|these|all of them|(?:the|this) person) (?:really )?(?:{_MANY}|an? {_ONE}|{_ONE})\W*$"
    rf"|\b(?:more|fewer) {_MANY} than {_MANY}\b",
    re.I,
)
_SORTED = re.compile(
    rf"(?<!two )(?<!three )(?<!four )\b(?:(?P<of>of )?(?P<the>the |these |those |all the |all )?)(?P<who>{_MANY})\b",
    re.I,
)
_THE_ONE = re.compile(rf"\bthe {_ONE}\b(?! (?:next|beside))", re.I)


def counted(raw: str) -> bool:
    """Tell whether a question counts men or women."""
    return bool(_COUNTED.match(raw))


def asked(raw: str) -> bool:
    """Tell whether a question asks who is a man or a woman."""
    return bool(_ASKED.search(raw))


def of_everybody(raw: str) -> str:
    """Return a question on the men or women of a picture as one on its people; "" for others."""
    found = _SORTED.sub(lambda m: f"{m['of'] or ''}{m['the'] or ''}people", raw)
    return found if found != raw else ""


_ONLY_ONE = re.compile(
    rf"\W*(?:(?:and|so|ok|what about|how about|same for),? )*the {_ONE}\W*", re.I
)


def only_names_one(raw: str) -> bool:
    """Tell whether a question is nothing but "and the woman?"."""
    return _ONLY_ONE.fullmatch(raw) is not None


def names_one(raw: str) -> bool:
    """Tell whether a question calls somebody "the woman" or "the boy"."""
    return bool(_THE_ONE.search(raw))
