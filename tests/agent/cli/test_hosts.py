"""Configuration files of hosts: our entry comes and goes, everything else stays."""

import json
import stat
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from focalface.agent.cli import host_files, hosts
from focalface.agent.cli.hosts import Host
from focalface.tools.errors import FocalFaceError, SettingsError

SERVER = hosts.entry(["--folder", "/pictures"])


@pytest.fixture(params=hosts.NAMES)
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Host:
    """Every host, with its file somewhere else."""
    return replace(hosts.find_host(request.param), path=tmp_path / "deep" / "config")


@pytest.fixture
def desktop(tmp_path: Path) -> Host:
    return replace(hosts.find_host("claude-desktop"), path=tmp_path / "config.json")


def setup(host: Host) -> Path | None:
    text = host_files.read_config(host.path)
    return host_files.write(host.path, host_files.with_entry(host, text, SERVER))


def servers(host: Host, text: str) -> dict[str, object]:
    if host.kind == "toml":
        data = tomllib.loads(text)
    elif host.kind == "yaml":
        data = yaml.safe_load(text)
    else:
        data = json.loads(host_files.without_comments(text))
    for key in host.keys:
        data = data[key]
    return dict(data)


def test_every_host_gets_an_entry_that_starts_this_python(host: Host) -> None:
    assert setup(host) is None
    made = servers(host, host.path.read_text(encoding="utf-8"))["focalface"]
    assert isinstance(made, dict)
    command = made.get("command") or made.get("cmd")
    parts = [command] if isinstance(command, str) else list(command or [])
    assert [*parts, *made.get("args", [])] == [SERVER["command"], *SERVER["args"]]
    assert parts[0] == sys.executable


def test_a_second_install_changes_nothing(host: Host) -> None:
    setup(host)
    before = host.path.read_bytes()
    assert setup(host) is None and host.path.read_bytes() == before


def test_uninstall_gives_back_a_file_that_means_what_it_meant(host: Host) -> None:
    other = {"command": "x", "args": []}
    text = host_files.with_entry(host, "", SERVER)
    text = text.replace("focalface", "other").replace("-m", "-n")
    with_both = host_files.with_entry(host, text, SERVER)
    assert set(servers(host, with_both)) == {"other", "focalface"}
    back = host_files.without_entry(host, with_both)
    assert servers(host, back) == servers(host, text) and other
    assert host_files.without_entry(host, back) == back


COMMENTED = """\
// my settings
{
  "theme": "dark", /* "mcpServers": {} */
  "mcpServers": {
    // the one I need
    "other": { "command": "x", "args": ["//no comment", "a,]"], },
  },
}
"""


def test_comments_and_trailing_commas_stay(desktop: Host) -> None:
    text = host_files.with_entry(desktop, COMMENTED, SERVER)
    assert set(servers(desktop, text)) == {"other", "focalface"}
    for line in COMMENTED.splitlines():
        assert line in text
    assert servers(desktop, host_files.without_entry(desktop, text)) == servers(desktop, COMMENTED)


def test_comments_of_toml_and_yaml_stay(tmp_path: Path) -> None:
    codex = replace(hosts.find_host("codex"), path=tmp_path / "config.toml")
    text = (
        '# mine\nmodel = "x"  # the best\n\n[mcp_servers.other]\ncommand = "y"\n\n[tools]\na = 1\n'
    )
    made = host_files.with_entry(codex, text, SERVER)
    assert all(line in made.splitlines() for line in text.splitlines())
    assert tomllib.loads(made)["tools"] == {"a": 1}
    assert host_files.without_entry(codex, made) == text
    goose = replace(hosts.find_host("goose"), path=tmp_path / "config.yaml")
    text = "# mine\nextensions:\n  other: # keep\n    enabled: true\nGOOSE_MODEL: x\n"
    made = host_files.with_entry(goose, text, SERVER)
    assert yaml.safe_load(made)["GOOSE_MODEL"] == "x"
    assert host_files.without_entry(goose, made) == text


@pytest.mark.parametrize("name", ["claude-desktop", "codex", "zed"])
def test_what_the_user_set_on_our_entry_is_kept(name: str) -> None:
    host = hosts.find_host(name)
    if host.kind == "toml":
        text = '[mcp_servers.focalface]\ncommand = "old"\n\n[mcp_servers.focalface.env]\nA = "1"\n'
    else:
        text = json.dumps(
            {host.keys[0]: {"focalface": {"command": "old", "env": {"A": "1"}, "disabled": True}}}
        )
    made = servers(host, host_files.with_entry(host, text, SERVER))["focalface"]
    assert isinstance(made, dict)
    assert made["env"] == {"A": "1"} and made["command"] == sys.executable
    assert host.kind == "toml" or made["disabled"] is True


@pytest.mark.parametrize("text", ["[]", "{", '{"mcpServers": []}', "{'a': 1}"])
def test_a_file_that_cannot_be_understood_is_left_alone(desktop: Host, text: str) -> None:
    desktop.path.write_text(text, encoding="utf-8")
    with pytest.raises(FocalFaceError):
        setup(desktop)
    assert desktop.path.read_text(encoding="utf-8") == text
    assert list(desktop.path.parent.iterdir()) == [desktop.path]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_permissions_are_kept_and_never_widened(desktop: Host, mode: int) -> None:
    desktop.path.write_text('{"secret": "token"}', encoding="utf-8")
    desktop.path.chmod(mode)
    backup = setup(desktop)
    assert backup is not None
    assert [stat.S_IMODE(p.stat().st_mode) for p in (desktop.path, backup)] == [mode, mode]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_new_file_is_for_its_owner_alone(desktop: Host) -> None:
    setup(desktop)
    assert stat.S_IMODE(desktop.path.stat().st_mode) == 0o600


def test_no_backup_is_ever_written_over(desktop: Host) -> None:
    kept = []
    for number in range(3):
        desktop.path.write_text(json.dumps({"n": number}), encoding="utf-8")
        kept.append(setup(desktop))
    assert len(set(kept)) == 3
    told = [json.loads(p.read_text(encoding="utf-8"))["n"] for p in kept if p]
    assert told == [0, 1, 2]


def test_a_project_has_its_own_file_where_the_host_knows_one(tmp_path: Path) -> None:
    code = hosts.find_host("vscode", "project", tmp_path)
    assert code.path == tmp_path / ".vscode" / "mcp.json" and code.keys == ("servers",)
    with pytest.raises(SettingsError, match="--scope user"):
        hosts.find_host("claude-desktop", "project")


def test_an_unknown_host_lists_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="claude-desktop"):
        hosts.find_host("netscape")
