"""The MCP server as a client sees it, in both protocol eras: schemas, errors, sizes, time."""

import asyncio
import json
import re
import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Literal

from inspect_ai import Task, task
from mcp import Client, MCPError
from mcp.types import CallToolResult, TextContent
from pydantic import Field

from focalface.evals.datasets import pictures
from focalface.evals.harness import inspecting
from focalface.evals.harness.suite import SHOWN, Raw, Suite
from focalface.evals.metrics.statistics import Statistic, mean, ratio
from focalface.evals.subjects import registry
from focalface.tools.server.protocol import create_server
from focalface.tools.types import Frozen
from focalface.tools.workbench import Workbench

Era = Literal["auto", "legacy"]
ERAS: tuple[Era, ...] = ("auto", "legacy")
TEXT_LIMIT = 12_000
"""Characters of text that one result may take from a client's context (about 3,000 tokens)."""

_TOOLS = ("detect_faces", "propose_regions", "describe_regions", "annotate_image")
_PICTURES = "annotate_image"
"""Has no structure, since some hosts pass on either that or the picture."""
_RESOURCES = ("focal://atlas", "focal://action-units", "focal://models")
_PROMPTS = ("analyze_face", "compare_sides", "genuine_smile", "describe_region")
Json = dict[str, Any]


class ProtocolCase(Frozen):
    """One thing that a client does. ``IMAGE``, ``FACE`` and ``PATH`` in arguments are filled in.

    ``wants``: ``result`` (valid against its schema), ``error`` (its text matches ``says``), or a
    look at the lists of ``tools``, ``resources`` or ``prompts``.
    """

    id: str
    era: Era
    wants: Literal["result", "error", "tools", "resources", "prompts"]
    tool: str = ""
    arguments: Mapping[str, Any] = Field(default_factory=dict)
    says: str = ""
    picture: str = "astronaut"


class ProtocolRecord(Frozen):
    """What came back; ``problem`` says what is wrong with it, None is right."""

    case: ProtocolCase
    problem: str | None = None
    characters: int = 0
    image_bytes: int = 0
    milliseconds: float = 0.0
    failure: str | None = None


@task
def protocol(limit: int | None = None, seed: int = 0, describer: str | None = None) -> Task:
    """Calls of an MCP client to the server in this process."""
    bench = registry.workbench(describer)
    return inspecting.make_task(
        "protocol",
        [c.model_dump(mode="json") for c in inspecting.take(cases(), limit, seed)],
        partial(_run, bench),
        failed=_failed,
        worth=lambda r: {"right": float(r["problem"] is None and r["failure"] is None)},
        show=lambda r: r["problem"] or "right",
        subject={},
    )


_IMAGE = {"image_id": "IMAGE"}
_CALLS: tuple[tuple[str, str, Json], ...] = (
    ("detect", "detect_faces", {"path": "PATH"}),
    ("detect-crop", "detect_faces", {"path": "PATH", "whole_image_is_face": True}),
    ("propose", "propose_regions", {**_IMAGE, "focus": "is the smile genuine?"}),
    ("propose-units", "propose_regions", {**_IMAGE, "attributes": ["AU4", "age"], "limit": 3}),
    ("describe", "describe_regions", {**_IMAGE, "regions": ["mouth", "eyes"]}),
    ("describe-all", "describe_regions", {**_IMAGE, "regions": ["face", "upper_face", "chin"]}),
    (
        "describe-box",
        "describe_regions",
        {**_IMAGE, "face_id": "FACE", "boxes": [{"x1": 195, "y1": 130, "x2": 250, "y2": 160}]},
    ),
    ("annotate", "annotate_image", {**_IMAGE, "regions": ["mouth"], "max_side": 320}),
)
_ERRORS: tuple[tuple[str, str, Json, str], ...] = (
    ("no-file", "detect_faces", {"path": "/nowhere/none.jpg"}, r"path|file"),
    ("no-picture", "detect_faces", {}, r"path"),
    ("old-image", "propose_regions", {"image_id": "img-gone"}, r"detect_faces"),
    ("bad-face", "describe_regions", {**_IMAGE, "face_id": "x", "regions": ["chin"]}, r"detect_f"),
    ("bad-region", "describe_regions", {**_IMAGE, "regions": ["moutth"]}, r"mouth"),
    ("no-region", "describe_regions", {**_IMAGE}, r"region"),
    ("unknown-argument", "describe_regions", {**_IMAGE, "area": "chin"}, r"area|extra"),
    ("bad-attribute", "propose_regions", {**_IMAGE, "attributes": ["AU999"]}, r"AU"),
)


def cases() -> list[ProtocolCase]:
    """Return every call, error and list in both eras."""
    found = []
    for era in ERAS:
        found += [
            ProtocolCase(id=f"{n}-{era}", era=era, wants="result", tool=t, arguments=a)
            for n, t, a in _CALLS
        ]
        found += [
            ProtocolCase(id=f"{n}-{era}", era=era, wants="error", tool=t, arguments=a, says=s)
            for n, t, a, s in _ERRORS
        ]
        found += [
            ProtocolCase(id=f"{wants}-{era}", era=era, wants=wants)
            for wants in ("tools", "resources", "prompts")
        ]
        found.append(
            ProtocolCase(
                id=f"no-face-{era}",
                era=era,
                wants="result",
                tool="detect_faces",
                arguments={"path": "PATH"},
                picture="brick",
            )
        )
    return found


def _run(bench: Workbench, raw: Json) -> Json:
    case = ProtocolCase.model_validate(raw)
    return asyncio.run(_visit(bench, case)).model_dump(mode="json")


