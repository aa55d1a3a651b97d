"""Questions about the answer before: "shorter", "repeat that", "which part speaks against it?".

They name nothing of their own, so each pattern has to match the whole question, without the words
of politeness around it. What they ask for is the last question once more, told in another form or
asked for its evidence.
"""

import re

from focalface.agent.basics.answer import IntentKind
from focalface.agent.understanding.intent import Context, Form, Intent, LastTurn, Recall
from focalface.tools.question.text import clean

_AROUND = (
    r"(?:ok(?:ay)?|and|so|now|but|then|please|thanks|thank you|hm+|well|right|alright|cool|nice"
    r"|sorry|just|can you|could you|would you|will you|i want|i need|i'd like|actually|maybe"
    r"|for me|to me|pls|plz|yes|no)"
)
_IT = r"(?:it|that|this|them|those)"
_THAT = r"(?: (?:of |about |in )?(?:it|that|this|your answer|the answer|them))?"
_PART = r"(?:region|part|area|bit|spot|place)s?"
_CODES = r"(?:facs|aus?|action units?)"

_FORMS: tuple[tuple[Form, str], ...] = (
    ("word", r"(?:only |in |with )*(?:one|a single|1) word(?: answer)?(?: only)?"),
    ("word", r"(?:a |only )?(?:simple )?yes or no(?: answer)?(?: only)?"),
    (
        "short",
        rf"(?:(?:make|say|put|keep|give|tell)(?: me)?(?: {_IT})? )?(?:the |a )?(?:a bit |much |even |bit )?"
        r"(?:shorter|briefer|short|brief|briefly|more concise|concise|in short|in brief"
        r"|(?:in |with )?(?:one|a single|1) sentence|tl ?dr)(?: version| answer| form)?",
    ),
    ("short", rf"(?:that(?:'s| is| was) )?too (?:long|much)|shorten(?: {_IT})?|sum {_IT} up"),
    ("short", rf"summari[sz]e {_IT}|in a nutshell|the gist|be brief|cut it short"),
    (
        "long",
        r"(?:give |tell )?(?:me )?(?:some |a bit |a little |a few )?(?:more|further|longer)"
        rf"(?: details?| detailed| info(?:rmation)?| answer| words| depth)?(?: {_IT})?",
    ),
    ("long", rf"(?:in|with|go into) (?:more |full )?details?|expand(?: on {_IT})?"),
    (
        "long",
        r"(?:be )?more (?:detailed|specific|precise)|(?:the )?(?:long|full) (?:version|answer)",
    ),
    (
        "codes",
        rf"(?:only |show |give |me |list |tell )*(?:the )?(?:{_CODES} )?(?:codes?|aus|units)"
        r"(?: only| alone)?(?: nothing else| no words| no text)?",
    ),
    (
        "codes",
        rf"(?:(?:put|say|tell|give|code|show)(?: me)?(?: {_IT})? )?(?:in|as|with|to|using) (?:the )?"
        rf"{_CODES}(?: codes?| notation)?",
    ),
    ("codes", rf"(?:what is {_IT} |what would {_IT} be )?in {_CODES}(?: codes?)?|facs code {_IT}"),
    (
        "codes",
        rf"code {_IT}|facs(?: codes?)?(?: only)?|(?:what(?:'s| is| are) )?the (?:facs |au )?codes? (?:for|of) {_IT}",
    ),
    (
        "table",
        rf"(?:(?:put|show|give|make|have)(?: me)?(?: {_IT})? )?(?:in |as |into |in the form of )?"
        r"(?:a )?table(?: form)?",
    ),
    ("table", rf"tabulate {_IT}|(?:list|show) {_IT} side by side"),
    (
        "numbers",
        rf"(?:(?:put|say|give|show|tell)(?: me)?(?: {_IT})? )?(?:in|with|as) "
        r"(?:numbers|figures|values|decimals)|(?:give me )?(?:the |some )?(?:numbers|figures|values)",
    ),
)
_SURE = r"(?:sure|certain|confident|reliable|solid|positive|convinced)"
_RECALLS: tuple[tuple[Recall, str], ...] = (
    (
        "repeat",
        rf"repeat(?: {_IT})?(?: again| once more)?|(?:say|tell me) {_IT} (?:again|once more)",
    ),
    (
        "repeat",
        rf"(?:come|say) again|what did you (?:just )?say|i (?:didn't|did not) (?:get|catch) {_IT}",
    ),
    ("repeat", r"pardon(?: me)?|same again"),
    ("undo", rf"undo(?: {_IT})?|take {_IT} back|scratch {_IT}|forget {_IT}|never ?mind(?: {_IT})?"),
    ("undo", r"(?:go )?back(?: one| a)?(?: step)?|go back to (?:the )?(?:one|answer) before"),
    (
        "doubt",
        rf".*\b(?:least {_SURE}|most (?:uncertain|doubtful|unsure)|un{_SURE}|less {_SURE}|shakiest"
        rf"|weakest (?:part|point|link|evidence)|biggest doubt|(?:aren't|not) (?:so |very )?{_SURE} (?:about|of))\b.*",
    ),
    (
        "convince",
        r"(?:what|which \w+|how) (?:\w+ )?(?:would|could|might|can|does it|will) .*(?:convince|persuade"
        r"|change your mind|otherwise|make you (?:say|think|doubt))\b.*",
    ),
    (
        "convince",
        r"what would (?:have to|need to) (?:change|be different|be (?:seen|visible|shown)).*",
    ),
    (
        "convince",
        r"what (?:more |else )?(?:would|do|did|does) (?:you|it|one|i|we) (?:still )?(?:need|take|want|have to (?:see|know))\b.*"
        r"|what(?:'s| is) missing(?: (?:to|for|in) .*)?|what would (?:help|make you (?:more )?(?:sure|certain)).*",
    ),
    (
        "against",
        rf"(?:(?:which|what|is there|does|do|anything|any|are there)\b.* )?(?:speaks?|speaking|points?|argues?|goes|counts?"
        rf"|evidence|signs?|anything|contradicts?|contradicting|doesn't fit|does not fit|something)(?: \w+)?(?: against)?{_THAT}",
    ),
    (
        "sureness",
        rf"how {_SURE}(?: (?:are you|is (?:it|that|this)|was that|would you say))?(?: (?:about|of|in|with))?{_THAT}"
        r"(?: (?:in|as|with) (?:a |an )?(?:percent(?:age)?s?|%|numbers?|figures?))*",
    ),
    (
        "sureness",
        r"(?:what(?:'s| is) )?(?:your |the )?confidence(?: level| score)?(?: in (?:percent|%|numbers))?"
        r"|(?:in |as )?(?:a )?(?:percent(?:age)?s?|%)|how (?:likely|probable)(?: is (?:it|that|this))?",
    ),
    (
        "evidence",
        rf"what (?:made|makes|led|leads) you (?:to )?(?:say|think|believe|conclude|see)(?: so| {_IT})?"
        rf"(?: (?:which|what) {_PART})?",
    ),
    (
        "evidence",
        rf"(?:in |on |from |by )?(?:which|what) {_PART}(?: (?:is|was|were|are) {_IT})?"
        rf"(?: (?:did|do) you (?:use|look at|mean|see {_IT} in|base {_IT} on))?",
    ),
    ("evidence", rf"why (?:do|did|would) you (?:say|think|believe)(?: so| {_IT})?"),
    ("evidence", rf"(?:what|where) (?:do|did) you (?:see|get|read|base) {_IT}(?: (?:in|on|from))?"),
    (
        "evidence",
        r"(?:but )?why(?: (?:so|not|is that|that|though))?|how come|how so|based on what|on what basis"
        r"|how (?:do|can|did) you (?:know|tell)(?: that| it)?|says who|explain(?: that| it| why)?",
    ),
    ("evidence", rf"where (?:do|did|can) (?:you|one|i) see {_IT}"),
    (
        "evidence",
        rf"(?:which|what) {_PART} (?:shows?|tells|told|gives)(?: (?:you|me|us))?(?: {_IT})?(?: away)?(?: (?:best|most))?",
    ),
    (
        "show",
        rf"(?:show|mark|point|highlight|draw|circle|outline)(?: (?:me|{_IT}|out|to|on|us|where|is|the|in))*"
        rf"(?: (?:{_PART}|picture|photo|image|face|exactly|you|mean|saw|see|looked|at|used))*",
    ),
    (
        "show",
        rf"where (?:exactly )?(?:is|was|are|were) {_IT}(?: (?:in|on) the (?:picture|photo|image|face))?",
    ),
    ("show", r"where exactly|where in the (?:picture|photo|image)"),
    (
        "show",
        rf"(?:which|what) side (?:is|was) {_IT}(?: (?:in|on|of) the (?:picture|photo|image|screen))?|whose (?:left|right)(?: (?:is|was) {_IT})?"
        r"|(?:my|the viewer's) (?:left|right) or (?:his|hers|her|their|theirs)|(?:his|her|their) (?:left|right) or (?:mine|my left|my right)",
    ),
    (
        "difference",
        r"(?:what(?:'s| is) )?(?:the )?(?:age )?(?:difference|gap)(?: in (?:age|years))?"
        r"(?: between (?:them|the two|those(?: two)?|these(?: two)?))?|by how (?:much|many years)",
    ),
)
_PICTURE = r"(?:picture|photo|image|pic|shot|one)"
_BACK = r"(?:go |let's go |take me |switch |return |open |show me )*(?:back )?(?:to )?"
_PICTURES: tuple[tuple[Recall, str], ...] = (
    ("first picture", rf"{_BACK}the (?:first|1st) {_PICTURE}(?: again)?"),
    (
        "picture before",
        rf"{_BACK}the (?:previous|earlier|other|last|former|old) {_PICTURE}(?: again)?",
    ),
)
_GOES = re.compile(r"\b(?:back|again|return|switch|open)\b")
_ALONE = frozenset({"against"})
"""Recalls whose pattern is loose: one of its key words has to be there."""
_AGAINST = re.compile(r"\b(?:against|contradict\w*|fit)\b")


