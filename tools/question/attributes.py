"""Which attributes a question asks for: action units, emotion, age and the composite topics."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from focalface.tools.face import facs
from focalface.tools.face.topics import TOPICS
from focalface.tools.question import vocabulary
from focalface.tools.question.vocabulary import AnyOf, WithWord, any_of, any_word, degrees, forms
from focalface.tools.types import Emotion

_GAP = r"(?: [^;.?!]*?)? "
_EYE = r"(?:eye|lid)"
_PRONOUN = r"(?:the |his |her |their )?"
_HONEST = any_word(vocabulary.HONEST)
_SMILING = any_word(vocabulary.HAPPY_SIGN)
_AJAR = any_of(vocabulary.OPEN, vocabulary.SHUT)


def _near(*parts: str) -> str:
    """Parts in this order or the reverse, within a sentence."""
    ways = (parts, tuple(reversed(parts)))
    return "|".join(rf" {_GAP.join(way)} " for way in ways)


_HELD = r"(?:tilt|lean|bow|droop|rotat|angl|cock)\w*|turn|turned|lower|lowered|raise|lift|drop|hold|held"


@dataclass(frozen=True, slots=True)
class _Asking:
    """What asks for a topic: a word or phrase of ``listed`` by itself, or ``pattern``."""

    topic: str
    listed: AnyOf
    pattern: WithWord

    def found(self, base: str, typed: set[str]) -> bool:
        """Tell whether a base form asks for the topic."""
        return self.listed.found(base, typed) or self.pattern.search(base, typed) is not None


_SLEEP = "sleep snooze nap slumber"
_YELL = "yell shout scream holler"
_ASKING: tuple[tuple[str, str, str, str], ...] = (
    (
        "head_pose",
        "",
        "head yaw pitch",
        r" head (?:pose|position|angle|orientation|direction) | (?:yaw|pitch)(?= )"
        rf"| head (?:\w+ ){{0,3}}?(?:{_HELD}|straight|level|upright|bent|up|down|back|forward|sideways) "
        rf"| (?:{_HELD}) (?:his|her|their|the|its) head ",
    ),
    (
        "genuineness",
        "duchenne smize genuineness_of",
        f"{vocabulary.HAPPY_SIGN} smiling",
        rf"{_near(_HONEST, _SMILING)}"
        rf"| {_SMILING}{_GAP}(?:reach|extend|go up|spread|show|in|with|include|involve|touch)\w*"
        rf"{_GAP}(?:eye|cheek) "
        rf"| eye{_GAP}{_SMILING}(?: as well| too| also)?(?: or | [?.!;])| {_SMILING} 's? ?eye "
        rf"| eye{_GAP}(?:join|take part|participate|follow)\w*{_GAP}{_SMILING} "
        rf"| {_SMILING}{_GAP}do {_PRONOUN}eye (?:too |also |as well )?[?.]? ?$"
        rf"| smiling eye | {_SMILING}{_GAP}(?:only|just) {_GAP}mouth ",
    ),
    ("pain", vocabulary.PAIN, "suffer suffering", r" {} (?!from)"),
    (
        "fatigue",
        vocabulary.FATIGUE,
        "sleep rest nap coffee slept hours hour night nighter",
        r" (?:need|needs|lack of|want|without|short on|could use) (?:\w+ )?(?:sleep|rest|nap|coffee) "
        r"| (?:do|did|does|have|has|had|get|got) (?:[\w']+ ){0,4}?(?:sleep|slept|eight hours)(?= )"
        r"| (?:rough|long|late|short|sleepless|bad) night | all ?-? ?nighter | up (?:all night|late) ",
    ),
    ("tension", vocabulary.TENSION, "", ""),
    (
        "asymmetry",
        vocabulary.ASYMMETRY,
        "side even symmetry symmetric symmetrical asymmetry asymmetric asymmetrical",
        r" a?symmetr\w+ | one side (?:is |be )?(?:weak|weaker|higher|lower|droop\w*) "
        r"| (?:both|two) side .*same | same .*both side "
        r"| (?:smile|mouth|brow|face|eye|lip|corner|cheek) (?:be |is |look |still )*even (?:then |now |too )?[?.!]? ?$",
    ),
    (
        "eye_openness",
        "",
        " ".join(("eye lid asleep awake sleeping", *forms(_SLEEP))),
        rf"{_near(_EYE, _AJAR)}| lid{_GAP}cover | (?<!falling )(?<!fall )(?<!half )asleep | awake "
        rf"| {any_of(_SLEEP.removeprefix('sleep '))} | sleeping | be sleep ",
    ),
    (
        "mouth_openness",
        "",
        " ".join(("mouth gape agape", *forms(_YELL))),
        rf"{_near('mouth', _AJAR)}| gape | agape | mouth opening | (?:yell|shout|scream|holler)\w* ",
    ),
)
"""Topic, words and phrases that ask for it by themselves, words one of which stands in the pattern,
pattern on the base form; age is apart. The first ones hide what they explain from the later ones."""
_YEARS = re.compile(
    r" (?:his|her|their) (?:early|mid|late) "
    r"| (?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)(?:ies|yish) | \d0 ?'? ?s "
    r"| (?:over|under|above|below|past|about|around|roughly|nearly|turned|least|most|close to|near to) "
    r"(?:\d\d|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?: \w+)?|eighteen"
    r"|sixteen|twelve)(?= (?:year|[?.!;,]|or|yet|already|$)|$)| \d{1,2} ?-? ?years? "
    r"| do i look it | (?:near|nearer|close|closer) to? ?(?:twenty|thirty|forty|fifty|sixty|seventy|eighty) "
    r"| (?:which|what|how many|how much) years? | (?:be|is) born (?:in|before|after|around) | when [\w ]{1,20} born "
    r"| (?:is|this|he|she) (?:still )?(?:a )?(?:child|kid|baby|toddler) [?.!;]? $"
    r"| (?:a )?(?:child|kid|baby) or | carded | card (?:him|her|them|people|someone) "
    r"| (?:ask|asked|need|needs|show|showing|check|checked) (?:\w+ ){0,3}?(?:id|ids|proof of age)(?= )"
)
"""What asks for an age beside the words of its row."""


@cache
def _topics() -> tuple[_Asking, ...]:
    """Return the topics' patterns; made on the first question, for a start without delay."""
    return tuple(
        _Asking(topic, AnyOf.made_of(degrees(listed)), WithWord.made_of(words, pattern))
        for topic, listed, words, pattern in _ASKING
    )


