"""The batch on Ray: the same rows as without it."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from focalface.tools.batch import inputs, ray_engine, run, workers
from focalface.tools.batch.columns import column_names
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


class Deadly(ray_engine._Worker):
    """Dies once, in the middle of its block; notes every file that it is given."""

    def __call__(self, row: dict[str, Any]) -> Any:
        log = Path(os.environ["FOCALFACE_TEST_LOG"])
        name = os.fsdecode(row["path"])
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{Path(name).name}\n")
        if name.endswith("face1.png") and not log.with_suffix(".died").exists():
            log.with_suffix(".died").touch()
            os._exit(1)
        yield from super().__call__(row)


def test_a_worker_that_is_killed_costs_its_own_block_and_no_row(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ray

    log = tmp_path / "read.txt"
    monkeypatch.setenv("FOCALFACE_TEST_LOG", str(log))
    monkeypatch.setattr(ray_engine, "BLOCK", 2)
    monkeypatch.setattr(ray_engine, "_Worker", Deadly)
    ray.shutdown()  # workers get the environment that their Ray was started in
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    spread = rows_of(folder, tmp_path / "ray.jsonl", ray_engine.engine(None))
    assert [Path(row["file"]).name for row in spread] == [
        "face0.png",
        "face1.png",
        "nobody.png",
        "torn.jpg",
    ]
    read = sorted(log.read_text(encoding="utf-8").split())
    assert read == ["face0.png"] * 2 + ["face1.png"] * 2 + ["nobody.png", "torn.jpg"]


def test_tables_of_paths_go_in_and_tables_of_readings_come_out_by_ray_alone(
    folder: Path, tmp_path: Path
) -> None:
    import pyarrow.parquet

    data = ray_engine._started(None, 1)
    pictures = sorted(str(one) for one in (folder / "deep").glob("*.*g"))
    pyarrow.parquet.write_table(pyarrow.table({"photo": pictures}), tmp_path / "in.parquet")
    job = Job(Settings(threads=1), ["mouth"])
    told = ray_engine.describe_paths(
        data.read_parquet(str(tmp_path / "in.parquet")), job, "photo", workers=1
    )
    told.write_parquet(str(tmp_path / "out"))
    table = pyarrow.parquet.read_table(tmp_path / "out")
    assert tuple(table.column_names) == column_names(["mouth"])
    rows = {Path(row["input"]).name: row for row in table.to_pylist()}
    assert rows["face0.png"]["AU12"] > 0.5 and rows["nobody.png"]["success"] == 0
    assert "cut off" in rows["torn.jpg"]["error"]
    assert rows["nobody.png"]["AU12"] is None


@pytest.mark.parametrize("address", [None, "127.0.0.1:1"], ids=["our own", "a cluster's"])
def test_a_ray_that_does_not_start_is_one_sentence_with_what_to_do(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    import ray

    ray.shutdown()
    tries = []

    def refused(**_: object) -> None:
        tries.append(1)
        raise ConnectionError("The current node timed out during startup\nTraceback ...")

    monkeypatch.setattr(ray, "init", refused)
    with pytest.raises(RemoteError, match=r"timed out.*run it again.*/dev/shm.*--address") as told:
        rows_of(folder, tmp_path / "out.jsonl", ray_engine.engine(address))
    assert "\n" not in str(told.value)
    assert len(tries) == (1 if address else 2)  # one of our own fails now and then
