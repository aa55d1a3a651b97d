"""One log, three formats, and the command line around them."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from focalface.agent.cli.app import build
from focalface.evals.harness import compare as comparing
from focalface.evals.harness.reading import Result, baseline, read_log
from focalface.evals.harness.runner import MISSED, PASSED, Plan, run, verdict
from focalface.evals.harness.suite import DEFAULT, NAMES, suite
from focalface.evals.metrics.statistics import Estimate
from focalface.evals.report import html, markdown, summary, svg
from focalface.tools.errors import UsageError


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module")
def result(logs: Path) -> Result:
    [found] = run(Plan(("describe",), {"describer": "parrots:whole_face", "limit": 5}, logs))
    return found


def plain(table: str) -> str:
    """A table without the blanks that make its columns line up."""
    return re.sub(" +", " ", table)


class Tags(HTMLParser):
    """Checks that every opened tag is closed, and notes what a page loads from elsewhere."""

    def __init__(self):
        super().__init__()
        self.open, self.kinds, self.loaded = [], set(), []

    def handle_starttag(self, tag, attrs):
        self.kinds.add(tag)
        self.loaded += [v for k, v in attrs if k in ("src", "href") and not v.startswith("#")]
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.kinds.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing(result: Result):
    tags = Tags()
    tags.feed(html.html([result], ["describe.focus>=0.9: it is 0.3"]))
    tags.close()
    assert tags.open == []
    assert tags.loaded == []
    assert {"svg", "table", "polygon"} <= tags.kinds
    assert not {"script", "img", "link"} & tags.kinds


def test_all_formats_hold_the_figures_of_the_log(result: Result, logs: Path):
    again = read_log(logs / result.log)
    assert again.figures == result.figures
    data = summary.summary([again])
    assert data["suites"]["describe"]["figures"]["focus"] == result.figures["focus"].as_json()
    shown = f"{result.figures['focus'].value:.3f}"
    assert f"| focus ↑ | {shown} |" in plain(markdown.markdown(data))
    assert f"<td class=n>{shown}</td>" in html.html([again])


def test_a_report_says_where_its_figures_come_from(result: Result):
    facts = summary.summary([result])["suites"]["describe"]["facts"]
    assert facts["describer"] == "parrot"
    assert len(facts["weights"]["detector.onnx"]) == 64
    assert facts["packages"]["inspect-ai"]
    assert all("@" in prompt for prompt in facts["prompts"])


def test_a_written_report_serves_as_the_baseline_of_the_same_run(result: Result, tmp_path: Path):
    file = tmp_path / "baseline.json"
    file.write_text(json.dumps(summary.summary([result])), encoding="utf-8")
    before = baseline(file)
    assert verdict([result], baseline=before).code == PASSED
    worse = Estimate(1.0, 0.99, 1.0, 50)
    assert verdict([result], baseline={"describe": {"focus": worse}}).code == MISSED


def test_a_page_of_every_suite_with_plots_can_be_drawn():
    figure = Estimate(0.5, 0.4, 0.6, 10)
    assert svg.bars({"AU1": figure}, "bars").startswith("<svg")
    assert "NaN" not in svg.reliability([(0.5, 0.4, 3), (0.9, 1.0, 5)])
    assert svg.matrix([[3, 0, 1]], ["a"], ["a", "b", "no answer"]).count("<rect") == 3
    assert "mouth: 0.250" in svg.face({"mouth": 0.25}, 0, 1, "face")
    assert svg.lines({"blur": [(0, 1), (5, 0.2)]}, "lines", 1.0).count("<path") == 2


def test_robustness_and_speed_show_their_figures_side_by_side():
    figure = Estimate(0.5, 0.4, 0.6, 10)
    [grid] = suite("robustness").grids({"emotion_accuracy@blur 0": figure})
    assert grid.head == ("change", "0", "1", "2", "3", "4", "5")
    assert grid.rows[0] == ("blur", "0.500", "", "", "", "", "")
    [grid] = suite("speed").grids({"8 regions / whole-face loop": figure})
    assert [row[0] for row in grid.rows] == ["1", "2", "4", "8", "20", "30"]
    assert grid.rows[3] == ("8", "", "", "0.500", "", "")
    assert markdown.aligned(("a", "bb"), [("x", "1.0")], "lr")[1] == "| --- | --: |"


def test_every_suite_declares_what_the_front_end_passes_on():
    for name in NAMES:
        found = suite(name)
        assert found.name == name
        assert found.headline
        assert "limit" in found.accepts
    assert set(NAMES) - set(DEFAULT) == {"judge", "closer"}
    with pytest.raises(UsageError, match="detection"):
        suite("nothing")


def call(*words: str):
    return CliRunner().invoke(build(), ["eval", *words])


def test_the_command_ends_with_the_code_of_the_verdict(tmp_path: Path):
    run_ = ("run", "describe", "--limit", "2", "--logs", str(tmp_path), "--format", "json")
    good = call(*run_, "--describer", "parrots:neutral")
    assert good.exit_code == 0, good.output
    assert json.loads(good.stdout)["suites"]["describe"]["samples"] == 2
    missed = call(
        *run_, "--describer", "parrots:neutral", "--resume", "--threshold", "describe.focus<=0.1"
    )
    assert missed.exit_code == 1
    assert call(*run_, "--describer", "parrots:raising").exit_code == 2
    assert call(*run_, "--describer", "parrots:nothing").exit_code == 2
    assert call("run", "judge", "--logs", str(tmp_path)).exit_code == 2


def test_logs_are_listed_reported_and_compared(result: Result, logs: Path, tmp_path: Path):
    log = str(logs / result.log)
    assert "describe" in call("list").stdout
    out = tmp_path / "deep" / "report.html"
    assert call("report", log, "--format", "html", "--out", str(out)).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    same = call("compare", log, log)
    assert same.exit_code == 0
    assert "same within their intervals" in same.stdout


def test_a_comparison_names_only_what_changed():
    old, new = Estimate(0.9, 0.8, 1, 9), Estimate(0.5, 0.4, 0.6, 9)
    changes = comparing.unpaired({"s": {"a": old, "b": old}}, {"s": {"a": new, "b": old}})
    table = markdown.changes_table(changes)
    assert "| s.a | 0.900 | 0.500 | worse |" in plain(table)
    assert "s.b" not in table
    assert "1 figures are the same" in table