BY_SESSION = frozenset({"repeat", "undo", "first picture", "picture before"})
"""Recalls that change the conversation itself; no tool is called for them."""


def resolve(raw: str, context: Context) -> Intent | None:
    """Return what a question asks about the answer before; None for a question of another kind."""
    last = context.last
    if last is None or last.intent is None:
        return None
    words = " ".join(re.findall(r"[\w'%]+", clean(raw).lower()))
    for asked in dict.fromkeys((words, _bare(words))):
        if asked and (made := _matched(asked, last)):
            return made
    return None


def _matched(asked: str, last: LastTurn) -> Intent | None:
    """Return the request that a whole question is, in lower-case words."""
    for recall, pattern in _PICTURES:
        if re.fullmatch(pattern, asked) and _GOES.search(asked):
            return _about(recall, last)
    for form, pattern in _FORMS:
        if re.fullmatch(pattern, asked):
            return _told_as(form, last)
    for recall, pattern in _RECALLS:
        if re.fullmatch(pattern, asked) and (recall not in _ALONE or _AGAINST.search(asked)):
            return _about(recall, last)
    return None


def _bare(words: str) -> str:
    """Return the words of a question without politeness around them."""
    before = ""
    while before != words:
        before = words
        words = re.sub(rf"^{_AROUND}\b ?|(?<=\w) {_AROUND}$", "", words).strip()
    return words


