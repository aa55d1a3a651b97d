"""Questions about the answer before: "shorter", "repeat that", "which part speaks against it?"."""

import re

from focalface.agent.basics.answer import IntentKind
from focalface.agent.understanding import program
from focalface.agent.understanding.intent import Context, Form, Intent, LastTurn, Recall
from focalface.agent.understanding.light import Row, row, typings
from focalface.tools.proposing import region_selection

_SURE = r"(?:sure|certain|confident|reliable|solid|positive|convinced|safe)"
_OWN = r"(?:on|by|in) (?:its|it's|their|his|her) own|by (?:itself|themselves|it self)|in isolation|alone|taken alone"
_CODE = r"(?:facs|aus?|action[- ]units?)"


_FORMS: tuple[tuple[Form, Row], ...] = (
    ("word", row(r"(?:one|single|1) word|yes or no", light="simple")),
    (
        "short",
        row(
            r"short(?:er|ly|en)?|brief(?:er|ly)?|concise(?:ly)?|nutshell|gist|tl ?dr|(?:one|single|1) sentence"
            r"|too (?:long|much)|(?:sum|summed) (?:it |this |that )?up|summar(?:y|i[sz]e)",
            light="version form cut tell explain",
        ),
    ),
    (
        "long",
        row(
            r"(?:tell|give|any|some|a bit|a little|say|be|want|need|got)(?: me| us)? (?:\w+ )?(?:more|longer|further)"
            r"|more (?:details?|detailed|info\w*|words|depth|specific|precise|please)|^more$|in (?:more |full )?(?:details?|depth)"
            r"|expand(?: on)?|(?:what|anything|something) else|go on|(?:long|full)(?:er)? (?:version|answer)|longer",
            light="few detail details detailed info information words depth specific precise in",
        ),
    ),
    (
        "codes",
        row(rf"{_CODE}(?: codes?| notation| terms)?|codes?|units", light="else nothing no words text show list tell code number numbers using"),
    ),
    ("of ten", row(r"(?:out )?of (?:10|ten)|(?:0|1|one|zero) (?:to )?(?:10|ten)|scale", light="how much rate score rated scale 0 1 10 give")),
    ("table", row(r"table|tabulate|side by side", light="form show list")),
    ("numbers", row(r"by how (?:much|many)|(?:in|with|as|the|give me|some) (?:numbers|figures|values|decimals)", light="show tell")),
)  # fmt: skip
_RECALLS: tuple[tuple[Recall, Row], ...] = (
    (
        "repeat",
        row(
            r"repeat|say (?:it |that |this )?(?:again|once)|tell me (?:it |that |this )?again|come again|pardon"
            r"|what did you (?:just )?say|(?:didn't|did not|couldn't) (?:get|catch|hear)|same again",
            light="once",
        ),
    ),
    (
        "undo",
        row(
            r"undo|take (?:it |that |this )?back|scratch|forget|never ?mind|(?:go |step )back(?: (?:one|a)(?: step)?)?"
            r"|^back(?: (?:one|a))?(?: step)?$",
            light="before step back",
        ),
    ),
    (
        "doubt",
        row(
            rf"least {_SURE}|most (?:uncertain|doubtful|unsure)|un(?:sure|certain)|less {_SURE}|shak\w+|weak(?:est)?(?: (?:point|link|part|evidence))"
            rf"|(?:biggest|main|any|your) doubts?|(?:aren't|not|isn't) (?:so |very |too |quite )?{_SURE}",
        ),
    ),
    (
        "convince",
        row(
            r"convinc\w+|persuade|chang\w+ (?:your|my) mind|otherwise|(?:would|could|might|will|must)(?: (?:have|need) to|(?: (?:it|that|you|your|the|answer|then))*) "
            r"(?:change|be different|be (?:seen|visible|shown)|make you|take|need|help)|what(?:'s| is) missing"
            r"|(?:do|does|did|would) (?:you|it|one|i|we) (?:still )?need",
            light="mind mask hand hands glasses sunglasses hat hair gone away removed down took taken take off without different"
            " change sure certain think doubt surer know see picture face tell under visible hidden covered weren't wasn't not",
        ),
    ),
    (
        "against",
        row(
            r"against|contradict\w*|contrary|(?:doesn't|does not|don't|do not|not) fit|counter ?(?:evidence|arguments?)",
            light="speak speaks speaking points argue argues goes count counts evidence sign signs anything something tell us",
        ),
    ),
    (
        "suggests",
        row(
            r"suggests?|mean|means|meaning|imply|implies|indicates?|tell|say|express(?:es)?|convey|hint(?: at)?|hints at",
            r"(?:what|which (?:emotion|feeling|mood)|anything)\b.*\b(?:does|do|would|could|might|can)(?: (?:all|just|then))* (?:it|that|this|they|those|these)"
            r"|(?:does|do) (?:it|that|this|they|those|these) (?:\w+ )?(?:anything|something)|^(?:\w+ )?meaning$|^meaning what$",
            light="own itself themselves isolation emotion emotions feeling feelings mood anything something taken mean",
        ),
    ),
    ("suggests", row(_OWN, light="what's emotion mean suggest suggests")),
    (
        "sureness",
        row(
            rf"how (?:very |really )?{_SURE}|confidence|certainty|probability|likelihood|percent(?:age)?s?|%|100|how (?:precise|exact|accurate)|(?:what|which) range|margin(?: of error)?|^(?:max|min|maximum|minimum)$|how (?:likely|probable)|the odds|your odds",
            light="level score number numbers figure figures tell sure certain confident",
        ),
    ),
    (
        "others",
        row(
            r"(?:could|might|can) (?:it|that|this)(?: \w+)? be (?:something|anything) else|or (?:something|anything) else"
            r"|candidates?|runner ?up|alternatives?|options?|possibilit(?:y|ies)|second(?: best| likeliest)?|what else (?:could|might|can) it be",
            light="other others emotion emotions feeling feelings any likely place guess choice",
        ),
    ),
    ("muscle", row(r"muscles?", light="lift lifts raise raises pull pulls move does do make makes called name names behind involved work works working moves used use")),
    (
        "difference",
        row(r"difference|gap|by how (?:much|many)|how (?:many years|far) apart|how many years", light="age ages years year between two older younger apart"),
    ),
    (
        "evidence",
        row(
            r"why(?: not)?|how come|how so|says who|how (?:do|does|can|could|did) (?:you|u|one) (?:know|tell|see)"
            r"|(?:what|which(?: one)?(?: (?:part|region|area|bit|spot|place|feature|movement|sign|thing|unit)s?)?|where)(?: (?:exactly|mostly|mainly))? (?:made|makes|led|leads|says?|speaks?|expresses|tells?|told|shows?|showed|gives?|gave|supports?|backs?|proves?|betrays?)"
            r"|(?:what|which) .*(?:look(?:ed|ing)? at|bas(?:e|ed|ing)|rely|relied|use|used|go by|going by|went by)"
            r"|where .*(?:see|saw|read|get|got|found|find)"
            r"|(?:in|on|from|by|because of|due to) what|(?:in|on|from|by) which|giveaway|evidence|reasons?|proof|basis|grounds|justify|speaks? for|in favou?r|reasoning|rationale|explain|explanation|elaborate|prove",
            light="think believe conclude say so away best most base based use used look looked at on know tell"
            " though reading read saw did shows show explain your because for mean basis what which area",
        ),
    ),
    ("evidence", row(r"(?:what|which) (?:part|region|area|bit|spot|feature|movement)s?", light="use used look shows")),
    (
        "show",
        row(
            r"show|mark|highlight|draw|circle|outline|point(?: out| to)?|where|which side (?:is|was|are|were) (?:it|that|this|they|those)|whose (?:left|right)|(?:my|the viewer's) (?:left|right)|mine"
            r"|(?:on|in) (?:the|his|her|their) face",
            light="exactly side left right mine his hers their theirs her screen mean meant saw looked look used use circle of place located",
        ),
    ),
)  # fmt: skip
_BACK = r"(?:back|again|return|switch|open|go|take|show)"
_PICTURES: tuple[tuple[Recall, Row], ...] = (
    ("first picture", row(r"(?:first|1st)", _BACK, light="return pic shot let's")),
    ("picture before", row(r"(?:previous|earlier|other|last|former|old)", _BACK, light="return pic shot let's")),
)  # fmt: skip
BY_SESSION = frozenset({"repeat", "undo", "first picture", "picture before"})
"""Recalls that change the conversation itself; no tool is called for them."""


