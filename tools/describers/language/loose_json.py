"""The first JSON object in a model's answer, mended where that loses nothing but the broken end.

By hand on purpose: libraries that repair JSON complete half a number, a reading nobody made.
"""

import ast
import json
import re
from dataclasses import dataclass
from typing import Any

_FENCE = re.compile(r"```[a-zA-Z]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_CLOSER = {"{": "}", "[": "]"}
MOST_CUTS = 32
"""Places tried for the end of a cut-off object; each try reads the whole of it again."""
_UNREADABLE = (ValueError, RecursionError)
"""Errors of JSON that is none, too deep, or has a number beyond Python's limit of digits."""


@dataclass(frozen=True, slots=True)
class LooseObject:
    """An object and what had to be done to read it; no repairs: it was valid JSON."""

    value: dict[str, Any]
    repairs: tuple[str, ...]


def find_object(answer: str, *, prose_key: str = "text") -> LooseObject | None:
    """Return the first JSON object in ``answer``, or None when there is none that can be read.

    Fences and talk around it are skipped; trailing commas and Python literals are accepted. A
    cut-off object is closed after its last complete value: half a code or half a number is
    dropped, never completed. Only the string under ``prose_key`` is kept when cut, up to its last
    whole sentence.
    """
    repairs = []
    fenced = _FENCE.search(answer)
    body = fenced.group(1) if fenced and "{" in fenced.group(1) else answer
    if body is not answer:
        repairs.append("code fence removed")
    start = body.find("{")
    if start < 0:
        return None
    if body[:start].strip():
        repairs.append("text before the JSON ignored")
    body = body[start:]
    end, opened = _balance(body)
    if end is not None:
        if body[end:].strip():
            repairs.append("text after the JSON ignored")
        value, how = _read(body[:end])
        return None if value is None else LooseObject(value, (*repairs, *how))
    value = _close(body, opened, prose_key)
    return None if not value else LooseObject(value, (*repairs, "cut-off JSON closed"))


@dataclass(slots=True)
class _Cut:
    """A place where an unfinished object may be cut, and what is open there."""

    at: int
    open: tuple[str, ...]


@dataclass(slots=True)
class _Opened:
    """How far an unfinished object got."""

    cuts: list[_Cut]
    string_from: int | None
    stack: tuple[str, ...]


def _balance(body: str) -> tuple[int | None, _Opened]:
    """End of the first balanced object, or None with the state at the end of the text."""
    stack: list[str] = []
    cuts: list[_Cut] = []
    string_from: int | None = None
    escaped = False
    for i, char in enumerate(body):
        if string_from is not None:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                string_from = None
        elif char == '"':
            string_from = i
        elif char in _CLOSER:
            stack.append(char)
        elif char in "}]":
            if not stack or _CLOSER[stack.pop()] != char:
                break
            if not stack:
                return i + 1, _Opened(cuts, None, ())
            cuts.append(_Cut(i + 1, tuple(stack)))
        elif char == ",":
            cuts.append(_Cut(i, tuple(stack)))
    return None, _Opened(cuts, string_from, tuple(stack))


def _close(body: str, opened: _Opened, prose_key: str) -> dict[str, Any] | None:
    if opened.string_from is not None:
        before = body[: opened.string_from].rstrip()
        if len(opened.stack) == 1 and before.endswith(f'"{prose_key}":'):
            whole = re.match(r".*[.!?](?=\s|$)", body[opened.string_from :].rstrip("\\"), re.DOTALL)
            text = whole.group(0) if whole else '"'
            value, _ = _read(before + text + '"' + "}")
            if value is not None:
                return value
    # Inside an unfinished list element, such as a unit without its intensity, nothing is kept of
    # that element: cut only where the object itself or one of its lists or maps continues.
    places = [cut for cut in opened.cuts if len(cut.open) <= 2]
    for cut in reversed(places[-MOST_CUTS:]):
        value, _ = _read(body[: cut.at] + "".join(_CLOSER[c] for c in reversed(cut.open)))
        if value is not None:
            return value
    return None


def _read(text: str) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    try:
        value = json.loads(text, strict=False)
    except _UNREADABLE:
        pass
    else:
        return (value, ()) if isinstance(value, dict) else (None, ())
    try:
        value = json.loads(_TRAILING_COMMA.sub(r"\1", text), strict=False)
    except _UNREADABLE:
        pass
    else:
        return (value, ("trailing comma removed",)) if isinstance(value, dict) else (None, ())
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None, ()
    return (value, ("Python literal read",)) if isinstance(value, dict) else (None, ())
