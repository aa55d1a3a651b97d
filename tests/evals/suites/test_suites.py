"""Each suite once, small, on the real tools."""

from pathlib import Path

import pytest

from focalface.agent.basics.answer import Claim
from focalface.evals.harness.reading import Result
from focalface.evals.harness.runner import PASSED, Plan, run, verdict
from focalface.evals.metrics.statistics import Bootstrap, ratio
from focalface.evals.records import FaceCase, FaceRecord, RegionCase, Said
from focalface.evals.subjects.registry import BadSubjectError
from focalface.evals.subjects.talking import Turn
from focalface.evals.suites import answers, closer, fairness, judge
from focalface.evals.suites.planning import attribute_f1
from focalface.tools.face.regions import BASIC


def one(name: str, logs: Path, **options) -> Result:
    [result] = run(Plan((name,), options, logs))
    assert verdict([result]).code == PASSED, verdict([result]).reasons
    return result


def test_detection_finds_the_portrait_in_all_formats(tmp_path: Path):
    result = one("detection", tmp_path, limit=6)
    assert result.figures["opened_rightly"].value == 1
    assert result.figures["recall"].value > 0.5


def test_the_atlas_puts_true_points_into_their_regions_and_knows_its_sides(tmp_path: Path):
    figures = one("regions", tmp_path).figures
    assert figures["side_right"].value == 1
    assert figures["points_inside"].value > 0.5
    assert figures["name_accuracy"].value > 0.9
    assert figures["proposal_precision"].value > 0.8


def test_planning_and_answers_hold_a_conversation(tmp_path: Path):
    assert one("planning", tmp_path, limit=4).figures["refusal_accuracy"].n == 4
    assert one("answers", tmp_path, limit=2, seed=1).figures["answered"].n > 0


def test_the_server_keeps_its_protocol(tmp_path: Path):
    assert one("protocol", tmp_path, limit=8).figures["right"].value == 1


def test_speed_is_measured_as_ratios_of_both_sides(tmp_path: Path):
    figures = one("speed", tmp_path, limit=1).figures
    assert figures["20 regions / whole-face loop"].value < 1
    assert {f"{k} regions / 1 region" for k in (2, 4, 8, 20, 30)} <= figures.keys()
    assert {"2 faces / 1 face", "4x pixels / 1x"} <= figures.keys()
    assert all(f.value > 0 for f in figures.values())


def test_robustness_describes_each_face_in_every_change(tmp_path: Path):
    result = one("robustness", tmp_path, limit=1)
    assert result.wanted == 1 + 9 * 5


def test_fairness_reports_groups(tmp_path: Path):
    assert any("@pose=" in name for name in one("fairness", tmp_path).figures)


def test_a_gap_is_the_distance_of_the_best_and_the_worst_group():
    first = ratio([1, 1, 0, 0], [1, 1, 0, 0])
    second = ratio([0, 0, 1, 0], [0, 0, 1, 1])
    figure = Bootstrap(4).figure(fairness.gap([first, second]))
    assert figure is not None
    assert figure.value == pytest.approx(0.5)
    assert figure.better == "lower"


def test_a_small_run_of_the_judge_still_tests_the_judge(tmp_path: Path):
    result = one("judge", tmp_path, model="judges:fair", limit=1)
    assert result.wanted == 2
    assert {"reference_agreement", "order_consistency", "fluency"} <= result.figures.keys()


def test_a_judge_is_itself_judged_in_both_orders(tmp_path: Path):
    fair = one("judge", tmp_path, model="judges:fair").figures
    assert fair["reference_agreement"].value > 0.8
    assert fair["order_consistency"].value == 1
    assert fair["focus"].value == 10
    partial = one("judge", tmp_path, model="judges:first_one", limit=20).figures
    assert partial["reference_agreement"].value == 0.5
    assert partial["order_consistency"].value == 0


@pytest.mark.parametrize(
    "answer", ["", "no", '{"focus": 3}', judge.load("judge_score").text.replace("10", "11")]
)
def test_a_judge_that_gives_no_five_grades_fails_its_sample(answer: str):
    with pytest.raises(BadSubjectError, match="judge"):
        judge.grades(answer)


