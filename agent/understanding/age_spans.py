"""Ages that a question asks about: "over 40", "in her thirties", "a teenager". Pure."""

import re

OLDEST = 120.0
_DECADES = {
    word: 10.0 * (i + 2)
    for i, word in enumerate(
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties"]
    )
}
_STAGES = {
    "teen": (13.0, 20.0),
    "teenager": (13.0, 20.0),
    "teenage": (13.0, 20.0),
    "adult": (18.0, OLDEST),
    "grown": (18.0, OLDEST),
    "minor": (0.0, 18.0),
    "underage": (0.0, 18.0),
    "child": (0.0, 13.0),
    "kid": (0.0, 13.0),
}
"""Stages of life -> ages from, below; the bounds are those of common law and use, not the tools'."""

_FROM = re.compile(r"\b(?:over|above|past|older than|more than|at least|not under) (\d{1,3})\b")
_BELOW = re.compile(r"\b(?:under|below|younger than|less than|at most|not over) (\d{1,3})\b")
_OR = re.compile(
    r"\b(\d{1,3})(?: years)?(?: old)? (?:or|and) (older|over|above|more|younger|under|below|less)\b"
)
_IN_TENS = re.compile(rf"\b(?:(\d)0 ?'? ?s|({'|'.join(_DECADES)}))\b")
_STAGE = re.compile(rf"\b(?:an?|still|already|in (?:his|her|their)) ({'|'.join(_STAGES)})s?\b")
_UNDERAGE = re.compile(r"\bunder ?-? ?age\b|\b(?:of|legal) age\b")


_EITHER = re.compile(
    rf"\b(?:an? |the )?({'|'.join(_STAGES)})\b(?: or|,) (?:rather |already |still |more )?(?:an? |the )?({'|'.join(_STAGES)})\b"
)
_TENS = rf"(?:\d0 ?'? ?s|{'|'.join(_DECADES)})"
_EITHER_TENS = re.compile(rf"\b({_TENS}) or (?:in )?(?:his |her |their |the )?({_TENS})\b")
_CLOSER = re.compile(
    r"\b(?:closer|nearer|rather|more like) (?:to )?(\d\d) or (?:to )?(\d\d)\b|\b(\d\d) or (\d\d)\b"
)
_BOTH_WAYS = re.compile(
    r"\b(?:over|above|older)(?: \w+)? or (?:under|below|younger)(?: than)? (\d\d)\b|\b(?:under|below|younger)(?: \w+)? or (?:over|above|older)(?: than)? (\d\d)\b"
)
Span = tuple[str, float, float]


def find_age_spans(plain: str) -> tuple[Span, ...]:
    """Spans of age (what it is called, from, below) of which a question wants one chosen."""
    if match := _EITHER.search(plain):
        return tuple((f"{_article(w)} {w}", *_STAGES[w]) for w in match.groups())
    if match := _EITHER_TENS.search(plain):
        return tuple(
            (f"the {w.replace(' ', '')}", first, first + 10)
            for w in match.groups()
            for first in [_tens(w)]
        )
    if match := _BOTH_WAYS.search(plain):
        at = float(match[1] or match[2])
        return ((f"over {at:.0f}", at, OLDEST), (f"under {at:.0f}", 0.0, at))
    if match := _CLOSER.search(plain):
        low, high = sorted(float(g) for g in match.groups() if g)
        return ((f"{low:.0f}", 0.0, (low + high) / 2), (f"{high:.0f}", (low + high) / 2, OLDEST))
    return ()


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _tens(word: str) -> float:
    return _DECADES[word] if word in _DECADES else 10.0 * int(word[0])


def find_age_span(plain: str) -> tuple[float, float] | None:
    """Ages (from, below) in years that a question in its plain form asks about, if it does."""
    low, high = _FROM.search(plain), _BELOW.search(plain)
    if low or high:
        return (float(low[1]) if low else 0.0, float(high[1]) if high else OLDEST)
    if match := _OR.search(plain):
        years = float(match[1])
        up = match[2] in ("older", "over", "above", "more")
        return (years, OLDEST) if up else (0.0, years)
    if match := _IN_TENS.search(plain):
        first = 10.0 * float(match[1]) if match[1] else _DECADES[match[2]]
        return (first, first + 10)
    if match := _UNDERAGE.search(plain):
        return (0.0, 18.0) if match[0].startswith("under") else (18.0, OLDEST)
    match = _STAGE.search(plain)
    return _STAGES[match[1]] if match else None
