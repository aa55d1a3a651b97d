"""Shows plans, tool calls, tables and answers on a console, for the REPL, ``ask`` and ``demo``.

Three manners, chosen once: a colour terminal (spinner, tables), a pipe or dumb terminal (the same
without colour or movement), and ``plain`` for screen readers (sentences in place of tables).
"""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import PIL.Image
from rich import box
from rich.console import Console
from rich.status import Status
from rich.table import Table as RichTable
from rich.text import Text

from focalface.agent.basics.answer import Answer, Plan, Table
from focalface.agent.basics.events import (
    Answered,
    Event,
    Notice,
    PlanMade,
    ToolFinished,
    ToolProgress,
    ToolStarted,
)
from focalface.agent.terminal.answer_text import (
    cited,
    clean,
    duration,
    evidence,
    footer,
    open_limits,
    plan_lines,
    row_sentences,
    sentence,
    trace_tables,
)
from focalface.agent.terminal.image import HalfBlocks, Mark, pixel_picture
from focalface.tools.types import Region

if TYPE_CHECKING:
    from focalface.agent.basics.events import Exchange

MAX_WIDTH = 100
"""Text wider than this is hard to read."""

MANY_CALLS = 8
"""Calls of one turn from which they are counted while it runs."""

DOING = {
    "detect_faces": "Looking for faces",
    "propose_regions": "Choosing regions",
    "describe_regions": "Reading regions",
    "annotate_image": "Drawing the picture",
}
"""What a running tool does, in words."""


def make_console(*, plain: bool = False, stream: TextIO | None = None) -> Console:
    """Return a console on ``stream`` (default stdout) without colour on dumb terminals and in
    pipes."""
    stream = stream or sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")  # a picture or a name must not crash an old code page
    return Console(file=stream, highlight=False, no_color=plain or None, emoji=False)


