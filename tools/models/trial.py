"""Runs a foreign ONNX file once in a process of its own, under limits of time and memory.

A graph can loop for ever or ask for any amount of memory, and onnxruntime has no limit of its own.
What survives one run here may run in our process; what does not ends with its child.

    python -m focalface.tools.models.trial FILE SECONDS MEGABYTES     what the child does
"""

import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from focalface.tools import collectors
from focalface.tools.errors import ModelDamagedError

SECONDS, MEGABYTES = 60, 4096
"""Processor time and memory that one run may take; a detector needs a second and 400 MB."""
SLOWER = 4
"""Seconds of waiting for one of processor time, since others use the machine too."""
SIDE = 640
"""What a free side of an input is taken for."""


@lru_cache(maxsize=32)
def passed(path: Path, sha256: str, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> None:
    """Let a file run once on an empty picture; once for each content (``sha256``) of it.

    Raises ``ModelDamagedError`` when it fails or goes beyond a limit.
    """
    command = [sys.executable, "-m", __name__, str(path), str(seconds), str(megabytes)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SLOWER * seconds
        )
    except subprocess.TimeoutExpired:
        raise _refused(path, f"it was not done after {SLOWER * seconds} seconds") from None
    if done.returncode < 0:
        limits = f"{seconds} seconds or {megabytes} MB were not enough"
        raise _refused(path, limits)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _refused(path, (said or ["it ended without a word"])[-1][:200])


def _refused(path: Path, why: str) -> ModelDamagedError:
    return ModelDamagedError(
        f"'{path}' cannot be loaded as an ONNX model and run once ({why}); "
        "fetch it again or choose another file."
    )


def _limit(seconds: int, megabytes: int) -> None:
    """Ask the system to end this process beyond the limits; Windows knows no such limits."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run_once(path: str) -> None:
    import numpy as np
    import onnxruntime

    from focalface.tools.models.onnx import options

    session = onnxruntime.InferenceSession(path, options(1), providers=["CPUExecutionProvider"])
    kinds = {"tensor(float)": np.float32, "tensor(uint8)": np.uint8, "tensor(double)": np.float64}
    feed = {}
    for given in session.get_inputs():
        shape = [side if isinstance(side, int) and side > 0 else SIDE for side in given.shape]
        if len(shape) > 2 and not isinstance(given.shape[0], int):
            shape[0] = 1
        feed[given.name] = np.zeros(shape, kinds.get(given.type, np.float32))
    session.run(None, feed)


def main() -> int:
    """Run the file named on the command line; 0 when it ends well."""
    path, seconds, megabytes = sys.argv[1:]
    collectors.switch_off()
    _limit(int(seconds), int(megabytes))
    try:
        _run_once(path)
    except Exception as error:  # noqa: BLE001 - a foreign graph raises what it likes
        lines = str(error).splitlines() or [type(error).__name__]
        sys.stderr.write(f"{lines[0]}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
