"""A program on a terminal of its own (POSIX), used as a person does: look, type, press keys."""

import codecs
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

_PART = re.compile(
    r"\x1b\[(?P<args>[?>=0-9;]*)(?P<final>[@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b_[^\x1b]*\x1b\\|\x1b[()][A-Z0-9]|\x1b.|(?P<char>.)",
    re.S,
)

_BEGUN = re.compile(r"\x1b(?:\[[?>=0-9;]*|[\]_][^\x07\x1b]*(?:\x1b)?)?$")
"""A control sequence of which the end has not come yet."""


class Screen:
    """What is to be seen: the lines of a terminal ``columns`` wide, scrolled-away ones included."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.lines: list[str] = [""]
        self._row = self._column = 0
        self._rest = ""

    def show(self, output: str) -> None:
        """Draws what a program has written; colours are left out."""
        output = self._rest + output
        begun = _BEGUN.search(output)
        output, self._rest = (output[: begun.start()], begun[0]) if begun else (output, "")
        for part in _PART.finditer(output):
            if part["char"]:
                self._put(part["char"])
            elif part["final"]:
                first = re.match(r"\d+", part["args"])
                self._move(part["final"], int(first[0]) if first else 0)

    def _put(self, char: str) -> None:
        if char == "\n":
            self._row += 1
        elif char == "\r":
            self._column = 0
        elif char == "\b":
            self._column = max(0, self._column - 1)
        elif char.isprintable():
            if self._column >= self.columns:
                self._row, self._column = self._row + 1, 0
            line = self._line().ljust(self._column)
            self.lines[self._row] = line[: self._column] + char + line[self._column + 1 :]
            self._column += 1
        self._line()

    def _line(self) -> str:
        self.lines += [""] * (self._row + 1 - len(self.lines))
        return self.lines[self._row]

    def _move(self, final: str, count: int) -> None:
        if final == "A":
            self._row = max(0, self._row - (count or 1))
        elif final == "B":
            self._row += count or 1
        elif final == "C":
            self._column = min(self.columns - 1, self._column + (count or 1))
        elif final == "D":
            self._column = max(0, self._column - (count or 1))
        elif final == "G":
            self._column = max(0, count - 1)
        elif final in "JK" and count != 1:
            self.lines[self._row] = self._line()[: 0 if count == 2 else self._column]
            if final == "J":
                del self.lines[self._row + 1 :]

    @property
    def text(self) -> str:
        """The lines, without spaces at their ends."""
        return "\n".join(line.rstrip() for line in self.lines)


class Terminal:
    """Runs ``command``; use as a context manager. ``written`` is everything that it wrote."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], *, columns: int = 80
    ) -> None:
        self.written = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.screen = Screen(columns)
        self._mine, self._its = pty.openpty()
        self._set_width(columns)
        self.process = subprocess.Popen(
            command,
            stdin=self._its,
            stdout=self._its,
            stderr=self._its,
            env=dict(environ),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._its)
        os.close(self._mine)

    def _set_width(self, columns: int) -> None:
        fcntl.ioctl(self._its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))

    def resize(self, columns: int) -> None:
        """Makes the window wider or narrower, as a hand does; the screen begins anew."""
        self._set_width(columns)
        self.screen = Screen(columns)
        self.process.send_signal(signal.SIGWINCH)

    def type(self, text: str) -> None:
        """Types ``text``; ``\\r`` is Enter, ``\\x03`` is Ctrl-C, ``\\x04`` is Ctrl-D."""
        os.write(self._mine, text.encode())

    def until(self, pattern: str, seconds: float = 600) -> str:
        """Waits until the program has written ``pattern`` after the last call; what it wrote."""
        start, ends = len(self.written), time.monotonic() + seconds
        while not (found := re.search(pattern, self._new(start))):
            assert time.monotonic() < ends, f"no {pattern!r} in:\n{self.screen.text}"
            assert self._read(0.2) or self.process.poll() is None, self.screen.text
        assert found
        return self._new(start)

    def _new(self, start: int) -> str:
        return "".join(m["char"] or "" for m in _PART.finditer(self.written[start:]))

    def ended(self, seconds: float = 300) -> int:
        """Waits for the end of the program; its exit status, negative for a signal."""
        ends = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < ends, self.screen.text
            self._read(0.1)
        while self._read(0.0):
            pass
        return self.process.returncode

    def _read(self, seconds: float) -> bool:
        """Takes in what was written meanwhile, and answers where the cursor is if asked."""
        if not select.select([self._mine], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._mine, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return False
        text = self._decoder.decode(data)
        self.written += text
        self.screen.show(text)
        if "\x1b[6n" in text:
            with suppress(OSError):
                os.write(self._mine, b"\x1b[1;1R")
        return bool(data)

    @property
    def echoes(self) -> bool:
        """Whether the terminal shows what is typed, and waits for whole lines."""
        flags = termios.tcgetattr(self._its)[3]
        return bool(flags & termios.ECHO and flags & termios.ICANON)
