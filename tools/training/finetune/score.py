"""Scores of answers against a corpus' labels, and of the majority answer. Pure.

The full benchmark with intervals is ``focalface eval run describe``; these are the figures that
compare stages of one run on one fixed set.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from focalface.tools.describers.language import phrases
from focalface.tools.describers.language.parse import ParsedAnswer, parse
from focalface.tools.face import facs

MEASURES = (
    "valid",
    "au_f1",
    "emotion_accuracy",
    "age_accuracy",
    "abstention",
    "rouge_l",
    "rouge_written",
    "focus",
    "agreement",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer with its truth, as it stands in the corpus."""

    answer: str
    truth: dict[str, Any]


def score(judged: Sequence[Judged]) -> dict[str, float | None]:
    """Return all measures, each 0..1; None where nothing in the set could be measured.

    ``valid``: answers that are our JSON as it stands. ``au_f1``: binary F1 of labelled units, mean
    over the units with positives; a unit that is not named counts as absent. Accuracies over
    labelled regions; no answer is wrong. ``abstention``: regions that cannot show emotion or age
    and are told so. ``rouge_l``: F of the longest common subsequence of words, against texts put
    together by rule; ``rouge_written``: against those by somebody who looked. ``focus``: texts
    that speak of no unit outside their region. ``agreement``: texts whose units are those of the
    structure.
    """
    read = [(parse(j.answer), j) for j in judged]
    described = [(r, j) for r, j in read if r.text]
    told = [
        (r.says_something and getattr(r, field) is None)
        for r, j in read
        for name, field in (("emotion", "emotion"), ("age", "age_group"))
        if name in j.truth["cannot_tell"]
    ]
    return {
        "valid": _mean(r.how == "json" for r, _ in read),
        "au_f1": au_f1(read),
        "emotion_accuracy": _mean(
            r.emotion == j.truth["emotion"] for r, j in read if j.truth["emotion"]
        ),
        "age_accuracy": _mean(
            r.age_group == j.truth["age_group"] for r, j in read if j.truth["age_group"]
        ),
        "abstention": _mean(told),
        "rouge_l": _mean(rouge_l(r.text, j.truth["text"]) for r, j in described if not _written(j)),
        "rouge_written": _mean(
            rouge_l(r.text, j.truth["text"]) for r, j in described if _written(j)
        ),
        "focus": _mean(_claimed(r.text) <= set(j.truth["can_show"]) for r, j in described),
        "agreement": _mean(_claimed(r.text) <= {u.code for u in r.units} for r, _ in described),
    }


def majority(train: Iterable[dict[str, Any]]) -> str:
    """Return the answer that fits most training labels: commonest emotion and age, units above
    half."""
    emotions: Counter[str] = Counter()
    ages: Counter[str] = Counter()
    present: Counter[str] = Counter()
    labelled: Counter[str] = Counter()
    for truth in train:
        emotions.update([truth["emotion"]] if truth["emotion"] else [])
        ages.update([truth["age_group"]] if truth["age_group"] else [])
        units = {key.split()[0] for key in truth["units"]}
        present.update(units)
        labelled.update(units | set(truth["absent"]))
    return json.dumps(
        {
            "action_units": {
                code: 0.5 for code in facs.CODES if present[code] * 2 > labelled[code] > 0
            },
            "absent": [],
            "emotion": emotions.most_common(1)[0][0] if emotions else None,
            "age_group": ages.most_common(1)[0][0] if ages else None,
            "cannot_tell": [],
            "text": "",
        }
    )


def au_f1(read: Sequence[tuple[ParsedAnswer, Judged]]) -> float | None:
    """Return the mean F1 over the units that are present somewhere in the truth."""
    scores = []
    for code in facs.CODES:
        hit = missed = false = 0
        for reading, judged in read:
            positive = code in {key.split()[0] for key in judged.truth["units"]}
            if not positive and code not in judged.truth["absent"]:
                continue
            said = code in {u.code for u in reading.units}
            hit += said and positive
            missed += positive and not said
            false += said and not positive
        if hit + missed:
            scores.append(2 * hit / (2 * hit + missed + false))
    return _mean(scores)


def rouge_l(said: str, truth: str) -> float:
    """Return F of the longest common subsequence of lower-case words (Lin 2004, beta 1)."""
    one, two = said.lower().split(), truth.lower().split()
    if not one or not two:
        return float(one == two)
    row = [0] * (len(two) + 1)
    for word in one:
        before = 0
        for j, other in enumerate(two, start=1):
            best = before + 1 if word == other else max(row[j], row[j - 1])
            before, row[j] = row[j], best
    return 2 * row[-1] / (len(one) + len(two))


def _written(judged: Judged) -> bool:
    return judged.truth.get("kind") == "written"


def _claimed(text: str) -> frozenset[str]:
    return frozenset(c for c, stance in phrases.settled(text).items() if stance == "present")


def _mean(values: Iterable[float | bool]) -> float | None:
    listed = [float(value) for value in values]
    return sum(listed) / len(listed) if listed else None
