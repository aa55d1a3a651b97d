"""Where MCP hosts keep their configuration, and adding one server without touching the rest."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from focalface.tools.errors import FocalFaceError, SettingsError
from focalface.tools.files import write_whole

SERVER = "focalface"


@dataclass(frozen=True, slots=True)
class Host:
    """A program that starts MCP servers: where its file is and under which key servers stand."""

    title: str
    path: Path
    key: str = "mcpServers"
    typed: bool = False
    """Whether an entry says ``"type": "stdio"``."""


def hosts(folder: Path | None = None) -> dict[str, Host]:
    """All hosts by name; those of a project have their file below ``folder`` (default: here)."""
    user = Path.home()
    here = folder or Path.cwd()
    return {
        "claude-desktop": Host("Claude Desktop", _claude_desktop(user)),
        "claude-code": Host("Claude Code (this project)", here / ".mcp.json", typed=True),
        "cursor": Host("Cursor", user / ".cursor" / "mcp.json"),
        "vscode": Host(
            "VS Code (this project)", here / ".vscode" / "mcp.json", key="servers", typed=True
        ),
        "windsurf": Host("Windsurf", user / ".codeium" / "windsurf" / "mcp_config.json"),
        "lm-studio": Host("LM Studio", user / ".lmstudio" / "mcp.json"),
        "gemini-cli": Host("Gemini CLI", user / ".gemini" / "settings.json"),
    }


def _claude_desktop(user: Path) -> Path:
    name = "claude_desktop_config.json"
    if sys.platform == "darwin":
        return user / "Library" / "Application Support" / "Claude" / name
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", user / "AppData" / "Roaming")) / "Claude" / name
    return Path(os.environ.get("XDG_CONFIG_HOME", user / ".config")) / "Claude" / name


def find_host(name: str) -> Host:
    """The host of that name; raises ``SettingsError`` with the names that exist."""
    known = hosts()
    if name not in known:
        raise SettingsError(f"There is no host '{name}'; known hosts: {', '.join(known)}.")
    return known[name]


def entry(host: Host, arguments: Sequence[str]) -> dict[str, Any]:
    """What starts our server: this very Python, so that no PATH is needed."""
    command: dict[str, Any] = {
        "command": sys.executable,
        "args": ["-m", "focalface.agent", "serve", *arguments],
    }
    return {"type": "stdio", **command} if host.typed else command


def merged(host: Host, server: dict[str, Any]) -> str:
    """The host's file with our entry added or renewed, everything else as it is.

    Raises ``FocalFaceError`` when the file is not a plain JSON object.
    """
    data = _read(host.path)
    servers = data.setdefault(host.key, {})
    if not isinstance(servers, dict):
        raise FocalFaceError(f"'{host.key}' in '{host.path}' is not an object; mend it first.")
    servers[SERVER] = server
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise FocalFaceError(f"'{path}' cannot be read ({error.strerror}); check it.") from None
    try:
        data = json.loads(text) if text.strip() else {}
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise FocalFaceError(
            f"'{path}' is not plain JSON (comments?), so it is left alone; "
            "run with --print and add the entry by hand."
        )
    return data


def install(host: Host, text: str) -> Path | None:
    """Writes the host's file; an older one is kept beside it as ``.bak``, whose path is returned.

    Raises ``FocalFaceError`` when the file cannot be written.
    """
    backup = host.path.with_name(host.path.name + ".bak")
    try:
        host.path.parent.mkdir(parents=True, exist_ok=True)
        old = host.path.read_bytes() if host.path.exists() else None
        if old is not None and old != text.encode():
            write_whole(backup, old)
        write_whole(host.path, text.encode())
    except OSError as error:
        raise FocalFaceError(
            f"'{host.path}' cannot be written ({error.strerror}); run with --print instead."
        ) from None
    return backup if old is not None and old != text.encode() else None
