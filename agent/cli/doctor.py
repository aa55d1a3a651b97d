"""What runs on this machine and why: the facts that ``focalface doctor`` shows."""

import importlib.util
import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

import PIL.Image

from focalface.agent.cli.first_run import NOTICE
from focalface.tools.errors import FocalFaceError
from focalface.tools.models import catalog
from focalface.tools.paths import home
from focalface.tools.settings import Settings
from focalface.tools.types import Frozen
from focalface.tools.workbench import Workbench

BASE = ("mcp", "langchain", "pydantic", "pillow", "insightface", "onnxruntime", "numpy")
EXTRAS = {
    "qwen": ("torch", "transformers", "peft", "accelerate"),
    "evals": ("inspect_ai", "sacrebleu", "rouge_score", "sklearn"),
    "video": ("av", "trackers"),
    "heic": ("pillow_heif",),
    "terminal": ("textual_image",),
    "data": ("pyarrow", "datasets"),
    "four-bit": ("bitsandbytes",),
    "train": ("torch", "onnx", "onnxscript", "tqdm"),
    "ray": ("ray",),
    "openai": ("langchain_openai",),
    "anthropic": ("langchain_anthropic",),
    "ollama": ("langchain_ollama",),
}
"""Extra -> the modules that it brings."""


class Finding(Frozen):
    """One fact; ``ok`` is False where something should be mended, and ``text`` says how."""

    name: str
    text: str
    ok: bool = True


def examine(settings: Settings) -> list[Finding]:
    """Return all findings; none raises."""
    return [
        Finding(name="focalface", text=f"{_version('focalface')}, MIT licence"),
        Finding(name="python", text=f"{platform.python_version()} at {sys.executable}"),
        Finding(name="system", text=f"{platform.platform()}, {os.cpu_count()} CPU cores"),
        Finding(name="packages", text=", ".join(f"{name} {_version(name)}" for name in BASE)),
        *_extras(),
        *_weights(),
        *_running(settings),
        Finding(name="user folder", text=f"{home()} (FOCALFACE_HOME moves it)"),
        Finding(
            name="network",
            text="never used, FOCALFACE_OFFLINE is set"
            if settings.offline
            else "used only by 'models fetch' and by remote models that you choose",
        ),
        Finding(name="notice", text=NOTICE),
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def _extras() -> Iterator[Finding]:
    for extra, modules in EXTRAS.items():
        missing = [name for name in modules if importlib.util.find_spec(name) is None]
        if not missing:
            text = "installed"
        else:
            text = f"not installed; get it with: pip install 'focalface[{extra}]'"
        yield Finding(name=f"extra {extra}", text=text)


def _weights() -> Iterator[Finding]:
    try:
        checks = catalog.verify()
    except FocalFaceError as error:
        yield Finding(name="weights", text=str(error), ok=False)
        return
    for check in checks:
        text = check.problem or f"{check.file.name} is whole"
        yield Finding(name=f"weights {check.model}", text=text, ok=check.problem is None)


def _running(settings: Settings) -> Iterator[Finding]:
    bench = Workbench(settings)
    yield _try("detector", lambda: _detector(bench))
    yield _try("describer", lambda: f"{bench.describer.name} on {bench.describer.device}")
    yield _try(
        "action units", lambda: ", ".join(sorted(bench.supported_aus, key=lambda c: int(c[2:])))
    )


def _detector(bench: Workbench) -> str:
    """Load the detector and let it look at an empty picture."""
    bench.detect(bench.open(PIL.Image.new("RGB", (64, 64))))
    return f"{bench.detector.source}, in insightface's SCRFD runtime, on the CPU"


def _try(name: str, fact: Callable[[], str]) -> Finding:
    try:
        return Finding(name=name, text=fact())
    except FocalFaceError as error:
        return Finding(name=name, text=str(error), ok=False)