@cache
def _age() -> AnyOf:
    return AnyOf.made_of(degrees(vocabulary.AGE))


@cache
def _feeling() -> AnyOf:
    """Return words for feelings in general; made on the first question, for a start without delay."""
    both = {"positive or negative", "negative or positive"}
    return AnyOf.made_of(degrees(vocabulary.FEELING) | both)


_MINE = r"(?:i(?:'m| am| was| feel| would be| would|'d| get| 'm)?|we(?:'re| are)?|makes me)"
_MYSELF = re.compile(
    rf"(?<= ){_MINE} (?:be |just |still )?(?:\w+ly |so |very |really |not |a bit |quite )*"
    r"(?:\w+) (?=(?:in|about|to|if|that|whether|how|what|of|by|for|with|[.,;?!]) )"
    r"|(?<= )(?:i'm|i am|i was|i feel|i would be) (?:\w+ly |so |very )?\w+(?= )"
    r"|(?<= )(?:do |would )?you (?:feel|reckon|sense|have the feeling|get the feeling"
    r"|have the impression|get the impression)(?= (?:that |like |as |the |he |she |they |his |her ))"
    r"|(?<= )are you (?:so |very |really |quite )?confident(?= )"
)
_SOMEBODY = re.compile(
    r" (?:the|this|that|these|our|my|your|his|her) (?:little |elderly |old(?:er)? |young(?:er)? |middle aged )?"
    r"(?:toddler|infant|newborn|baby|teenager|teen|adolescent|adult|senior|pensioner|youth"
    r"|(?<=older )(?:man|woman|lady|guy|boy|girl|gentleman)|(?<=old )(?:man|woman|lady|guy|gentleman|couple)"
    r"|(?<=young )(?:man|woman|lady|guy|boy|girl|gentleman|couple)"
    r"|(?<=younger )(?:man|woman|lady|guy|boy|girl|gentleman)"
    r"|(?<=elderly )(?:man|woman|lady|guy|gentleman|couple))(?= )(?! (?:than|look age))"
)
"""Somebody who is spoken of by age is not asked for their age."""
_NOT_MOVES = re.compile(
    r"(?<= )(?:smile|laugh|frown) (?:line|fold)(?= )"  # names of regions
    r"|(?<= )raise (?:an? |the |any )?(?:question|doubt|issue|concern)(?= )"
    r"|(?<= )(?:break|narrow|look|come|write|zoom|go|calm|settle) down(?= )"
    r"|(?<= )(?:open|close) (?:question|up view|-? ?up)(?= )"
)

