"""Corpora of ``focalface data build``, built here out of made-up labels, under the suites."""

import json
import shutil
from pathlib import Path

import PIL.Image
import pytest
from skimage import data
from typer.testing import CliRunner

from focalface.agent.cli.app import build
from focalface.evals.datasets import corpora
from focalface.evals.records import FACE
from focalface.tools.describers.language.focal import Sizes
from focalface.tools.errors import UsageError
from focalface.tools.training.corpus import build as corpus
from focalface.tools.training.corpus import write
from focalface.tools.training.corpus.faces import Options

SUBJECTS = ("F001", "F002", "M003")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one portrait in BP4D's layout; units are made up, all subjects are tested on."""
    root = tmp_path_factory.mktemp("bp4d")
    face = PIL.Image.fromarray(data.astronaut()[0:260, 100:360])
    for subject in SUBJECTS:
        table = root / "AUCoding" / "AU_OCC" / f"{subject}_T1.csv"
        table.parent.mkdir(parents=True, exist_ok=True)
        table.write_text("0,4,6,12,25\n1,0,1,1,9\n", encoding="utf-8")
        picture = root / subject / "T1" / "1.png"
        picture.parent.mkdir(parents=True)
        face.save(picture)
    out = tmp_path_factory.mktemp("corpus")
    options = Options(regions=6, sizes=Sizes(224, 56), share_test=1.0)
    corpus.build([corpus.Source(root)], out, options)
    return out


def test_cases_are_the_faces_and_their_own_regions_with_texts(folder: Path):
    cases = corpora.faces(str(folder))
    assert [c.id for c in cases] == [f"bp4d/{s}/T1/1" for s in SUBJECTS]
    for case in cases:
        assert case.regions[0].target == FACE
        assert case.units == {"AU4": 0.0, "AU6": 0.5, "AU12": 0.5}
        assert case.unit_source == "human"
        assert all(len(region.references) == 1 for region in case.regions)
        names = [r.target for r in case.regions if isinstance(r.target, str)]
        assert len(names) == len({*names})
        assert Path(case.picture).is_file()


def test_our_own_wording_is_no_reference_once_somebody_wrote_about_a_face(folder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    lines = (copy / "test.jsonl").read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(lines) if json.loads(line)["task"] == "describe")
    sample = json.loads(lines[first])
    sample["truth"][0] |= {"kind": "written", "text": "A soft, level look."}
    lines[first] = json.dumps(sample)
    (copy / "test.jsonl").write_text("\n".join(lines), encoding="utf-8")
    said = [r.references for case in corpora.faces(str(copy)) for r in case.regions]
    assert [words for words in said if words] == [("A soft, level look.",)]


def test_truth_of_a_region_is_what_the_region_can_show(folder: Path):
    regions = [r for c in corpora.faces(str(folder)) for r in c.regions]
    assert all({*r.units} <= {"AU4", "AU6", "AU12"} for r in regions)
    assert any("AU12" not in r.units for r in regions)
    assert all(r.units == {} for r in regions if r.visible is False)


def test_the_suite_runs_on_a_built_corpus(folder: Path, tmp_path: Path):
    words = ["run", "describe", "--data", str(folder), "--limit", "2", "--format", "json"]
    done = CliRunner().invoke(build(), ["eval", *words, "--logs", str(tmp_path)])
    assert done.exit_code == 0, done.output
    entry = json.loads(done.stdout)["suites"]["describe"]
    assert (entry["samples"], entry["failed"]) == (2, 0)
    assert {"au_f1_macro", "chrf", "focus", "coverage"} <= entry["figures"].keys()
    assert any(name.startswith("au_f1_macro@") and "px" in name for name in entry["figures"])
    assert entry["arguments"]["data"] == folder.name


def test_parquet_alone_gives_the_same_cases(folder: Path, tmp_path: Path):
    pytest.importorskip("pyarrow")
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    write.parquet(copy)
    alone = tmp_path / "alone"
    shutil.copytree(copy / "parquet", alone / "parquet")
    plain, packed = corpora.faces(str(folder)), corpora.faces(str(alone))
    drop = {"picture"}
    assert [c.model_dump(exclude=drop) for c in plain] == [
        c.model_dump(exclude=drop) for c in packed
    ]
    assert Path(packed[0].picture).read_bytes() == Path(plain[0].picture).read_bytes()


def test_a_corpus_without_anything_to_test_on_says_so(folder: Path, tmp_path: Path):
    copy = tmp_path / "training"
    shutil.copytree(folder, copy)
    (copy / "test.jsonl").rename(copy / "train.jsonl")
    (copy / "validation.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="nothing to test on"):
        corpora.faces(str(copy))
    with pytest.raises(UsageError, match="no folds"):
        corpora.faces(str(folder), fold=1)
