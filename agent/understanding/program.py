"""Questions on the program and its terms rather than on a face: "what is AU4", "do you save it"."""

import re
from functools import cache, lru_cache
from typing import Literal

Topic = Literal[
    "units", "facs", "accuracy", "model", "licence", "saving", "regions", "languages",
    "sides", "privacy", "thanks", "greeting", "smiles", "kept", "learning", "cost",
]  # fmt: skip
"""What people ask about the program; the last three only where no face is asked about."""

_CODE = r"(?:au|action units?) ?-?\d{1,2}"
_PROGRAM = (
    r"(?:you|(?:this|the|your) (?:tool|program|app|software|model|describer|system|assistant))"
)
_MEDIA = r"(?:pictures?|photos?|images?|pics?|data|faces?|selfies?|shots?|files?)"
_LANGUAGES = r"(?:german|french|spanish|italian|portuguese|dutch|polish|russian|turkish|arabic|hindi|chinese|japanese|korean)"
_TOPICS: tuple[tuple[Topic, str], ...] = (
    (
        "greeting",
        r"^(?:hi|hello|hey|hallo|hiya|howdy|yo|good (?:morning|afternoon|evening|day))"
        r"(?: there| you| all| everyone| bot)?[!., ]*(?:how are you\??)?$",
    ),
    (
        "units",
        rf"^(?:and )?(?:what(?:'s| is| are)|define) (?:an? |the )?{_CODE}\??$"
        rf"|\b(?:what|explain|tell me|know) .*\b{_CODE}\b.*\b(?:means?|meaning|stands? for)\b"
        rf"|\b(?:meaning|definition) of {_CODE}\b|\bwhat (?:do|does) {_CODE} (?:mean|stand for)\b",
    ),
    (
        "smiles",
        r"\b(?:what|how)\b.*\b(?:look for|tell|recogni[sz]e|spot|know|distinguish|differ\w*)\b.*\b(?:fake|false|genuine|real|posed|duchenne|polite|felt)"
        r" (?:one|ones|smiles?|grins?)\b(?! from (?:his|her|this))|\bwhat(?:'s| is| makes) (?:an? )?(?:duchenne|genuine|fake|real|felt) (?:smile|one)(?: \w+)?\??$",
    ),
    (
        "facs",
        r"\b(?:what(?:'s| is| are)|define|explain) (?:an? |the )?(?:action units?|aus?|facs|facial action coding(?: system)?)(?: (?:mean|stand for))?\??$"
        r"|\bwhat (?:do|does) (?:facs|action units?|aus?) (?:mean|stand for)\b",
    ),
    (
        "accuracy",
        rf"\bhow (?:accurate|good|reliable|precise|trustworthy) (?:are|is) {_PROGRAM}\b"
        rf"|\bhow often (?:are|is) {_PROGRAM} (?:right|wrong)\b|\byour (?:accuracy|error rate)\b"
        rf"|^(?:are|is) {_PROGRAM} (?:\w+ )?(?:accurate|reliable|trustworthy|ever wrong)\b|\bcan i (?:trust|rely on) {_PROGRAM}\b"
        rf"|\b(?:do|does) {_PROGRAM} (?:ever |often )?(?:make|get) (?:mistakes|errors|it wrong|things wrong)\b",
    ),
    (
        "model",
        rf"^are you (?:an? )?(?:ai|bot|robot|human|machine|program|person|real|chatgpt|llm)\b|\b(?:which|what) (?:model|describer|network|ai|llm) (?:do you use|are you|is (?:this|it|used)|does {_PROGRAM} use)\b"
        r"|\b(?:which|what|whose) (?:kind of |sort of )?(?:ai )?(?:model|network|ai|llm|engine|algorithm)\b.*\b(?:behind|runs?|running|under|power\w*|at work here)\b",
    ),
    (
        "licence",
        r"\blicen[cs]e\b|^(?:may|can|could|am|are|is|do|would)\b.*\b(?:allowed|use|deploy|sell|run|ok|okay|legal)\b.*\b(?:commercial\w*"
        r"|(?:at|for|in) (?:my |our |a |the )?(?:work|job|business|company|office|clients?|hr|hiring|(?:job )?interviews?|school|class(?:room)?|shop))\b|\b(?:use|sell) (?:this|it|you|the (?:tool|program|app)) (?:commercially|for (?:money|work|business|my company))\b",
    ),
    (
        "cost",
        rf"^(?:is|are) {_PROGRAM} free\b|^is (?:this|it|that) (?:for )?free\b|\bhow much do(?:es)? (?:it|this|{_PROGRAM}) (?:cost|charge)",
    ),
    (
        "learning",
        rf"\b(?:train|learn)\w*\b.*\b(?:on|from|with) (?:my|our|this|these|the|users?'?) ?{_MEDIA}",
    ),
    (
        "kept",
        rf"^(?:and |so |but )?(?:do|does|will|would|are|is|did|what|how long)\b.*\b(?:keep|kept|stor(?:e|ed|ing)|retain\w*|delet\w*|eras\w*"
        rf"|remember|hold on to|happens? to|log(?:ged)?)\b.*\b(?:my|our|this|these|the|it|them) ?{_MEDIA}"
        rf"|\b(?:my|our|this|these|the) {_MEDIA}\b.*\b(?:kept|stored|retained|deleted|erased|logged|gone)\b",
    ),
    (
        "privacy",
        r"^(?:and |so |but )?(?:does|do|is|are|will|can|could|has|did)\b.*\b(?:cloud(?! nine)|online|upload\w*|internet|offline|your servers?"
        r"|(?:sent|go|goes|leave|leaves|transmitted) (?:anywhere|somewhere|out|(?:to|off|from) (?:you|my|the|a|this) \w+))\b",
    ),
    (
        "saving",
        r"^(?:please |can you |could you |can i |how (?:do|can) i )*(?:save|export|download|keep) (?:it|this|that|(?:the|this|our|my) (?:chat|conversation|answers?|result|session|report))\b",
    ),
    (
        "regions",
        r"^(?:please |can you |could you )*(?:show|list|name|draw)(?: me)? (?:all )?(?:the |your )?(?:numbered )?regions\??$"
        r"|\b(?:which|what) regions (?:are there|exist|do you (?:know|have|see)|can i ask)\b",
    ),
    (
        "languages",
        rf"\b(?:translate|answer|reply|respond|speak|write|say)\b.*\b{_LANGUAGES}\b",
    ),
)  # fmt: skip