_HARDLY = re.compile(r" (?:not|\w+n't) (?:really|actually|truly|properly)(?= )")
""" "Who is not really smiling" asks who hardly smiles, not whose smile is felt."""
_CARRIER = re.compile(r" (?:expression|expressions|look)(?= )")
"""In "an expression of pain" the expression is no second thing that is asked for."""
_CLASSES = {
    name: forms(getattr(vocabulary, name))
    for name in (
        "UP",
        "WIDE",
        "NARROW",
        "TIGHT",
        "WRINKLE",
        "SMILE",
        "INWARD",
        "OUT",
        "TOGETHER",
        "SHOW",
    )
} | {"SUNK": forms(vocabulary.DOWN) | {"lower(?! (?:lip|face|lid|jaw|half|part))"}}
"""Classes of words that the rows of the units name."""
_BROWS_UP = "brow + {UP}|height|arch|arched|cock|quizzical|hike|hiked|skyward"
"""Both ends of a brow."""


def _word_set(listed: str) -> AnyOf:
    """Return the words of a set as ``Unit.moves`` writes it."""
    return AnyOf.made_of({form for word in listed.split("|") for form in _meant(word)})


def _meant(word: str) -> set[str]:
    if word.startswith("{"):
        return _CLASSES[word.strip("{}")]
    return forms(word[:-1]) if word.endswith("~") else {word.replace("*", r"\w*")}


@dataclass(frozen=True, slots=True)
class _Movement:
    """Units, and the sets of words that must all occur in one clause to ask for them."""

    codes: tuple[str, ...]
    sets: tuple[AnyOf, ...]


@cache
def _movements() -> tuple[_Movement, ...]:
    """Return the movements of the rows, and both ends of a brow together."""
    listed = [((code,), moves) for code, unit in facs.UNITS.items() for moves in unit.moves]
    return tuple(
        _Movement(codes, tuple(map(_word_set, moves.split(" + "))))
        for codes, moves in (*listed, (("AU1", "AU2"), _BROWS_UP))
    )


@cache
def _by_word() -> tuple[dict[str, frozenset[int]], frozenset[int]]:
    """Return a word -> places of the movements whose first set has it; those that begin with more
    than single words."""
    beginning: defaultdict[str, set[int]] = defaultdict(set)
    for place, movement in enumerate(_movements()):
        for word in movement.sets[0].single:
            beginning[word].add(place)
    more = frozenset(n for n, one in enumerate(_movements()) if one.sets[0].rest)
    return {word: frozenset(places) for word, places in beginning.items()}, more


