"""Checks every sentence of an answer against what the tools returned. Pure.

A sentence passes when every number, action unit, side, region and emotion in it is found in tool
results, and every citation names a described region. What a sentence merely leaves out is no fault.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from focalface.agent.basics.answer import Claim
from focalface.agent.basics.evidence import Evidence
from focalface.agent.checking.facts import (
    appearance_fault,
    codes_fault,
    emotions_fault,
    regions_fault,
    stronger_fault,
    units_fault,
)
from focalface.agent.checking.judgements import judgement
from focalface.agent.composing import fixed_replies
from focalface.agent.composing.attributes import PLACED, head, heights
from focalface.agent.composing.describe import split_sentences
from focalface.tools.face import combinations, facs
from focalface.tools.question.text import Text, is_known, read_text
from focalface.tools.types import RegionDescription

_CALLED = re.compile(r"\b[Tt]he face [^().:]*\((face \d+)\)")
"""A face by its place in the picture, whose left and right are no sides of a face."""
_VERDICT = re.compile(r"^(?:yes|no|probably(?: not)?|neither(?: is clearer)?)[,:] ", re.I)
"""The answer before a sentence, which denies what was asked and not what is told."""
_CITED = re.compile(r"\s*\[([^\[\]]*)\]")
_NUMBER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(\s?%| ?percent)?(?![\w]|\.\d)")
_UNIT_TEXT = re.compile(r"\bAU\s?-?\d+\b", re.I)
_DECADE = re.compile(
    r"\b(twenties|thirties|forties|fifties|sixties|seventies|eighties)\b|\b([2-8]0)s\b"
)
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80,
}  # fmt: skip
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


AGE_SHARE = 0.8
"""The share of real ages that an interval holds."""


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
    """Split a text into sentences and check each against the evidence of all pictures."""
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
    """Return sentences without their ``[citations]``, each with what it cites."""
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
    """Tell why a sentence fails ("" when it passes), and the ids that it rests on."""
    if fixed_replies.is_fixed(sentence):
        return "", ()
    evidence, stray = _resolve(cited, known)
    if stray:
        return f"it cites {stray}, which was never described", ()
    ground = evidence or list(known)
    if re.sub(r"^(?:the )?face[^:]*: ", "", sentence.lower()) in _placements(ground, found):
        return "", tuple(dict.fromkeys(d.region.id for d in evidence))
    text = read_text(_VERDICT.sub("", _CALLED.sub(r"\1", sentence)))
    tests = (
        *(_judgements, _names, _numbers),
        *(
            appearance_fault,
            codes_fault,
            regions_fault,
            units_fault,
            emotions_fault,
            stronger_fault,
        ),
    )
    why = next((w for test in tests if (w := test(text, ground, found))), "")
    return why, tuple(dict.fromkeys(d.region.id for d in evidence))


def _placements(ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> set[str]:
    """Return sentences on where parts sit and how heads are held, measured anew from tool
    results."""
    each = [Evidence(ev.scene, tuple(ground)).of(f.id) for ev in found for f in ev.scene.faces]
    says = [say for ev in each for part in PLACED for say in heights(ev, part)]
    says += [say for ev in each for say in head(ev, expert=False)]
    return {say.text.lower() for say in says}


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


def _judgements(text: Text, ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> str:
    """A statement on who somebody is, and the like; saying that one does not judge it is fine."""
    reason = judgement(text.plain)
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
    plain = _without_counts(plain, ground, found)
    plain = re.sub(
        r"\b[Ff]aces? (?:\d+(?:, | and | or )?)+|\b\d+ faces?\b", _known_faces(found), plain
    )
    allowed = _allowed(ground, found)
    if re.search(r"\bof 10\b", plain):  # a figure on 0 to 10, beside its own scale
        plain = re.sub(r"\bof 10\b", "", plain)
        scores = [v / 16 for v in allowed if 1 < v <= 16]
        allowed += [round(10 * v) for v in (*allowed, *scores) if v <= 1]
    for value, percent in _NUMBER.findall(plain):
        if not _is_known(value, bool(percent), allowed):
            return f"the number {value}{percent} is in no tool result"
    for word, digits in _DECADE.findall(plain.lower()):
        start = int(digits) if digits else _DECADES[word]
        ages = [d.age for d in ground if d.age]
        if not any(a.low <= start + 9 and a.high >= start for a in ages):
            return f"the decade '{word or digits + 's'}' fits no age in the tool results"
    return ""


_COUNT = re.compile(r"\b(\d+) of the (\d+) faces(?P<rest>.*?)(?: \((\d+)%\))?(?=[:.]|$)")


def _without_counts(
    plain: str, ground: Sequence[RegionDescription], found: Sequence[Evidence]
) -> str:
    """``plain`` without "12 of the 30 faces show a smile" where so many faces show something."""
    match = _COUNT.search(plain)
    if match is None:
        return plain
    yes, judged = int(match[1]), int(match[2])
    right = judged in _judged(ground) and yes in _counts(ground, judged)
    percent = match[4] is None or abs(100 * yes / max(judged, 1) - int(match[4])) <= HALF
    return plain.replace(match[0], match["rest"]) if right and percent else plain


HALF = 0.51
"""Half of the last place, with room for rounding."""


def _judged(ground: Sequence[RegionDescription]) -> set[int]:
    """On how many faces each unit, and an emotion, could be judged."""
    by: dict[str, set[str]] = {}
    for d in ground:
        for key in (*(u.code for u in d.action_units), *(["emotion"] if d.emotion else [])):
            by.setdefault(key, set()).add(d.region.face_id)
    return {len(faces) for faces in by.values()}


def _counts(ground: Sequence[RegionDescription], judged: int) -> set[int]:
    """On how many faces each unit or emotion shows, and on how many it does not."""
    by: dict[str, set[str]] = {}
    for d in ground:
        shown = [u.code for u in d.action_units if u.intensity >= facs.PRESENT]
        shown += [d.emotion.label] if d.emotion else []
        for key in shown:
            by.setdefault(key, set()).add(d.region.face_id)
    counts = {len(faces) for faces in by.values()} | {0}
    opened = by.get("AU25", set()) | by.get("AU26", set())
    return counts | {judged - n for n in counts} | {len(opened), judged - len(opened)}


def _known_faces(found: Sequence[Evidence]) -> Callable[[re.Match[str]], str]:
    """For ``re.sub``: takes away the face numbers that there are."""
    most = max((len(ev.scene.faces) for ev in found), default=0)

    def keep(match: re.Match[str]) -> str:
        numbers = [int(n) for n in re.findall(r"\d+", match.group())]
        return "" if all(0 <= n <= most for n in numbers) else match.group()

    return keep


def _allowed(ground: Sequence[RegionDescription], found: Sequence[Evidence]) -> list[float]:
    """Return every number that may be stated: intensities, probabilities, ages, their mean,
    PSPI."""
    values: list[float] = [0.0, 1.0]
    for d in ground:
        values += [u.intensity for u in d.action_units]
        values += [u.presence for u in d.action_units if u.presence is not None]
        values += list(d.emotion.probabilities.values()) if d.emotion else []
        values += [d.age.years, d.age.low, d.age.high, AGE_SHARE] if d.age else []
    if ages := [d.age.years for d in ground if d.age]:
        values += [sum(ages) / len(ages), max(ages) - min(ages)]
    for ev in found:
        values += [v for face in ev.scene.faces for v in face.box.xyxy]
        for face in ev.scene.faces:
            mine = Evidence(ev.scene, tuple(d for d in ground if d.region.face_id == face.id))
            if mine.found:
                values.append(combinations.pspi(mine.levels()).at_least)
                values += [value for _, value in combinations.pspi_addends(mine.levels())]
    return values


def _is_known(value: str, percent: bool, allowed: Sequence[float]) -> bool:
    number, digits = float(value), len(value.partition(".")[2])
    if percent:
        return any(abs(number - 100 * a) <= 0.51 for a in allowed if a <= 1)
    if digits:
        return any(abs(number - a) <= 0.51 * 10**-digits for a in allowed)
    return value == "16" or any(abs(number - a) <= 0.51 for a in allowed if a > 1 or number <= 1)
