"""What can be asked, as resources: the atlas, the action units, the models; JSON and Markdown."""

import json
from collections.abc import Sequence
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.types import Completion

from focalface.tools.server import teaching
from focalface.tools.server.service import FaceService

MOST = 100
"""Values of a completion at most, as the protocol has it."""
_JSON, _MARKDOWN = "application/json", "text/markdown"


def add_resources(server: MCPServer[Any], service: FaceService) -> None:
    """Add the reference pages; the modules behind them load when one is read."""

    @server.resource("focal://atlas", title="Regions of a face", mime_type=_JSON)
    def atlas() -> str:
        """Names, aliases, muscles and action units of every region, as JSON."""
        from focalface.tools.server import reference

        return json.dumps(reference.atlas(), ensure_ascii=False)

    @server.resource("focal://atlas.md", title="Regions of a face, to read", mime_type=_MARKDOWN)
    def atlas_page() -> str:
        """Return the same as a table."""
        from focalface.tools.server import reference, reference_page

        return reference_page.of_atlas(reference.atlas())

    @server.resource("focal://action-units", title="Action units", mime_type=_JSON)
    def action_units() -> str:
        """FACS units: names, muscles, where they show, which the describer assesses, as JSON."""
        from focalface.tools.server import reference

        return json.dumps(reference.action_units(service.bench.supported_aus), ensure_ascii=False)

    @server.resource("focal://action-units.md", title="Action units, to read", mime_type=_MARKDOWN)
    def action_units_page() -> str:
        """Return the same as a table."""
        from focalface.tools.server import reference, reference_page

        return reference_page.of_units(reference.action_units(service.bench.supported_aus))

    @server.resource("focal://models", title="Models", mime_type=_JSON)
    def models() -> str:
        """Weights: licence, source, size, and whether they are installed."""
        from focalface.tools.models.catalog import catalogue

        return json.dumps([m.model_dump(mode="json") for m in catalogue()])

    @server.resource("focal://regions/{name}", title="One region", mime_type=_JSON)
    def region(name: str) -> str:
        """Return one region of the atlas."""
        from focalface.tools.server import reference

        return _one("region", name, reference.atlas()["regions"], "name")

    @server.resource("focal://units/{code}", title="One action unit", mime_type=_JSON)
    def unit(code: str) -> str:
        """Return one action unit, such as AU12."""
        from focalface.tools.server import reference

        units = reference.action_units(service.bench.supported_aus)["units"]
        return _one("action unit", code.upper(), units, "code")


def _one(kind: str, wanted: str, rows: Sequence[dict[str, Any]], key: str) -> str:
    row = next((row for row in rows if row[key] == wanted), None)
    if row is None:
        raise ResourceNotFoundError(teaching.unknown_name(kind, wanted, [r[key] for r in rows]))
    return json.dumps(row, ensure_ascii=False)


def add_completion(server: MCPServer[Any]) -> None:
    """Complete regions and action units, in prompts and in resource addresses."""

    @server.completion()  # type: ignore[no-untyped-call, untyped-decorator]
    async def complete(reference: Any, argument: Any, context: Any) -> Completion | None:
        names = choices(argument.name)
        return _matching(argument.value, names) if names else None


def choices(argument: str) -> Sequence[str]:
    """Return what an argument of that name may be; nothing for one that is free."""
    from focalface.tools.face import facs, regions

    if argument == "region":
        aliases = (alias for name in regions.ATLAS for alias in regions.aliases(name))
        return list(dict.fromkeys([*regions.ATLAS, *aliases]))
    return {"name": regions.ATLAS, "code": facs.CODES}.get(argument, ())


def _matching(begun: str, names: Sequence[str]) -> Completion:
    """Names that begin so, then those that hold it; spaces and underscores are the same."""
    low = begun.lower().replace(" ", "_")
    plain = {name: name.lower().replace(" ", "_") for name in names}
    first = [name for name in names if plain[name].startswith(low)]
    found = first + [name for name in names if low in plain[name] and name not in first]
    return Completion(values=found[:MOST], total=len(found), has_more=len(found) > MOST)
