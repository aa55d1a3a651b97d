"""The atlas and the action units as Markdown, for people and for models that read tables. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Data = Mapping[str, Any]


def of_atlas(atlas: Data) -> str:
    """Return a table of regions; ``atlas`` as ``reference.atlas`` gives it."""
    rows = [
        (row["name"], _many(row["aliases"]), _many(row["covers"]), _many(row["action_units"]))
        for row in atlas["regions"]
    ]
    head = ("region", "also called", "covers", "action units seen there")
    sides = f"{atlas['sides'][0].upper()}{atlas['sides'][1:]}."
    return f"# Regions of a face\n\n{sides}\n\n{_table(head, rows)}\n"


def of_units(units: Data) -> str:
    """Return a table of action units; ``units`` as ``reference.action_units`` gives them."""
    rows = [
        (
            row["code"],
            row["name"],
            row["plain"],
            _many(row["regions"]),
            "yes" if row["assessed"] else "no: unknown, never absent",
        )
        for row in units["units"]
    ]
    head = ("code", "FACS name", "in plain words", "shows in", "assessed here")
    about = f"Source: {units['source']}. Intensity: {units['intensity']}."
    return f"# Action units\n\n{about}\n\n{_table(head, rows)}\n"


def _many(names: Iterable[str]) -> str:
    return ", ".join(names)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
