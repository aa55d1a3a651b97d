"""Hidden parts told and free parts kept, counted on made-up records."""

from typing import Any

import pytest

from focalface.evals.metrics import hidden
from focalface.evals.metrics.statistics import Bootstrap
from focalface.evals.records import FaceCase, FaceRecord, Said


def said(name: str, visibility: float) -> Said:
    nothing: dict[str, Any] = {"units": {}, "not_assessed": (), "emotion": None, "age": None}
    return Said(
        name=name, inside=(), pixels=40.0, visibility=visibility, text="", limits=(), **nothing
    )


def record(truth: dict[str, bool] | None, *parts: Said, failure: str | None = None) -> FaceRecord:
    case = FaceCase(id="a", picture="a.png", hidden=truth)
    return FaceRecord(case=case, said=parts, failure=failure)


def figures(*records: FaceRecord) -> dict[str, float]:
    found = hidden.statistics(records)
    return {name: f.value for name, f in Bootstrap(len(records)).figures(found).items()}


def test_a_part_is_told_when_one_of_its_regions_is_mostly_hidden():
    one_eye = record({"eyes": True}, said("left_eye", 1.0), said("right_eye", 0.2))
    missed = record({"eyes": True}, said("left_eye", 1.0), said("right_eye", 0.6))
    assert figures(one_eye, missed)["hidden_found[eyes]"] == pytest.approx(0.5)


def test_a_free_part_that_is_called_hidden_is_a_false_alarm():
    alarm = record({}, said("mouth", 0.1))
    fine = record({"mouth": False}, said("mouth", 0.9))
    found = figures(alarm, fine, fine)
    assert found["free_kept[mouth]"] == pytest.approx(2 / 3)
    assert "hidden_found[mouth]" not in found


def test_faces_that_nobody_coded_and_regions_that_nobody_asked_about_do_not_count():
    assert figures(record(None, said("mouth", 0.1)), record({"mouth": True})) == {}


def test_a_failed_sample_tells_nothing():
    assert figures(record({"mouth": True}, failure="broken"))["hidden_found[mouth]"] == 0
