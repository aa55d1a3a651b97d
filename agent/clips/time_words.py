"""What a question asks of time, or which moment it names. What it asks of a face is read elsewhere.

A question *of* time wants a time for an answer ("when does the smile begin?"); a question *at* a
moment wants an answer about one frame ("are the eyes closed at 1.2 s?").
"""

import re
from dataclasses import dataclass
from typing import Literal

Asked = Literal["onset", "apex", "offset", "when", "duration", "count", "order", "course"]
"""What of time is wanted; ``when``: all of a movement; ``course``: all that happens."""
Point = Literal["start", "middle", "end", "onset", "apex", "offset"]


@dataclass(frozen=True, slots=True)
class Timing:
    """What a question says of time: what it asks, or the moment it names; neither is both None.

    ``seconds`` and ``frame`` (from 0) are moments in figures, ``point`` one in words.
    """

    asked: Asked | None = None
    point: Point | None = None
    seconds: float | None = None
    frame: int | None = None


_WHEN = re.compile(
    r"\bwhen(?: exactly)? (?:is|are|was|were|do|does|did|will|has|have|can)\b"
    r"|\b(?:at|in|on|from|since|until) (?:what|which) (?:time|point|moment"
    r"|second|frame|timestamp)s?\b"
    r"|\bwhat time\b|\bsince when\b|\buntil when\b|\bwhere in the (?:clip|video|film|gif)\b"
    r"|\bhow (?:long|many seconds|soon)\b[^?]{0,20}\b(?:until|till|before)\b|\bhow soon\b"
    r"|\btime ?stamps?\b|\bat any (?:time|point|moment)\b|\bat some point\b|\bever\b|^when\W*$"
)
_DURATION = re.compile(
    r"\bhow long\b|\bfor how many (?:seconds|frames)\b|\bduration\b|\bhow many seconds\b"
)
_COUNT = re.compile(
    r"\bhow (?:often|many times|frequently)\b|\bnumber of times\b"
    r"|\bhow many (?:blinks?|smiles?|frowns?|winks?|grins?|movements?|yawns?)\b"
    r"|\bcount (?:the |her |his |their )?(?:blinks|smiles|frowns|movements)\b|\bblink rate\b"
)
_ORDER = re.compile(
    r"\b(?:which|what|who|whose)\b[^?]*\b(?:first|earlier|last|later|sooner)\b"
    r"|\bbefore or after\b|\border\b|\b(?:move|moves|begin|begins|start"
    r"|starts|rise|rises|smile|smiles"
    r"|open|opens|close|closes) (?:\w+ ){0,3}?(?:before|after)\b(?! \d)"
)
_COURSE = re.compile(
    r"\b(?:over|through|with) time\b|\bchang\w+|\bdevelop\w*|\bevolv\w+|\bhappen\w*|\btime ?line\b"
    r"|\bthroughout\b|\bgoing on\b|\bcourse\b|\b(?:summari[sz]e|describe|explain) (?:the |this )?"
    r"(?:clip|video|film|gif|movie|recording|animation)\b"
    r"|\bsummary\b|\bwhat (?:moves|is moving)\b"
)
_ONSET = re.compile(
    r"\b(?:begin\w*|began|start\w*|appear\w*|onset|commenc\w+|sets? in|kicks? in|until|till"
    r"|how soon|first|breaks? into|since)\b"
)
_OFFSET = re.compile(
    r"\b(?:end|ends|ended|ending|stop\w*|fad\w+|disappear\w*|vanish\w*|over|offset|go(?:es)? away"
    r"|gone|relax\w*|ceas\w+|finish\w*|drops? again|last)\b"
)
_APEX = re.compile(
    r"\b(?:peak\w*|apex|strongest|most|maximum|maximal|climax|widest|highest|largest|biggest"
    r"|greatest|deepest|\w+iest|at (?:its|his|her|their|the) (?:height|best|fullest|strongest))\b"
)
_POINTS: tuple[tuple[Point, re.Pattern[str]], ...] = (
    (
        "apex",
        re.compile(
            r"\bat (?:its|his|her|their|the) (?:\w+ )?(?:apex|peak|height|maximum"
            r"|climax|strongest|fullest)"
            r"|\bat (?:apex|peak|maximum)\b|\b(?:when|where|while) (?:\w+ ){1,4}(?:is|are|was) "
            r"(?:at (?:its|the) )?(?:strongest|most|peak|widest|apex|highest)|\bat most\b"
        ),
    ),
    (
        "onset",
        re.compile(r"\b(?:at (?:its|the) onset|(?:when|as) (?:\w+ ){1,4}(?:begins|starts))\b"),
    ),
    (
        "offset",
        re.compile(r"\b(?:at (?:its|the) offset|(?:when|as) (?:\w+ ){1,4}(?:ends|stops|fades))\b"),
    ),
    (
        "start",
        re.compile(
            r"\b(?:at|in|from) the (?:very )?(?:start|beginning|outset)\b"
            r"|\bat first\b|\binitially\b"
            r"|\bfirst frame\b|\bto begin with\b"
        ),
    ),
    (
        "end",
        re.compile(
            r"\b(?:at|in|by|towards?) the (?:very )?end\b|\bfinally\b|\blast frame\b|\beventually\b"
        ),
    ),
    (
        "middle",
        re.compile(
            r"\bin the middle of (?:the|this) (?:clip|video|film|gif)\b|\b(?:half|mid)way\b"
        ),
    ),
)
_CLOCK = re.compile(r"\b(?:at|around|about|near|after|by|@) ?(\d{1,2}):(\d{2}(?:\.\d+)?)\b")
_SECONDS = re.compile(
    r"\b(\d+(?:\.\d+)?) ?(ms|milliseconds?|s|sec|secs|seconds?|min"
    r"|minutes?)\b|\bsecond (\d+(?:\.\d+)?)\b"
)
_FRAME = re.compile(r"\bframe (?:number |no\.? |#)?(\d+)\b")
_UNITS = {"ms": 0.001, "mil": 0.001, "min": 60.0}


def read_timing(question: str) -> Timing:
    """Return what a question says of time; of a question that names a moment and asks no time,
    that."""
    text = " ".join(question.lower().replace("’", "'").split())
    if _asks_time(text):
        return Timing(asked=_asked(text))
    if moment := _figures(text):
        return moment
    point = next((point for point, pattern in _POINTS if pattern.search(text)), None)
    if point is not None:
        return Timing(point=point)
    return Timing(asked="course") if _COURSE.search(text) else Timing()


def _asks_time(text: str) -> bool:
    return any(asks.search(text) for asks in (_WHEN, _DURATION, _COUNT, _ORDER))


def _asked(text: str) -> Asked:
    if _COUNT.search(text):
        return "count"
    when = _WHEN.search(text)
    if _DURATION.search(text) and not when:
        return "duration"
    if _ORDER.search(text) and not when:
        return "order"
    rest = text[when.start() :] if when else text
    if "until when" in rest:
        return "offset"
    for asked, pattern in (("apex", _APEX), ("onset", _ONSET), ("offset", _OFFSET)):
        if pattern.search(rest):
            return asked  # type: ignore[return-value]
    return "when"


def _figures(text: str) -> Timing | None:
    """Return a moment in figures."""
    if found := _CLOCK.search(text):
        return Timing(seconds=60 * int(found[1]) + float(found[2]))
    if found := _FRAME.search(text):
        return Timing(frame=int(found[1]))
    if found := _SECONDS.search(text):
        if found[3]:
            return Timing(seconds=float(found[3]))
        return Timing(seconds=float(found[1]) * _UNITS.get(found[2][:3], 1.0))
    return None
