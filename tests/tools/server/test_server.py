"""The server as its clients see it, in both protocol eras."""

import asyncio
import base64
import importlib.metadata
import io
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Literal

import insightface.data
import PIL.Image
import pytest
import pytest_asyncio
import skimage.data
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, PromptReference, ResourceTemplateReference, TextContent

from focalface.tools.face import facs
from focalface.tools.face.regions import ATLAS
from focalface.tools.server.protocol import create_server
from focalface.tools.settings import Settings
from focalface.tools.types import Face, Region, RegionDescription
from focalface.tools.workbench import Workbench

BENCH = Workbench(Settings(threads=1))
"""Shared by the tests of this file, so that models load once."""


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one face, a group and none."""
    folder = tmp_path_factory.mktemp("pictures")
    PIL.Image.fromarray(skimage.data.astronaut()).save(folder / "one.png")
    bgr = insightface.data.get_image("t1")
    PIL.Image.fromarray(bgr[:, :, ::-1]).save(folder / "group.jpg", quality=95)
    PIL.Image.new("RGB", (320, 240), "grey").save(folder / "none.png")
    (folder / "text.jpg").write_text("not a picture", encoding="utf-8")
    return folder


@pytest_asyncio.fixture(params=["auto", "legacy"])
async def client(request: pytest.FixtureRequest) -> AsyncIterator[Client]:
    """A client of each protocol era on a server in this process.

    A task of its own holds it open, since it must be closed in the task that opened it.
    """
    mode: Literal["auto", "legacy"] = request.param
    ready: asyncio.Future[Client] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()

    async def hold() -> None:
        try:
            server = create_server(bench=BENCH)
            async with Client(server, mode=mode, raise_exceptions=True) as made:
                ready.set_result(made)
                await done.wait()
        except Exception as error:
            if ready.done():
                raise
            ready.set_exception(error)

    holder = asyncio.create_task(hold())
    yield await ready
    done.set()
    await holder


def text_of(result: CallToolResult) -> str:
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, text_of(result)
    assert isinstance(result.structured_content, dict)
    return result.structured_content


async def error(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error, text_of(result)
    return text_of(result)


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


async def test_a_question_about_a_photo_is_answered_from_end_to_end(
    client: Client, pictures: Path
) -> None:
    found = await call(client, "detect_faces", path=str(pictures / "one.png"))
    assert (found["width"], found["height"], len(found["faces"])) == (512, 512, 1)
    image = {"image_id": found["image_id"]}
    proposed = await call(client, "propose_regions", **image, focus="is the smile genuine?")
    ids = [region["id"] for region in proposed["regions"]]
    assert ids and all(region["reason"] for region in proposed["regions"])
    described = await call(client, "describe_regions", **image, region_ids=ids)
    assert [found["region"]["id"] for found in described["descriptions"]] == ids
    smile = await call(client, "describe_regions", **image, regions=["mouth"])
    units = {unit["code"]: unit["intensity"] for unit in smile["descriptions"][0]["action_units"]}
    assert units["AU12"] > 0.3


async def test_full_detail_reads_back_into_our_types(client: Client, pictures: Path) -> None:
    source = {"path": str(pictures / "one.png"), "detail": "full"}
    found = await call(client, "detect_faces", **source, include_landmarks=True)
    face = Face.model_validate(found["faces"][0])
    assert len(face.landmarks) == len(found["landmark_names"]) > 50
    proposed = await call(client, "propose_regions", **source, limit=3)
    assert len([Region.model_validate(region) for region in proposed["regions"]]) == 3
    described = await call(client, "describe_regions", **source, face_id=face.id, regions=["face"])
    reading = RegionDescription.model_validate(described["descriptions"][0])
    assert reading.region.face_id == face.id and len(reading.region.polygon) > 3


async def test_a_host_that_passes_on_structure_alone_tells_its_model_everything(
    client: Client, pictures: Path
) -> None:
    path = str(pictures / "one.png")
    for tool, arguments in (
        ("detect_faces", {}),
        ("propose_regions", {"focus": "is the smile genuine?"}),
        ("describe_regions", {"regions": ["mouth", "left_eye"]}),
    ):
        structure = await call(client, tool, path=path, **arguments)
        assert list(structure)[:2] == ["summary", "caution"]
        assert structure["summary"] and structure["caution"]
        heavy = {"polygon", "keypoints", "landmarks"} & keys_of(structure)
        assert not heavy, f"{tool} gives {heavy} unasked"
    assert "AU12" in structure["summary"] and "feels" in structure["caution"]


async def test_a_host_that_passes_on_text_alone_tells_its_model_everything(
    client: Client, pictures: Path
) -> None:
    detected = await client.call_tool("detect_faces", {"path": str(pictures / "group.jpg")})
    structure = detected.structured_content
    assert isinstance(structure, dict)
    text = text_of(detected)
    assert structure["image_id"] in text and structure["caution"] in text
    assert len(structure["faces"]) >= 3
    assert all(face["id"] in text for face in structure["faces"])
    described = await client.call_tool(
        "describe_regions", {"image_id": structure["image_id"], "regions": ["mouth", "left_eye"]}
    )
    text = text_of(described)
    assert isinstance(described.structured_content, dict)
    assert described.structured_content["summary"] in text
    assert described.structured_content["caution"] in text
    for reading in described.structured_content["descriptions"]:
        assert reading["text"] in text and reading["region"]["id"] in text
        assert all(code in text for code in reading["not_assessed"])


def keys_of(value: Any) -> set[str]:
    """All keys of JSON data, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


