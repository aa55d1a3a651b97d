"""What the server tells of itself before a tool is called: tools, hints, instructions."""

import importlib.metadata
import json
from pathlib import Path

from mcp import Client

from focalface.tools.server.protocol import create_server
from focalface.tools.settings import Settings


async def test_it_lists_four_read_only_closed_world_tools(client: Client) -> None:
    tools = (await client.list_tools()).tools
    assert [tool.name for tool in tools] == [
        "detect_faces",
        "propose_regions",
        "describe_regions",
        "annotate_image",
    ]
    for tool in tools:
        assert tool.description and "\n  " not in tool.description
        assert "Example:" in tool.description
        hints = tool.annotations
        assert hints and hints.read_only_hint and hints.idempotent_hint
        assert hints.open_world_hint is False and hints.destructive_hint is False
        assert "prefixItems" not in json.dumps(tool.input_schema)


def test_a_remote_describer_is_declared_as_open_world() -> None:
    settings = Settings(describer="remote:some-model", base_url="http://localhost:1/v1")
    tools = create_server(settings)._tool_manager.list_tools()
    opened = {tool.name for tool in tools if tool.annotations and tool.annotations.open_world_hint}
    assert opened == {"describe_regions"}


async def test_the_picture_has_no_structure_that_a_host_would_pass_on_instead(
    client: Client, pictures: Path
) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert tools.pop("annotate_image").output_schema is None
    assert all(tool.output_schema for tool in tools.values())


async def test_the_server_says_its_version_and_shows_its_icon(client: Client) -> None:
    about = client.server_info
    assert about.version == importlib.metadata.version("focalface")
    assert about.icons and about.icons[0].src.startswith("data:image/svg+xml;base64,")
    offered = client.server_capabilities
    assert offered.tools and not offered.tools.list_changed
    assert offered.resources and not offered.resources.list_changed


async def test_the_instructions_give_the_order_of_calls_and_the_lifetime(client: Client) -> None:
    told = client.instructions or ""
    order = [told.index(name) for name in ("detect_faces", "propose_regions", "describe_regions")]
    assert order == sorted(order)
    assert "60 minutes" in told and "subject's" in told
    assert "stay on this machine" in told and "must be told" in told


def test_the_instructions_ask_for_consent_when_faces_leave_the_machine() -> None:
    settings = Settings(describer="remote:some-model", base_url="http://localhost:1/v1")
    told = create_server(settings).instructions or ""
    assert "http://localhost:1/v1" in told and "consent" in told
    assert "stay on this machine" not in told
