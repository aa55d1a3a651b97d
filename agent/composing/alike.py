"""Which two of several faces are most alike in what they show. Pure."""

from collections.abc import Sequence
from itertools import combinations

from focalface.agent.basics.evidence import Evidence
from focalface.agent.basics.phrasing import capital
from focalface.agent.basics.sentence import Sentence
from focalface.agent.understanding import Intent
from focalface.tools.face import wording

YEARS = 40.0
"""Difference of apparent ages that counts like another emotion (our choice)."""


def pair(intent: Intent, each: Sequence[tuple[str, Evidence]]) -> list[Sentence]:
    """Return the two faces with the least distance, and what they share."""
    told = [(name, ev) for name, ev in each if ev.found]
    if len(told) < 2:
        return []
    nearest = min(combinations(told, 2), key=lambda two: _distance(intent, two[0][1], two[1][1]))
    (one, first), (other, second) = nearest
    says = [Sentence(f"{capital(one)} and {other} look most alike.", (*_ids(first), *_ids(second)))]
    return says + _shared(first, second)


def _distance(intent: Intent, one: Evidence, other: Evidence) -> float:
    """Return the mean difference of shares of emotions, of movements and, if asked for, of ages."""
    gaps = []
    if (a := one.emotion()) and (b := other.emotion()):
        p, q = a[1].probabilities, b[1].probabilities
        gaps.append(sum(abs(p[label] - q[label]) for label in p) / 2)
    left, right = one.levels(), other.levels()
    if common := left.keys() & right.keys():
        gaps.append(sum(abs(left[c] - right[c]) for c in common) / len(common))
    if "age" in intent.attributes and (m := one.age()) and (n := other.age()):
        gaps = [abs(m[1].years - n[1].years) / YEARS]
    return sum(gaps) / len(gaps) if gaps else 1.0


def _shared(one: Evidence, other: Evidence) -> list[Sentence]:
    feelings = [found for ev in (one, other) if (found := ev.emotion())]
    if len(feelings) < 2 or len({wording.mood(estimate) for _, estimate in feelings}) > 1:
        return []
    word = wording.mood_noun(feelings[0][1])
    return [Sentence(f"Both suggest {word}.", tuple(d.region.id for d, _ in feelings))]


def _ids(ev: Evidence) -> tuple[str, ...]:
    return ev.ids()[:1]
