"""Adding and removing one server in the configuration file of a host, and nothing else in it.

JSON with comments is edited by position, TOML and YAML by their own block, so that comments, order
and everything else stay as they are.

By hand on purpose: a parser that writes a file again changes lines that are not ours.
"""

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from focalface.agent.cli.hosts import SERVER, Entry, Host
from focalface.tools.errors import FocalFaceError
from focalface.tools.files import write_whole

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/|,(?=\s*(?:[}\]]|$))', re.S)
KEPT = (
    *("env", "envs", "env_keys", "environment", "disabled", "enabled", "trust", "required"),
    *("timeout", "startup_timeout_sec", "tool_timeout_sec", "autoApprove", "alwaysAllow"),
    *("disabledTools", "disabled_tools", "enabled_tools", "includeTools", "excludeTools"),
)
"""What a user sets on an entry; it outlives a new install."""


def read_config(path: Path) -> str:
    """Return the text of the file, empty when there is none; raises ``FocalFaceError``."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise FocalFaceError(f"'{path}' cannot be read ({reason}); check it.") from None


def parsed(host: Host, text: str) -> dict[str, Any]:
    """Return the content of the file; raises ``FocalFaceError`` when it is not an object."""
    try:
        data = _parse(host.kind, text) if text.strip() else {}
    except ValueError as error:
        raise FocalFaceError(
            f"'{host.path}' cannot be understood ({str(error).splitlines()[0]}), so it is left "
            "alone; mend it, or run 'focalface install print' and add the entry by hand."
        ) from None
    servers: Any = data
    for key in host.keys:
        servers = servers.get(key, {}) if isinstance(servers, dict) else None
    if not isinstance(servers, dict):
        where = ".".join(host.keys)
        raise FocalFaceError(f"'{where}' in '{host.path}' is not an object; mend it first.")
    return dict(data)


def _parse(kind: str, text: str) -> Any:
    if kind == "toml":
        import tomllib

        return tomllib.loads(text)
    if kind == "yaml":
        import yaml

        try:
            return yaml.safe_load(text) or {}
        except yaml.YAMLError as error:
            raise ValueError(str(error)) from None
    return json.loads(without_comments(text))


def without_comments(text: str) -> str:
    """Blank out comments and trailing commas of JSON; every other place stays."""

    def blank(match: re.Match[str]) -> str:
        found = match.group()
        return found if found.startswith('"') else re.sub(r"[^\n]", " ", found)

    bare = _TOKEN.sub(blank, text)
    return _TOKEN.sub(blank, bare)  # a comma before a comment trails only once that is gone


def with_entry(host: Host, text: str, server: Entry) -> str:
    """Return the text with our entry added or renewed; what a user set on an earlier one is
    kept."""
    data = parsed(host, text)
    shaped = host.shape(server)
    servers: Any = data
    for key in host.keys:
        servers = servers.get(key, {})
    before = servers.get(SERVER)
    if isinstance(before, dict):
        shaped |= {key: before[key] for key in KEPT if key in before}
    if before == shaped:
        return text
    return _written(host, text, shaped)


def without_entry(host: Host, text: str) -> str:
    """Return the text without our entry; unchanged when there is none."""
    servers: Any = parsed(host, text)
    for key in host.keys:
        servers = servers.get(key, {})
    return _written(host, text, None) if SERVER in servers else text


def _written(host: Host, text: str, server: Entry | None) -> str:
    if host.kind == "toml":
        from focalface.agent.cli.toml_block import replace_table

        return replace_table(text, [*host.keys, SERVER], server)
    if host.kind == "yaml":
        return _yaml(text, host.keys[0], server)
    return _json(text, [*host.keys, SERVER], server)


def _yaml(text: str, key: str, server: Entry | None) -> str:
    """Return the block of our entry below ``key``; every other line, and its comments, stay."""
    import yaml

    lines = text.splitlines()
    head = next((n for n, line in enumerate(lines) if re.match(rf"{key}\s*:", line)), None)
    if head is None:
        lines, head = [*lines, f"{key}:"], len(lines)
    lines[head] = re.sub(r":\s*\{\s*\}", ":", lines[head])
    own = next((n for n in range(head + 1, len(lines)) if _is_ours(lines[n])), None)
    if own is not None:
        deep = len(lines[own]) - len(lines[own].lstrip())
        end = own + 1
        while end < len(lines) and lines[end][: deep + 1].isspace():
            end += 1
        del lines[own:end]
    if server is not None:
        block = yaml.safe_dump({SERVER: server}, sort_keys=False, allow_unicode=True)
        lines[head + 1 : head + 1] = [f"  {line}" for line in block.splitlines()]
    return "\n".join(lines) + "\n"


def _is_ours(line: str) -> bool:
    return re.match(rf"\s+[\"']?{SERVER}[\"']?\s*:", line) is not None


def _json(text: str, keys: Sequence[str], value: Entry | None) -> str:
    """Return the text with the member at ``keys`` set or removed, edited where it stands."""
    bare = without_comments(text) if text.strip() else ""
    if not bare.strip():
        text = bare = "{}\n"
    start = bare.index("{")
    for depth, key in enumerate(keys):
        member = _member(bare, start, key)
        if member is None:
            made: Any = value
            for inner in reversed(keys[depth + 1 :]):
                made = {inner: made}
            return text if value is None else _inserted(text, bare, start, key, made, depth + 1)
        if depth == len(keys) - 1:
            return _replaced(text, bare, member, key, value, depth + 1)
        start = member[1]
    return text


Member = tuple[int, int, int]
"""Where the key begins, where its value begins, and where that ends."""


def _member(bare: str, start: int, key: str) -> Member | None:
    """Return the member ``key`` of the object that begins at ``start``."""
    decoder, at = json.JSONDecoder(), start + 1
    while True:
        at = _skip(bare, at, ", \t\r\n")
        if bare[at] == "}":
            return None
        name, after = decoder.raw_decode(bare, at)
        value = _skip(bare, after, ": \t\r\n")
        _, end = decoder.raw_decode(bare, value)
        if name == key:
            return at, value, end
        at = end


def _skip(text: str, at: int, what: str) -> int:
    while text[at] in what:
        at += 1
    return at


def _inserted(text: str, bare: str, start: int, key: str, value: Any, depth: int) -> str:
    """Return a new first member of the object at ``start``."""
    told = _indented(f"{json.dumps(key)}: {_dumped(value)}", depth)
    first = bare[_skip(bare, start + 1, " \t\r\n")]
    end = f"\n{'  ' * (depth - 1)}" if first == "}" else ","
    rest = text[start + 1 :].lstrip() if first == "}" else text[start + 1 :]
    return f"{text[: start + 1]}\n{told}{end}{rest}"


def _replaced(
    text: str, bare: str, member: Member, key: str, value: Entry | None, depth: int
) -> str:
    begin, where, end = member
    if value is not None:
        told = _indented(_dumped(value), depth).lstrip()
        return text[:where] + told + text[end:]
    after = _skip(bare, end, " \t\r\n")
    if bare[after] == ",":
        return text[:begin] + text[_skip(bare, after + 1, " \t\r\n") :]
    before = len(bare[:begin].rstrip()) - 1
    if bare[before] == ",":
        return text[:before] + text[end:]
    return text[: before + 1] + text[after:]


def _dumped(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _indented(text: str, depth: int) -> str:
    pad = "  " * depth
    return pad + text.replace("\n", f"\n{pad}")


def write(path: Path, text: str) -> Path | None:
    """Write the file whole; an older one is kept beside it, and its path returned.

    Permissions stay as they are, of the copy too; a new file is for its owner alone, and no copy
    is ever written over. Raises ``FocalFaceError`` when the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_bytes() if path.exists() else None
        if old == text.encode():
            return None
        backup = None if old is None else _free_name(path)
        if backup and old is not None:
            _write_private(backup, old, path.stat().st_mode & 0o777)
        if old is None:
            _write_private(path, text.encode(), 0o600)
        else:
            write_whole(path, text.encode())
    except OSError as error:
        raise FocalFaceError(
            f"'{path}' cannot be written ({error.strerror}); run 'focalface install print' and "
            "add the entry by hand."
        ) from None
    return backup


def _free_name(path: Path) -> Path:
    """``name.bak``, or the first ``name.bak.N`` that does not exist."""
    plain = path.with_name(f"{path.name}.bak")
    numbered = (path.with_name(f"{path.name}.bak.{n}") for n in range(1, 1000))
    return next((name for name in (plain, *numbered) if not name.exists()), plain)


def _write_private(path: Path, data: bytes, mode: int) -> None:
    """A new file that nobody else can read before it has its mode."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    path.chmod(mode)
