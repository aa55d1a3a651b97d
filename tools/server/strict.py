"""The SDK's server and tool, with errors that teach: the only place that reaches into them."""

import inspect
from collections.abc import Mapping
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, CallToolResult, GetPromptResult, TextContent, ToolAnnotations
from pydantic import ValidationError

from focalface.tools.errors import FocalFaceError
from focalface.tools.server import teaching


class FaceServer(MCPServer[Any]):
    """Answers wrong calls with one sentence of ours, never with a library's text."""

    async def call_tool(
        self,
        name: str,
        arguments: dict[str, Any],
        context: "Context[Any, Any] | None" = None,
    ) -> Any:
        """Call a tool; what we refuse is a result with ``is_error``."""
        names = [tool.name for tool in self._tool_manager.list_tools()]
        if name not in names:
            raise ToolError(teaching.unknown_name("tool", name, names))
        return await super().call_tool(name, arguments, context)

    async def get_prompt(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        context: "Context[Any, Any] | None" = None,
    ) -> "GetPromptResult | Any":
        """Return one prompt, filled; raises ``MCPError`` (-32602) for a wrong name or missing
        argument."""
        known = {prompt.name: prompt for prompt in self._prompt_manager.list_prompts()}
        if name not in known:
            raise _invalid(teaching.unknown_name("prompt", name, list(known)))
        for argument in known[name].arguments or []:
            given = (arguments or {}).get(argument.name)
            if argument.required and not (isinstance(given, str) and given.strip()):
                about = argument.description
                raise _invalid(teaching.missing_argument(name, argument.name, about))
        return await super().get_prompt(name, arguments, context)


def _invalid(message: str) -> MCPError:
    return MCPError(code=INVALID_PARAMS, message=message)


class StrictTool(Tool):
    """A read-only tool; an argument that does not exist is an error instead of being dropped."""

    async def run(
        self,
        arguments: dict[str, Any],
        context: "Context[Any, Any]",
        convert_result: bool = False,
    ) -> Any:
        """Run the tool; what our own errors say comes back as a result with ``is_error``."""
        try:
            self.fn_metadata.validate_arguments(arguments)
        except ValidationError as error:
            known = list(self.fn_metadata.arg_model.model_fields)
            return _refused(teaching.wrong_arguments(self.name, error, known), arguments)
        try:
            return await super().run(arguments, context, convert_result)
        except ToolError as error:
            if isinstance(error.__cause__, FocalFaceError):
                return _refused(str(error.__cause__), arguments)
            raise


def strict(
    function: Any, title: str, *, open_world: bool, meta: Mapping[str, Any] | None = None
) -> StrictTool:
    """Return the tool of an async function; its docstring is what a model reads."""
    tool = StrictTool.from_function(
        function,
        title=title,
        description=inspect.cleandoc(function.__doc__ or ""),
        annotations=ToolAnnotations(
            read_only_hint=True,
            idempotent_hint=True,
            destructive_hint=False,
            open_world_hint=open_world,
        ),
        meta=dict(meta) if meta else None,
    )
    assert isinstance(tool, StrictTool)
    tool.fn_metadata.arg_model.model_config["extra"] = "forbid"
    tool.fn_metadata.arg_model.model_rebuild(force=True)
    tool.parameters["additionalProperties"] = False
    return tool


def _refused(sentence: str, arguments: dict[str, Any]) -> CallToolResult:
    text = teaching.bounded(sentence, arguments)
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)
