"""Requests that no picture of a face answers honestly: recognised here, turned down elsewhere.

A word is out of bounds by itself (:data:`forbidden.STEMS`), in a phrase, or when it is said of
somebody: "is he rich" is, "a rich laugh" and "is the smile sick" are not. Words that are harmless
in company ("lying in bed", "pretty angry", "the race is over") are let through.
"""

import re
from functools import cache

from focalface.agent.intents import attributes, forbidden, regions, vocabulary
from focalface.agent.intents.forbidden import NATION, PERSON
from focalface.agent.intents.lexicon import GUARDED, words
from focalface.agent.intents.text import Text, is_known, read
from focalface.agent.intents.types import Refusal
from focalface.agent.intents.vocabulary import any_of, any_word, graded

_FEATURE = (
    rf"(?:{any_of(vocabulary.SMILE, 'laugh look expression eye eyebrow brow mouth lip nose chin')}"
    r"|cheeks?|jaw|forehead|face|lids?|laughter|gaze|teeth|corners?|wrinkles?)"
)
_SUBJECT = (
    rf"(?:he|she|they|him|them|u|my \w+|(?:his|her|their|my) skin|(?:the|this|that|these|those|our|dis|dat) (?:\w+ ){{0,2}}?{PERSON}"
    r"(?: (?:on|in|at|to|from|with|behind) (?:the|my|a) (?:\w+ )?\w+)?)(?:'s|'re|'d|s)?"
)
_FILL = (
    r"(?:be|been|being|is|are|was|were|'s|look|looks|looking|seem|seems|appear|appears|come|comes"
    r"|coming|across|off|sound|sounds|act|acts|get|getting|gets|feel|feels|strike|you|to|as|a|an"
    r"|any|some|kind|sort|bit|little|of|really|actually|truly|ever|just|only|maybe|perhaps|at|all"
    r"|somehow|like|if|though|he|she|they|too|very|so|quite|rather|more|even|still|now|already"
    r"|also|not|n't|or|and|have|has|had|got|might|could|may|would|will|must|can|do|does|did"
    r"|bloody|super|totally|type|the|person|man|woman|guy|secretly|currently|high key|low key"
    r"|\w+ly|\w+ or|\w+ and)"
)
_FEELING = any_word(vocabulary.FEELING, *vocabulary.EMOTIONS.values(), vocabulary.FATIGUE)
_BUT_NOT = (
    rf"(?! (?:and |but |with )?(?:\w+ly |little )?(?:{_FEATURE}|{_FEELING}|tense|relaxed|wide)\b)"
    rf"(?! (?:\w+ ){{1,4}}{_FEATURE}\b)(?! to (?:be|feel|look|smile|enjoy))(?!ly\b)"
)
_OF_PARTS = frozenset(
    words(
        "high bright straight male female thin slim plump mean fit white brown dead alive taken "
        "single broke deaf blind"
    )
)
"""Words that are asked of brows, smiles and lips too, where they judge nobody."""
_JUDGING: tuple[Refusal, ...] = ("health", "crime", "character")
"""Reasons that a part of a face may be asked about too, by words that are said of somebody."""
_PLACED = r"(?! (?:in|on|down|back|there|next|flat|under|against|asleep|face|awake|still) ?\w*)"


def _stems(text: str) -> str:
    parts = (rf"{s}\b" if s in forbidden.WHOLE else rf"{s}(?!ly\b)\w*" for s in text.split())
    return rf"\b(?:{'|'.join(parts)})"


def _compared(text: str) -> str:
    """ "Which of them is hotter": degrees of the plain adjectives, less those of faces' parts."""
    plain = [w for w in text.split() if w not in _OF_PARTS and len(w) > 2 and "_" not in w]
    return any_word(*(form for word in plain for form in graded(word) - {word}))


