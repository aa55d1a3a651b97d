"""Where the lines of a conversation come from: a person at a prompt, or a script in a pipe."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import Completer
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.shortcuts import CompleteStyle
from rich.console import Console

from focalface.agent.terminal.answer_text import clean
from focalface.tools.files import write_whole


class LineDropped(Exception):  # noqa: N818  # no error, but what Ctrl-C means at a prompt
    """The person threw away the line that was being typed."""


class Lines(Protocol):
    """A source of lines."""

    scripted: bool
    """Whether nobody is there to see a prompt or to correct a mistake."""

    async def read(self, prompt: Callable[[], str]) -> str:
        """Return the next line; ``EOFError`` at the end, :class:`LineDropped` on Ctrl-C.

        ``prompt`` may say something else by and by, while the line is being typed.
        """
        ...

    async def above(self, show: Callable[[], None]) -> None:
        """Run ``show``, which prints, without spoiling a line that is being typed."""
        ...


class PromptLines:
    """Lines typed at a prompt with editing, history and completion."""

    scripted = False

    def __init__(
        self,
        completer: Completer,
        history: History,
        toolbar: Callable[[], str],
        *,
        plain: bool = False,
    ) -> None:
        self._plain = plain
        self._session: PromptSession[str] = PromptSession(
            history=history,
            completer=completer,
            complete_while_typing=Condition(self._typing_a_command),
            complete_style=CompleteStyle.READLINE_LIKE if plain else CompleteStyle.COLUMN,
            auto_suggest=None if plain else AutoSuggestFromHistory(),
            bottom_toolbar=None if plain else (lambda: FormattedText([("class:bar", toolbar())])),
            reserve_space_for_menu=0 if plain else 6,
            interrupt_exception=LineDropped,
        )

    def _typing_a_command(self) -> bool:
        return not self._plain and self._session.default_buffer.text.startswith("/")

    async def read(self, prompt: Callable[[], str]) -> str:
        """Return the next line; see :class:`Lines`."""
        style = "" if self._plain else "ansicyan bold"
        line: str = await self._session.prompt_async(lambda: FormattedText([(style, prompt())]))
        return line

    async def above(self, show: Callable[[], None]) -> None:
        """Print above the prompt; see :class:`Lines`."""
        await run_in_terminal(show)


class PipedLines:
    """Lines of a script on ``stream`` (UTF-8), each shown after the prompt as if it were typed."""

    scripted = True

    def __init__(self, console: Console, stream: BinaryIO | None = None) -> None:
        self._console = console
        self._stream: BinaryIO = stream or sys.stdin.buffer

    async def read(self, prompt: Callable[[], str]) -> str:
        """Return the next line; see :class:`Lines`."""
        data: bytes = await asyncio.to_thread(self._stream.readline)
        if not data:
            raise EOFError
        line = data.decode("utf-8", errors="replace").rstrip("\r\n")
        self._console.print(clean(f"{prompt()}{line}"), markup=False, soft_wrap=True)
        return line

    async def above(self, show: Callable[[], None]) -> None:
        """Print at once; see :class:`Lines`."""
        show()


MAX_HISTORY = 200_000
"""Bytes of history from which the older half of its lines goes."""


def _shorten(path: Path) -> None:
    if not path.exists() or path.stat().st_size <= MAX_HISTORY:
        return
    data = path.read_bytes()
    start = data.find(b"\n# ", len(data) - MAX_HISTORY // 2)  # each entry begins with its time
    write_whole(path, data[start:] if start >= 0 else b"")


def open_history(path: Path) -> History:
    """History kept in ``path``, readable by its owner only; in memory where that cannot be.

    Of one that has grown beyond ``MAX_HISTORY`` the newer half is kept.
    """
    try:
        _shorten(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("ab"):
            pass
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)