async def test_landmarks_come_only_when_asked_for(client: Client, pictures: Path) -> None:
    path = str(pictures / "one.png")
    full = await call(client, "detect_faces", path=path, include_landmarks=True)
    assert len(full["faces"][0]["landmarks"]) == len(full["landmark_names"]) > 50
    assert len(json.dumps(await call(client, "detect_faces", path=path))) < 1000


async def test_faces_come_in_pages_that_together_are_all_of_them(
    client: Client, pictures: Path
) -> None:
    path = str(pictures / "group.jpg")
    whole = await call(client, "detect_faces", path=path)
    seen: list[str] = []
    cursor = None
    while True:
        page = await call(client, "detect_faces", path=path, limit=2, cursor=cursor)
        assert page["total"] == whole["total"] and str(page["total"]) in page["summary"]
        assert [face["number"] for face in page["faces"]] == [
            len(seen) + n for n in range(1, len(page["faces"]) + 1)
        ]
        seen += [face["id"] for face in page["faces"]]
        cursor = page.get("next_cursor")
        if cursor is None:
            break
        assert len(page["faces"]) == 2
    assert seen == [face["id"] for face in whole["faces"]]
    assert "next_cursor" in await error(client, "detect_faces", path=path, cursor="99")


async def test_all_regions_of_a_face_fit_into_12_kilobytes(client: Client, pictures: Path) -> None:
    result = await client.call_tool(
        "describe_regions", {"path": str(pictures / "one.png"), "regions": list(ATLAS)}
    )
    assert isinstance(result.structured_content, dict)
    assert len(result.structured_content["descriptions"]) == len(ATLAS)
    assert len(json.dumps(result.structured_content)) <= 12_000
    assert len(text_of(result)) <= 12_000


async def test_every_tool_goes_from_a_path_to_its_answer_in_a_server_that_knows_nothing(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pictures)
    url = (pictures / "one.png").as_uri()
    async with Client(create_server(bench=BENCH), raise_exceptions=True) as first:
        found = await call(first, "detect_faces", path="one.png")
        proposed = await call(first, "propose_regions", path=url, focus="is he smiling?")
    face_id, region = found["faces"][0]["id"], proposed["regions"][0]
    for target in ({"face_id": face_id, "regions": ["mouth"]}, {"region_ids": [region["id"]]}):
        async with Client(create_server(bench=BENCH), raise_exceptions=True) as fresh:
            described = await call(fresh, "describe_regions", path=url, **target)
            assert described["face_id"] == face_id
            drawn = await fresh.call_tool("annotate_image", {"path": "one.png"})
            assert not drawn.is_error


async def test_several_faces_are_described_in_one_call(client: Client, pictures: Path) -> None:
    path = str(pictures / "group.jpg")
    ids = [face["id"] for face in (await call(client, "detect_faces", path=path))["faces"]]
    both = await call(
        client, "describe_regions", path=path, face_ids=["2", ids[0]], regions=["mouth", "face"]
    )
    owners = [found["region"]["face_id"] for found in both["descriptions"]]
    assert owners == [ids[1], ids[1], ids[0], ids[0]]
    assert "Face 2, mouth, face:" in both["summary"] and "Face 1, mouth" in both["summary"]


async def test_a_shape_belongs_to_the_face_that_it_lies_on(client: Client, pictures: Path) -> None:
    path = str(pictures / "group.jpg")
    faces = (await call(client, "detect_faces", path=path))["faces"]
    box = faces[-1]["box"]
    x, y = (box["x1"] + box["x2"]) / 2, (box["y1"] + box["y2"]) / 2
    found = await call(
        client, "describe_regions", path=path, points=[{"x": x, "y": y, "radius": 9}]
    )
    assert found["face_id"] == faces[-1]["id"]