def resolve(raw: str, context: Context, spare: int = 0) -> Intent | None:
    """Return what a question asks about the answer before; None for a question of another kind.

    ``spare``: heavy words that are let pass, where nothing else was understood.
    """
    last = context.last
    if last is None or last.intent is None or program.topic(raw):
        return None
    return next((made for typed in typings(raw) if (made := _matched(typed, last, spare))), None)


def _matched(typed: str, last: LastTurn, spare: int) -> Intent | None:
    """Return the request that a whole question is, in lower-case words."""
    for recall, known in (*_PICTURES, *_RECALLS):
        if known.fits(typed, spare) and not _is_another(recall, typed, last):
            if recall == "suggests":
                return _suggested(last)
            return _about("sureness" if recall == "others" else recall, last)
    form = next((form for form, known in _FORMS if known.fits(typed, spare)), None)
    if form == "codes" and not _OF_THE_ANSWER.search(typed):
        return _whole_in_codes(last)
    return _told_as(form, last) if form else None


def _is_another(recall: Recall, typed: str, last: LastTurn) -> bool:
    """Tell whether the same words ask for something else after this answer: a difference that is not
    of ages, the place of faces rather than of their parts."""
    assert last.intent is not None
    if recall == "others":
        return "emotion" not in last.attributes
    if recall == "difference":
        return "age" not in last.attributes and not re.search(r"\b(?:ages?|years?)\b", typed)
    return recall == "show" and "all" in last.intent.faces and not last.subject


