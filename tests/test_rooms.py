"""The rooms of the house: each imports only rooms below it, and nothing runs in a circle."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("prompts", "tools", "agent", "evals")
ROOMS = (
    "prompts",
    "tools.errors",
    "tools.factories",
    "tools.stopping",
    "tools.collectors",
    "tools.files",
    "tools.pages",
    "tools.paths",
    "tools.forking",
    "tools.network",
    "tools.pictures.limits",
    "tools.settings",
    "tools.nearest",
    "tools.types",
    "tools.face",
    "tools.geometry",
    "tools.pictures",
    "tools.interfaces",
    "tools.models",
    "tools.weights",
    "tools.detection",
    "tools.describers.language",
    "tools.describers.embedded",
    "tools.describers.qwen",
    "tools.describers",
    "tools.proposing.region_selection",
    "tools.question",
    "tools.proposing",
    "tools.workbench",
    "tools",
    "tools.clips",
    "tools.batch",
    "tools.server",
    "tools.training.describer",
    "tools.training.detector",
    "tools.datasets",
    "tools.training.corpus",
    "tools.training.finetune",
    "tools.training.gpu_kit",
    "agent.basics",
    "agent.understanding",
    "agent.planning",
    "agent.mcp_client",
    "agent.composing",
    "agent.checking",
    "agent.conversation",
    "agent.clips",
    "agent.terminal",
    "agent.cli",
    "agent",
    "evals.records",
    "evals.metrics",
    "evals.harness",
    "evals.datasets",
    "evals.subjects",
    "evals.suites",
    "evals.report",
    "evals.cli",
    "evals.benchmarks",
    "evals",
)
"""From the ground up. A room may import those before it."""

SHARED = {
    "tools.describers.embedded.alignment": "tools.geometry",
    "tools.training.jpeg": "tools.training.describer",
    "tools.training.manifest": "tools.training.describer",
    "tools.training.published": "tools.training.describer",
    "tools.training.quantise": "tools.training.describer",
}
"""Modules that lie beside those that they serve, and the room whose rules hold for them."""


def names_of(path: Path) -> str:
    """``agent/basics/answer.py`` -> ``agent.basics.answer``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by its name."""
    return {names_of(p): p for folder in FOLDERS for p in sorted((ROOT / folder).rglob("*.py"))}


@cache
def imported(name: str) -> frozenset[str]:
    """The modules of ours that a module imports, inside functions and for types too."""
    return frozenset(_imported(name))


def _imported(name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(modules()[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("focalface."):
            base = node.module.removeprefix("focalface.")
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in modules() else base
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("focalface."):
                    yield alias.name.removeprefix("focalface.")


def room_of(name: str) -> str:
    """The room of a module: the longest that its name begins with."""
    inside = [room for room in ROOMS if f"{name}.".startswith(f"{room}.")]
    return SHARED.get(name) or max(inside, key=len)


@pytest.mark.parametrize("name", modules())
def test_a_room_imports_only_rooms_below_it(name: str) -> None:
    mine = ROOMS.index(room_of(name))
    above = [other for other in sorted(imported(name)) if ROOMS.index(room_of(other)) > mine]
    assert not above, f"{name} imports {', '.join(above)} from a room above {room_of(name)}"


def test_prompts_stand_on_nothing() -> None:
    rooms = {room_of(o) for n in modules() if room_of(n) == "prompts" for o in imported(n)}
    assert rooms <= {"prompts"}


def test_no_module_imports_itself_by_way_of_others() -> None:
    edges = {name: sorted(imported(name) - {name}) for name in modules()}
    assert (found := circle(edges)) == [], f"a circle: {' -> '.join(found)}"


def circle(edges: dict[str, list[str]]) -> list[str]:
    """The first circle among modules, as the way around it; empty without one."""
    finished: set[str] = set()

    def search(way: list[str]) -> list[str]:
        for other in edges[way[-1]]:
            if other in way:
                return [*way[way.index(other) :], other]
            if other not in finished and (found := search([*way, other])):
                return found
        finished.add(way[-1])
        return []

    return next((found for name in edges if (found := search([name]))), [])


def test_a_circle_is_found_and_a_diamond_is_none() -> None:
    diamond = {"top": ["left", "right"], "left": ["base"], "right": ["base"], "base": []}
    assert circle(diamond) == []
    assert circle({**diamond, "base": ["left"]}) == ["left", "base", "left"]
