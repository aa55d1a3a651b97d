"""Groups, gaps and what is said of them, on records written by hand."""

import pytest

from focalface.evals.metrics.statistics import Bootstrap
from focalface.evals.records import FACE, FaceCase, FaceRecord, RegionCase, Said
from focalface.evals.suites import fairness
from focalface.tools.types import AgeEstimate


def record(number: int, group: str, off: float) -> dict:
    """A face of 30 years in a group, guessed ``off`` years too old."""
    years = 30 + off
    said = Said(
        name=FACE,
        inside=(),
        pixels=40,
        visibility=1,
        text="A face.",
        units={},
        not_assessed=(),
        emotion=None,
        age=AgeEstimate(years=years, low=years - 5, high=years + 5, group="30-39"),
        limits=(),
    )
    case = FaceCase(
        id=str(number),
        picture="none",
        regions=(RegionCase(target=FACE),),
        age=30,
        groups={"gender": group},
    )
    return FaceRecord(case=case, said=(said,)).model_dump(mode="json")


def records(**groups: tuple[int, float]) -> list[dict]:
    found = []
    for group, (count, off) in groups.items():
        found += [record(len(found) + i, group, off) for i in range(count)]
    return found


def figures(rows):
    return Bootstrap(len(rows)).figures(fairness.statistics(rows))


def test_a_gap_is_between_the_best_and_the_worst_large_group_and_names_them():
    rows = records(female=(25, 6.0), male=(30, 2.0), other=(3, 40.0))
    found = figures(rows)
    assert found["age_mae_gap@gender"].value == pytest.approx(4)
    assert found["age_mae@gender=other"].value == pytest.approx(40)
    notes = fairness.notes(rows)
    assert "age_mae by gender: worst female 6.000 (25 faces), best male 2.000 (30 faces)." in notes


def test_a_group_that_is_too_small_is_said_to_be():
    rows = records(female=(25, 6.0), male=(fairness.SMALLEST - 1, 2.0))
    assert not any("_gap@" in name for name in figures(rows))
    [note] = [n for n in fairness.notes(rows) if "too few" in n]
    assert note.startswith("gender=male")
    assert "age_mae 19" in note
    assert "20 are needed" in note


def test_data_without_groups_says_that_there_is_nothing_to_compare():
    rows = records(female=(1, 0.0))
    rows[0]["case"]["groups"] = {}
    assert figures(rows) == {}
    assert "no audit groups" in fairness.notes(rows)[0]
