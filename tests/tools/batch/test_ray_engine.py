"""The batch on Ray: the same rows as without it."""

import json
from pathlib import Path
from typing import Any

import pytest

from focalface.tools.batch import inputs, ray_engine, run, workers
from focalface.tools.batch.job import Job
from focalface.tools.batch.outputs import open_output
from focalface.tools.errors import RemoteError
from focalface.tools.settings import Settings

pytest.importorskip("ray", reason="needs the extra 'ray'")
pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own


def rows_of(folder: Path, out: Path, engine: run.Engine) -> list[dict[str, Any]]:
    job = Job(Settings(threads=1), ["mouth"])
    with open_output(str(out), job, job.region_names) as output:
        files = inputs.find_files([folder]).files
        state = list(run.run(files, job, output, jobs=2, engine=engine))[-1]
    assert (state.done, state.failed, state.faces) == (4, 1, 2)
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    for reading in (r for row in rows for face in row["faces"] for r in face["descriptions"]):
        reading.pop("milliseconds")
    return rows


def test_ray_gives_the_rows_that_processes_give_in_the_same_order(
    folder: Path, tmp_path: Path
) -> None:
    spread = rows_of(folder, tmp_path / "ray.jsonl", ray_engine.engine(None))
    plain = rows_of(folder, tmp_path / "plain.jsonl", workers.run)
    assert spread == plain


def test_a_cluster_that_is_not_there_is_one_sentence_with_what_to_do(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ray

    ray.shutdown()

    def refused(**_: object) -> None:
        raise ConnectionError("Could not reach the head node\nTraceback ...")

    monkeypatch.setattr(ray, "init", refused)
    with pytest.raises(RemoteError, match=r"head node\).*--address") as raised:
        rows_of(folder, tmp_path / "out.jsonl", ray_engine.engine("127.0.0.1:1"))
    assert "\n" not in str(raised.value)