def _said_of(text: str) -> str:
    """Patterns for words that are said of somebody: "is he X", "how X is she", "X?"."""
    listed = any_word(text).replace("lying", f"lying{_PLACED}")
    if "religious" in text:
        listed = rf"(?:{listed}|{NATION})"
    return "|".join(
        (
            rf"\b{_SUBJECT}(?: {_FILL}){{0,8}} {listed}\b{_BUT_NOT}",
            rf"\b(?:call|consider|find|think|rate|deem) (?:him|her|them)(?: {_FILL}){{0,3}} {listed}\b",
            rf"\bhow (?:{_FILL} )?{listed} (?:(?:would|do) you (?:say|think|find|call) )?"
            rf"(?:(?:is|are|was|does|do|did|would|'s) )?(?:{_SUBJECT}|her)\b",
            rf"^(?:(?:is|looks?|so|and|maybe|is it|are) )?(?:{_FILL} )?{listed}(?: (?:or|and) \w+)?"
            r"[ ?.!]*$",
            rf"\b(?:who|which(?: one)?|which of [\w ]{{1,15}}) (?:{_FILL} )*(?:the )?{_compared(text)}[ ?.!]*$",
            rf"\b(?:was|were|is|are|looks?|seems?) (?:her|this|that) (?:{_FILL} )*{listed}[ ?.!]*$",
        )
    )


@cache
def _rules() -> tuple[tuple[Refusal, re.Pattern[str]], ...]:
    """Reason -> pattern; made on the first question, for a start without delay."""
    stems, said_of = forbidden.STEMS, forbidden.SAID_OF
    return tuple(
        (reason, re.compile("|".join((_stems(stems[reason]), *phrases, _said_of(said_of[reason])))))
        for reason, phrases in forbidden.PHRASES.items()
    )


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
    r"^(?:is|isn't|was) (?:this|that|it|he|she) (?:really |not )?([a-z]{3,}) ([a-z]{3,}) ?\??$"
    r"|\blooks? like ([a-z]{3,}) ([a-z]{3,}) ?\??$"
)
_COMMON = re.compile(
    r"(?:ing|ed|ly|ive|ous|al|ful|less|able|ible|ish|ness|tion|ment|est|light|time)$"
)
_SMALL_WORDS = frozenset(
    words(
        """
        the this that here there now too not yet still just only also very quite really rather
        good bad new big long great own able sure his her him them one two way thing day life kind
        type sort pose for with from about after out off over has had can may might must will
        does what who how why when all any some more most much many few even same other another
        """
    )
)
_HARMLESS = re.compile(
    r"\b(?:after|since|following|post|before) (?:-|(?:the|a|an|his|her|their|my) )?(?:\w+ )?(?:stroke"
    r"|surgery|operation|injury|botox|illness|race|medication|treatment|allergy|vaccination|test|scan)\b(?: \w+(?= ?[:,]))?"
    r"|\bill at ease\b|\bmedical students?\b|\bto be honest\b|\bhonestly\b|\btruth be told\b|\bbeautifully\b|\bpretty much\b"
    r"|\b(?:honest|true|genuine|sincere|guilty|killer|healthy|cute|beautiful|gorgeous|stunning"
    r"|innocent|infectious|contagious|sober|sick|sexy|wicked) (?:smile|grin|laugh|look|pout|frown|smirk|wink|gaze|stare"
    r"|expression)|\bthe race (?:is|was)\b|\bstroke of\b|\bno lie\b|\bfamous last\b"
    r"|\bas an? (?:actor|actress|model|doctor)\b|\bbelieve it\b|\bpretty (?:please|well|sure)\b"
    r"|\b(?:eyes?|smile|face|look|laugh|expression) (?:just )?(?:kill|slay)s? me\b"
    r"|\bsmil\w* (?:is |look\w* )?(?:\w+ )?(?:honest|dishonest)\b|\bsick of\b|\bdrop dead\b"
)


_JUDGED = re.compile(
    rf"\b(?:is|are|was|were|does|do|did|has|have|had|would|could|should|might|will|can) "
    rf"(?:(?:{_SUBJECT}|she|these (?:two|people)) (?:{_FILL} )*(?!\w+ing\b|in\b|on\b|at\b|near\b|alone\b|too\b|also\b|either\b|as well|out\w*"
    rf"\b|indoors\b|here\b|there\b|visible\b|present\b|wear|hold|look|face|turn|move|blurr)\w+"
    rf"|(?!you (?:see|find|spot|make out))[\w' ]{{1,30}} (?:(?:him|her|them)\b(?! \w)"
    rf"|(?:this|that|the) {PERSON}\b))"
)


