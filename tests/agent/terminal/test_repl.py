import asyncio
import io
import re
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import PIL.Image
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from focalface.agent.basics.events import Exchange
from focalface.agent.terminal.completion import LineCompleter
from focalface.agent.terminal.prompt_input import PipedLines, PromptLines
from focalface.agent.terminal.render import View
from focalface.agent.terminal.repl import Repl
from focalface.tools.errors import (
    FocalFaceError,
    ImageNotFoundError,
    ModelMissingError,
    UnknownRegionError,
)


class ScriptedSession:
    """The surface of ``Session`` with answers from the ``smile`` example; notes what is asked."""

    def __init__(self, smile) -> None:
        self.smile = smile
        self.expert = False
        self.log: list[str] = []
        self.image: Path | None = None
        self.faces = ()
        self.face: int | None = None
        self.selection = ()
        self.numbered = ()
        self.turns: list[Exchange] = []
        self.model_name = "offline"
        self.describer_name = "embedded"
        self.waiting = False

    async def __aenter__(self):
        self.log.append("start")
        return self

    async def __aexit__(self, *_):
        self.log.append("stop")

    async def open(self, path):
        if not Path(path).exists():
            raise ImageNotFoundError(f"There is no picture {path}; check the path.")
        self.log.append(f"open {Path(path).name}")
        self.image, self.faces = Path(path), (self.smile.face, self.smile.face)
        return self.faces

    @property
    def source(self):
        return {"path": str(self.image)}

    def tell_note(self):
        return "Only the first page of several was read." if "scan" in str(self.image) else ""

    def choose_face(self, number):
        self.face = number

    async def regions(self):
        self.numbered = self.smile.regions
        return self.smile.readings

    async def select(self, target):
        if target == "elbow":
            raise UnknownRegionError("There is no region 'elbow'; did you mean cheek?")
        self.selection = self.smile.regions[:1]
        return self.selection

    async def picture(self, *, numbers=True):
        return PIL.Image.new("RGB", (320, 240))

    async def set_model(self, model, base_url=None):
        self.model_name = model or "offline"

    async def set_describer(self, describer):
        raise ModelMissingError("Install focalface[qwen] first.")

    async def ask(self, question) -> AsyncIterator:
        self.log.append(f"ask {question}")
        if "bug" in question:
            raise KeyError("oops")
        self.numbered = self.smile.regions
        for event in self.smile.events:
            yield event
            if "slow" in question:
                self.waiting = True
                signal.raise_signal(signal.SIGINT)
                await asyncio.Event().wait()
        self.turns.append(Exchange(question, self.smile.answer, self.smile.events))

    async def forget(self):
        self.image, self.faces, self.turns = None, (), []


@pytest.fixture
def session(smile) -> ScriptedSession:
    return ScriptedSession(smile)


@pytest.fixture
def photo(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "my photo.png"
    PIL.Image.new("RGB", (320, 240)).save(path)
    return path


async def typed(session, *lines: str, image: Path | None = None, width: int = 60) -> str:
    """What a person sees who types ``lines`` at the prompt, and then Ctrl-D."""
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("".join(f"{line}\r" for line in lines) + "\x04")
        prompt = PromptLines(LineCompleter(lambda: 2), InMemoryHistory(), lambda: "bar")
        await Repl(lambda: session, View(console)).run(prompt, image)
    return out.getvalue()


async def piped(session, script: str, image: Path | None = None) -> tuple[str, int]:
    """What a script prints, and how many of its lines failed."""
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False)
    lines = PipedLines(console, io.BytesIO(script.encode()))
    repl = Repl(lambda: session, View(console))
    await repl.run(lines, image)
    return out.getvalue(), repl.failures


async def test_a_question_is_answered_and_ctrl_d_leaves(session, photo):
    text = await typed(session, "is the smile real?", image=photo)
    assert session.log == ["start", "open my photo.png", "ask is the smile real?", "stop"]
    assert "The smile looks felt." in text
    assert "Seen in: mouth [1]" in text


async def test_the_faces_of_the_first_picture_are_listed(session, photo):
    assert "2 faces, largest first" in await typed(session, image=photo)


async def test_what_was_left_out_of_the_first_picture_is_said_above_its_faces(session, photo):
    text = await typed(session, image=photo.rename("scan.png"))
    assert text.index("Note: Only the first page") < text.index("2 faces, largest first")


async def test_open_gives_the_address_of_one_page_that_ends_with_the_chat(
    session, photo, monkeypatch
):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    text = await typed(session, "/open", "/open", image=photo, width=100)
    first, second = re.findall(r"http://127\.0\.0\.1:(\d+)/\S{16,}/", text)
    assert first == second
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(first)))


async def test_without_a_picture_one_is_asked_for(session):
    assert "Drop a picture here" in await typed(session)


async def test_quit_leaves_what_comes_after_it_undone(session):
    await typed(session, "/quit", "not asked")
    assert session.log == ["start", "stop"]


async def test_ctrl_c_stops_the_answer_and_not_the_conversation(session):
    text = await typed(session, "slow question", "quick question")
    assert session.waiting
    assert session.log == ["start", "ask slow question", "ask quick question", "stop"]
    assert text.index("Stopped.") < text.index("The smile looks felt.")


