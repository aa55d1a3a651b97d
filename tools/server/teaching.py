"""One sentence for a wrong call: what is wrong, and what to give instead. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from focalface.tools.nearest import nearest

LONGEST_ECHO = 80
"""Characters of what a caller gave that an error repeats at most."""
_LONGEST = 600

_PLAINER = (
    ("Input should", "must"),
    ("List should", "must"),
    ("String should", "must"),
    (" after validation", ""),
    ("greater than or equal to", "at least"),
    ("less than or equal to", "at most"),
    ("a valid ", "a "),
    ("a integer", "an integer"),
)
"""Pydantic's words and ours."""

Details = Mapping[str, Any]


def wrong_arguments(tool: str, error: ValidationError, known: Sequence[str]) -> str:
    """Say the first fault of a call, and how many more there are; ``known``: argument names."""
    faults = error.errors(include_url=False, include_context=True)
    said = _fault(tool, faults[0], known)
    more = len(faults) - 1
    return f"{said} ({more} more fault{'s' if more > 1 else ''} in this call.)" if more else said


def unknown_name(kind: str, name: str, known: Collection[str]) -> str:
    """Say that there is no such tool or prompt, with the nearest name or all of them."""
    return f"There is no {kind} '{shorten(name)}'; {_nearest(name, known)}"


def missing_argument(prompt: str, name: str, about: str | None) -> str:
    """Say that a prompt lacks an argument."""
    what = f": {about[0].lower()}{about[1:]}" if about else ""
    return f"The prompt '{prompt}' needs the argument '{name}'{what}."


def shorten(text: object, most: int = LONGEST_ECHO) -> str:
    """Return what a caller gave, on one line and short enough to be repeated."""
    line = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def bounded(message: str, arguments: object) -> str:
    """Return an error message with long echoes of the arguments cut, wherever they stand in it."""
    for given in sorted(_strings(arguments), key=len, reverse=True):
        if len(given) > LONGEST_ECHO:
            message = message.replace(given, shorten(given))
    return shorten(message, _LONGEST)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [s for pair in value.items() for part in pair for s in _strings(part)]
    if isinstance(value, list | tuple):
        return [s for item in value for s in _strings(item)]
    return []


def _fault(tool: str, fault: Details, known: Sequence[str]) -> str:
    where, kind, about = _place(fault["loc"]), fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        name = str(fault["loc"][-1])
        if len(fault["loc"]) == 1:
            return f"{tool} takes no argument '{shorten(name)}'; {_nearest(name, known)}"
        return f"{where} has no place here; leave it out."
    if kind == "missing":
        return f"{where} is missing; give it."
    if kind == "literal_error":
        return f"{where} must be {about['expected']}, not '{shorten(fault['input'])}'."
    if kind == "value_error":
        return f"{where}: {shorten(about['error'], 200)}."
    return f"{where} {_must(fault)}, not {_given(fault['input'])}."


def _must(fault: Details) -> str:
    """What a value has to be, from pydantic's own words: "Input should be ..."."""
    said = str(fault["msg"])
    for pydantics, ours in _PLAINER:
        said = said.replace(pydantics, ours)
    return said.partition(", unable to parse")[0].partition(", not ")[0]


def _given(value: object) -> str:
    if isinstance(value, str):
        return f"'{shorten(value)}'"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, Mapping):
        return "an object"
    return shorten(value, 30) if value is not None else "null"


def _place(steps: Sequence[object]) -> str:
    """``boxes[1].x1`` from its steps."""
    made = ""
    for step in steps:
        made += f"[{step}]" if isinstance(step, int) else f".{shorten(step)}"
    return made.removeprefix(".") or "the call"


def _nearest(name: str, known: Collection[str]) -> str:
    near = nearest(name.lower()[:LONGEST_ECHO], known)
    return f"did you mean '{near[0]}'?" if near else f"use {_listed(known)}."


def _listed(names: Collection[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