def find_attributes(
    base: str, known: Iterable[str] = ()
) -> tuple[tuple[str, ...], tuple[Emotion, ...]]:
    """Attributes and named emotions of a base form; ``known`` are the units found before."""
    base = _MYSELF.sub(" ", _NOT_MOVES.sub(" ", _SOMEBODY.sub(" somebody", base)))
    base = _HARDLY.sub(" not ", base)
    typed = {*base.split()}
    topics = [asking.topic for asking in _topics() if asking.found(base, typed)]
    topics += ["age"] if _age().found(base, typed) or _YEARS.search(base) else []
    emotions = _emotions(base, typed)
    carried = bool({"pain", "fatigue", "tension"} & set(topics))
    said = _CARRIER.sub(" ", base) if carried else base
    if emotions or _feeling().found(said, {*said.split()}):
        topics.append("emotion")
    hidden = {one for topic in topics for one in TOPICS[topic].explains}
    worked = _muscles(base, typed)
    moves = [code for code in _moves(base) if code not in hidden]
    moves += worked
    return _ordered([*(t for t in topics if t not in hidden), *known, *moves]), emotions


def _ordered(found: Iterable[str]) -> tuple[str, ...]:
    units = {f for f in found if f.startswith("AU")}
    topics = [f for f in found if not f.startswith("AU")]
    return tuple(dict.fromkeys([*topics, *sorted(units, key=lambda c: int(c[2:]))]))


def _emotions(base: str, typed: set[str]) -> tuple[Emotion, ...]:
    return tuple(label for label, words in _named_emotions() if words.found(base, typed))


@cache
def _named_emotions() -> tuple[tuple[Emotion, AnyOf], ...]:
    """Return each emotion with what names it, in all degrees."""
    return tuple((e, AnyOf.made_of(degrees(known))) for e, known in vocabulary.EMOTIONS.items())


def _muscles(base: str, typed: set[str]) -> list[str]:
    """Return what shows when the muscles contract that are called by their anatomical names."""
    codes = " ".join(c for c, known in _muscle_names() if known.found(base, typed)).split()
    if " lateral frontalis " in base:
        codes.remove("AU1")
    if " medial frontalis " in base:
        codes.remove("AU2")
    return codes


@cache
def _muscle_names() -> tuple[tuple[str, AnyOf], ...]:
    return tuple((c, AnyOf.made_of(degrees(known))) for c, known in vocabulary.MUSCLES.items())


def _moves(base: str) -> list[str]:
    base = re.sub(
        r"(?<=[ ,])((?:\w+ ){1,3}): (?=(?:up|down|open|close|raise|lower|tight|wide) )", r"\1", base
    )
    clauses = [f" {c} " for c in re.split(r" (?:[;.,?!:]|but|while) ", base)]
    for n in range(1, len(clauses)):  # "the jaw, is it dropped?"
        if re.search(r" (?:it|they|them) ", clauses[n]):
            clauses[n] = clauses[n - 1] + clauses[n]
    return [code for clause in clauses for code in _in_clause(clause)]


def _in_clause(clause: str) -> list[str]:
    """Return the units of a clause, or of its halves where each has its own: "chin up or corners down"."""
    halves = [f" {half} " for half in re.split(r" (?:or|and) ", clause, maxsplit=1)]
    each = [_together(half) for half in halves]
    own = len(each) == 1 or all(each)
    return [c for codes in each for c in codes] if own else _together(clause)


def _together(clause: str) -> list[str]:
    typed = {*clause.split()}
    beginning, more = _by_word()
    places = more.union(*(beginning[word] for word in typed if word in beginning))
    begun = [_movements()[place] for place in sorted(places)]
    codes = [m.codes for m in begun if all(words.found(clause, typed) for words in m.sets)]
    flat = [code for group in codes for code in group]
    if ("AU1",) in codes or ("AU2",) in codes:  # "inner brows up" is not the whole brow
        exact = {c for group in codes if len(group) == 1 for c in group}
        flat = [c for c in flat if c in exact]
    if "AU17" in flat and "AU14" in flat:  # a dimpled chin is not the dimpler
        flat.remove("AU14")
    if "AU14" in flat and "AU28" in flat:  # lip corners that are tucked in are no lips sucked in
        flat.remove("AU28")
    if re.search(r" mouth .*frown | frown .*mouth ", clause) and "AU4" in flat:
        flat[flat.index("AU4")] = "AU15"
    return flat