async def _visit(bench: Workbench, case: ProtocolCase) -> ProtocolRecord:
    async with Client(create_server(bench=bench), mode=case.era) as client:
        if case.wants in ("tools", "resources", "prompts"):
            start = time.perf_counter()
            problem = await _lists(client, case.wants)
            return ProtocolRecord(case=case, problem=problem, milliseconds=_since(start))
        path = str(pictures.as_file(case.picture))
        names = {"PATH": path}
        if "image_id" in case.arguments:
            opened = await client.call_tool("detect_faces", {"path": path})
            found = opened.structured_content or {}
            names |= {"IMAGE": found["image_id"], "FACE": found["faces"][0]["id"]}
        arguments = {
            k: names.get(v, v) if isinstance(v, str) else v for k, v in case.arguments.items()
        }
        start = time.perf_counter()
        try:
            result = await client.call_tool(case.tool, arguments)
        except MCPError as error:
            wrong = None if re.search(case.says, str(error)) else f"it says only: {error}"
            problem = wrong if case.wants == "error" else f"protocol error: {error}"
            return ProtocolRecord(case=case, problem=problem, milliseconds=_since(start))
        took = _since(start)
        schemas = {t.name: t.output_schema for t in (await client.list_tools()).tools}
    return ProtocolRecord(
        case=case,
        problem=_problem(case, result, schemas.get(case.tool)),
        characters=len(_text(result)),
        image_bytes=sum(len(c.data) for c in result.content if c.type == "image"),
        milliseconds=took,
    )


def _since(start: float) -> float:
    return (time.perf_counter() - start) * 1000


def _text(result: CallToolResult) -> str:
    return "\n".join(c.text for c in result.content if isinstance(c, TextContent))


def _problem(case: ProtocolCase, result: CallToolResult, schema: Json | None) -> str | None:
    text = _text(result)
    if case.wants == "error":
        if not result.is_error:
            return "it is no error"
        return None if re.search(case.says, text) else f"the error does not teach: {text[:200]}"
    if result.is_error:
        return f"error: {text[:200]}"
    if not text.strip() or len(text) > TEXT_LIMIT:
        return f"its text has {len(text)} characters"
    if any(part.type == "image" for part in result.content):
        return None if result.structured_content is None else "a structure hides its picture"
    if schema is None or result.structured_content is None:
        return "there is no structured content with a schema"
    if list(result.structured_content)[:2] != ["summary", "caution"]:
        return "its structure does not begin with summary and caution"
    return _against(schema, result.structured_content)


def _against(schema: Json, content: Any) -> str | None:
    import jsonschema

    try:
        jsonschema.validate(content, schema)
    except jsonschema.ValidationError as error:
        return f"the structure breaks its schema: {error.message[:200]}"
    return None


async def _lists(client: Client, what: str) -> str | None:
    """Return what is wrong with a list that the server gives."""
    if what == "resources":
        for uri in _RESOURCES:
            read = await client.read_resource(uri)
            json.loads(getattr(read.contents[0], "text", ""))
        return None
    if what == "prompts":
        names = {p.name for p in (await client.list_prompts()).prompts}
        return None if names >= {*_PROMPTS} else f"prompts are missing: {set(_PROMPTS) - names}"
    tools = {t.name: t for t in (await client.list_tools()).tools}
    if {*tools} != {*_TOOLS}:
        return f"the tools are {sorted(tools)}"
    for name, tool in tools.items():
        hints = tool.annotations
        if not tool.description:
            return f"{name} lacks a description"
        if not tool.output_schema and name != _PICTURES:
            return f"{name} lacks an output schema"
        if hints is None or not hints.read_only_hint or hints.destructive_hint:
            return f"{name} is not marked as read-only"
        if tool.input_schema.get("additionalProperties") is not False:
            return f"{name} takes unknown arguments"
    return None


def _failed(case: Mapping[str, Any], why: str) -> Json:
    typed = ProtocolCase.model_validate(case)
    return ProtocolRecord(case=typed, problem=why, failure=why).model_dump(mode="json")


def statistics(records: Sequence[Raw]) -> dict[str, Statistic]:
    """Return the share of right calls, of errors that teach, text sizes and times by tool."""
    rows = [ProtocolRecord.model_validate(r) for r in records]
    right = [float(r.problem is None) for r in rows]
    found = {"right": mean(right)}
    for wants in ("result", "error", "tools", "resources", "prompts"):
        mine = [float(r.case.wants == wants) for r in rows]
        found[f"right@{wants}"] = ratio([a * b for a, b in zip(right, mine, strict=True)], mine)
    nan = float("nan")
    for tool in _TOOLS:
        mine_ = [r.case.tool == tool and r.case.wants == "result" and not r.failure for r in rows]
        sizes = [float(r.characters) if m else nan for r, m in zip(rows, mine_, strict=True)]
        times = [r.milliseconds if m else nan for r, m in zip(rows, mine_, strict=True)]
        found[f"characters@{tool}"] = mean(sizes, "lower")
        found[f"milliseconds@{tool}"] = mean(times, "none")
    return found


def worst(records: Sequence[Raw]) -> list[dict[str, str]]:
    """Calls that went wrong, with what is wrong."""
    wrong = [r for r in records if r["problem"]]
    return [{"id": r["case"]["id"], "why": r["problem"]} for r in wrong[:SHOWN]]


SUITE = Suite(
    name="protocol",
    about="the MCP server as a client sees it: schemas, errors, sizes, time",
    task=protocol,
    statistics=statistics,
    headline=("right", "right@result", "right@error", "right@tools"),
    accepts=frozenset({"limit", "seed", "describer"}),
    worst=worst,
)
