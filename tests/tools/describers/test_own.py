"""A describer of the user's own, named by its import path."""

import PIL.Image
import pytest
import skimage.data
from mcp import Client
from own_describer import Ruler

from focalface.tools.errors import UsageError
from focalface.tools.server.protocol import create_server
from focalface.tools.settings import Settings
from focalface.tools.workbench import Workbench

OWN = Settings(describer="own_describer:make", threads=1)


def test_it_is_made_by_its_factory_and_describes() -> None:
    bench = Workbench(OWN)
    image = bench.open(PIL.Image.fromarray(skimage.data.astronaut()))
    [face] = bench.detect(image)
    mouth, chin = bench.describe(image, face, ["mouth", "chin"])
    assert isinstance(bench.describer, Ruler)
    assert (mouth.describer, mouth.region.name, chin.region.name) == ("ruler-1", "mouth", "chin")
    assert mouth.text.startswith("It is ")


@pytest.mark.parametrize(
    ("path", "lesson"),
    [
        ("own_describer", "no describer 'own_describer'; choose embedded"),
        ("own_describer:", "no describer"),
        ("own_describer:make()", "no describer"),
        ("own_describer:Rule", "cannot be imported"),
        ("no_such_module:make", "cannot be imported (No module named 'no_such_module')"),
        ("json:JSONDecoder", "made a JSONDecoder, no describer"),
        ("embedded:make", "cannot be imported (No module named 'embedded')"),
        ("remote:", "no describer 'remote:'"),
    ],
)
def test_what_is_no_describer_is_told_in_one_sentence(path: str, lesson: str) -> None:
    with pytest.raises(UsageError) as raised:
        _ = Workbench(Settings(describer=path, threads=1)).describer
    assert lesson in str(raised.value)


async def test_the_server_does_not_vouch_for_where_it_sends_faces() -> None:
    async with Client(create_server(OWN), raise_exceptions=True) as client:
        told = client.instructions or ""
        tools = {tool.name: tool.annotations for tool in (await client.list_tools()).tools}
    assert "own_describer:make" in told and "consent" in told
    assert "stay on this machine" not in told
    opened = {name for name, hints in tools.items() if hints and hints.open_world_hint}
    assert opened == {"describe_regions"}
