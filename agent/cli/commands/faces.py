"""``focalface detect`` and ``focalface describe``: the tools without an agent."""

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from focalface.agent.cli import options
from focalface.agent.cli.options import (
    AsJson,
    BaseUrl,
    Boxes,
    Crop,
    Describer,
    Detector,
    Device,
    Emotion,
    Expert,
    FaceNumber,
    Points,
    Regions,
    Save,
    Threads,
)
from focalface.tools.errors import UsageError
from focalface.tools.files import write_whole
from focalface.tools.types import Face, Region

if TYPE_CHECKING:
    from focalface.tools.pictures.images import Image
    from focalface.tools.workbench import Workbench

Picture = Annotated[str, typer.Argument(metavar="IMAGE", help="Path of a picture.")]


def register(app: typer.Typer) -> None:
    """Add ``detect`` and ``describe``."""
    app.command()(detect)
    app.command()(describe)


def detect(
    image: Picture,
    crop: Crop = False,
    save: Save = None,
    detector: Detector = None,
    threads: Threads = None,
    as_json: AsJson = False,
) -> None:
    """Find the faces on a picture, largest first."""
    from focalface.tools.workbench import Workbench

    bench = Workbench(options.make_settings(detector=detector, threads=threads))
    picture = _opened(bench, image)
    faces = options.find_faces(bench, picture, crop=crop)
    if save:
        _save(bench, picture, image, faces, (), save)
    if as_json:
        _print_json(
            {
                "image_id": picture.id,
                "width": picture.width,
                "height": picture.height,
                "faces": [face.model_dump(mode="json") for face in faces],
            }
        )
        return
    from focalface.agent.terminal.render import View, make_console
    from focalface.agent.terminal.tables import faces_table

    view = View(make_console())
    view.table(faces_table(faces)) if faces else view.say("No face was found.")


def describe(
    image: Picture,
    face: FaceNumber = None,
    region: Regions = None,
    box: Boxes = None,
    point: Points = None,
    crop: Crop = False,
    save: Save = None,
    expert: Expert = False,
    describer: Describer = None,
    detector: Detector = None,
    base_url: BaseUrl = None,
    device: Device = None,
    threads: Threads = None,
    emotion: Emotion = None,
    as_json: AsJson = False,
) -> None:
    """Describe regions of one face; without a region, the whole face."""
    from focalface.tools.workbench import Workbench

    wanted = options.targets(region, box, point) or ["face"]
    bench = Workbench(
        options.make_settings(
            describer=describer,
            detector=detector,
            base_url=base_url,
            device=device,
            threads=threads,
            emotion=emotion,
        )
    )
    picture = _opened(bench, image)
    chosen = options.pick_face(options.find_faces(bench, picture, crop=crop), face, picture.name)
    found = bench.describe(picture, chosen, wanted)
    if save:
        _save(bench, picture, image, [chosen], [reading.region for reading in found], save)
    if as_json:
        _print_json(
            {
                "image_id": picture.id,
                "face": chosen.model_dump(mode="json"),
                "descriptions": [reading.model_dump(mode="json") for reading in found],
            }
        )
        return
    from focalface.agent.terminal.render import View, make_console
    from focalface.agent.terminal.tables import limits, readings_table

    view = View(make_console())
    for number, reading in enumerate(found, 1):
        view.say(f"{number}. {reading.text}")
    view.say()
    view.table(readings_table(found, expert=expert))
    for limit in limits(found):
        view.say(f"Cannot tell: {limit}", "yellow")


def _opened(bench: "Workbench", path: str) -> "Image":
    """The picture; what was left out of it is said on standard error."""
    picture = bench.open(path)
    if picture.note:
        print(picture.note, file=sys.stderr)  # noqa: T201
    return picture


def _save(
    bench: "Workbench",
    image: "Image",
    source: str,
    faces: Sequence[Face],
    regions: Sequence[Region],
    path: Path,
) -> None:
    if path.exists() and path.samefile(source):
        raise UsageError(f"'{path}' is the picture itself; save under another name.")
    import PIL.Image

    buffer = io.BytesIO()
    try:
        kind = PIL.Image.registered_extensions()[path.suffix.lower()]
        bench.annotate(image, faces, regions).save(buffer, kind)
        write_whole(path, buffer.getvalue())
    except (KeyError, OSError, ValueError) as error:
        raise UsageError(
            f"'{path}' cannot be written ({error}); give a path such as out.jpg."
        ) from None
    print(f"Saved {path}", file=sys.stderr)  # noqa: T201


def _print_json(data: dict[str, Any]) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
