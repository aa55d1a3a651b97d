"""What the model of each real host receives of our results; conformance and Inspector beside it.

    python -m focalface.evals.benchmarks.mcp_hosts FOLDER PICTURE [HOST...]

``FOLDER`` is where npm has installed the hosts that are to be tried, outside the repository:
``@anthropic-ai/claude-code @openai/codex @google/gemini-cli opencode-ai`` and
``@modelcontextprotocol/conformance @modelcontextprotocol/inspector``, and ``node@22`` where Node is
older: the conformance suite needs it. Each host is set up by ``focalface install`` in a home of its
own, and its model is a stand-in on loopback: nothing leaves the machine, no account is needed.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from focalface.evals.benchmarks.model_standin import Call, Standin, listening

PATIENCE = 600
"""Seconds that a host is given; with nothing else to do it needs ten."""
PROMPT = "What does the mouth in the picture show?"
HEAVY = ('"polygon"', '"keypoints"', '"landmarks"')

_THEIRS = "calls {}, which only the suite's own server has"
_PICTURE = "the hosts above receive a picture of ours"
NOT_FOR_US = {
    "logging-set-level": "logging is deprecated and not offered",
    "tools-call-image": f"{_THEIRS.format('test_image_content')}; {_PICTURE}",
    "tools-call-audio": "no tool gives audio",
    "tools-call-embedded-resource": "no tool gives a resource",
    "tools-call-mixed-content": f"{_THEIRS.format('test_multiple_content_types')}; {_PICTURE}",
    "tools-call-with-logging": "logging is deprecated and not offered",
    "tools-call-with-progress": f"{_THEIRS.format('test_tool_with_progress')}; ours: test_work",
    "tools-call-sampling": "sampling is deprecated and not offered",
    "tools-call-elicitation": "no tool asks the user back",
    "elicitation-sep1034-defaults": "no tool asks the user back",
    "elicitation-sep1330-enums": "no tool asks the user back",
    "resources-read-text": f"{_THEIRS.format('test://static-text')}; ours: test_server",
    "resources-read-binary": "no resource is binary",
    "resources-templates-read": f"{_THEIRS.format('test://template')}; ours: test_server",
    "resources-subscribe": "resources never change",
    "resources-unsubscribe": "resources never change",
    "prompts-get-simple": f"{_THEIRS.format('test_simple_prompt')}; ours: test_server",
    "prompts-get-with-args": f"{_THEIRS.format('test_prompt_with_arguments')}; ours likewise",
    "prompts-get-embedded-resource": "no prompt embeds a resource",
    "prompts-get-with-image": "no prompt shows a picture",
}
"""Scenarios of the conformance suite that another server has to pass, and why."""


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
    seeing = {"attachment": True, "modalities": {"input": ["text", "image"], "output": ["text"]}}
    provider = {
        "npm": "@ai-sdk/openai-compatible",
        "options": {"baseURL": f"{address}/v1", "apiKey": "none"},
        "models": {"standin": {"name": "standin", "tool_call": True, **seeing}},
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


def received(folder: Path, host: str, calls: list[Call]) -> tuple[list[Any], str]:
    """Return what the model of a host was given of calls, and what the host said."""
    standin = Standin(calls)
    with listening(standin) as address, tempfile.TemporaryDirectory() as home:
        run = HOSTS[host](address)
        for name, text in run.files.items():
            (Path(home) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(home) / name).write_text(text, encoding="utf-8")
        environment = {"HOME": home, "PATH": _path(folder), **run.environment}
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
    return standin.given, said


def _path(folder: Path) -> str:
    """Return the programs of the folder before all others."""
    return os.pathsep.join([str(folder / "node_modules" / ".bin"), os.environ["PATH"]])


def _shown(given: object) -> str:
    """Return what a model received, as JSON; of a picture only its size."""
    text = json.dumps(given, ensure_ascii=False)
    return re.sub(r"[A-Za-z0-9+/=]{400,}", lambda m: f"<{len(m[0]):,} characters>", text)


def report(folder: Path, picture: Path, names: list[str]) -> bool:
    """Print what each host's model received; whether all of it was there."""
    right = True
    for host in names:
        if not shutil.which(host, path=str(folder / "node_modules" / ".bin")):
            print(f"{host}: not installed in {folder}, skipped")
            continue
        path = {"path": str(picture)}
        calls = [
            Call("describe_regions", {**path, "regions": ["mouth"]}),
            Call("annotate_image", {**path, "regions": ["mouth"]}),
        ]
        given, said = received(folder, host, calls)
        text, shown = _shown(given[:1]), json.dumps(given[1:])
        facts = {
            "summary": "Face 1, mouth" in text,
            "caution": "not what the person feels" in text,
            "findings": "AU12" in text,
            "nothing heavy": not any(key in text.replace("\\", "") for key in HEAVY),
        }
        facts["picture"] = any(sign in shown for sign in ("/9j/", "image/jpeg", "input_image"))
        facts["legend"] = "Region 1" in shown
        right = right and all(facts.values())
        told = ", ".join(f"{fact} {'yes' if held else 'NO'}" for fact, held in facts.items())
        print(f"{host}: {told}; {len(text):,} characters for a reading")
        print(*(f"  {_shown(one)}" for one in given), sep="\n")
        if not all(facts.values()):
            print(f"  the host said: {said[-600:]}")
    return right


def inspector(folder: Path) -> bool:
    """Tell whether the Inspector's command line lists our four tools."""
    command = [str(folder / "node_modules" / ".bin" / "mcp-inspector"), "--cli", sys.executable]
    command += ["-m", "focalface.agent", "serve", "--method", "tools/list"]
    told = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "PATH": _path(folder)},
    )
    right = told.stdout.count('"inputSchema"') == 4
    print(f"inspector: {'lists four tools' if right else told.stdout[-300:] + told.stderr[-300:]}")
    return right


def conformance(folder: Path) -> bool:
    """Print what the official suite say of the server over HTTP; whether we pass what is ours."""
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
        url = f"http://127.0.0.1:{port}/mcp"
        told = subprocess.run(
            [str(suite), "server", "--url", url],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            cwd=tempfile.gettempdir(),
            env={**os.environ, "PATH": _path(folder)},
        )
    finally:
        server.terminate()
        server.wait()
    results = _results(told.stdout)
    if not results:
        print(f"conformance: {told.stdout[-800:]} {told.stderr[-400:]}")
        return False
    print("conformance:")
    for name, passed in results.items():
        why = NOT_FOR_US.get(name, "FAILED")
        print(f"  {name}: {'passed' if passed else why}")
    return all(passed or name in NOT_FOR_US for name, passed in results.items())


def _results(told: str) -> dict[str, bool]:
    """Return the scenarios that the suite lists at its end, and whether they passed."""
    return {name: sign == "✓" for sign, name in re.findall(r"([✓✗]) ([\w-]+):", told)}


def main() -> None:
    """Run all that is installed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where npm has installed the hosts")
    parser.add_argument("picture", type=Path, help="what they are shown")
    parser.add_argument("host", nargs="*", help=f"these of {', '.join(HOSTS)}; else all of them")
    asked = parser.parse_args()
    if strange := set(asked.host) - set(HOSTS):
        parser.error(f"there is no host {', '.join(sorted(strange))}")
    where = asked.folder.absolute()
    right = report(where, asked.picture.absolute(), asked.host or list(HOSTS))
    if not asked.host:
        right = inspector(where) and right
        right = conformance(where) and right
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
