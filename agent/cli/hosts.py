"""Where MCP hosts keep their configuration, a row a host, and how an entry for us looks there.

Adding a host is adding a row to ``_ROWS``. The files are read and written by ``host_files``.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from focalface.tools.errors import SettingsError

SERVER = "focalface"
Kind = Literal["json", "toml", "yaml"]
Entry = dict[str, Any]
Scope = Literal["user", "project"]


@dataclass(frozen=True, slots=True)
class Host:
    """A program that starts MCP servers: where its file is and under which keys servers stand."""

    name: str
    title: str
    path: Path
    keys: tuple[str, ...] = ("mcpServers",)
    kind: Kind = "json"
    shape: Callable[[Entry], Entry] = dict
    """From ``command``, ``args`` to what this host wants to read."""


def _stdio(entry: Entry) -> Entry:
    return {"type": "stdio", **entry}


def _copilot(entry: Entry) -> Entry:
    return {"type": "local", **entry, "tools": ["*"]}


def _opencode(entry: Entry) -> Entry:
    command = [entry["command"], *entry["args"]]
    # opencode gives a server 5 seconds to start, which a busy machine needs for Python alone.
    return {"type": "local", "command": command, "enabled": True, "timeout": 30_000}


def _goose(entry: Entry) -> Entry:
    about = {"name": SERVER, "type": "stdio", "enabled": True, "timeout": 300}
    return {**about, "cmd": entry["command"], "args": entry["args"]}


def _zed(entry: Entry) -> Entry:
    return {"source": "custom", **entry}


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    user: str | None
    project: str | None = None
    keys: tuple[str, ...] = ("mcpServers",)
    kind: Kind = "json"
    shape: Callable[[Entry], Entry] = dict


_ROWS: Mapping[str, _Row] = {
    "claude-desktop": _Row("Claude Desktop", "{apps}/Claude/claude_desktop_config.json"),
    "claude-code": _Row("Claude Code", "~/.claude.json", ".mcp.json", shape=_stdio),
    "cursor": _Row("Cursor", "~/.cursor/mcp.json", ".cursor/mcp.json"),
    "vscode": _Row(
        "VS Code", "{apps}/Code/User/mcp.json", ".vscode/mcp.json", ("servers",), shape=_stdio
    ),
    "gemini-cli": _Row("Gemini CLI", "~/.gemini/settings.json", ".gemini/settings.json"),
    "codex": _Row(
        "Codex", "{codex}/config.toml", ".codex/config.toml", ("mcp_servers",), kind="toml"
    ),
    "goose": _Row(
        "Goose", "{config}/goose/config.yaml", None, ("extensions",), kind="yaml", shape=_goose
    ),
    "zed": _Row(
        "Zed", "{config}/zed/settings.json", ".zed/settings.json", ("context_servers",), shape=_zed
    ),
    "copilot": _Row("Copilot CLI", "~/.copilot/mcp-config.json", None, shape=_copilot),
    "opencode": _Row(
        "opencode", "{xdg}/opencode/opencode.json", "opencode.json", ("mcp",), shape=_opencode
    ),
    "windsurf": _Row("Windsurf", "~/.codeium/windsurf/mcp_config.json"),
    "lm-studio": _Row("LM Studio", "~/.lmstudio/mcp.json"),
}
NAMES = tuple(_ROWS)


def find_host(name: str, scope: Scope | None = None, folder: Path | None = None) -> Host:
    """Return the host of that name; a project's file lies below ``folder`` (default: here).

    Without a scope the user's file is meant, or the project's where a host has no other. Raises
    ``SettingsError`` with the names or the scope that exist.
    """
    row = _ROWS.get(name)
    if row is None:
        raise SettingsError(f"There is no host '{name}'; known hosts: {', '.join(NAMES)}.")
    if (scope == "project" and row.project is None) or (scope == "user" and row.user is None):
        other = "user" if scope == "project" else "project"
        raise SettingsError(f"{row.title} has no {scope} file; use --scope {other}.")
    if scope == "project" and row.project:
        path = (folder or Path.cwd()) / row.project
    else:
        path = Path(_filled(row.user or "")).expanduser()
    return Host(name, row.title, path, row.keys, row.kind, row.shape)


def _filled(template: str) -> str:
    """Return the template with the folders of this system."""
    home = Path.home()
    xdg = os.environ.get("XDG_CONFIG_HOME", str(home / ".config"))
    roaming = os.environ.get("APPDATA", str(home / "AppData" / "Roaming"))
    macs = str(home / "Library" / "Application Support")
    apps = {"darwin": macs, "win32": roaming}.get(sys.platform, xdg)
    config = roaming if sys.platform == "win32" else xdg
    codex = os.environ.get("CODEX_HOME", str(home / ".codex"))
    return template.format(apps=apps, config=config, xdg=xdg, codex=codex)


def entry(arguments: Sequence[str]) -> Entry:
    """Return what starts our server: this very Python, so that no PATH is needed."""
    return {"command": sys.executable, "args": ["-m", "focalface.agent", "serve", *arguments]}