@pytest.mark.parametrize(
    ("alternatives", "got", "want"),
    [
        ([["AU12"]], ["AU12"], 1),
        ([["AU12"]], [], 0),
        ([[]], [], 1),
        ([["genuineness"], ["AU6", "AU12"]], ["AU6"], 2 / 3),
        ([["AU12"]], ["AU12", "AU6"], 2 / 3),
    ],
)
def test_attributes_are_held_against_the_nearest_alternative(alternatives, got, want):
    assert attribute_f1(alternatives, got) == pytest.approx(want)


@pytest.fixture(scope="module")
def turn(tmp_path_factory: pytest.TempPathFactory) -> Turn:
    from focalface.evals.subjects.talking import talk

    return talk("astronaut", ["Is she smiling?"], model=None, describer=None)[0]


def test_a_claim_stands_only_on_evidence_that_bears_it_out(turn: Turn):
    mouth = next(d.region.id for d in turn.seen if d.region.name == "mouth")
    true = Claim(text="The lip corners are pulled up (AU12).", evidence=(mouth,))
    false = Claim(text="There is no smile here (AU12).", evidence=(mouth,))
    bare = Claim(text="The lip corners are pulled up (AU12).", evidence=())
    unknown = Claim(text="The lip corners are pulled up (AU12).", evidence=("reg-none",))
    assert answers.is_supported(true, turn)
    assert not answers.is_contradicted(true, turn)
    assert answers.is_contradicted(false, turn)
    assert not any(answers.is_supported(c, turn) for c in (false, bare, unknown))


def look(face: str, levels: dict[str, float], whole: float, mouth: float) -> dict:
    """A record of a face whose AU12 was read as ``whole`` on the face and ``mouth`` there."""
    said = {
        name: Said(
            name=name, inside=("mouth",), pixels=60, visibility=1, text="x", units={"AU12": value},
            not_assessed=(), emotion=None, age=None, limits=(),
        )
        for name, value in (("face", whole), ("mouth", mouth))
    }  # fmt: skip
    case = FaceCase(
        id=face,
        picture="x",
        regions=(RegionCase(target="face"), RegionCase(target="mouth")),
        units=levels,
    )
    return FaceRecord(case=case, said=tuple(said.values())).model_dump(mode="json")


def test_a_closer_look_is_at_every_region_whatever_the_data_drew():
    few = FaceCase(id="a", picture="a", regions=(RegionCase(target="chin"),), units={"AU12": 1.0})
    everywhere = closer.everywhere(few)
    assert [region.name for region in everywhere.regions] == ["face", *BASIC]
    assert everywhere.units == few.units


def test_a_closer_look_gains_where_the_region_knows_more_than_the_face():
    smiling, calm = {"AU12": 0.7}, {"AU12": 0.0}
    sees = [look(f"s{n}", smiling, 0.0, 0.7) for n in range(4)]
    sees += [look(f"c{n}", calm, 0.0, 0.0) for n in range(4)]
    figures = closer.SUITE.figures(sees)
    assert figures["gain[AU12]@mouth"].value == 1 and figures["gain"].value == 1
    assert figures["rescued"].value == 0.5 and figures["spoilt"].value == 0
    grid = closer.grids(figures)[0]
    assert grid.head == ("", "all", "mouth") and grid.rows[0][0] == "AU12"


def test_a_part_that_lacks_what_the_whole_tells_loses_and_agreement_is_zero():
    smiling = {"AU12": 0.7}
    loses = closer.SUITE.figures([look(f"s{n}", smiling, 0.7, 0.0) for n in range(4)])
    assert loses["gain"].value == -1 and loses["spoilt"].value == 1
    level = closer.SUITE.figures([look(f"s{n}", smiling, 0.7, 0.8) for n in range(4)])
    assert level["gain"].value == 0 and level["rescued"].value == 0


def test_too_few_positives_and_unknown_units_give_no_gain():
    few = closer.SUITE.figures([look("a", {"AU12": 0.7}, 0.0, 0.7)])
    assert "gain[AU12]@mouth" not in few
    assert "gain" not in closer.SUITE.figures([look("a", {"AU4": 0.7}, 0.0, 0.7)])
