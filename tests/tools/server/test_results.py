"""What a call returns: everything in text and in structure, small, in pages."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import PIL.Image
from mcp import Client
from mcp_calls import call, error, text_of

from focalface.tools.face.regions import ATLAS
from focalface.tools.types import Face, Region, RegionDescription


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