_MOMENT = re.compile(r"\b(?:(?:is|are|look\w*) )?(?:about|going) to (?!be\b|become\b)\w+")
"""What somebody will do the next moment ("about to sneeze") is no judgement of them."""


def refusal(text: Text, *, strict: bool = False) -> Refusal | None:
    """Why a request is out of bounds, or None when it is not.

    ``strict``: also by words that only say who is meant ("the beautiful bride"), which a user may
    use and an answer may not.
    """
    if _proper_name(text):
        return "identity"
    plain = _HARMLESS.sub(" ", _positive(text.plain))
    told_apart = plain if strict else _without_descriptions(plain)
    if told_apart != plain:
        base = read(told_apart).base
        if attributes.find(base)[0] or regions.find(base):
            plain = told_apart
    return next((reason for reason, rule in _rules() if rule.search(plain)), None)


def _without_descriptions(plain: str) -> str:
    """Without words that only say who is meant: "the beautiful bride", "the prisoner"."""
    return _descriptions().sub(
        lambda m: m[0] if _IS_IT.search(plain[: m.start()]) else f"{m[1]} {m[3] or 'one'}", plain
    )


_IS_IT = re.compile(
    r"\b(?:(?:is|was|are|isn't) (?:he|she|it|this|that|they)|(?:he|she|it|this|that) is) $"
)
"""Before "the killer" this asks whether somebody is one."""


@cache
def _descriptions() -> re.Pattern[str]:
    stems = forbidden.STEMS
    kinds = "|".join(_stems(stems[r]) for r in ("identity", "attractiveness", "crime", "character"))
    who = rf"{NATION}|{kinds}|{any_word('pretty cute hot rich poor fat thin drunk sick black white killer')}"
    patient = rf"(?:{_stems(stems['health'])}|ill|blind|deaf)(?= {PERSON}\b)"
    determiner = r"(?:the|this|that|these|those|my|our|your)"
    goes_on = r"(?! (?:in|of|on|at|or|and|than|visible|part)\b)(?= [\w'])"
    return re.compile(
        rf"\b({determiner}) (?:\w+ )?({patient}|(?:{who})){goes_on}(?: ({PERSON})\b)?", re.I
    )


def of_a_feature(text: Text) -> tuple[Refusal, ...]:
    """What is out of bounds in a question on a part of a face: "does the smile look sick"."""
    plain = _positive(text.plain)
    return tuple(reason for reason, rule in _feature_rules() if rule.search(plain))


@cache
def _feature_rules() -> tuple[tuple[Refusal, re.Pattern[str]], ...]:
    said = {
        reason: any_word(*(w for w in forbidden.SAID_OF[reason].split() if w not in _OF_PARTS))
        for reason in _JUDGING
    }
    return tuple(
        (reason, re.compile(rf"\b{_FEATURE}(?: {_FILL}){{1,6}} {listed}\b{_BUT_NOT}"))
        for reason, listed in said.items()
    )


def judges_somebody(text: Text) -> bool:
    """Whether a question that nothing was understood of asks what somebody is or would do.

    "Is she bossy", "would he lend me money" and "did she do it" are judgements of a person, in
    whatever words; "is he waving" and "is she outdoors" are not.
    """
    plain = _positive(text.plain)
    return bool(_JUDGED.search(plain)) and not _MOMENT.search(plain)


def _positive(plain: str) -> str:
    """The question without its negations: "isn't that" asks what "is that" asks."""
    return re.sub(r"n't\b|(?<=\bis) not\b|(?<=\bare) not\b", "", plain)


def _proper_name(text: Text) -> bool:
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
    known = is_known(word) or word in GUARDED or word in _SMALL_WORDS or _COMMON.search(word)
    return bool(known) or bool(attributes.find(read(word).base)[0])
