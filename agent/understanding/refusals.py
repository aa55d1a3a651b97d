"""Requests that no picture of a face answers honestly: recognised here, turned down elsewhere.

A word is out of bounds by itself (:data:`refusal_words.STEMS`), in a phrase, or when it is said of
somebody: "is he rich" is, "a rich laugh" and "is the smile sick" are not. Words that are harmless
in company ("lying in bed", "pretty angry", "the race is over") are let through.
"""

import re
from collections.abc import Sequence
from functools import cache

from focalface.agent.understanding import names, refusal_patterns
from focalface.agent.understanding import refusal_words as forbidden
from focalface.agent.understanding.intent import Refusal
from focalface.agent.understanding.refusal_words import NATION, PERSON
from focalface.tools.question import attributes, ordinary, regions, vocabulary
from focalface.tools.question.lexicon import words
from focalface.tools.question.text import Text, read
from focalface.tools.question.vocabulary import any_of, any_word

_FEATURE = (
    rf"(?:{any_of(vocabulary.SMILE, 'laugh look expression eye eyebrow brow mouth lip nose chin')}"
    r"|cheeks?|jaw|forehead|face|lids?|laughter|gaze|teeth|corners?|wrinkles?)"
)
_SUBJECT = (
    rf"(?:he|she|they|him|them|u|(?<=am )i|i(?='m\b| (?:am|look|seem|appear|come|was)\b)|my \w+|(?:his|her|their|my) skin|(?:the|this|that|these|those|our|dis|dat) (?:\w+ ){{0,2}}?{PERSON}"
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
    rf"(?! (?:\w+ ){{1,4}}{_FEATURE}\b)(?! to (?:be|feel|look|smile|enjoy|cry|laugh|sleep|frown|yawn|wink))(?!ly\b)"
)
_JUDGING: tuple[Refusal, ...] = ("health", "crime", "character")
"""Reasons that a part of a face may be asked about too, by words that are said of somebody."""
_PLACED = r"(?! (?:in|on|down|back|there|next|flat|under|against|asleep|face|awake|still) ?\w*)"


def _stems(text: str) -> str:
    parts = (rf"{s}\b" if s in forbidden.WHOLE else rf"{s}(?!ly\b)\w*" for s in text.split())
    return rf"\b(?:{'|'.join(parts)})"


def _said_of(text: str) -> str:
    """A pattern for words that are said of somebody: "is he X", "does our nanny come across as X"."""
    listed = any_word(text).replace("lying", f"lying{_PLACED}")
    if "religious" in text:
        listed = rf"(?:{listed}|{NATION})"
    return rf"\b{_SUBJECT}(?: {_FILL}){{0,8}} {listed}\b{_BUT_NOT}"


@cache
def _rules() -> tuple[tuple[Refusal, re.Pattern[str]], ...]:
    """Reason -> pattern; made on the first question, for a start without delay."""
    stems = forbidden.STEMS
    said = {r: f"{text} {forbidden.JUDGING[r]}" for r, text in forbidden.SAID_OF.items()}
    return tuple(
        (reason, re.compile("|".join((_stems(stems[reason]), *phrases, _said_of(said[reason])))))
        for reason, phrases in refusal_patterns.PHRASES.items()
    )


_HARMLESS = re.compile(
    r"\b(?:after|since|following|post|before) (?:-|(?:the|a|an|his|her|their|my) )?(?:\w+ )?(?:stroke"
    r"|surgery|operation|injury|botox|illness|race|medication|treatment|allergy|vaccination|test|scan)\b(?: \w+(?= ?[:,]))?"
    r"|\bkinds? of\b|\b(?:passport|id|visa|cv|profile|application) ?-? ?(?:photo|picture|pic|image)s?\b|\bill at ease\b|\bmedical students?\b|\bto be honest\b|\bhonestly\b|\btruth be told\b|\bbeautifully\b|\bpretty much\b"
    r"|(?<!have )(?<!has )(?<!have a )(?<!has a )(?<!got a )\b(?:honest|true|genuine|sincere|guilty|killer|healthy|cute|beautiful|gorgeous|stunning"
    r"|innocent|infectious|contagious|sober|sick|sexy|wicked|stupid|dumb|idiotic|evil|creepy|mean|sly|shifty|rich) (?:smile|grin|laugh|look|pout|frown|smirk|wink|gaze|stare"
    r"|expression)|\bthe race (?:is|was)\b|\bstroke of\b|\bno lie\b|\bfamous last\b"
    r"|\bas an? (?:actor|actress|model|doctor)\b|\bbelieve it\b|\bpretty (?:please|well|sure)\b"
    r"|\b(?:eyes?|smile|face|look|laugh|expression) (?:just )?(?:kill|slay)s? me\b"
    r"|\bdrinking (?:(?:a|an|some|the|his|her|from|out|cup|glass|of|hot|cold|iced|orange|apple) )*(?:tea|coffee|water|milk|juice"
    r"|cola|soda|soup|lemonade|straw|cup|mug|glass|bottle|smoothie|cocoa|chocolate)\b"
    r"|\bhot (?:or|and) (?:cold|bothered|sweaty)\b|\bplay\w* dead\b|\b(?:fak|pretend)\w* (?:(?:to|be|being|that|he|she|is|a|an|his|her) )*(?:asleep|sleep\w*|cry\w*"
    r"|smil\w*|laugh\w*|yawn\w*|tears|snor\w*|pain|hurt|happy|sad|angry|scared|surprised?)\b"
    r"|\b(?:drunk|high) (?:with|on) (?:joy|love|life|happiness|success)\b|\b(?:nail|shoe) polish\b|\bstraight ?-? ?faced\b"
    r"|\b((?:smil|grin|laugh|cry|yawn|sob)\w*\b[^.?!]*?)(?:(?: (?:or|and|just))* (?:for real|fak\w+ it|putting it on))+\b"
    r"|\bsmil\w* (?:is |look\w* )?(?:\w+ )?(?:honest|dishonest)\b|\bsick of\b|\bdrop dead\b"
)


