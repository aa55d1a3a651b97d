"""Resources, prompts and completion: what is known without a picture."""

import json
from typing import Any

import pytest
from benches import BENCH
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp.types import PromptReference, ResourceTemplateReference

from focalface.tools.face import facs
from focalface.tools.face.regions import ATLAS


async def test_regions_and_units_are_completed(client: Client) -> None:
    async def completed(ref: Any, name: str, value: str) -> list[str]:
        found = await client.complete(ref, {"name": name, "value": value})
        return found.completion.values

    prompt = PromptReference(type="ref/prompt", name="describe_region")
    assert await completed(prompt, "region", "left b") == ["left_brow"]
    assert "smile line" in await completed(prompt, "region", "smile")
    unit = ResourceTemplateReference(type="ref/resource", uri="focal://units/{code}")
    assert await completed(unit, "code", "au1")
    assert await completed(prompt, "image", "a") == []


async def test_the_reference_can_be_read_as_a_table_and_by_the_row(client: Client) -> None:
    async def read(uri: str) -> str:
        return (await client.read_resource(uri)).contents[0].text  # type: ignore[union-attr]

    assert "| mouth |" in await read("focal://atlas.md")
    assert "| AU12 | lip corner puller |" in await read("focal://action-units.md")
    assert json.loads(await read("focal://units/au12"))["name"] == "lip corner puller"
    assert json.loads(await read("focal://regions/mouth"))["action_units"]
    with pytest.raises(MCPError, match="There is no region 'moth'; did you mean 'mouth'"):
        await read("focal://regions/moth")


async def test_the_resources_name_every_region_unit_and_model(client: Client) -> None:
    async def read(uri: str) -> Any:
        content = (await client.read_resource(uri)).contents[0]
        return json.loads(content.text)  # type: ignore[union-attr]

    atlas = await read("focal://atlas")
    assert {region["name"] for region in atlas["regions"]} == set(ATLAS)
    units = (await read("focal://action-units"))["units"]
    assert [unit["code"] for unit in units] == list(facs.CODES)
    assert {u["code"] for u in units if u["assessed"]} == BENCH.supported_aus
    models = await read("focal://models")
    assert all(model["licence"] for model in models)


async def test_each_prompt_is_filled_with_its_arguments(client: Client) -> None:
    prompts = (await client.list_prompts()).prompts
    assert {prompt.name for prompt in prompts} == {
        "analyze_face",
        "compare_sides",
        "genuine_smile",
        "describe_region",
    }
    for prompt in prompts:
        values = {a.name: f"<{a.name}>" for a in prompt.arguments or []}
        message = (await client.get_prompt(prompt.name, values)).messages[0]
        assert message.content.type == "text"
        assert "detect_faces" in message.content.text
        assert all(value in message.content.text for value in values.values())
