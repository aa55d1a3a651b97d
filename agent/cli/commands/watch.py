"""``focalface watch``: a camera's picture with the readings drawn on it, until q is pressed."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from focalface.agent.cli import options
from focalface.agent.cli.options import Detector, Emotion, Threads
from focalface.tools.errors import ImageError, UsageError

if TYPE_CHECKING:
    from focalface.tools.workbench import Workbench

Camera = Annotated[int, typer.Option(min=0, max=99, help="Number of the camera.")]
_TITLE = "focalface (q ends)"
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)


def register(app: typer.Typer) -> None:
    """Add ``watch``."""
    app.command()(watch)


def watch(
    camera: Camera = 0,
    detector: Detector = None,
    threads: Threads = None,
    emotion: Emotion = None,
) -> None:
    """Show the camera's picture with faces and their movements; nothing is kept."""
    from focalface.tools.workbench import Workbench

    settings = options.make_settings(detector=detector, threads=threads, emotion=emotion)
    run(Workbench(settings), camera)


def run(bench: "Workbench", camera: int) -> None:
    """Read and show until q, Escape or the window's cross; raises ``ImageError``."""
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # we say what is wrong
    source = cv2.VideoCapture(camera)
    try:
        if not source.isOpened():
            raise ImageError(f"There is no camera {camera}; connect one or choose with --camera.")
        while True:
            there, frame = source.read()
            if not there:
                raise ImageError(f"Camera {camera} gives no more pictures; connect it again.")
            try:
                cv2.imshow(_TITLE, draw(bench, frame))
            except cv2.error:
                raise UsageError(
                    "There is no screen to show the camera's picture on; start it on a desktop."
                ) from None
            if cv2.waitKey(1) & 0xFF in (ord("q"), 27):
                return
    finally:
        source.release()


def draw(bench: "Workbench", frame: Any) -> Any:
    """Return the frame (H, W, 3, BGR) with its faces and what they show, drawn on a copy."""
    import cv2
    import numpy as np
    import PIL.Image

    image = bench.open(PIL.Image.fromarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)))
    faces = bench.detect(image)
    drawn = cv2.cvtColor(np.asarray(bench.annotate(image, faces)), cv2.COLOR_RGB2BGR)
    for face in faces:
        at = (int(face.box.x1), int(face.box.y2) + 18)
        for line in _lines(bench, image, face):
            for colour, width in ((_BLACK, 3), (_WHITE, 1)):
                cv2.putText(drawn, line, at, cv2.FONT_HERSHEY_SIMPLEX, 0.5, colour, width)
            at = (at[0], at[1] + 18)
    return drawn


def _lines(bench: "Workbench", image: Any, face: Any) -> list[str]:
    from focalface.agent.terminal.tables import movements, suggestion

    found = bench.describe(image, face, ["face"])[0]
    moved = movements(found, expert=False).split(", ")[:3]
    looks = [suggestion(found.emotion, expert=False)] if found.emotion else []
    return [text.replace("–", "-") for text in [*moved, *looks]]