_SELF = re.compile(
    r"\b(?:am|do|did|was|have|would|could|can|make|makes|made) (?:i|me|my)\b"
    r"|\bi (?:look|seem|appear|am|was|have|come)\b|\b(?:me|i) (?:in|on) (?:this|the|that)\b|\bmy (?:face|looks?)\b"
)
"""Who asks asks about themselves."""
_POINTED = re.compile(
    r"\b(?:this|that|these|those|such a) faces?\b|\bthe \w+ one\b|\b(?:this|that|these|those|which|(?:first|second|third|last|other)) (?:one|ones|two|three|four|2|3|4)\b"
    r"|\b(?:of|in) (?:them|these|those|us)\b|\bthe (?:two|three|2|3) of\b"
)
_SOMEBODY = frozenset(
    words(
        "he she they him her them his hers their theirs himself herself themselves he's she's "
        "who who's whose whom he'd she'd they'd they're us our"
    )
)
_OWN = frozenset(words("his her their my our your whose"))
_ASKS_IF = frozenset(
    words("is are was were am does do did has have had can could would will should might isn't")
)
_ACTS = re.compile(
    rf"\b(?:is|are|was|were) {_SUBJECT} (?:\w+ly |just |still )?(?!(?:be|hav|go|gett|becom|see|work|plann|hop|try"
    r"|think|com|liv|look|carry|play|want)ing\b)\w+ing\b"
)
"""What somebody is doing may be done with anything: "is he holding a pint"."""
_FACE = re.compile(
    r"\b(?:what|how|describe|tell|show|explain|say|give|through|about)\b.*\b(?:his|her|their|my|the|this|that) (?:\w+ )?face\b"
)
"""An open question on the face itself, in whatever words."""
_MOMENT = re.compile(
    r"\b(?:is|are|was|were|be|look\w*|he's|she's) (?:\w+ ){0,2}?about to (?!be\b|become\b|get\b)\w+(?: (?:the|a|an|his|her|its) \w+)?"
)
"""The next moment ("about to serve the ball") is no judgement of anybody."""
_TO_US = re.compile(r"^(?:so |and |but )?(?:are|do|can|could|will|would|have|did|were) you\b")
_NOBODY = frozenset(words("you your it its app tool program model"))
_BLUNT = 8
"""Words up to which a question that points at nobody means who is in the picture: "trans y/n"."""
_BEYOND_A_PICTURE = re.compile(
    rf"\b(?:would|will|gonna|going to) (?:{_SUBJECT}) (?!be \w+ing\b|say\b|you\b)\w+"
    rf"|\b{_SUBJECT} (?:would|will) \w+"
    r"|\bwho (?:would|will) (?!you\b)\w+|\bwhich (?:one|of them|of these|person) (?:is|was) (?:the|my|his|her)\b"
    rf"|\b(?:is|was) (?:he|she|(?:this|that|the) {PERSON}) (?:really |actually |just )?an? "
    r"(?!(?:bit|little|lot|tad|touch|mess)\b)\w+"
    rf"|\b(?:is|are|was|were|been) (?:{_SUBJECT} )?(?:really |always |just )?(?:off|from|round|past"
    r"|into|on the (?:pull|game|turn|run|up|make|take|fence|level|side|books|market|shelf))\b"
)
"""What somebody is or would do shows in no picture, in whatever words it is asked."""