async def test_ctrl_c_at_the_prompt_throws_the_line_away(session):
    text = await typed(session, "not this\x03kept")
    assert session.log == ["start", "ask kept", "stop"]
    assert "/quit leaves" in text


async def test_interrupts_work_as_before_after_an_answer(session):
    before = signal.getsignal(signal.SIGINT)
    await typed(session, "slow question")
    assert signal.getsignal(signal.SIGINT) is before


async def test_a_bug_costs_one_answer_and_not_the_conversation(session):
    text = await typed(session, "bug", "next", width=120)
    assert "KeyError" in text
    assert "The smile looks felt." in text


async def test_a_dropped_picture_is_opened_and_asked_about(session, photo):
    await typed(session, f"'{photo}' is she smiling?", str(photo).replace(" ", "\\ "))
    assert session.log[1:-1] == [
        "open my photo.png",
        "ask is she smiling?",
        "open my photo.png",
    ]


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("/faces", "2 faces, largest first"),
        ("/face 2", "From now on about face 2."),
        ("/face all", "Your questions say which face"),
        ("/regions", "left crow's feet"),
        ("/select mouth", '"here" now means: mouth.'),
        ("/model openai:x", "Answers come from: openai:x."),
        ("/model", "Answers come from: offline."),
        ("/describer", "Faces are read by: embedded."),
        ("/expert", "Answers are in FACS terms."),
        ("/expert off", "Answers are in plain words."),
        ("/forget", "Forgotten"),
        ("/help", "/select REGION"),
    ],
)
async def test_a_command_shows_what_it_did(session, photo, line, seen):
    text, failures = await piped(session, line, photo)
    assert seen in text
    assert failures == 0


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/fases", "did you mean /faces?"),
        ("/face 9", "give a number: 1 to 2"),
        ("/select elbow", "did you mean cheek?"),
        ("/select", "Say what to select"),
        ("/describer qwen", "Install focalface[qwen] first."),
        ("/image", "Say which picture"),
        ("/image gone.jpg", "There is no picture gone.jpg"),
        ("/trace", "ask something first"),
        ("/save", "ending in .md, .html or .json"),
        ("/save talk.pdf", "must end in"),
        ("/expert perhaps", "neither on nor off"),
    ],
)
async def test_an_error_is_a_sentence_and_the_conversation_goes_on(session, photo, line, sentence):
    text, failures = await piped(session, f"{line}\nnext", photo)
    assert sentence in text
    assert session.log[-2:] == ["ask next", "stop"]
    assert failures == 1


async def test_regions_before_any_picture_ask_for_one(session):
    for line in ("/regions", "/faces", "/select mouth"):
        text, _ = await piped(session, line)
        assert "There is no picture yet." in text


async def test_a_wrong_first_picture_does_not_end_the_conversation(session, tmp_path):
    text, failures = await piped(session, "hello", tmp_path / "gone.jpg")
    assert "There is no picture" in text
    assert session.log == ["start", "ask hello", "stop"]
    assert failures == 1


async def test_a_session_that_cannot_start_ends_the_chat_with_its_error(session):
    class Broken(ScriptedSession):
        async def __aenter__(self):
            raise ModelMissingError("No such model.")

    with pytest.raises(FocalFaceError, match="No such model"):
        await typed(Broken(session.smile), "hello")


async def test_the_trace_tells_calls_and_evidence(session):
    text, _ = await piped(session, "why?\n/trace")
    after = text.split("> /trace")[1]
    assert '"path": "photo.jpg"' in " ".join(after.split())
    assert "region-mouth" in after


async def test_a_conversation_is_saved_and_may_be_saved_again(session, photo):
    text, failures = await piped(session, "why?\n/save talk.html\nand?\n/save 'talk.html'\n", photo)
    assert failures == 0
    assert text.count("Saved in talk.html.") == 1
    assert "Saved again, over what this chat saved before, in talk.html." in text
    page = (photo.parent / "talk.html").read_text(encoding="utf-8")
    assert "and?" in page
    assert page.count("data:image/jpeg") == 2


async def test_a_script_shows_its_lines_after_the_prompt(session, photo):
    text, _ = await piped(session, "/face 2\nwhat now?", photo)
    assert "my photo.png > /face 2" in text
    assert "my photo.png face 2 > what now?" in text


async def test_the_regions_of_an_answer_are_drawn_once(session, photo):
    out = io.StringIO()
    console = Console(
        file=out,
        width=60,
        height=40,
        force_terminal=True,
        color_system="truecolor",
        _environ={"TERM": "xterm-256color"},
    )
    lines = PipedLines(console, io.BytesIO(b"one?\ntwo?\n"))
    await Repl(lambda: session, View(console)).run(lines, photo)
    first, second = out.getvalue().split("one?")[1].split("two?")
    assert "▀" in first
    assert "▀" not in second


async def test_a_script_with_broken_bytes_is_no_crash(session):
    out = io.StringIO()
    console = Console(file=out, width=80)
    lines = PipedLines(console, io.BytesIO(b"a\xff\r\n\n"))
    await Repl(lambda: session, View(console)).run(lines)
    assert session.log == ["start", "ask a\ufffd", "stop"]
