"""Settings of the tools: defaults, then FOCALFACE_* environment variables, then flags."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from focalface.tools.pictures.limits import Limits

PREFIX = "FOCALFACE_"


def _split(value: Any) -> Any:
    """Folders as in PATH: ``/one:/two`` (``;`` on Windows)."""
    return tuple(filter(None, value.split(os.pathsep))) if isinstance(value, str) else value


class Settings(BaseModel):
    """One frozen object for a whole process; ``FOCALFACE_DESCRIBER=qwen:FOLDER`` and the like."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    detector: str = "embedded"
    """``embedded``, the folder of an insightface pack, or an ONNX file."""
    describer: str = "embedded"
    """``embedded``, ``qwen[:BASE[+ADAPTER]]``, ``remote:MODEL`` with ``base_url``, or
    ``package.module:factory``, a describer of the user's own."""
    device: str = "auto"
    """``auto``, ``cpu``, ``cuda`` or ``mps``, for ``qwen``."""
    base_url: str | None = None
    """Address of the endpoint of ``remote:MODEL``."""
    offline: bool = False
    """Nothing is ever fetched from the network."""
    emotion: bool = True
    """Whether readings say which emotion an expression suggests; off: movements only."""
    threads: Annotated[int, Field(ge=0)] = 0
    """CPU threads of one call; 0 leaves the choice to onnxruntime."""
    folders: Annotated[tuple[Path, ...], BeforeValidator(_split)] = ()
    """Where the MCP server may open pictures from by path, written as in PATH; empty: anywhere."""
    max_pixels: Annotated[int, Field(gt=0)] = 100_000_000
    """Pixels of a picture; larger ones are read smaller where their format can, else refused."""
    max_bytes: Annotated[int, Field(gt=0)] = 64 * 1024 * 1024
    """Size of the largest file that is opened as a picture."""
    max_memory: Annotated[int, Field(gt=0)] = 850 * 1024 * 1024
    """Bytes that pictures may take while they are opened, all together."""
    handle_minutes: Annotated[float, Field(gt=0)] = 60.0
    """How long the server remembers a picture after its last use."""
    max_images: Annotated[int, Field(gt=0)] = 32
    """Pictures that the server remembers at a time."""

    @model_validator(mode="before")
    @classmethod
    def _from_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        names = {name: PREFIX + name.upper() for name in cls.model_fields}
        found = {name: os.environ[key] for name, key in names.items() if key in os.environ}
        return found | given

    @property
    def reader(self) -> Literal["here", "endpoint", "own"]:
        """Who reads the faces: a model on this machine, a remote one, or code of the user's own.

        Only of the first is it known that no picture leaves the machine.
        """
        kind = self.describer.partition(":")[0]
        if kind == "remote":
            return "endpoint"
        return "here" if kind in ("embedded", "qwen") else "own"

    @property
    def image_limits(self) -> "Limits":
        """The limits under which pictures are opened."""
        from focalface.tools.pictures.limits import Limits

        return Limits(
            max_pixels=self.max_pixels, max_bytes=self.max_bytes, max_memory=self.max_memory
        )
