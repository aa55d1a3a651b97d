"""What the model of each real host receives of our results; conformance and Inspector beside it.

    python -m focalface.evals.benchmarks.mcp_hosts FOLDER PICTURE [HOST...]

``FOLDER`` is where npm has installed the hosts that are to be tried, outside the repository:
``@anthropic-ai/claude-code @openai/codex @google/gemini-cli opencode-ai`` and
``@modelcontextprotocol/conformance @modelcontextprotocol/inspector`` (the conformance suite needs
Node 22). Each host is set up by ``focalface install`` in a home of its own, and its model is a
stand-in on loopback: nothing leaves the machine, no account is needed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from focalface.evals.benchmarks.model_standin import Standin, listening

PATIENCE = 240
PROMPT = "What does the mouth in the picture show?"
HEAVY = ('"polygon"', '"keypoints"', '"landmarks"')

NOT_FOR_US = {
    "tools-call-sampling": "sampling is deprecated and not offered",
    "tools-call-elicitation": "no tool asks the user back",
    "tools-call-audio": "no tool gives audio",
    "resources-subscribe": "resources never change",
    "resources-unsubscribe": "resources never change",
    "logging-set-level": "logging is deprecated and not offered",
}
"""Scenarios that need a server made for the suite; the others with its test tools fail likewise."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a host is started: its arguments, its environment, and files that it reads."""

    arguments: list[str]
    environment: dict[str, str]
    files: dict[str, str]
    install: tuple[str, ...]


def _claude(address: str) -> Run:
    allowed = [f"mcp__focalface__{name}" for name in ("describe_regions", "annotate_image")]
    return Run(
        [
            *("claude", "-p", PROMPT, "--mcp-config", ".mcp.json", "--strict-mcp-config"),
            *("--allowedTools", ",".join(allowed)),
        ],
        {
            "ANTHROPIC_BASE_URL": address,
            "ANTHROPIC_API_KEY": "none",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
            "ENABLE_TOOL_SEARCH": "false",
            "MCP_CONNECTION_NONBLOCKING": "false",
            "MCP_TIMEOUT": "60000",
        },
        {},
        ("claude-code", "--scope", "project"),
    )


def _codex(address: str) -> Run:
    config = (
        'model = "standin"\nmodel_provider = "standin"\n\n[model_providers.standin]\n'
        f'name = "standin"\nbase_url = "{address}/v1"\nwire_api = "responses"\n\n'
        "[mcp_servers.focalface]\nrequired = true\nstartup_timeout_sec = 60\n"
    )
    flags = ["--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox"]
    return Run(["codex", "exec", *flags, PROMPT], {}, {".codex/config.toml": config}, ("codex",))


def _gemini(address: str) -> Run:
    settings = {
        "security": {"auth": {"selectedType": "gemini-api-key"}},
        "privacy": {"usageStatisticsEnabled": False},
        "general": {"disableAutoUpdate": True},
        "mcpServers": {"focalface": {"trust": True}},
    }
    return Run(
        ["gemini", "--yolo", "--skip-trust", "-m", "gemini-2.5-flash", "-p", PROMPT],
        {"GEMINI_API_KEY": "none", "GOOGLE_GEMINI_BASE_URL": address},
        {".gemini/settings.json": json.dumps(settings)},
        ("gemini-cli",),
    )


def _opencode(address: str) -> Run:
    provider = {
        "npm": "@ai-sdk/openai-compatible",
        "options": {"baseURL": f"{address}/v1", "apiKey": "none"},
        "models": {"standin": {"name": "standin", "tool_call": True, "attachment": True}},
    }
    config = {"provider": {"standin": provider}, "model": "standin/standin", "autoupdate": False}
    return Run(
        ["opencode", "run", "-m", "standin/standin", PROMPT],
        {},
        {".config/opencode/opencode.json": json.dumps(config)},
        ("opencode",),
    )


HOSTS: dict[str, Callable[[str], Run]] = {
    "claude": _claude,
    "codex": _codex,
    "gemini": _gemini,
    "opencode": _opencode,
}


