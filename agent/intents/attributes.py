"""Which attributes a question asks for: action units, emotion, age and the composite topics."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from focalface.agent.intents.text import Text, read
from focalface.tools import facs
from focalface.tools.types import Emotion

_AU_LIST = re.compile(
    r"\b(?:a ?\.? ?u ?\.? ?s?|action units?|units?|facs)[ -]*#? ?(\d{1,2})\b"
    r"((?: ?(?:,|and|or|\+|/|&|vs|,? ?and) ?(?:a ?u ?-? ?)?\d{1,2}\b)*)"
)
_GLUED = re.compile(r"\bau(\d{1,2})(?:l|r)?\b")

SMILE = r"(?:smile|grin|laugh|beam|happiness|happy|joy)"
_HONEST = (
    r"(?:genuine|genuinely|genuineness|fake|faked|faking|real|really|realy|sincere|sincerely"
    r"|authentic|force|forced|pose|posed|true|honest|natural|put on|polite|social|stage|insincere"
    r"|phony|spontaneous|heartfelt|artificial|deliberate|pretend|pretending|convincing|felt"
    r"|true to life)"
)
_GAP = r"(?: [^;.?!]*?)? "
_OPEN = r"(?:open|opened|opening|openness|close|shut|half closed|ajar)"


def _near(*parts: str) -> str:
    """Parts in this order or the reverse, within a sentence."""
    ways = (parts, tuple(reversed(parts)))
    return "|".join(rf" {_GAP.join(way)} " for way in ways)


# Topic -> pattern on the base form. The first ones hide what they matched from the later ones.
_TOPICS: tuple[tuple[str, str], ...] = (
    (
        "genuineness",
        rf" duchenne |{_near(_HONEST, SMILE)}"
        rf"| {SMILE}{_GAP}(?:reach|extend|go up|spread|show|in|with)\w*{_GAP}(?:eye|cheek) "
        rf"| eye{_GAP}{SMILE}(?: as well| too| also)? [?.!;]| smile 's? ?eye | smiling eye "
        rf"| smize "
        rf"| genuineness of | {SMILE}{_GAP}(?:only|just) {_GAP}mouth ",
    ),
    (
        "pain",
        r" pain | painful | pspi | prkachin | discomfort | wince | wincing | sore | ache | agony "
        r"| hurt | suffer(?:ing)? (?!from)",
    ),
    (
        "fatigue",
        r" tired | fatigue | fatigued | exhaust\w* | sleepy | sleepiness | drows\w* | weary "
        r"| worn out | sleep deprived | sleepless | tiredness | knackered | jet ?lagged "
        r"| (?:need|needs|lack of|want) (?:some |more )?(?:sleep|rest) | nod off | rested "
        r"| alert "
        r"| alertness "
        r"| sleepiness | falling asleep | burnt out | drained | wide awake | sleepily "
        r"| weariness "
        r"| slept | worn ",
    ),
    (
        "tension",
        r" tense | tension | stress | strain | relax | clench | uptight | stressed | at ease "
        r"| rigid | stiff | on edge | loose | grit | tightness | uneasy | cramped | unwind ",
    ),
    (
        "asymmetry",
        r" a?symmetr\w+ | one side (?:is |be )?(?:weak|weaker|higher|lower|droop\w*) | lopsided "
        r"| tilted | slanted | askew | crooked | uneven | unevenly "
        r"| one sided | skewed "
        r"| (?:both|two) side .*same | same .*both side | balanced ",
    ),
    (
        "eye_openness",
        rf"{_near('(?:eye|lid)', _OPEN)}| (?<!falling )(?<!fall )asleep | sleeping | eye opening ",
    ),
    ("mouth_openness", rf"{_near('mouth', _OPEN)}| gape | agape | mouth opening "),
    (
        "age",
        r" age | aged | aging | ageing | old | older | oldest | young | younger | youngest "
        r"| elderly "
        r"| adult | teenager | teen | minor | years old | how many year | guess the year "
        r"| decade | generation | middle aged | middle ?- ?aged | senior | youthful | mature "
        r"| grown ?-? ?up "
        r"| birth year | year of birth | years of age | (?:his|her|their) (?:early|mid|late) "
        r"| (?:twent|thirt|fort|fift|sixt|sevent|eight)ies | \d0s | (?:is|he|she|be) (?:over"
        r"|under|above|below) \d\d "
        r"| (?:is|this|he|she) (?:a )?(?:child|kid|baby|toddler) [?.!;]? $| (?:a )?(?:child|kid"
        r"|baby) or ",
    ),
)

_EMOTION_WORDS: dict[Emotion, str] = {
    "neutral": "neutral expressionless blank impassive deadpan poker",
    "happiness": "happy happiness happier happiest joy joyful cheerful glad delighted pleased "
    "amused amusement content merry unhappily excited elated jolly enjoy enjoying delight "
    "enthusiastic thrilled satisfied happiness hopeful fun",
    "sadness": "sad sadness sadder saddest unhappy sorrow sorrowful grief grieving cry gloomy "
    "melancholic melancholy miserable upset disappointed heartbroken mournful "
    "sadly unhappiness lonely distressed hurtful dejected depressed tearful weepy",
    "surprise": "surprise surprised shock astonished astonishment amazed amazement startled "
    "stunned",
    "fear": "fear fearful afraid scare terrified terror frightened worried anxious anxiety nervous "
    "panic panicking panicked horrified concerned uneasy frightening dread",
    "disgust": "disgust disgusted revolted repulsed revulsion grossed disgusting repelled dislike",
    "anger": "anger angry angrier angriest furious mad annoyed irritated irritation rage enraged "
    "fury hostile cross aggressive grumpy frustrated frustration pissed resentful cranky",
    "contempt": "contempt contemptuous disdain disdainful scorn scornful smug",
}
_EMOTION = re.compile(
    r" (?:emotion|emotional|emotionally|feel|feeling|mood|affect|expression|expressive|bored"
    r"|confused|embarrassed|proud|serious|bothered|moved|mental state|state of mind|vibe|calm"
    r"|friendly"
    r"|thoughtful|puzzled|curious|ashamed|jealous|concentrated|interested|indifferent|confident"
    r"|emotionless|sentiment|temper|spirits|attitude|reaction|facial affect|look on (?:his|her"
    r"|the) face|face telling) "
)

_MYSELF = re.compile(r"(?<= )(?:i'm|i am|i was|i feel|i would be) (?:\w+ly |so |very )?\w+(?= )")
_NOT_MOVES = re.compile(r"(?<= )(?:smile|laugh|frown) (?:line|fold)(?= )")  # names of regions

# Movements in everyday words: all word sets must occur in one clause. Base forms.
_MOVES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("AU1",), (r"(?:inner|inside|medial)", r"brow", r"(?:raise|up|lift|pull up|oblique|high)")),
    (("AU2",), (r"(?:outer|outside|lateral)", r"brow", r"(?:raise|up|lift|arch|high)")),
    (("AU1", "AU2"), (r"brow", r"(?:raise|up|lift|high|higher|height|arch|cock|elevate|elevated)")),
    (
        ("AU4",),
        (
            r"(?:brow|forehead)",
            r"(?:furrow|lower(?! (?:lip|face|lid|jaw|half|part))|knit|down|draw|together|contract"
            r"|pinch|frown)",
        ),
    ),
    (("AU4",), (r"(?:frown|scowl|glower|glare)",)),
    (("AU5",), (r"(?:eye|lid)", r"(?:widen|wide|bulge|bulging|pop)")),
    (("AU5",), (r"(?:upper|top) lid", r"(?:raise|up|lift)")),
    (("AU6",), (r"cheek", r"(?:raise|up|lift|push|bunch|high)")),
    (("AU6",), (r"(?:eye|corner)", r"(?:crinkle|crinkling|crinkly)")),
    (("AU7",), (r"squint",)),
    (("AU7",), (r"(?:eye|lid)", r"(?:narrow|tighten|tight|squeeze|pinch)")),
    (
        ("AU9",),
        (r"nose", r"(?:wrinkle|wrinkling|scrunch|crinkle|crinkling|crease|crumple|screw up)"),
    ),
    (("AU10",), (r"upper lip", r"(?:raise|up|lift|curl|pull up)")),
    (("AU10",), (r"(?:sneer|snarl)",)),
    (("AU10",), (r"lip", r"curl")),
    (("AU12",), (r"(?:smile|grin|beam|laugh|smirk)",)),
    (("AU14",), (r"dimple",)),
    (("AU12",), (r"corner", r"(?:mouth|lip)", r"(?:up|raise|lift|upward|upturned)")),
    (("AU15",), (r"corner", r"(?:mouth|lip)", r"(?:down|droop|drop|downward|lower|depressed|sag)")),
    (("AU15",), (r"mouth", r"(?:downturned|turn down|droop)")),
    (("AU17",), (r"chin", r"(?:raise|push|bunch|wrinkle|dimple|pucker|up|crumple)")),
    (("AU17",), (r"pout",)),
    (("AU18",), (r"(?:pucker|kiss|kissing|duck face)",)),
    (("AU18",), (r"lip", r"(?:purse|kiss)")),
    (("AU20",), (r"(?:lip|mouth)", r"(?:stretch|sideways)")),
    (("AU20",), (r"grimace",)),
    (("AU22",), (r"lip", r"(?:funnel|pushed? out|protrude|protruding)")),
    (("AU23",), (r"(?:lip|lipped)", r"(?:tight|tighten|thin|thinned|narrow)")),
    (("AU24",), (r"lip", r"(?:press|compressed?|together|squeeze|clamp)")),
    (("AU25",), (r"lip", r"(?:part|apart|open)")),
    (("AU25",), (r"tooth", r"(?:show|showing|shows|visible|bare|baring|see|seen|display)")),
    (("AU26",), (r"jaw", r"(?:drop|hang|hanging|open|slack)")),
    (("AU26",), (r"yawn",)),
    (("AU28",), (r"lip", r"(?:suck|roll|rolled|bite|biting)")),
    (("AU43",), (r"(?:blink|wink)",)),
    (("AU43",), (r"(?:lid|eye)", r"(?:droop|droopy|heavy)")),
)
# A topic that explains a movement away: eyes that are open are not asked about as AU43.
_COVERS = {
    "genuineness": {"AU6", "AU12", "emotion"},
    "eye_openness": {"AU5", "AU7", "AU43"},
    "mouth_openness": {"AU25", "AU26"},
    "pain": {"AU20"},
    "fatigue": {"AU43", "AU26"},
}


def units(text: Text) -> tuple[list[str], Text]:
    """Units given by number or FACS name, and the text without them.

    The words of a FACS name are taken out, so that the "nose" of "nose wrinkler" is not read as a
    region; everyday words ("wrinkled nose") stay for :func:`find`.
    """
    numbered, rest = _numbers(text)
    named, rest = _facs_names(rest)
    return [*numbered, *named], rest


def find(base: str, known: Iterable[str] = ()) -> tuple[tuple[str, ...], tuple[Emotion, ...]]:
    """Attributes and named emotions of a base form; ``known`` are the units found before."""
    base = _MYSELF.sub(" ", _NOT_MOVES.sub(" ", base))
    topics = [name for name, pattern in _TOPICS if re.search(pattern, base)]
    emotions = _emotions(base)
    if emotions or _EMOTION.search(base):
        topics.append("emotion")
    hidden: set[str] = set().union(*(_COVERS.get(t, set()) for t in topics))
    moves = [code for code in _moves(base) or _synonyms(base, topics) if code not in hidden]
    return _ordered([*(t for t in topics if t not in hidden), *known, *moves]), emotions


def _ordered(found: Iterable[str]) -> tuple[str, ...]:
    units = {f for f in found if f.startswith("AU")}
    topics = [f for f in found if not f.startswith("AU")]
    return tuple(dict.fromkeys([*topics, *sorted(units, key=lambda c: int(c[2:]))]))


def _numbers(text: Text) -> tuple[list[str], Text]:
    plain = _GLUED.sub(r"au \1 ", text.plain)
    codes = [
        f"AU{int(number)}"
        for match in _AU_LIST.finditer(plain)
        for number in re.findall(r"\d{1,2}", match.group())
    ]
    if not codes:
        return [], text
    rest = _AU_LIST.sub(" ; ", plain)
    return codes, read(rest)


def _facs_names(text: Text) -> tuple[list[str], Text]:
    codes = []
    for code, unit in facs.UNITS.items():
        if unit.code == "AU43" or f" {unit.name} " not in f" {text.plain} ":
            continue
        codes.append(code)
        text = text.masked(re.escape(read(unit.name).base.strip()))
    return codes, text


def _emotions(base: str) -> tuple[Emotion, ...]:
    words = set(base.split())
    return tuple(label for label, known in _EMOTION_WORDS.items() if words & set(known.split()))


def _synonyms(base: str, topics: Sequence[str]) -> list[str]:
    """Units by the synonyms of the FACS table, where nothing else was understood."""
    if topics:
        return []
    return [code for code, phrases in _facs_synonyms() if any(p in base for p in phrases)]


@cache
def _facs_synonyms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((c, tuple(read(s).base for s in unit.synonyms)) for c, unit in facs.UNITS.items())


def _moves(base: str) -> list[str]:
    clauses = [f" {c} " for c in re.split(r" (?:[;.,?!:]|but|while) ", base)]
    for n in range(1, len(clauses)):  # "the jaw, is it dropped?"
        if re.search(r" (?:it|they|them) ", clauses[n]):
            clauses[n] = clauses[n - 1] + clauses[n]
    found: list[str] = []
    for clause in clauses:
        codes = [c for c, sets in _MOVES if all(re.search(rf" {s} ", clause) for s in sets)]
        flat = [code for group in codes for code in group]
        if ("AU1",) in codes or ("AU2",) in codes:  # "inner brows up" is not the whole brow
            exact = {c for group in codes if len(group) == 1 for c in group}
            flat = [c for c in flat if c in exact]
        if "AU17" in flat and "AU14" in flat:  # a dimpled chin is not the dimpler
            flat.remove("AU14")
        if re.search(r" mouth .*frown | frown .*mouth ", clause) and "AU4" in flat:
            flat[flat.index("AU4")] = "AU15"
        found += flat
    return found