async def test_all_ways_to_name_a_region_work_together_and_keep_their_order(
    client: Client, pictures: Path
) -> None:
    found = await call(client, "detect_faces", path=str(pictures / "one.png"))
    box = found["faces"][0]["box"]
    x, y = (box["x1"] + box["x2"]) / 2, (box["y1"] + box["y2"]) / 2
    described = await call(
        client,
        "describe_regions",
        image_id=found["image_id"],
        regions=["eyes", "chin"],
        boxes=[{"x1": x - 20, "y1": y - 10, "x2": x + 20, "y2": y + 10}],
        polygons=[[[x, y], [x + 30, y], [x, y + 30]]],
        points=[{"x": x, "y": y, "radius": 12}],
    )
    names = [reading["region"]["name"] for reading in described["descriptions"]]
    assert sorted(names[:2]) == ["left_eye", "right_eye"]
    assert names[2:] == ["chin", "custom", "custom", "custom"]


async def test_a_region_named_twice_is_described_once(client: Client, pictures: Path) -> None:
    found = await call(client, "detect_faces", path=str(pictures / "one.png"))
    described = await call(
        client, "describe_regions", image_id=found["image_id"], regions=["mouth", "mouth", "eyes"]
    )
    assert len(described["descriptions"]) == 3


async def test_the_largest_face_is_described_unless_another_is_named(
    client: Client, pictures: Path
) -> None:
    found = await call(client, "detect_faces", path=str(pictures / "group.jpg"))
    image_id, faces = found["image_id"], found["faces"]
    first = await call(client, "describe_regions", image_id=image_id, regions=["face"])
    third = await call(
        client, "describe_regions", image_id=image_id, face_id=faces[2]["id"], regions=["face"]
    )
    assert (first["face_id"], third["face_id"]) == (faces[0]["id"], faces[2]["id"])
    known = third["descriptions"][0]["region"]["id"]
    again = await call(client, "describe_regions", image_id=image_id, region_ids=[known])
    assert again["face_id"] == faces[2]["id"]


async def test_progress_is_reported_region_by_region(client: Client, pictures: Path) -> None:
    seen: list[tuple[float, float | None]] = []

    async def note(done: float, total: float | None, message: str | None) -> None:
        seen.append((done, total))

    found = await call(client, "detect_faces", path=str(pictures / "one.png"))
    await client.call_tool(
        "describe_regions",
        {"image_id": found["image_id"], "regions": ["mouth", "chin", "forehead"]},
        progress_callback=note,
    )
    assert seen == [(1, 3), (2, 3), (3, 3)]


async def test_an_annotated_picture_is_a_small_jpeg_with_a_legend(
    client: Client, pictures: Path
) -> None:
    found = await call(client, "detect_faces", path=str(pictures / "one.png"))
    result = await client.call_tool(
        "annotate_image",
        {
            "image_id": found["image_id"],
            "regions": ["mouth", "left_eye"],
            "labels": "numbers",
            "max_side": 256,
        },
    )
    text, picture = result.content
    assert picture.type == "image" and picture.mime_type == "image/jpeg"
    drawn = PIL.Image.open(io.BytesIO(base64.b64decode(picture.data)))
    assert drawn.size == (256, 256)
    assert text.type == "text" and "Region 2: left_eye" in text.text
    assert result.structured_content is None


async def test_no_face_is_an_answer_that_says_how_to_go_on(client: Client, pictures: Path) -> None:
    result = await client.call_tool("detect_faces", {"path": str(pictures / "none.png")})
    assert not result.is_error
    assert "No face was found" in text_of(result) and "whole_image_is_face" in text_of(result)
    assert isinstance(result.structured_content, dict)
    image_id = result.structured_content["image_id"]
    told = await error(client, "describe_regions", image_id=image_id, regions=["face"])
    assert "whole_image_is_face" in told


async def test_a_face_crop_can_be_declared_as_one(client: Client, pictures: Path) -> None:
    found = await call(
        client, "detect_faces", path=str(pictures / "none.png"), whole_image_is_face=True
    )
    assert found["faces"][0]["box"] == {"x1": 0, "y1": 0, "x2": 320, "y2": 240}
    await call(client, "describe_regions", image_id=found["image_id"], regions=["mouth"])


