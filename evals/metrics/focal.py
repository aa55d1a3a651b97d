"""The project's own text metrics: focus, agreement, coverage, abstention.

- *focus*: share of claims that stay in the region. A clause about a part that the region does not
  touch, or about a unit that cannot be seen in any part of it, leaves it.
- *agreement*: share of checkable claims of a text that its own structure bears out.
- *coverage*: share of the region's true attributes that the text mentions rightly: the units that
  are present and can be seen there, and for the whole face the emotion and the age too.
- *abstention*: "cannot tell" exactly where nothing can be seen, as F1 of abstaining.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from focalface.evals.metrics.classification import f1
from focalface.evals.metrics.statistics import Floats, Statistic, divide, ratio
from focalface.evals.records import (
    FACE,
    FaceCase,
    FaceRecord,
    RegionCase,
    Said,
    units_inside,
)
from focalface.tools.describers.language.statements import Statement, statements, stays_within
from focalface.tools.describers.language.statements import verdicts as borne_out
from focalface.tools.face import facs

Pair = tuple[float, float]


def focus(said: Said) -> Pair:
    """Return claims inside the region, and all claims."""
    inside, claims = frozenset(said.inside), [s for s in statements(said.text) if s.is_claim]
    units = units_inside(said.inside)
    return float(sum(stays_within(s, inside, units) for s in claims)), float(len(claims))


def agreement(said: Said) -> Pair:
    """Return claims that the structure bears out, and all claims that it could."""
    borne = [ok for s in statements(said.text) if not s.unsure for ok in verdicts(s, said)]
    return float(sum(borne)), float(len(borne))


def verdicts(statement: Statement, said: Said) -> Iterator[bool]:
    """Tell for each checkable claim of a clause whether the structure bears it out."""
    return borne_out(statement, said.units, said.emotion, said.age)


def coverage(said: Said, case: FaceCase, region: RegionCase) -> Pair:
    """Return true attributes mentioned rightly, and all that should be."""
    claims = [s for s in statements(said.text) if s.is_claim and not s.negated]
    seen = units_inside(said.inside)
    true = [c for c, v in case.units_of(region).items() if v >= facs.PRESENT and c in seen]
    found = [any(code in s.units for s in claims) for code in true]
    if said.name == FACE and case.emotion is not None:
        found.append(any(case.emotion in s.emotions for s in claims))
    if said.name == FACE and case.age is not None:
        age = case.age
        found.append(any(low - 5 <= age <= high + 5 for s in claims for low, high in s.ages))
    return float(sum(found)), float(len(found))


def statistics(records: Sequence[FaceRecord]) -> dict[str, Statistic]:
    """Return ``focus``, ``agreement``, ``coverage`` and ``abstention`` over all regions."""
    return {
        "focus": _shares(records, lambda said, case, region: focus(said)),
        "agreement": _shares(records, lambda said, case, region: agreement(said)),
        "coverage": _shares(records, _covered),
        "abstention": Statistic(
            np.array([_abstention_row(r) for r in records]).reshape(len(records), 3),
            _abstention,
            sum(c.visible is False for r in records for c in r.case.regions),
        ),
    }


def _covered(said: Said, case: FaceCase, region: RegionCase) -> Pair:
    return (0.0, 0.0) if region.visible is False else coverage(said, case, region)


def _shares(
    records: Sequence[FaceRecord], pair: Callable[[Said, FaceCase, RegionCase], Pair]
) -> Statistic:
    """Return the mean of the regions' shares; regions without anything to count are left out.

    Each region of a failed sample counts as a region with share 0.
    """
    sums = []
    for record in records:
        if record.failure is not None:
            sums.append((0.0, float(len(record.case.regions))))
            continue
        pairs = [
            pair(s, record.case, region)
            for s, region in zip(record.said, record.case.regions, strict=True)
        ]
        shares = [right / all_ for right, all_ in pairs if all_]
        sums.append((sum(shares), float(len(shares))))
    rows = np.array(sums, float).reshape(len(records), 2)
    return ratio(rows[:, 0], rows[:, 1])


def _abstention_row(record: FaceRecord) -> list[float]:
    """True positives, false positives, false negatives of abstaining."""
    row = [0.0, 0.0, 0.0]
    for i, region in enumerate(record.case.regions):
        if region.visible is None:
            continue
        abstained = record.said[i].abstains if record.failure is None else region.visible
        if not region.visible:
            row[0 if abstained else 2] += 1
        elif abstained:
            row[1] += 1
    return row


def _abstention(sums: Floats) -> Floats:
    held = sums[..., 0] + sums[..., 2]
    return divide(f1(sums) * held, held)
