"""Settings of the tools: defaults, then FOCALFACE_* environment variables, then flags."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from focalface.tools.images import Limits


class Settings(BaseSettings):
    """One frozen object for a whole process; ``FOCALFACE_DESCRIBER=qwen:FOLDER`` and the like.

    ``detector``: ``embedded``, an insightface pack folder, or an ONNX file.
    ``describer``: ``embedded``, ``qwen[:BASE[+ADAPTER]]`` or ``remote:MODEL`` with ``base_url``.
    ``offline``: nothing is ever fetched from the network.
    ``folders``: where pictures may be opened from by path through the MCP server; empty: anywhere.
    """

    model_config = SettingsConfigDict(env_prefix="FOCALFACE_", frozen=True, extra="ignore")

    detector: str = "embedded"
    describer: str = "embedded"
    device: str = "auto"
    base_url: str | None = None
    offline: bool = False
    threads: Annotated[int, Field(ge=0)] = 0
    folders: tuple[Path, ...] = ()
    max_pixels: Annotated[int, Field(gt=0)] = 100_000_000
    max_bytes: Annotated[int, Field(gt=0)] = 64 * 1024 * 1024
    handle_minutes: Annotated[float, Field(gt=0)] = 60.0
    max_images: Annotated[int, Field(gt=0)] = 32

    @property
    def image_limits(self) -> Limits:
        """The limits under which pictures are opened."""
        return Limits(max_pixels=self.max_pixels, max_bytes=self.max_bytes)