@pytest.mark.parametrize(
    ("tool", "arguments", "lesson"),
    [
        ("detect_faces", {}, "either path or image_id"),
        ("detect_faces", {"path": "a.jpg", "image_id": "img_1"}, "not both"),
        ("detect_faces", {"path": "gone.jpg"}, "check the path"),
        ("detect_faces", {"path": "https://a.b/c.jpg"}, "save the picture"),
        ("detect_faces", {"path": "text.jpg"}, "JPEG, PNG, WebP"),
        ("detect_faces", {"path": "."}, "is a folder"),
        ("detect_faces", {"file": "one.png"}, "takes no argument 'file'; use path"),
        ("detect_faces", {"path": "file://other/one.png"}, "file:///path/to/picture.jpg"),
        ("detect_faces", {"path": "~nobody-here/a.jpg"}, "check"),
        ("detect_faces", {"path": "x" * 200_000}, "check the path"),
        (
            "describe_regions",
            {"path": "one.png", "face_id": "2", "regions": ["chin"]},
            "has 1 face",
        ),
        ("draw_faces", {}, "There is no tool 'draw_faces'"),
        ("detect_faces", {"image_id": "img_0"}, "call detect_faces with the picture's path"),
        ("describe_regions", {"image_id": "img_0", "regions": ["mouth"]}, "call detect_faces"),
        ("annotate_image", {"image_id": "img_0"}, "call detect_faces"),
    ],
)
async def test_an_error_teaches_what_to_do_next(
    client: Client,
    pictures: Path,
    monkeypatch: pytest.MonkeyPatch,
    tool: str,
    arguments: dict[str, Any],
    lesson: str,
) -> None:
    monkeypatch.chdir(pictures)
    told = await error(client, tool, **arguments)
    assert lesson in told
    assert len(told) < 400 and "pydantic" not in told and "Error executing" not in told


@pytest.mark.parametrize(
    ("arguments", "lesson"),
    [
        ({}, "No region was given"),
        ({"regions": ["left eyebrwo"]}, "left_brow"),
        ({"region_ids": ["region_0"]}, "call propose_regions"),
        ({"face_id": "face_0", "regions": ["mouth"]}, "call detect_faces"),
        ({"boxes": [{"x1": 9, "y1": 0, "x2": 1, "y2": 9}]}, "x1 < x2"),
        ({"boxes": [{"x1": 900, "y1": 0, "x2": 999, "y2": 9}]}, "512"),
        ({"polygons": [[[0, 0], [1, 1]]]}, "at least 3"),
        ({"points": [{"x": 5, "y": 5, "radius": 0}]}, "must be greater than 0"),
        ({"regions": ["mouth"], "timeout_s": 0}, "greater than 0"),
    ],
)
async def test_a_wrong_region_teaches_what_would_be_right(
    client: Client, pictures: Path, arguments: dict[str, Any], lesson: str
) -> None:
    found = await call(client, "detect_faces", path=str(pictures / "one.png"))
    told = await error(client, "describe_regions", image_id=found["image_id"], **arguments)
    assert lesson in told


async def test_only_allowed_folders_are_read_and_links_do_not_lead_out(
    pictures: Path, tmp_path: Path
) -> None:
    (tmp_path / "link.png").symlink_to(pictures / "one.png")
    settings = Settings(folders=(tmp_path,))
    async with Client(create_server(settings), raise_exceptions=True) as client:
        outside = [pictures / "one.png", tmp_path / "link.png", tmp_path / ".." / "gone.png"]
        for path in outside:
            assert "outside the folders" in await error(client, "detect_faces", path=str(path))
        assert "check the path" in await error(
            client, "detect_faces", path=str(tmp_path / "gone.png")
        )


async def test_names_are_looked_for_in_the_allowed_folder(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(folders=(tmp_path, pictures), threads=1)
    async with Client(create_server(settings), raise_exceptions=True) as client:
        assert (await call(client, "detect_faces", path="one.png"))["total"] == 1


async def test_a_prompt_without_its_argument_says_which_one(client: Client) -> None:
    for name, arguments, lesson in (
        ("analyze_face", {}, "needs the argument 'image'"),
        ("describe_region", {"image": "a.jpg"}, "needs the argument 'region'"),
        ("analyse_face", {}, "did you mean 'analyze_face'?"),
    ):
        with pytest.raises(MCPError) as raised:
            await client.get_prompt(name, arguments)
        assert raised.value.error.code == -32602 and lesson in str(raised.value)


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


async def test_a_real_process_answers_over_stdio(pictures: Path, tmp_path: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "focalface.agent", "serve", "--threads", "1"],
        env={**os.environ, "FOCALFACE_HOME": str(tmp_path)},
    )
    async with Client(server) as client:
        assert len((await client.list_tools()).tools) == 4
        found = await call(client, "detect_faces", path=str(pictures / "one.png"))
        described = await call(
            client, "describe_regions", image_id=found["image_id"], regions=["mouth"]
        )
        assert described["descriptions"][0]["text"]
