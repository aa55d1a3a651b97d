"""Setting or removing one table of a TOML file by its own lines; all other lines stay. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_HEADER = re.compile(r"^\s*\[\[?\s*([^\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_BARE = re.compile(r"^[A-Za-z0-9_-]+$")


def replace_table(text: str, keys: Sequence[str], table: Mapping[str, Any] | None) -> str:
    """Return the text with the table ``keys`` set, or removed with its sub-tables for ``None``."""
    kept: list[str] = []
    at: int | None = None
    inside = False
    for line in text.splitlines():
        if header := _HEADER.match(line):
            inside = _names(header.group(1))[: len(keys)] == list(keys)
            at = len(kept) if inside and at is None else at
        if not inside:
            kept.append(line)
    while at is None and kept and not kept[-1].strip():
        kept.pop()
    place = len(kept) if at is None else at
    block = [] if table is None else _lines(keys, table)
    if block and place and kept[place - 1].strip():
        block = ["", *block]
    if block and place < len(kept) and kept[place].strip():
        block = [*block, ""]
    lines = [*kept[:place], *block, *kept[place:]]
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""


def _names(header: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", header)]


def _lines(keys: Sequence[str], table: Mapping[str, Any]) -> list[str]:
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    nested = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    lines = [f"[{'.'.join(map(_key, keys))}]"]
    lines += [
        f"{_key(key)} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()
    ]
    for key, value in nested.items():
        lines += ["", *_lines([*keys, key], value)]
    return lines


def _key(name: str) -> str:
    return name if _BARE.match(name) else json.dumps(name)
