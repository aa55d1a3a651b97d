"""Questions as the rules read them: cleaned, lower case, typos mended, words in their base form."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

LONGEST = 2000
"""Characters of a question that are read; more is cut off and the user is told."""

# Base forms that the rules know. Inflections are made from them, and typos are mended towards them.
_BASES = """
brow eye lid mouth lip nose cheek chin jaw forehead glabella nostril temple face corner crow foot
wrinkle fold nasolabial bridge tip bag circle line half side dimple tooth muscle region area
smile grin smirk laugh beam frown scowl furrow squint sneer snarl pout pucker purse wink blink
stretch press tighten tight part drop raise lift lower curl suck pull droop narrow widen scrunch
knit draw bunch push funnel arch cock gape yawn stare turn clench relax relaxed tense tension
stress strain emotion emotional feel mood express expression happy happiness joy cheerful sad
sadness unhappy surprise surprised shock fear afraid scared scare angry anger disgust disgusted
contempt neutral annoyed upset worried nervous anxious cry age old older oldest young younger
youngest year adult tired fatigue exhaust exhausted sleepy drowsy pain hurt grimace symmetric
symmetry asymmetry asymmetric lopsided crooked uneven open close closed shut genuine fake real sincere
authentic force forced pose posed duchenne compare difference different same left right both upper
lower middle inner outer between under around describe summarise summarize summary overview
analyse analyze report picture photo image person people everyone second third first before after
explain identify pressor depressor attractive beautiful handsome ethnicity nationality criminal honest
"""
_IRREGULAR = {
    "eyebrow": "brow", "eyebrows": "brow", "brows": "brow", "eyelid": "lid", "eyelids": "lid",
    "feet": "foot", "teeth": "tooth", "shut": "shut", "shutting": "shut", "halves": "half",
    "felt": "feel", "drawn": "draw", "knitted": "knit", "dropped": "drop", "dropping": "drop",
    "grinning": "grin", "grinned": "grin", "jawline": "jaw", "jawlines": "jaw", "lips": "lip",
    "cheekbone": "cheek", "cheekbones": "cheek", "mouths": "mouth", "crows": "crow",
    "closed": "close", "closing": "close", "relaxed": "relax", "exhausted": "exhaust",
    "crying": "cry", "cries": "cry", "teary": "cry", "tears": "cry", "tearful": "cry",
    "surprised": "surprise", "surprising": "surprise", "scared": "scare", "scary": "scare",
    "hurting": "hurt", "hurts": "hurt", "tensed": "tense", "forced": "force", "posed": "pose",
    "disgusted": "disgust", "expressions": "expression", "symmetrical": "symmetric",
    "symmetrically": "symmetric", "asymmetrical": "asymmetric", "laughter": "laugh",
    "colours": "colour", "color": "colour", "colors": "colour", "photograph": "photo",
    "photographs": "photo", "pic": "photo", "pics": "photo", "pictures": "picture",
}  # fmt: skip
# As people type; never what another word is a typo of.
_CHAT = {
    "pls": "please", "plz": "please", "u": "you", "whats": "what is", "wich": "which",
    "waht": "what", "hes": "he is", "shes": "she is", "im": "i am", "isnt": "is not",
    "dont": "do not", "doesnt": "does not", "thats": "that is", "theres": "there is",
    "ths": "this", "teh": "the", "wat": "what", "wot": "what", "hows": "how is", "wheres": "where is",
}  # fmt: skip
# Words that stand one edit from a known one and mean something else.
_GUARDED = frozenset(
    [
        "check",
        "checks",
        "chain",
        "month",
        "months",
        "noise",
        "chick",
        "bright",
        "might",
        "light",
        "night",
        "fight",
        "sight",
        "lift",
        "live",
        "line",
        "lines",
        "line",
        "love",
        "live",
        "fold",
        "hold",
        "told",
        "cold",
        "gold",
        "bold",
        "sold",
        "role",
        "race",
        "face",
        "faces",
        "fact",
        "faced",
        "chine",
        "shin",
        "tied",
        "tried",
        "tires",
        "rear",
        "real",
        "ream",
        "reads",
        "year",
        "years",
        "hear",
        "heart",
        "area",
        "arena",
        "pair",
        "paid",
        "main",
        "gain",
        "rain",
        "fine",
        "five",
        "fire",
        "nice",
        "node",
        "note",
        "pose",
        "post",
        "purse",
        "nurse",
        "mode",
        "moon",
        "mood",
        "most",
        "part",
        "party",
        "past",
        "pass",
        "press",
        "lid",
        "did",
        "lip",
        "lit",
        "let",
        "lot",
        "bag",
        "big",
        "beg",
        "beam",
        "bean",
        "team",
        "seam",
        "hall",
        "hand",
        "page",
        "ages",
        "wage",
        "rage",
        "made",
        "mad",
        "said",
        "sad",
        "sand",
        "send",
        "mind",
        "mine",
        "tight",
        "thigh",
        "tone",
        "tune",
        "turn",
        "torn",
        "stage",
        "state",
        "store",
        "story",
        "start",
        "stars",
        "clean",
        "clear",
        "smell",
        "small",
        "smart",
        "simile",
        "serious",
        "person",
        "personal",
        "perform",
        "same",
        "some",
        "come",
        "came",
        "case",
        "cause",
        "under",
        "order",
        "older",
        "elder",
        "other",
        "mother",
        "anger",
        "danger",
        "hunger",
        "ranger",
        "finger",
        "ginger",
        "linger",
        "lower",
        "power",
        "tower",
        "shower",
        "slower",
        "flower",
        "lowers",
        "front",
        "print",
        "point",
        "paint",
        "plain",
        "plan",
        "train",
        "brain",
        "brown",
        "crown",
        "grown",
        "grow",
        "blow",
        "brew",
        "bow",
        "row",
        "how",
        "now",
        "know",
        "show",
        "slow",
        "low",
        "own",
        "bored",
        "board",
        "close",
        "clothes",
        "chose",
        "those",
        "nose",
        "rose",
        "rise",
        "wise",
        "eyes",
        "eye",
        "ear",
        "ears",
        "are",
        "bare",
        "care",
        "dare",
        "hare",
        "rare",
        "share",
        "stare",
        "square",
        "scare",
        "score",
        "scar",
        "scale",
        "score",
        "shape",
        "sharp",
        "shade",
        "shake",
        "shock",
        "stock",
        "short",
        "shirt",
        "share",
        "shore",
        "chest",
        "chess",
        "cheese",
        "chose",
        "left",
        "lest",
        "less",
        "felt",
        "belt",
        "melt",
        "feel",
        "fell",
        "full",
        "fall",
        "fail",
        "tail",
        "tall",
        "tell",
        "well",
        "will",
        "wall",
        "walk",
        "talk",
        "word",
        "words",
        "world",
        "work",
        "worn",
        "wore",
        "more",
        "move",
        "movie",
        "model",
        "modern",
        "mouth",
        "south",
        "youth",
        "truth",
        "trust",
        "first",
        "fist",
        "list",
        "last",
        "lost",
        "lose",
        "loose",
        "bluff",
        "think",
        "thing",
        "things",
        "thick",
        "third",
        "thirty",
        "three",
        "there",
        "their",
        "these",
        "where",
        "when",
        "what",
        "which",
        "while",
        "white",
        "write",
        "wrote",
        "right",
        "rights",
        "eight",
        "weight",
        "height",
        "might",
        "fright",
        "please",
        "pleased",
        "place",
        "plate",
        "played",
        "player",
        "player",
        "face",
        "fake",
        "fame",
        "flame",
        "frame",
        "framing",
        "lane",
        "cake",
        "take",
        "make",
        "lake",
        "bake",
        "wake",
        "hide",
        "side",
        "site",
        "size",
        "sure",
        "pure",
        "cure",
        "core",
        "corn",
        "born",
        "horn",
        "worn",
        "form",
        "from",
        "firm",
        "farm",
        "harm",
        "warm",
        "arm",
        "army",
        "any",
        "many",
        "man",
        "men",
        "met",
        "meet",
        "meat",
        "seat",
        "seal",
        "seem",
        "seen",
        "been",
        "between",
        "begin",
        "being",
        "long",
        "lung",
        "along",
        "among",
        "belong",
        "strong",
        "wrong",
        "hair",
        "chair",
        "fair",
        "pair",
        "stair",
        "air",
        "painter",
        "points",
        "pointed",
        "parent",
        "parents",
        "parties",
        "ride",
        "rides",
        "ridge",
        "fridge",
        "bring",
        "bridge",
        "being",
        "before",
        "defore",
        "afford",
        "afraid",
        "yeah",
        "years",
        "yes",
        "yet",
        "jet",
        "get",
        "got",
        "gets",
        "set",
        "sets",
        "sees",
        "seed",
        "seek",
        "week",
        "weak",
        "weather",
        "whether",
        "better",
        "letter",
        "latter",
        "later",
        "late",
        "rate",
        "rated",
        "hate",
        "gate",
        "date",
        "data",
        "fate",
        "mate",
        "mates",
    ]
)


def _inflections(base: str) -> set[str]:
    """Regular forms of a base word; wrong ones do no harm, nobody types them."""
    stem = base[:-1] if base.endswith("e") else base
    forms = {base, f"{base}s", f"{stem}ed", f"{stem}ing", f"{stem}es", f"{base}r", f"{stem}er"}
    return forms | {f"{base[:-1]}ies"} if base.endswith("y") else forms


@cache
def _lemmas() -> dict[str, str]:
    """Every known form -> its base."""
    bases = {base: base for base in _BASES.split()}
    made = {form: base for base in bases for form in _inflections(base)}
    return made | bases | _IRREGULAR


def is_known(word: str) -> bool:
    """Whether a lower-case word is one that the rules know, in any form."""
    return word in _lemmas()


@cache
def _near(word: str) -> str | None:
    """The known form that ``word`` is a typo of, if there is exactly one at one edit."""
    if len(word) < 4 or word in _GUARDED:
        return None
    known = [w for w in _lemmas() if abs(len(w) - len(word)) <= 1 and w[0] == word[0]]
    swapped = [w for w in known if len(w) == len(word) and _swap(word, w)]
    if swapped:
        return swapped[0]
    if len(word) < 5 and not any(len(w) == 5 and _one_edit(word, w) for w in known):
        return None
    close = {w for w in known if len(w) >= 5 and _one_edit(word, w)}
    bases = {_lemmas()[w] for w in close}
    return min(close, key=lambda w: (len(w) != len(word), w)) if len(bases) == 1 else None


def _swap(a: str, b: str) -> bool:
    """Whether two neighbouring letters of ``a`` changed places to give ``b``."""
    at = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]


def _one_edit(a: str, b: str) -> bool:
    """Whether one letter was dropped, added or replaced between ``a`` and ``b``."""
    short, long = sorted((a, b), key=len)
    i = 0
    while i < len(short) and short[i] == long[i]:
        i += 1
    if len(a) != len(b):
        return short[i:] == long[i + 1 :]
    return short[i + 1 :] == long[i + 1 :] and _slip(short[i : i + 1], long[i : i + 1])


def _slip(a: str, b: str) -> bool:
    """Whether two letters are taken for each other: neighbours on a keyboard, or both vowels."""
    rows = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    beside = any(a in row and b in row and abs(row.index(a) - row.index(b)) == 1 for row in rows)
    return beside or {a, b} <= set("aeiou")


@dataclass(frozen=True, slots=True)
class Text:
    """A question in three forms.

    ``raw``: cleaned, case kept; ``plain``: lower case, typos mended; ``base``: words in their base
    form (``eyebrows`` -> ``brow``), separated by one space, punctuation as words of its own.
    """

    raw: str
    plain: str
    base: str
    cut: bool = False

    def masked(self, pattern: str) -> "Text":
        """A copy whose base form lost every match of ``pattern``; nothing else can match it then."""
        return Text(self.raw, self.plain, re.sub(pattern, " ; ", self.base), self.cut)


_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "`": "'", "´": "'", "_": " "})
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\w+(?:'\w+)?|[^\w\s]")


def clean(text: str) -> str:
    """Without control characters and doubled blanks, quotes made straight."""
    shown = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", shown).translate(_QUOTES)).strip()


def read(question: str) -> Text:
    """The three forms of a question; never fails, an empty one gives empty forms."""
    cut = len(question) > LONGEST
    raw = clean(question[:LONGEST])
    words = [mend(token) for token in _TOKEN.findall(raw.lower())]
    base = " ".join(_base(word) for word in words)
    return Text(raw=raw, plain=" ".join(words), base=f" {base} ", cut=cut)


def mend(word: str) -> str:
    """``word``, or the known word that it is a typo of."""
    stem, quote, rest = word.partition("'")
    if stem in _lemmas() or stem in _CHAT or not stem.isascii() or not stem.isalpha():
        return word
    fixed = _near(stem)
    return f"{fixed}{quote}{rest}" if fixed else word


def _base(word: str) -> str:
    stem, quote, rest = word.partition("'")
    if quote and rest == "s":
        return f"{_lemmas().get(stem, stem)} 's"
    return _CHAT.get(word) or _lemmas().get(word, word)
