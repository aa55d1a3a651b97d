"""Running, resuming and judging runs."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from focalface.agent.cli.app import build
from focalface.evals.harness import thresholds
from focalface.evals.harness.compare import paired, regressions, unpaired
from focalface.evals.harness.reading import baseline, read_log
from focalface.evals.harness.runner import BROKEN, Plan, run, verdict
from focalface.evals.metrics.statistics import Estimate
from focalface.tools.errors import UsageError

HERE = Path(__file__).parents[1]
SLOW = '''
import os
from pathlib import Path
import parrots

def slow():
    """Notes each face it is asked about, and waits while a file says so."""
    import time
    inner = parrots.neutral()
    class Slow(parrots.Parrot):
        def describe(self, image, face, regions, **options):
            with open(os.environ["NOTES"], "a", encoding="utf-8") as notes:
                notes.write(f"{face.id} {len(regions)}\\n")
            notes = Path(os.environ["NOTES"])
            while len(notes.read_text().splitlines()) > 3 and Path(os.environ["HOLD"]).exists():
                time.sleep(0.05)
            return inner.describe(image, face, regions)
    return Slow(None)
'''


def test_a_killed_run_resumes_without_repeating_or_losing_a_finished_face(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    notes, hold, logs = tmp_path / "notes", tmp_path / "hold", tmp_path / "logs"
    hold.touch()
    paths = os.pathsep.join([str(tmp_path), str(HERE)])
    given = {"NOTES": str(notes), "HOLD": str(hold), "PYTHONPATH": paths}
    words = ["eval", "run", "describe", "--describer", "slow:slow", "--logs", str(logs), "--resume"]
    words += ["--format", "json"]
    call = [sys.executable, "-m", "focalface.agent", *words]
    first = subprocess.Popen(call, env=os.environ | given, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not notes.is_file() or len(notes.read_text(encoding="utf-8").splitlines()) < 4:
        assert first.poll() is None, "the run ended before it could be killed"
        assert time.monotonic() < deadline, "the run did not start"
        time.sleep(0.1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    hold.unlink()
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.syspath_prepend(str(tmp_path))
    again = CliRunner().invoke(build(), words)
    assert again.exit_code == 0, again.output
    assert "resuming" in again.stderr
    asked = Counter(notes.read_text(encoding="utf-8").splitlines())
    # Three faces were finished, the fourth was under way: it alone is asked about twice.
    assert sorted(asked.values()) == [1] * 10 + [2]
    assert json.loads(again.stdout)["suites"]["describe"]["samples"] == 11


def test_failed_samples_are_run_again_and_good_ones_are_kept(tmp_path: Path):
    plan = Plan(("describe",), {"describer": "parrots:raising", "limit": 2}, tmp_path)
    said: list[str] = []
    run(plan)
    run(Plan(plan.suites, plan.options, tmp_path, resume=True), said.append)
    assert said == ["describe: resuming"]
    good = Plan(("describe",), {"describer": "parrots:neutral", "limit": 2}, tmp_path, resume=True)
    said.clear()
    run(good, said.append)
    run(good, said.append)
    assert said == ["describe: running", "describe: already complete"]


def test_no_suite_is_no_success():
    assert verdict([]).code == BROKEN


@pytest.mark.parametrize("text", ["emotion>=0.5", "describe.x=0.5", "describe.x>=high", ""])
def test_a_threshold_that_cannot_be_read_says_how_to_write_it(text: str):
    with pytest.raises(UsageError, match=r"describe\.emotion_accuracy>=0\.65"):
        thresholds.parse(text)


def test_thresholds_know_slices_and_both_directions():
    parsed = thresholds.parse("detection.recall@16-32 px <= 0.5")
    assert (parsed.suite, parsed.figure, parsed.bound) == ("detection", "recall@16-32 px", 0.5)
    assert parsed.holds(0.5)
    assert not parsed.holds(0.51)


def figure(value: float, better="higher", spread: float = 0.1) -> Estimate:
    return Estimate(value, value - spread, value + spread, 50, better)


def test_a_regression_is_worse_beyond_the_interval_or_gone():
    before = {"s": {"a": figure(0.8), "b": figure(5, "lower"), "c": figure(0.5), "d": figure(1)}}
    after = {"s": {"a": figure(0.75), "b": figure(6, "lower"), "c": figure(0.7), "e": figure(1)}}
    changes = {c.figure: c.verdict for c in unpaired(before, after)}
    assert changes == {"a": "same", "b": "worse", "c": "better", "d": "gone", "e": "new"}
    assert {c.figure for c in regressions(unpaired(before, after))} == {"b", "d"}


def test_two_runs_over_the_same_faces_are_compared_face_by_face(tmp_path: Path):
    runs = [
        run(Plan(("describe",), {"describer": f"parrots:{d}"}, tmp_path))[0]
        for d in ("neutral", "whole_face")
    ]
    changes = {c.figure: c for c in paired(*runs)}
    assert changes["focus"].verdict == "worse"
    assert changes["coverage"].verdict == "better"
    assert changes["focus"].high is not None
    assert changes["focus"].high < 0
    assert {c.verdict for c in paired(runs[0], runs[0])} == {"same"}


def test_a_file_that_is_no_log_or_baseline_is_said_so(tmp_path: Path):
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError, match="no baseline"):
        baseline(wrong)
    with pytest.raises(UsageError, match="no log"):
        read_log(tmp_path / "nothing.eval")
    with pytest.raises(UsageError, match="not an Inspect log"):
        read_log(wrong)