_OF_THE_ANSWER = re.compile(
    r"\b(?:it|that|this|these|those|them|in|as|with|codes?|(?<!action )units?)\b"
)
"""Words by which codes are those of the answer before, not of the face."""


def _told_as(form: Form, last: LastTurn) -> Intent:
    """Return the last question, answered in another form."""
    assert last.intent is not None
    changes: dict[str, object] = {"form": form, "follow_up": True, "recall": None}
    if last.kind in ("why", "check"):
        changes["kind"] = "recognise" if last.attributes else "describe"
    if form == "numbers":
        changes["numbers"] = True
    return last.intent.model_copy(update=changes)


def _whole_in_codes(last: LastTurn) -> Intent:
    """ "FACS please" asks for the whole face, whatever part was spoken of."""
    assert last.intent is not None
    return Intent(
        kind="summary", form="codes", faces=last.intent.faces, regions=region_selection.WHOLE,
        expert=True, follow_up=True,
    )  # fmt: skip


def _suggested(last: LastTurn) -> Intent | None:
    """ "What does that suggest on its own?": the emotion of what was described, of that alone."""
    assert last.intent is not None
    if {*last.attributes} & _NO_FEELING:
        return None
    update = {"kind": "recognise", "attributes": ("emotion",), "emotions": (), "named": last.regions,
              "regions": last.regions, "comparison": None, "follow_up": True, "parts": (), "polar": False,
              "motion": False, "form": "", "weighing": "", "felt": False}  # fmt: skip
    return last.intent.model_copy(update=update)


_NO_FEELING = frozenset(
    {"age", "head_pose", "hidden", "seen", "glasses", "facial_hair", "head_wear", "mask"}
)
"""What suggests no emotion."""
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
