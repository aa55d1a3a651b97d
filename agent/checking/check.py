"""Checks every sentence of an answer against what the tools returned. Pure.

A sentence passes when every number, action unit, side, region and emotion in it is found in tool
results, and every citation names a described region. What a sentence merely leaves out is no fault.
"""

import re
from collections.abc import Sequence
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
from focalface.agent.checking.numbers import numbers_fault
from focalface.agent.composing import fixed_replies
from focalface.agent.composing.attributes import PLACED, head, heights
from focalface.agent.composing.describe import split_sentences
from focalface.tools.question.lexicon import words
from focalface.tools.question.text import Text, is_known, read_text
from focalface.tools.types import RegionDescription

_CALLED = re.compile(r"\b[Tt]he face [^().:]*\((face \d+)\)")
"""A face by its place in the picture, whose left and right are no sides of a face."""
_VERDICT = re.compile(r"^(?:yes|no|probably(?: not)?|neither(?: is clearer)?)[,:] ", re.I)
"""The answer before a sentence, which denies what was asked and not what is told."""
_CITED = re.compile(r"\s*\[([^\[\]]*)\]")
_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-zà-ÿ]+)\b")
_FIRST = re.compile(
    r"([A-Z][a-zà-ÿ]+)(?: [A-Z]\w+)*,? (?:is|was|looks|seems|has|smiles|appears|feels)\b"
)
_TERMS = frozenset({"Duchenne", "Prkachin", "Solomon", "Face", "Yes", "No", "English"})
_STARTERS = frozenset(
    words(
        "the this that there he she it they both neither either what nothing everything each one"
        " none all here who so such which overall anyone everyone nobody skin attention"
        " something my"
    )
)


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
        *(_judgements, _names, numbers_fault),
        *(appearance_fault, codes_fault, regions_fault),
        *(units_fault, emotions_fault, stronger_fault),
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