def received(folder: Path, host: str, tool: str, arguments: dict[str, Any]) -> tuple[str, str]:
    """What the model of a host was given of one call, as JSON text, and what the host said."""
    standin = Standin(tool, arguments)
    with listening(standin) as address, tempfile.TemporaryDirectory() as home:
        run = HOSTS[host](address)
        for name, text in run.files.items():
            (Path(home) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(home) / name).write_text(text, encoding="utf-8")
        paths = [str(folder / "node_modules" / ".bin"), os.environ["PATH"]]
        environment = {"HOME": home, "PATH": os.pathsep.join(paths), **run.environment}
        install = [sys.executable, "-m", "focalface.agent", "install", *run.install]
        quiet = {"cwd": home, "env": environment, "capture_output": True, "text": True}
        subprocess.run(install, check=True, **quiet)  # type: ignore[call-overload]
        try:
            told = subprocess.run(  # type: ignore[call-overload]
                run.arguments, stdin=subprocess.DEVNULL, timeout=PATIENCE, **quiet
            )
            said = told.stdout + told.stderr
        except subprocess.TimeoutExpired:
            said = f"no end within {PATIENCE} s"
    return json.dumps(standin.given, ensure_ascii=False), said


def report(folder: Path, picture: Path, names: list[str]) -> bool:
    """Prints what each host's model received; whether all of it was there."""
    right = True
    for host in names:
        if not shutil.which(host, path=str(folder / "node_modules" / ".bin")):
            print(f"{host}: not installed in {folder}, skipped")
            continue
        text, said = received(
            folder, host, "describe_regions", {"path": str(picture), "regions": ["mouth"]}
        )
        facts = {
            "summary": "Face 1, mouth" in text,
            "caution": "not what the person feels" in text,
            "findings": "AU12" in text,
            "nothing heavy": not any(key in text.replace("\\", "") for key in HEAVY),
        }
        shown, drawn = received(folder, host, "annotate_image", {"path": str(picture)})
        facts["picture"] = any(sign in shown for sign in ("/9j/", "image/jpeg", "input_image"))
        right = right and all(facts.values())
        told = ", ".join(f"{fact} {'yes' if held else 'NO'}" for fact, held in facts.items())
        print(f"{host}: {told}; {len(text):,} characters for a reading")
        if not all(facts.values()):
            print(f"  received: {text[:600] or shown[:300]}\n  said: {(said or drawn)[-600:]}")
    return right


def inspector(folder: Path) -> bool:
    """Whether the Inspector's command line lists our four tools."""
    command = [str(folder / "node_modules" / ".bin" / "mcp-inspector"), "--cli", sys.executable]
    command += ["-m", "focalface.agent", "serve", "--method", "tools/list"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    right = told.stdout.count('"inputSchema"') == 4
    print(f"inspector: {'lists four tools' if right else told.stdout[-300:] + told.stderr[-300:]}")
    return right


def conformance(folder: Path) -> None:
    """Prints what the official suite says of the server over HTTP."""
    from focalface.tools.server import http

    with http.listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "focalface.agent", "serve", "--http", "--port", str(port)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        server.stderr.readline()
        suite = folder / "node_modules" / ".bin" / "conformance"
        paths = [str(folder / "node_modules" / ".bin"), os.environ["PATH"]]
        url = f"http://127.0.0.1:{port}/mcp"
        told = subprocess.run(
            [str(suite), "server", "--url", url],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            cwd=tempfile.gettempdir(),
            env={**os.environ, "PATH": os.pathsep.join(paths)},
        )
    finally:
        server.terminate()
        server.wait()
    lines = [line for line in told.stdout.splitlines() if "✓" in line or "✗" in line]
    print("conformance:", *lines or [told.stdout[-800:], told.stderr[-400:]], sep="\n  ")
    print("  not for us:", *(f"\n    {name}: {why}" for name, why in NOT_FOR_US.items()))


def main() -> None:
    """Runs all that is installed."""
    folder, picture, *names = sys.argv[1:]
    where = Path(folder).absolute()
    right = report(where, Path(picture).absolute(), names or list(HOSTS))
    if not names:
        right = inspector(where) and right
        conformance(where)
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
