"""The folds of DISFA and BP4D on small made-up folders in their layout."""

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from focalface.evals.datasets import corpora, protocols
from focalface.evals.harness.reading import Result
from focalface.evals.harness.runner import PASSED, Plan, run, verdict
from focalface.evals.metrics.statistics import Bootstrap
from focalface.evals.records import FACE, FaceRecord, Said, units_inside
from focalface.evals.suites import describe
from focalface.tools.errors import UsageError
from focalface.tools.face import facs
from focalface.tools.face.regions import BASIC

SUBJECTS = {"SN003": 1, "SN013": 2, "SN002": 3, "SN033": 0}
"""One subject of each fold, and one that the protocol does not name."""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def noise(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    grey = np.random.default_rng(0).integers(0, 255, (40, 40, 3), dtype=np.uint8)
    PIL.Image.fromarray(grey).save(path)


@pytest.fixture
def disfa(tmp_path: Path) -> Path:
    """Two frames a subject; AU12 at levels 1 and 2, AU4 and AU5 absent."""
    for subject in SUBJECTS:
        for unit, levels in (("12", (1, 2)), ("4", (0, 0)), ("5", (0, 0))):
            lines = "".join(f"{frame},{level}\n" for frame, level in enumerate(levels, 1))
            write(tmp_path / f"ActionUnit_Labels/{subject}/{subject}_au{unit}.txt", lines)
        for frame in (1, 2):
            noise(tmp_path / f"Images/{subject}/{frame:05}.png")
    return tmp_path


@pytest.fixture
def bp4d(tmp_path: Path) -> Path:
    """Two frames of one subject; AU12 is a trace (level 1) on the first."""
    write(tmp_path / "AUCoding/AU_OCC/F001_T1.csv", "0,6,12\n1,0,1\n2,9,0\n")
    write(tmp_path / "AUCoding/AU_INT/AU12/F001_T1_AU12.csv", "1,1\n2,0\n")
    for frame in (1, 2):
        noise(tmp_path / f"F001/T1/{frame}.png")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "sizes", "units"), [("disfa", [9, 9, 9], 8), ("bp4d", [13, 14, 14], 12)]
)
def test_nobody_is_in_two_folds(name: str, sizes: list[int], units: int):
    known = protocols.PROTOCOLS[name]
    assert [len(fold) for fold in known.folds] == sizes
    assert len({subject for fold in known.folds for subject in fold}) == sum(sizes)
    if name == "bp4d":
        everybody = [f"F{n:03}" for n in range(1, 24)] + [f"M{n:03}" for n in range(1, 19)]
        assert sorted(subject for fold in known.folds for subject in fold) == everybody
    assert len(known.units) == units
    assert {*known.units} <= {*facs.CODES}


@pytest.mark.parametrize("fold", [1, 2, 3])
def test_a_fold_is_the_pictures_of_its_subjects(disfa: Path, fold: int):
    cases = corpora.faces(str(disfa), fold=fold)
    subject = next(name for name, k in SUBJECTS.items() if k == fold)
    assert [c.id for c in cases] == [f"disfa/{subject}/1", f"disfa/{subject}/2"]


def test_without_a_fold_everything_is_taken_and_knows_its_fold(disfa: Path):
    cases = corpora.faces(str(disfa))
    assert {c.id.split("/")[1]: c.fold for c in cases} == SUBJECTS


def test_a_fold_of_a_set_without_folds_is_an_error(tmp_path: Path):
    noise(tmp_path / "26_1_2_2017.jpg")
    with pytest.raises(UsageError, match="folds"):
        corpora.faces(str(tmp_path), fold=1)
    with pytest.raises(UsageError, match="1, 2 and 3"):
        corpora.faces(str(tmp_path), fold=4)
    with pytest.raises(UsageError, match="no folds"):
        corpora.faces(None, fold=1)


def answered(case, **units: float) -> FaceRecord:
    """A record in which the describer said these units of the whole face and no others."""
    said = Said(
        name=FACE,
        inside=BASIC,
        pixels=40,
        visibility=1,
        text="x",
        units=units,
        not_assessed=(),
        emotion=None,
        age=None,
        limits=(),
    )
    return FaceRecord(case=case.model_copy(update={"regions": case.regions[:1]}), said=(said,))


def figures(records) -> dict[str, float]:
    found = describe.statistics([r.model_dump(mode="json") for r in records])
    return {k: f.value for k, f in Bootstrap(len(records)).figures(found).items()}


def test_disfa_counts_a_unit_from_level_two(disfa: Path):
    assert "AU12" in units_inside(BASIC)
    trace, clear = corpora.faces(str(disfa), fold=1)
    found = figures([answered(trace, AU12=0.0), answered(clear, AU12=0.9)])
    assert found["au_f1_protocol@fold 1"] == 1
    found = figures([answered(trace, AU12=0.9), answered(clear, AU12=0.9)])
    assert found["au_f1_protocol@fold 1"] == pytest.approx(2 / 3)


def test_bp4d_counts_a_unit_as_its_coders_do_however_weak(bp4d: Path):
    trace, absent = corpora.faces(str(bp4d))
    assert trace.units["AU12"] == pytest.approx(0.2)
    assert "AU6" not in absent.units
    found = figures([answered(trace, AU12=0.9), answered(absent, AU12=0.0)])
    assert found["au_f1_protocol@fold 3"] == 1
    assert found["au_f1[AU12]"] == 1


def test_the_mean_is_over_folds_and_leaves_out_whom_no_fold_names(disfa: Path):
    cases = corpora.faces(str(disfa))
    right = {1: 0.9, 2: 0.9, 3: 0.0, 0: 0.9}  # wrong in the third fold
    found = figures([answered(c, AU12=right[c.fold] * (c.units["AU12"] > 0.3)) for c in cases])
    assert [found[f"au_f1_protocol@fold {k}"] for k in (1, 2, 3)] == [1, 1, 0]
    assert found["au_f1_protocol"] == pytest.approx(2 / 3)


def test_a_unit_that_is_never_assessed_counts_as_missed(disfa: Path):
    cases = corpora.faces(str(disfa), fold=2)
    found = figures([answered(c, AU4=0.0) for c in cases])
    assert found["au_f1_protocol"] == 0
    assert "au_f1[AU12]" not in found or found["au_f1[AU12]"] == 0


def test_a_folder_in_the_layout_of_disfa_runs_through_the_suite(disfa: Path, tmp_path: Path):
    options = {"data": str(disfa), "fold": 3, "describer": "parrots:neutral"}
    result: Result
    [result] = run(Plan(("describe",), options, tmp_path / "logs"))
    assert verdict([result]).code == PASSED, verdict([result]).reasons
    assert result.wanted == 2
    assert result.figures["au_f1_protocol"].value == 0
    assert result.arguments["fold"] == 3
