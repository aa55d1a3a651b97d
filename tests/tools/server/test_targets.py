"""How a call names its picture, its faces and its regions."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from benches import BENCH
from mcp import Client
from mcp_calls import call, error, text_of

from focalface.tools import Workbench
from focalface.tools.describers.embedded.describer import EmbeddedDescriber
from focalface.tools.interfaces import Detection, Mesh
from focalface.tools.pictures.images import Image
from focalface.tools.server.protocol import create_server
from focalface.tools.settings import Settings


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


async def test_reading_the_largest_face_of_a_group_looks_at_no_other(pictures: Path) -> None:
    looked_at: list[Detection] = []

    class Watched(EmbeddedDescriber):
        def fit_all(self, image: Image, found: Sequence[Detection]) -> list[Mesh]:
            looked_at.extend(found)
            return super().fit_all(image, found)

    bench = Workbench(describer=Watched(threads=1))
    async with Client(create_server(bench=bench), raise_exceptions=True) as client:
        path = str(pictures / "group.jpg")
        found = await call(client, "describe_regions", path=path, regions=["mouth"])
        assert len(looked_at) == 1
        listed = await call(client, "detect_faces", path=path)
    assert found["face_id"] == listed["faces"][0]["id"]
    assert len(looked_at) == listed["total"] == 6


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
