"""What is published beside the package: the bundle, server.json, the skill, the Dockerfile."""

import io
import json
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import yaml

from focalface.agent.cli.bundle import make_bundle
from focalface.tools.server.protocol import create_server

ROOT = Path(__file__).resolve().parents[3]


def test_the_bundle_starts_our_server_in_the_chosen_folder() -> None:
    with zipfile.ZipFile(io.BytesIO(make_bundle())) as archive:
        told = json.loads(archive.read("manifest.json"))
        assert told["manifest_version"] == "0.4" and told["server"]["type"] == "uv"
        assert told["user_config"]["folder"]["type"] == "directory"
        assert told["server"]["mcp_config"]["args"][-2:] == ["--folder", "${user_config.folder}"]
        assert told["server"]["entry_point"] in archive.namelist()
        assert told["icon"] in archive.namelist()
        project = tomllib.loads(archive.read("pyproject.toml").decode())
    assert project["project"]["dependencies"] == [f"focalface=={version('focalface')}"]
    assert make_bundle() == make_bundle()


async def test_the_bundle_lists_the_tools_that_the_server_has() -> None:
    with zipfile.ZipFile(io.BytesIO(make_bundle())) as archive:
        told = json.loads(archive.read("manifest.json"))
    tools = await create_server().list_tools()
    assert [tool["name"] for tool in told["tools"]] == [tool.name for tool in tools]


def test_server_json_names_what_the_readme_and_the_package_name() -> None:
    about = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"mcp-name: {about['name']}" in readme
    assert len(about["description"]) <= 100
    package = about["packages"][0]
    assert package["version"] == about["version"] == version("focalface")


async def test_the_skill_says_what_it_is_for_and_names_real_tools() -> None:
    text = (ROOT / "docs" / "skills" / "read-faces" / "SKILL.md").read_text(encoding="utf-8")
    _, head, body = text.split("---", 2)
    about = yaml.safe_load(head)
    assert about["name"] == "read-faces" and len(about["description"]) <= 1024
    tools = {tool.name for tool in await create_server().list_tools()}
    assert all(f"`{tool}`" in body for tool in tools)


def test_the_image_serves_with_a_folder_and_without_a_token_of_its_own() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "FOCALFACE_FOLDERS=/photos" in text and "ENV FOCALFACE_TOKEN" not in text
