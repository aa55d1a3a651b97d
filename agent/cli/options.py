"""Options that several commands share, and reading them into settings and regions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from focalface.tools.describers import KINDS
from focalface.tools.errors import BadRegionError, ImageError, SettingsError, UsageError
from focalface.tools.models import catalog
from focalface.tools.settings import Settings
from focalface.tools.types import FARTHEST, Box, Disc, Face

if TYPE_CHECKING:
    from focalface.tools.pictures.images import Image
    from focalface.tools.workbench import Target, Workbench

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Describer = Annotated[
    str | None,
    typer.Option(help=f"{KINDS}; default: embedded."),
]
Detector = Annotated[
    str | None,
    typer.Option(help="embedded (default), a pack, its folder or an ONNX file."),
]
Device = Annotated[str | None, typer.Option(help="auto (default), cpu, cuda or mps, for qwen.")]
BaseUrl = Annotated[str | None, typer.Option(help="Endpoint of the describer remote:MODEL.")]
Threads = Annotated[int | None, typer.Option(min=0, help="CPU threads; 0 (default): all.")]
Acknowledge = Annotated[
    bool, typer.Option("--acknowledge", help="For scripts: the first notice is known.")
]


def _switched_off(given: bool | None) -> bool | None:
    """Return False where the option was given, None where the settings decide."""
    return False if given else None


Emotion = Annotated[
    bool | None,
    typer.Option(
        "--no-emotion",
        callback=_switched_off,
        help="Movements and words only; no emotion is told anywhere.",
    ),
]
Expert = Annotated[bool, typer.Option("--expert", help="FACS terms in place of everyday words.")]
ChatModel = Annotated[
    str | None, typer.Option(help="A chat model such as openai:NAME; default: offline.")
]
ChatUrl = Annotated[
    str | None, typer.Option(help="Address of an OpenAI-compatible server for --model.")
]
Save = Annotated[
    Path | None, typer.Option("--save", help="Write the picture with what was found drawn on it.")
]
Regions = Annotated[
    list[str] | None,
    typer.Option("--region", "-r", help="A region name such as mouth or 'left eye'; repeatable."),
]
Boxes = Annotated[
    list[str] | None,
    typer.Option("--box", help="A region x1,y1,x2,y2 in pixels; repeatable."),
]
Points = Annotated[
    list[str] | None,
    typer.Option("--point", help="A round region x,y,radius in pixels; repeatable."),
]
FaceNumber = Annotated[
    int | None, typer.Option("--face", min=1, help="Number of the face, counted from the largest.")
]
Crop = Annotated[bool, typer.Option("--crop", help="The whole picture is one face.")]


def make_settings(**chosen: Any) -> Settings:
    """Return settings from the environment, overridden by the options that were given (not None).

    The name of a pack stands for its folder. Raises ``SettingsError`` that names the setting, and
    ``ModelMissingError`` for a pack that was not fetched.
    """
    given = {name: value for name, value in chosen.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        raise SettingsError(
            f"The setting '{name}' (option or FOCALFACE_{name.upper()}) is wrong: {first['msg']}."
        ) from None
    if settings.detector in catalog.PACKS:
        folder = catalog.pack_path(settings.detector)
        return settings.model_copy(update={"detector": str(folder)})
    return settings


def targets(
    regions: list[str] | None, boxes: list[str] | None, points: list[str] | None
) -> "list[Target]":
    """Return what was asked for, in the order names, boxes, points; raises ``UsageError``."""
    return [
        *(regions or []),
        *(parse_box(text) for text in boxes or []),
        *(parse_point(text) for text in points or []),
    ]


def parse_box(text: str) -> Box:
    """Return a box from ``x1,y1,x2,y2``; raises ``UsageError``."""
    x1, y1, x2, y2 = _numbers(text, 4, "--box takes four numbers x1,y1,x2,y2")
    try:
        return Box(x1=x1, y1=y1, x2=x2, y2=y2)
    except ValidationError:
        raise BadRegionError(
            f"--box needs x1 < x2 and y1 < y2, got {text}; give left, top, right, bottom."
        ) from None


def parse_point(text: str) -> Disc:
    """Return a disc from ``x,y,radius``; raises ``UsageError``."""
    x, y, radius = _numbers(text, 3, "--point takes three numbers x,y,radius")
    if radius <= 0:
        raise BadRegionError(f"--point needs a radius above 0, got {text}; give it in pixels.")
    return Disc(x=x, y=y, radius=radius)


def _numbers(text: str, count: int, advice: str) -> list[float]:
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        found = []
    if len(found) != count:
        raise UsageError(f"{advice}, in pixels; got '{text}'.")
    if not all(abs(number) < FARTHEST for number in found):
        raise UsageError(f"{advice}, each within {FARTHEST:,.0f} pixels; got '{text}'.")
    return found


def find_faces(bench: "Workbench", image: "Image", *, crop: bool) -> list[Face]:
    """Return the faces of a picture, or the one that it is."""
    if crop:
        return [bench.face_at(image, Box(x1=0, y1=0, x2=image.width, y2=image.height))]
    return bench.detect(image)


def pick_face(faces: list[Face], number: int | None, name: str) -> Face:
    """Return face ``number`` counted from 1, the largest by default.

    Raises ``ImageError`` when there is none and ``UsageError`` for a number that there is not.
    """
    if not faces:
        raise ImageError(
            f"No face was found in '{name}'; if the picture is a face crop, add --crop."
        )
    if number is not None and number > len(faces):
        count = f"{len(faces)} face{'s' if len(faces) > 1 else ''}"
        raise UsageError(f"There is no face {number} in '{name}'; it has {count}.")
    return faces[(number or 1) - 1]
