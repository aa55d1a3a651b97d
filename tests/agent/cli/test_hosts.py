import json
import sys
from pathlib import Path

import pytest

from focalface.agent.cli import hosts
from focalface.agent.cli.hosts import Host
from focalface.tools.errors import FocalFaceError, SettingsError


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host("Some Host", tmp_path / "deep" / "mcp.json")


def setup(host: Host) -> Path | None:
    return hosts.install(host, hosts.merged(host, hosts.entry(host, ["--folder", "/pictures"])))


def test_a_host_without_a_file_gets_one(host: Host) -> None:
    assert setup(host) is None
    data = json.loads(host.path.read_text(encoding="utf-8"))
    assert data["mcpServers"]["focalface"] == {
        "command": sys.executable,
        "args": ["-m", "focalface.agent", "serve", "--folder", "/pictures"],
    }


def test_other_servers_and_settings_stay_as_they_are(host: Host) -> None:
    before = {"theme": "dark", "mcpServers": {"other": {"command": "x", "env": {"é": "ü"}}}}
    host.path.parent.mkdir()
    host.path.write_text(json.dumps(before), encoding="utf-8")
    backup = setup(host)
    after = json.loads(host.path.read_text(encoding="utf-8"))
    assert after.pop("theme") == "dark"
    assert after["mcpServers"]["other"] == before["mcpServers"]["other"]
    assert backup is not None
    assert json.loads(backup.read_text(encoding="utf-8")) == before


def test_a_second_run_changes_nothing_and_keeps_the_first_backup(host: Host) -> None:
    host.path.parent.mkdir()
    host.path.write_text("{}", encoding="utf-8")
    backup = setup(host)
    text = host.path.read_bytes()
    assert setup(host) is None
    assert host.path.read_bytes() == text
    assert backup is not None and backup.read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize("text", ['{"a": 1, // note\n}', "[]", "{", '{"mcpServers": []}'])
def test_a_file_that_is_not_a_plain_object_is_left_alone(host: Host, text: str) -> None:
    host.path.parent.mkdir()
    host.path.write_text(text, encoding="utf-8")
    with pytest.raises(FocalFaceError):
        setup(host)
    assert host.path.read_text(encoding="utf-8") == text


def test_an_empty_file_counts_as_an_empty_object(host: Host) -> None:
    host.path.parent.mkdir()
    host.path.write_text("", encoding="utf-8")
    setup(host)
    assert "focalface" in json.loads(host.path.read_text(encoding="utf-8"))["mcpServers"]


def test_vs_code_has_its_own_key_and_says_the_transport(tmp_path: Path) -> None:
    code = hosts.hosts(tmp_path)["vscode"]
    assert code.path == tmp_path / ".vscode" / "mcp.json"
    setup(code)
    entry = json.loads(code.path.read_text(encoding="utf-8"))["servers"]["focalface"]
    assert entry["type"] == "stdio"


def test_an_unknown_host_lists_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="claude-desktop"):
        hosts.find_host("netscape")
