"""Errors that a model can learn from: what is wrong, and what to call instead."""

from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_calls import call, error


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


async def test_a_prompt_without_its_argument_says_which_one(client: Client) -> None:
    for name, arguments, lesson in (
        ("analyze_face", {}, "needs the argument 'image'"),
        ("describe_region", {"image": "a.jpg"}, "needs the argument 'region'"),
        ("analyse_face", {}, "did you mean 'analyze_face'?"),
    ):
        with pytest.raises(MCPError) as raised:
            await client.get_prompt(name, arguments)
        assert raised.value.error.code == -32602 and lesson in str(raised.value)