class View:
    """Prints events and results on one console.

    ``plain`` avoids tables, spinners and pictures; ``pixels``: the terminal draws real pictures;
    ``steps``: the plan and the tool calls are shown as they happen.
    """

    def __init__(
        self, console: Console, *, plain: bool = False, pixels: bool = False, steps: bool = False
    ) -> None:
        self.console = console
        self.plain = plain
        self._pixels = pixels
        self._steps = steps
        self._finished = 0
        self._status: Status | None = None
        self._unread: set[str] = set()

    @property
    def lively(self) -> bool:
        """Whether things may move on the screen."""
        return self.console.is_terminal and not self.console.is_dumb_terminal and not self.plain

    @contextmanager
    def busy(self, doing: str) -> Iterator[None]:
        """Show that something runs; on leaving, also by an error, the line is clean again."""
        self._busy(doing)
        try:
            yield
        finally:
            self._idle()

    def _busy(self, doing: str) -> None:
        """Start the spinner, or change what the running one says."""
        if not self.lively:
            return
        if self._status is None:
            self._status = self.console.status(doing, spinner="dots")
            self._status.start()
        self._status.update(Text(f"{doing}…"))

    def _idle(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None

    def event(self, event: Event, numbered: Sequence[Region] = ()) -> None:
        """Show one event of a turn as it happens; ``numbered`` as for :meth:`answer`."""
        match event:
            case PlanMade():
                self._finished = 0
                if self._steps:
                    self.plan(event.plan)
            case ToolStarted():
                self._busy(DOING.get(event.name, event.name))
            case ToolProgress():
                self._progress(event)
            case ToolFinished():
                self._finished += 1
                many = f" ({self._finished} regions read)" if self._finished > MANY_CALLS else ""
                self._busy(f"Thinking{many}")
                if self._steps or event.failed:
                    self.call(event)
            case Notice():
                self.notice(event.text)
            case Answered():
                self._idle()
                self.answer(event.answer, numbered)

    def _progress(self, event: ToolProgress) -> None:
        total = f" of {event.total:.0f}" if event.total else ""
        self._busy(f"Reading regions: {event.done:.0f}{total}")

    def plan(self, plan: Plan) -> None:
        """Show what will be looked at and why, one line a step."""
        for line in plan_lines(plan):
            self._line(line, "dim")

    def call(self, event: ToolFinished) -> None:
        """Show one finished tool call."""
        ticks = {False: "✓", True: "✗"} if self._unicode() else {False: "ok", True: "!!"}
        mark = "" if self.plain else f"{ticks[event.failed]} "
        said = f"{mark}{event.summary} ({duration(event.milliseconds)})"
        self._line(said, "red" if event.failed else "green dim")

    def _unicode(self) -> bool:
        return self.console.encoding.lower().startswith("utf")

    def _line(self, text: str, style: str = "", *, indent: int = 2) -> None:
        margin = "" if self.plain else " " * indent
        words = Text(clean(text), style=style)
        width = min(self.console.width, MAX_WIDTH) - len(margin)
        for line in words.wrap(self.console, width):
            line.rstrip()
            self.console.print(Text(margin) + line)

    def notice(self, text: str) -> None:
        """Something that the user should know."""
        self._line(f"Note: {sentence(text)}", "yellow", indent=0)

    def error(self, text: str) -> None:
        """Show a sentence about what went wrong."""
        self._line(f"Error: {text}" if self.plain else text, "bold red", indent=0)

    def say(self, text: str = "", style: str = "") -> None:
        """Show a line of the program's own."""
        self._line(text, style, indent=0)

    def limit(self, text: str) -> None:
        """Something that could not be judged, and why."""
        self._line(f"Cannot tell: {sentence(text)}", "yellow", indent=0)

    def answer(self, answer: Answer, numbered: Sequence[Region] = ()) -> None:
        """Show an answer; its evidence as numbers that are those of ``numbered``, counted from
        1."""
        numbers = {region.id: n for n, region in enumerate(numbered, 1)}
        self.console.print()
        self._line(cited(answer, numbers), "bold", indent=0)
        if answer.table:
            self.console.print()
            self.table(answer.table)
            self.console.print()
        for limit in open_limits(answer, self._unread):
            self.limit(limit)
        for note in answer.notes:
            self.notice(note)
        if legend := evidence(answer, numbered):
            self._line(f"Seen in: {legend}", "cyan", indent=0)
        self._line(footer(answer), "dim", indent=0)

    def steps(self, turn: "Exchange") -> None:
        """Tell how a turn came to its answer: its plan and its tool calls, one line each."""
        self.plan(turn.answer.plan)
        for event in turn.events:
            if isinstance(event, ToolFinished):
                self.call(event)

    def table(self, table: Table) -> None:
        """Show a table; in plain manner one sentence a row."""
        if self.plain:
            for line in row_sentences(table):
                self._line(line)
            return
        self.console.print(as_rich(table, ascii_only=not self._unicode()))

    def trace(self, turn: "Exchange") -> None:
        """Everything behind an answer: plan, calls with their arguments, claims and evidence."""
        for number, table in enumerate(trace_tables(turn)):
            if number:
                self.console.print()
            self.table(table)

    @property
    def shows_pictures(self) -> bool:
        """Whether :meth:`picture` shows anything."""
        return self.lively and self._unicode() and self.console.color_system is not None

    @property
    def draws_pixels(self) -> bool:
        """Whether pictures are shown as pixels, so that marks must be drawn in them."""
        return self.shows_pictures and self._pixels

    def picture(self, image: PIL.Image.Image, marks: Sequence[Mark] = ()) -> None:
        """Show a picture, where the console can show one; blocks get the ``marks`` as text."""
        if self.draws_pixels:
            self.console.print(pixel_picture(self.console, image))
        elif self.shows_pictures:
            self.console.print(HalfBlocks(image, marks))


def as_rich(table: Table, *, ascii_only: bool = False) -> RichTable:
    """Return a table that wraps its wordiest column first."""
    rich = RichTable(
        title=Text(clean(table.title)),
        title_justify="left",
        title_style="bold",
        box=box.ASCII2 if ascii_only else box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        show_edge=False,
    )
    for index, name in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        rich.add_column(
            name[:1].upper() + name[1:],
            justify="right" if name == "#" else "left",
            no_wrap=name == "#",
            min_width=_longest_word([name, *cells]),
        )
    for row in table.rows:
        rich.add_row(*(Text(clean(cell)) for cell in row))
    return rich


def _longest_word(cells: Sequence[str]) -> int:
    return min(14, max(len(word) for cell in cells for word in [*re.split(r"\s+", cell), ""]))
