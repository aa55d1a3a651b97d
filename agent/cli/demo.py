"""The demonstration: the whole job on a picture of an installed package, step by step."""

import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path

import PIL.Image

from focalface.agent.basics.answer import Answer
from focalface.agent.basics.events import Answered, PlanMade
from focalface.agent.cli.ask import save
from focalface.agent.conversation.session import Session
from focalface.agent.terminal.render import View, make_console
from focalface.agent.terminal.tables import faces_table, readings_table

ALONE = "Is the smile genuine?"
GROUP = "Who is smiling the most?"
REGIONS = (
    "left_brow",
    "right_brow",
    "left_eye",
    "right_eye",
    "nose_bridge",
    "mouth",
    "chin",
    "face",
)


async def show(*, group: bool, out: Path, expert: bool, as_json: bool) -> None:
    """Run the demonstration and write the annotated picture to ``out``.

    With ``as_json`` the answer goes to stdout as JSON, and the narration to stderr.
    """
    start = time.perf_counter()
    view = View(make_console(stream=sys.stderr if as_json else None))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("group.png" if group else "portrait.png")
        view.say(f"1. A picture that came with {_write(path, group=group)}")
        async with Session(expert=expert) as session:
            with view.busy("Looking for faces"):
                faces = await session.open(path)
            count = f"{len(faces)} face{'' if len(faces) == 1 else 's'}"
            view.say(
                f"2. detect_faces found {count}, largest first (left and right: the subject's)"
            )
            view.table(faces_table(faces))
            view.say()
            view.say("3. describe_regions reads several regions in one pass over the largest face")
            with view.busy("Reading regions"):
                found = await session.look(REGIONS)
            view.table(readings_table(found, expert=expert))
            view.say()
            question = GROUP if group else ALONE
            view.say(f"4. A question: {question}")
            answer = await _ask(session, question, view)
            shown = session.numbered
            place = await save(session, out)
    view.say()
    view.say(f"5. Saved the picture with the regions: {place}")
    names = ", ".join(dict.fromkeys(r.name.replace("_", " ") for r in shown))
    view.say(f"   Regions: {names}. All in {time.perf_counter() - start:.1f} s, on this machine.")
    view.say('Next: focalface ask PICTURE "What is the left eyebrow doing?" or: focalface chat')
    if as_json:
        print(answer.model_copy(update={"picture": place}).model_dump_json(indent=2))  # noqa: T201


def _write(path: Path, *, group: bool) -> str:
    """Put the picture there; return the package that it came with."""
    if group:
        from insightface.data import get_image

        PIL.Image.fromarray(get_image("t1")[:, :, ::-1]).save(path)  # it comes as BGR
        return "insightface: several people"
    # The file behind skimage.data.astronaut(), which would import much more than it needs.
    path.write_bytes(files("skimage.data").joinpath("astronaut.png").read_bytes())
    return "scikit-image: a portrait in the public domain"


async def _ask(session: Session, question: str, view: View) -> Answer:
    with view.busy("Thinking"):
        async for event in session.ask(question):
            if isinstance(event, Answered):
                answer = event.answer
                view.answer(answer, session.numbered)
            elif isinstance(event, PlanMade):
                view.plan(event.plan)
            else:
                view.event(event)
    return answer