def _told_as(form: Form, last: LastTurn) -> Intent:
    """Return the last question, answered in another form."""
    assert last.intent is not None
    changes: dict[str, object] = {"form": form, "follow_up": True, "recall": None}
    if last.kind in ("why", "check"):
        changes["kind"] = "recognise" if last.attributes else "describe"
    if form == "numbers":
        changes["numbers"] = True
    return last.intent.model_copy(update=changes)


_OF_ONE = frozenset({"evidence", "against", "doubt", "convince", "sureness", "show"})
"""Recalls that after a comparison of faces are about the one that was named."""


def _about(recall: Recall, last: LastTurn) -> Intent:
    """Return the last question, asked for what its answer rests on."""
    assert last.intent is not None
    if last.intent.comparison == "faces" and last.subject and recall in _OF_ONE:
        alone = {"faces": last.subject[:2], "comparison": None, "ranked": False}
        last = last.model_copy(update={"intent": last.intent.model_copy(update=alone)})
    assert last.intent is not None
    kinds: dict[Recall, IntentKind] = {"evidence": "why", "show": "locate"}
    kind = last.intent.kind if recall in BY_SESSION else kinds.get(recall, "check")
    update = {"kind": kind, "recall": recall, "follow_up": True, "form": ""}
    return last.intent.model_copy(update=update)
