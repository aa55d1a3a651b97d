"""What a batch costs: faces a second, what a second worker brings, memory over many files.

``python -m focalface.evals.benchmarks.batch`` measures on a portrait that comes with a dependency;
``--files 100000`` makes that many links to copies of it for the memory. Run it on a quiet machine.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import PIL.Image
import skimage.data

from focalface.tools.face.regions import BASIC

CALLS = 60
"""Files of one measurement of the rate; the first worker's start is taken off."""
LINKS = 10_000
"""Names that one file gets; file systems allow some 65,000."""


def main() -> None:
    """Print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=1_000, help="files for the memory")
    parser.add_argument("--calls", type=int, default=CALLS, help="files for the rate")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        few = _pictures(folder / "few", asked.calls)
        (one, core), (two, _) = (_rate(few, folder / f"{jobs}.jsonl", jobs) for jobs in (1, 2))
        print(f"faces a second, all {len(BASIC)} regions, one job: {one:.1f} (goal: 40 with two)")
        print(f"faces a second, two jobs: {two:.1f}, {two / one:.2f} times one (goal: 1.8)")
        print(f"faces a second of CPU, which other programs slow down less: {core:.1f}")
        many = _pictures(folder / "many", asked.files)
        _run(many, folder / "many.csv", 2, ["face"])
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"most memory of a process over {asked.files} files: {peak:.0f} MB (goal: 1,000)")


def _pictures(folder: Path, count: int) -> Path:
    """Return a folder of as many files of their own, all of one face (hard links cost no room)."""
    folder.mkdir()
    portrait = PIL.Image.fromarray(skimage.data.astronaut())
    for number in range(count):
        path = folder / f"{number}.png"
        if number % LINKS == 0:
            first = path
            portrait.save(first)
        else:
            path.hardlink_to(first)
    return folder


def _rate(pictures: Path, out: Path, jobs: int) -> tuple[float, float]:
    """Return faces a second, and faces a second of CPU.

    The start of the program and its networks is measured and taken off.
    """
    first = _pictures(out.with_suffix(".start"), jobs)
    start = _run(first, out.with_name(f"start-{out.name}"), jobs, list(BASIC))
    took = _run(pictures, out, jobs, list(BASIC))
    count = sum(len(json.loads(line)["faces"]) for line in out.open(encoding="utf-8"))
    wall, core = (max(took[i] - start[i], 1e-9) for i in (0, 1))
    return (count - jobs) / wall, (count - jobs) / core


def _run(pictures: Path, out: Path, jobs: int, regions: list[str]) -> tuple[float, float]:
    """Return the seconds that passed, and those of CPU."""
    names = [part for name in regions for part in ("-r", name)]
    command = [sys.executable, "-m", "focalface.agent", "batch", str(pictures), "--threads", "1"]
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, "-o", str(out), "-j", str(jobs), *names], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begun, spent


if __name__ == "__main__":
    main()
