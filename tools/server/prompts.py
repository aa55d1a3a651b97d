"""The prompts that the server offers, filled from the files in ``prompts``."""

from typing import Annotated, Any

from mcp.server import MCPServer
from pydantic import Field

from focalface.prompts import load

Picture = Annotated[str, Field(description="Path of the picture")]
RegionName = Annotated[str, Field(description="Region, such as mouth or left brow")]


def add_prompts(server: MCPServer[Any]) -> None:
    """Adds all prompts; each argument is required."""

    @server.prompt(title="Analyse a face")
    def analyze_face(image: Picture) -> str:
        """Read a whole face region by region, with evidence."""
        return load("analyze_face").fill(image=image)

    @server.prompt(title="Compare the sides of a face")
    def compare_sides(image: Picture) -> str:
        """Compare the subject's left and right side."""
        return load("compare_sides").fill(image=image)

    @server.prompt(title="Is this smile genuine?")
    def genuine_smile(image: Picture) -> str:
        """Check a smile for the eye and mouth movements of a Duchenne smile."""
        return load("genuine_smile").fill(image=image)

    @server.prompt(title="Describe a region")
    def describe_region(image: Picture, region: RegionName) -> str:
        """Describe one region of a face."""
        return load("describe_region").fill(image=image, region=region)
