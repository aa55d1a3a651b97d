"""The prompts that the server offers, filled from the files in ``prompts``."""

from collections.abc import Callable, Container
from typing import Annotated, Any

from mcp.server import MCPServer
from pydantic import Field

from focalface.prompts import load

Picture = Annotated[str, Field(description="Path of the picture")]
RegionName = Annotated[str, Field(description="Region, such as mouth or left brow")]


def add_prompts(
    server: MCPServer[Any], said: Callable[[str], str] = str, but: Container[str] = ()
) -> None:
    """Add all prompts ``but`` some; each argument is required, ``said`` words the texts."""

    def analyze_face(image: Picture) -> str:
        """Read a whole face region by region, with evidence."""
        return said(load("analyze_face").fill(image=image))

    def compare_sides(image: Picture) -> str:
        """Compare the subject's left and right side."""
        return said(load("compare_sides").fill(image=image))

    def genuine_smile(image: Picture) -> str:
        """Check a smile for the eye and mouth movements of a Duchenne smile."""
        return said(load("genuine_smile").fill(image=image))

    def describe_region(image: Picture, region: RegionName) -> str:
        """Describe one region of a face."""
        return said(load("describe_region").fill(image=image, region=region))

    titles: dict[Callable[..., str], str] = {
        analyze_face: "Analyse a face",
        compare_sides: "Compare the sides of a face",
        genuine_smile: "Is this smile genuine?",
        describe_region: "Describe a region",
    }
    for prompt, title in titles.items():
        if prompt.__name__ not in but:
            server.prompt(title=title)(prompt)