def refusal(text: Text, *, strict: bool = False) -> Refusal | None:
    """Why a request is out of bounds, or None when it is not.

    ``strict``: also by words that only say who is meant ("the beautiful bride"), which a user may
    use and an answer may not.
    """
    if names.asked(text):
        return "identity"
    plain = _without_harmless(text.plain)
    told_apart = plain if strict else _without_descriptions(plain)
    if told_apart != plain:
        base = read(told_apart).base
        if attributes.find(base)[0] or regions.find(base):
            plain = told_apart
    return next((reason for reason, rule in _rules() if rule.search(plain)), None)


def _without_harmless(plain: str) -> str:
    """Without negations and what only sounds out of bounds: "to be honest", "a sick smile"."""
    return _HARMLESS.sub(lambda m: m[1] or " ", _positive(plain))


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


def likeliest(text: Text) -> Refusal:
    """The reason that the words of a question speak for, when it is known to be out of bounds."""
    spoken = re.findall(r"[^\W\d_]+", text.plain)
    return _reason(spoken, range(len(spoken))) or "person"


def of_a_feature(text: Text) -> tuple[Refusal, ...]:
    """What is out of bounds in a question on a part of a face: "does the smile look sick"."""
    plain = _positive(text.plain)
    return tuple(reason for reason, rule in _feature_rules() if rule.search(plain))


@cache
def _feature_rules() -> tuple[tuple[Refusal, re.Pattern[str]], ...]:
    said = {
        reason: any_word(
            *(w for w in forbidden.SAID_OF[reason].split() if w not in forbidden.OF_PARTS)
        )
        for reason in _JUDGING
    }
    return tuple(
        (reason, re.compile(rf"\b{_FEATURE}(?: {_FILL}){{1,6}} {listed}\b{_BUT_NOT}"))
        for reason, listed in said.items()
    )


def judgement(text: Text, *, described: bool = False, nothing: bool = False) -> Refusal | None:
    """Why a question in which nothing was understood is out of bounds, or None when it is not.

    It is when it points at somebody and has a word that is not ordinary: "is she bossy", "my
    flatmate, minted or skint"; "is he whistling" and "is she outdoors" are ordinary.
    ``described``: a description is asked for, which may speak of anything in passing; then only
    what is somebody's counts ("describe his morals"). ``nothing``: not even a summary is asked for;
    then a question whether somebody is something has to name what can be seen ("is he one of us").
    """
    plain = _MOMENT.sub(" ", _without_harmless(text.plain))
    spoken = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", plain)
    odd = [at for at, word in enumerate(spoken) if _is_odd(word)]
    if described:
        odd = [at for at in odd if {*spoken[max(0, at - 2) : at]} & _OWN]
        return _reason(spoken, odd)
    called = [at for at in odd if _is_name(spoken, at)]
    judging = [at for at in odd if at not in called]
    told = {*spoken} & (_SOMEBODY | ordinary.people())
    if called or told or _SELF.search(plain) or _POINTED.search(plain):
        if _ACTS.search(plain) or _FACE.search(plain):
            judging = [at for at in judging if spoken[at] in forbidden.judging()]
        unseen = nothing and spoken[0] in _ASKS_IF and not _shows(text.plain)
        bare = unseen or _BEYOND_A_PICTURE.search(plain)
        return _reason(spoken, judging) or ("person" if bare else None)
    blunt = len(spoken) <= _BLUNT and not {*spoken} & _NOBODY
    return _reason(spoken, [at for at in judging if blunt and spoken[at] in forbidden.judging()])


def _shows(plain: str) -> bool:
    """Whether a question speaks of something to be seen, or to us."""
    seen = any(word in ordinary.shown() or word.endswith("ing") for word in plain.split())
    return seen or bool(_TO_US.search(plain))


def _reason(spoken: Sequence[str], judging: Sequence[int]) -> Refusal | None:
    known = (forbidden.judging()[spoken[at]] for at in judging if spoken[at] in forbidden.judging())
    return next(known, "person") if judging else None


def _is_odd(word: str) -> bool:
    """Whether a word is neither ordinary nor one that mostly tells how or doing what."""
    if len(word) < 2 or word in forbidden.judging():
        return word in forbidden.judging()
    known = word.removesuffix("'s") in ordinary.known()
    return not known and not re.search(r"(?:ing|ly|[^aeiou]in)$", word)


def _is_name(spoken: Sequence[str], at: int) -> bool:
    """Whether an odd word stands where somebody is named: "is dave ...", "does our kev ..."."""
    before = spoken[at - 1] if at else ""
    if before in ("my", "our", "this", "that") and at > 1:
        before = spoken[at - 2]
    asked_what = at > 1 and spoken[at - 2] in ("what", "which", "how", "where", "why", "when")
    return before in _ASKS_IF and at + 1 < len(spoken) and not asked_what


def _positive(plain: str) -> str:
    """The question without its negations: "isn't that" asks what "is that" asks."""
    return re.sub(r"n't\b|(?<=\bis) not\b|(?<=\bare) not\b", "", plain)