_IN_PASSING: tuple[tuple[Topic, str], ...] = (
    (
        "sides",
        r"\b(?:my|your|mine|viewer'?s?|whose|which) (?:own )?left\b"
        r"|\bleft\b.*\b(?:mine|hers|his|theirs|the viewer|the person)\b.*\?",
    ),
    (
        "privacy",
        r"\b(?:picture|photo|image|data|pic)s?\b.*\b(?:sent|upload\w*|stored?|saved|leaves?|cloud"
        r"|internet|stays?|online|private|privacy)\b"
        r"|\b(?:store|save|keep|upload|send) (?:my|our|the|these)"
        r" (?:picture|photo|image|data|pic)s?\b",
    ),
)


@cache
def _compiled(table: tuple[tuple[Topic, str], ...]) -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in table)


def in_passing(question: str) -> Topic | None:
    """Return what a question in which nothing of a face was understood asks about the program."""
    asked = question.lower()
    return next((name for name, known in _compiled(_IN_PASSING) if known.search(asked)), None)


@lru_cache(maxsize=64)  # several readers of one turn
def topic(question: str) -> Topic | None:
    """Return what a question asks about the program, or None when it is on something else."""
    asked = question.lower().replace("’", "'").strip(" .!")
    return next((name for name, known in _compiled(_TOPICS) if known.search(asked)), None)
