"""How long the main job takes here: starting, detecting, describing few and many regions.

    python -m focalface.evals.benchmarks.main_job

Every number is the median and the best of several rounds; another load on the machine shows as the
distance between the two. Rounds use new pictures (one pixel differs), so that nothing is reused.
"""

import argparse
import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

import numpy as np
import PIL.Image
import skimage.data
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from focalface.tools.face.regions import ATLAS
from focalface.tools.pictures.images import Image
from focalface.tools.settings import Settings
from focalface.tools.types import Face
from focalface.tools.workbench import Workbench

ROUNDS = 20
STARTS = 3


def main() -> None:
    """Measure and print one line a number."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    _starts()
    _show("focalface demo, warm (target: 4000 ms)", _repeat(_demo, STARTS))
    bench, reader = Workbench(Settings(threads=2)), Workbench(Settings(threads=2))
    pictures = [_picture(bench, number) for number in range(5 * ROUNDS + 1)]
    first = pictures.pop()
    _read(reader, first, bench.detect(first)[0], 1)  # loads the models
    whole = [_time(_asking(bench, p, len(ATLAS))) for p in pictures[::5]]
    _show("detect and describe all atlas regions, 640 pixels (target: 40 ms)", whole)
    asked = [
        (_time(_asking(bench, p, 1)), _time(_asking(bench, q, 20)))
        for p, q in zip(pictures[3::5], pictures[4::5], strict=True)
    ]
    print(f"from the opened picture, twenty regions take {_ratio(asked):.2f} times as long as one")
    # The reader has not seen these faces, so each description includes the pass over the face.
    # In turns, so that a load on the machine meets both.
    pairs = [
        (_time(_reading(bench, reader, p, 1)), _time(_reading(bench, reader, q, 20)))
        for p, q in zip(pictures[1::5], pictures[2::5], strict=True)
    ]
    one, twenty = zip(*pairs, strict=True)
    _show("describe one region of a detected face", one)
    _show("describe twenty regions of a detected face", twenty)
    print(f"there, twenty regions take {_ratio(pairs):.2f} times as long as one (target: 1.3)")


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """Median of the second over median of the first."""
    one, twenty = zip(*pairs, strict=True)
    return float(statistics.median(twenty) / statistics.median(one))


def _asking(bench: Workbench, picture: Image, count: int) -> Callable[[], None]:
    return lambda: _read(bench, picture, bench.detect(picture)[0], count)


def _reading(bench: Workbench, reader: Workbench, picture: Image, count: int) -> Callable[[], None]:
    face = bench.detect(picture)[0]
    return lambda: _read(reader, picture, face, count)


def _read(reader: Workbench, picture: Image, face: Face, count: int) -> None:
    reader.describe(picture, face, ATLAS[:count])


def _picture(bench: Workbench, number: int) -> Image:
    """Return the astronaut at 640 x 640, with one pixel of its own."""
    portrait = PIL.Image.fromarray(skimage.data.astronaut()).resize((640, 640))
    pixels = np.array(portrait)
    pixels[0, 0] = number  # below 256: there are fewer pictures
    return bench.open(PIL.Image.fromarray(pixels))


BARE = """
from mcp.server import MCPServer
server = MCPServer("bare")
@server.tool()
def nothing() -> str:
    return ""
server.run("stdio")
"""
"""The least server that the SDK allows."""


def _starts() -> None:
    """What ``focalface serve`` costs until it has answered tools/list, beside a bare server."""
    servers = {"ours": ["-m", "focalface.agent", "serve"], "bare": ["-c", BARE]}
    spent: dict[str, list[float]] = {name: [] for name in servers}
    for _ in range(STARTS + 1):  # in turns, so that a load on the machine meets both
        for name, arguments in servers.items():
            spent[name].append(_cpu_of_serving(arguments))
    ours, bare = (min(spent[name]) for name in servers)
    print(
        f"focalface serve answers tools/list after {ours:.2f} s of CPU (target: 1.0); a server of "
        f"the SDK with one empty tool needs {bare:.2f} s"
    )


def _cpu_of_serving(arguments: list[str]) -> float:
    async def ask() -> None:
        async with Client(StdioServerParameters(command=sys.executable, args=arguments)) as client:
            await client.list_tools()

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    before = spent()
    asyncio.run(ask())
    return spent() - before


def _demo() -> None:
    command = [sys.executable, "-m", "focalface.agent", "demo"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(command, cwd=folder, capture_output=True, check=True)


def _repeat(work: Callable[[], None], rounds: int) -> list[float]:
    work()  # warms the disk's cache
    return [_time(work) for _ in range(rounds)]


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _show(what: str, milliseconds: Sequence[float]) -> None:
    middle, best = statistics.median(milliseconds), min(milliseconds)
    print(f"{what}: median {middle:.1f} ms, best {best:.1f} ms of {len(milliseconds)}")


if __name__ == "__main__":
    main()
