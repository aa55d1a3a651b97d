"""Checks every sentence of an answer against what the tools returned. Pure.

A sentence passes when every number, action unit, side, region and emotion in it is found in tool
results, and every citation names a described region. What a sentence merely leaves out is no fault.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from focalface.agent.answer import Claim
from focalface.agent.compose import split_sentences
from focalface.agent.evidence import LEAST_SHARE, Evidence, reach
from focalface.agent.findings import brow_heights
from focalface.agent.intents import attributes, bounds, regions
from focalface.agent.intents.text import Text, is_known, read
from focalface.tools import facs, readings
from focalface.tools.describers.movements import NOUNS
from focalface.tools.region_names import ATLAS
from focalface.tools.types import RegionDescription

ABSENT, PRESENT = 0.2, 0.5
"""Below 0.2 a unit may not be said to be present, from 0.5 on not to be absent; between, either."""

_CITED = re.compile(r"\s*\[([^\[\]]*)\]")
_NEGATION = re.compile(
    r"\b(?:no|not|n't|without|absent|absence|never|none|neither|nor|hardly|barely|lacks?|lacking"
    r"|missing|cannot|can't|isn't|aren't|doesn't|don't|rather than|instead of|against|unlikely"
    r"|unclear|at rest|relaxed|neutral|low|little|whether|if|trace|hint|possible|could|may|might"
    r"|close to the limit|close call|assess\w*|judged?|weaker|not quite)\b"
)
_NUMBER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(\s?%| ?percent)?(?![\w]|\.\d)")
_UNIT_TEXT = re.compile(r"\bAU\s?-?\d+\b", re.I)
_DECADE = re.compile(
    r"\b(twenties|thirties|forties|fifties|sixties|seventies|eighties)\b|\b([2-8]0)s\b"
)
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80,
}  # fmt: skip
_MOVEMENTS = re.compile(
    " (?:" + "|".join(read(noun).base.strip() for noun in NOUNS.values() if " " in noun) + ")(?= )"
)
"""Nouns such as "brow lowering" name a movement and no region."""
_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-zà-ÿ]+)\b")
_FIRST = re.compile(
    r"([A-Z][a-zà-ÿ]+)(?: [A-Z]\w+)*,? (?:is|was|looks|seems|has|smiles|appears|feels)\b"
)
_TERMS = frozenset({"Duchenne", "Prkachin", "Solomon", "Face", "Yes", "No", "English"})
_STARTERS = frozenset(
    [
        "the",
        "this",
        "that",
        "there",
        "he",
        "she",
        "it",
        "they",
        "both",
        "neither",
        "either",
        "what",
        "nothing",
        "everything",
        "each",
        "one",
        "none",
        "all",
        "here",
        "who",
        "so",
        "such",
        "which",
        "overall",
        "anyone",
        "everyone",
        "nobody",
        "skin",
        "attention",
        "something",
        "my",
    ]
)
_STRONGER = re.compile(r"\b(?:stronger|more|higher|strongest|larger|bigger)\b[^.]*\b(left|right)\b")


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence that is not supported, and why, in words fit for a repair request."""

    sentence: str
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The supported sentences as claims, and the others."""

    claims: tuple[Claim, ...]
    faults: tuple[Fault, ...]

    @property
    def text(self) -> str:
        """The supported sentences."""
        return " ".join(claim.text for claim in self.claims)


def check(text: str, found: Sequence[Evidence]) -> Checked:
    """Splits a text into sentences and checks each against the evidence of all pictures."""
    known = [d for ev in found for d in ev]
    claims: list[Claim] = []
    faults: list[Fault] = []
    for sentence, cited in sentences(text):
        wrong, evidence = _judge(sentence, cited, known, found)
        if wrong:
            faults.append(Fault(sentence, wrong))
        else:
            claims.append(Claim(text=sentence, evidence=evidence))
    return Checked(tuple(claims), tuple(faults))


def sentences(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Sentences without their ``[citations]``, each with what it cites."""
    found: list[tuple[str, tuple[str, ...]]] = []
    plain_text = re.sub(r"[*#`]+", "", text)
    inside = re.sub(r"([.!?])\s*((?:\[[^\[\]]*\]\s*)+)", r" \2\1 ", plain_text)
    for part in split_sentences(inside):
        cited = tuple(c.strip() for group in _CITED.findall(part) for c in group.split(","))
        plain = re.sub(r"\s+([.!?,])", r"\1", _CITED.sub("", part)).strip()
        if plain:
            found.append((plain, tuple(c for c in cited if c)))
        elif found and cited:
            found[-1] = (found[-1][0], (*found[-1][1], *cited))
    return found


