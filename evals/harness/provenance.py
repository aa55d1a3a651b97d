"""Where a figure comes from: commit, packages, weight files, prompts, machine."""

import hashlib
import platform
import subprocess
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from focalface.prompts import loader
from focalface.tools.paths import WEIGHTS

_PACKAGES = (
    "focalface",
    "inspect-ai",
    "numpy",
    "onnxruntime",
    "insightface",
    "pillow",
    "mcp",
    "langchain",
    "sacrebleu",
    "rouge-score",
    "nltk",
    "torch",
    "transformers",
    "mediapipe",
    "opencv-python",
)


@cache
def provenance() -> dict[str, Any]:
    """Return facts for the log; file names only, never a path of this machine."""
    return {
        "commit": _commit(),
        "packages": {name: v for name in _PACKAGES if (v := _version(name))},
        "weights": {p.name: sha256(p) for p in sorted(WEIGHTS.glob("*.onnx"))},
        "prompts": sorted(loader.load(p.stem).id for p in loader.FOLDER.glob("*.md")),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }


def sha256(path: Path) -> str:
    """Return hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _commit() -> str:
    """Return the commit that runs, with ``+`` when files differ from it; empty outside a
    repository."""
    folder = Path(__file__).resolve().parent

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, text=True, check=False
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    try:
        commit = git("rev-parse", "HEAD")
        return commit + ("+" if commit and git("status", "--porcelain", "-uno") else "")
    except OSError:
        return ""
