"""The batch on Ray: the same records as without it."""

import json

import PIL.Image
import pytest

from focalface.tools.batch import run
from focalface.tools.settings import Settings

pytest.importorskip("ray", reason="needs the extra 'ray'")


def lines_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_ray_gives_the_records_that_threads_give_in_the_same_order(photo, tmp_path):
    (tmp_path / "b.png").write_bytes(photo.read_bytes())
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    PIL.Image.new("RGB", (64, 64)).save(tmp_path / "c.png")
    pictures = run.find_pictures([tmp_path])
    for name, on_ray in (("plain", False), ("ray", True)):
        out = tmp_path / f"{name}.jsonl"
        for state in run.run(pictures, out, Settings(), ["mouth"], jobs=2, on_ray=on_ray):
            last = state
        assert (last.done, last.failed) == (3, 1)
    plain, spread = lines_of(tmp_path / "plain.jsonl"), lines_of(tmp_path / "ray.jsonl")
    for record in plain + spread:
        for face in record["faces"]:
            for reading in face["descriptions"]:
                reading.pop("milliseconds")
    assert plain == spread