def _judge(
    sentence: str,
    cited: Sequence[str],
    known: Sequence[RegionDescription],
    found: Sequence[Evidence],
) -> tuple[str, tuple[str, ...]]:
    """Why a sentence fails ("" when it passes), and the ids that it rests on."""
    evidence, stray = _resolve(cited, known)
    if stray:
        return f"it cites {stray}, which was never described", ()
    ground = evidence or list(known)
    if re.sub(r"^(?:the )?face[^:]*: ", "", sentence.lower()) in _placements(ground, found):
        return "", tuple(dict.fromkeys(d.region.id for d in evidence))
    text = read(sentence)
    tests = (_bounds, _names, _numbers, _regions, _units, _emotions, _stronger)
    why = next((w for test in tests if (w := test(text, ground, found))), "")
    return why, tuple(dict.fromkeys(d.region.id for d in evidence))


def _placements(ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> set[str]:
    """Sentences on where the brows sit, measured anew from the outlines that the tools gave."""
    return {
        say.text.lower()
        for ev in found
        for face in ev.scene.faces
        for say in brow_heights(Evidence(ev.scene, tuple(ground)).of(face.id))
    }


def _resolve(
    cited: Sequence[str], known: Sequence[RegionDescription]
) -> tuple[list[RegionDescription], str]:
    chosen: list[RegionDescription] = []
    for name in cited:
        bare = re.sub(r"^(?:region_id|face \d+|\d+)\s*:?\s*", "", name).replace(" ", "_")
        hits = [d for d in known if name == d.region.id or bare in (d.region.id, d.region.name)]
        if not hits:
            return [], name
        chosen += hits
    return chosen, ""


def _bounds(text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> str:
    """A statement on who somebody is, and the like; saying that one does not judge it is fine."""
    reason = bounds.refusal(text)
    denies = re.search(r"\b(?:don't|do not|can't|cannot|not|no|nothing)\b", text.plain)
    return f"it speaks of {reason}, which no tool returns" if reason and not denies else ""


def _names(text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> str:
    """Proper names: the tools know none."""
    for name in _NAME.findall(text.raw):
        if name not in _TERMS and not is_known(name.lower()):
            return f"it names {name}, which no tool returns"
    first = _FIRST.match(text.raw)
    if first and not is_known(first[1].lower()) and first[1].lower() not in _STARTERS:
        return f"it names {first[1]}, which no tool returns"
    return ""


def _numbers(text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> str:
    plain = _UNIT_TEXT.sub("", text.raw)
    plain = re.sub(
        r"\b[Ff]aces? (?:\d+(?:, | and | or )?)+|\b\d+ faces?\b", _known_faces(found), plain
    )
    allowed = _allowed(ground, found)
    for value, percent in _NUMBER.findall(plain):
        if not _is_known(value, bool(percent), allowed):
            return f"the number {value}{percent} is in no tool result"
    for word, digits in _DECADE.findall(plain.lower()):
        start = int(digits) if digits else _DECADES[word]
        ages = [d.age for d in ground if d.age]
        if not any(a.low <= start + 9 and a.high >= start for a in ages):
            return f"the decade '{word or digits + 's'}' fits no age in the tool results"
    return ""


def _known_faces(found: Sequence[Evidence]) -> Callable[[re.Match[str]], str]:
    """For ``re.sub``: takes away the face numbers that there are."""
    most = max((len(ev.scene.faces) for ev in found), default=0)

    def keep(match: re.Match[str]) -> str:
        numbers = [int(n) for n in re.findall(r"\d+", match.group())]
        return "" if all(0 <= n <= most for n in numbers) else match.group()

    return keep


def _allowed(ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> list[float]:
    """Every number that a sentence may state: intensities, probabilities, ages, the PSPI sum."""
    values: list[float] = [0.0, 1.0]
    for d in ground:
        values += [u.intensity for u in d.action_units]
        values += list(d.emotion.probabilities.values()) if d.emotion else []
        values += [d.age.years, d.age.low, d.age.high] if d.age else []
    for ev in found:
        values += [v for face in ev.scene.faces for v in face.box.xyxy]
        for face in ev.scene.faces:
            mine = Evidence(ev.scene, tuple(d for d in ground if d.region.face_id == face.id))
            if mine.found:
                values.append(readings.pspi(mine.levels()).at_least)
    return values


def _is_known(value: str, percent: bool, allowed: Sequence[float]) -> bool:
    number, digits = float(value), len(value.partition(".")[2])
    if percent:
        return any(abs(number - 100 * a) <= 0.51 for a in allowed if a <= 1)
    if digits:
        return any(abs(number - a) <= 0.51 * 10**-digits for a in allowed)
    return value == "16" or any(abs(number - a) <= 0.51 for a in allowed if a > 1 or number <= 1)


def _regions(text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> str:
    described = {d.region.name for d in ground}
    if not described:
        return "no region was described" if regions.find(text.base) else ""
    if "custom" in described:
        return ""
    base = _MOVEMENTS.sub(" ", attributes.units(text)[1].base)
    within = {inner for name in described for inner in reach(name)}
    spoken = attributes.find(base, attributes.units(text)[0])[0]
    units = [u for d in ground for u in d.action_units if u.code in spoken]
    within |= {place for u in units for place in facs.regions_of(u.code, u.side)}
    for mention in regions.find(base):
        names = [n for n in mention.names if n in ATLAS]
        covered = [n for n in names if n in within or described & set(reach(n)[1:])]
        if names and not (covered if mention.side == "" else len(covered) == len(names)):
            return f"{names[0].replace('_', ' ')} was not described"
    return ""


def _units(text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> str:
    codes, rest = attributes.units(text)
    spoken, _ = attributes.find(rest.base)
    moves = [a for a in spoken if a in facs.UNITS]
    denied = bool(_NEGATION.search(text.plain))
    for code in codes:
        if why := _unit(code, text, ground, denied):
            return why
    if moves and not denied and not any(not _unit(c, text, ground, denied) for c in moves):
        return _unit(moves[0], text, ground, denied)
    return ""


def _unit(code: str, text: Text, ground: Sequence[RegionDescription], denied: bool) -> str:
    units = [u for d in ground for u in d.action_units if u.code == code]
    if not units:
        unknown = "assess" in text.plain or any(code in d.not_assessed for d in ground)
        return "" if denied and unknown else f"{code} is in no tool result that it rests on"
    side = regions.lone_side(text.base)
    sided = [u for u in units if side and u.side == side] or units
    level = max(u.intensity for u in sided)
    where = f" on the {side}" if side and sided is not units else ""
    if not denied and level < ABSENT:
        return f"{code}{where} is absent in the tool results (intensity {level:.2f})"
    if re.search(r"\b(?:no|absent|not present|without)\b", text.plain) and level >= PRESENT:
        return f"{code}{where} is present in the tool results (intensity {level:.2f})"
    return ""


def _emotions(text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> str:
    """An emotion may be named when it is likely, or beside its own probability, however small."""
    shares = [d.emotion.probabilities for d in ground if d.emotion]
    stated = "|".join(f"{k} {100 * p:.0f} %" for share in shares for k, p in share.items())
    _, named = attributes.find(text.masked(rf"\b(?:{stated})").base if stated else text.base)
    if not named or _NEGATION.search(text.plain):
        return ""
    for label in named:
        if not any(share.get(label, 0.0) >= LEAST_SHARE for share in shares):
            return f"{label} is not what any tool result suggests"
    return ""


def _stronger(text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> str:
    """ "Stronger on the left" must hold for a unit that the sentence or its evidence speaks of."""
    match = _STRONGER.search(text.plain)
    if match is None:
        return ""
    side = match[1]
    other = "left" if side == "right" else "right"
    codes, rest = attributes.units(text)
    moves = [a for a in attributes.find(rest.base)[0] if a in facs.UNITS]
    wanted = {*codes, *moves}
    levels: dict[tuple[str, str], float] = {}
    for d in ground:
        for u in d.action_units:
            if not wanted or u.code in wanted:
                levels[u.code, u.side] = max(u.intensity, levels.get((u.code, u.side), 0.0))
    sided = {c for c, s in levels if s in ("left", "right")}
    if any(levels.get((c, side), 0.0) > levels.get((c, other), 0.0) for c in sided):
        return ""
    return f"nothing in the tool results is stronger on the {side}"
