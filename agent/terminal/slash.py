"""What a line typed at the prompt means: a command, a picture or a question."""

import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from focalface.tools.errors import UsageError
from focalface.tools.nearest import nearest
from focalface.tools.paths import expand

PICTURES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".jfif", ".mpo"}
)
"""File name endings (lower case) that are taken for pictures when a bare path is pasted."""

_AT = re.compile(r"""(?<!\S)@(?P<path>"[^"]+"|'[^']+'|(?:\\.|\S)+)""")
_WINDOWS = re.compile(r"^([A-Za-z]:[\\/]|\\\\)")


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """One slash command as ``/help`` and the completer show it."""

    name: str
    argument: str
    help: str

    @property
    def usage(self) -> str:
        """The command as one types it: ``/face N``."""
        return f"/{self.name} {self.argument}".strip()


COMMANDS = (
    CommandHelp("image", "PATH", "open a picture; dropping the file here, or @PATH, does the same"),
    CommandHelp("faces", "", "list the faces in the picture"),
    CommandHelp("face", "N", "talk about face N; /face all: about any of them"),
    CommandHelp("regions", "", "show the picture with numbered regions"),
    CommandHelp("select", "REGION", "a name, a number, a box x1,y1,x2,y2 or a point x,y[,r]"),
    CommandHelp("describer", "[NAME]", "what reads the face: embedded, qwen:FOLDER, remote:MODEL"),
    CommandHelp("model", "[NAME]", "what talks: offline, or provider:name"),
    CommandHelp("expert", "[on|off]", "answers in FACS terms"),
    CommandHelp("why", "", "how the last answer came about: plan and steps"),
    CommandHelp("open", "", "open the picture in the browser: point at regions, draw, ask"),
    CommandHelp("trace", "", "the plan, tool calls and checks of the last answer"),
    CommandHelp("save", "FILE", "save the conversation: .md, .html or .json"),
    CommandHelp("forget", "", "forget picture and conversation"),
    CommandHelp("help", "", "this list"),
    CommandHelp("quit", "", "leave; so does Ctrl-D"),
)
_BY_NAME = {command.name: command for command in COMMANDS} | {
    short: command
    for command in COMMANDS
    for short in {"help": ("?", "h"), "quit": ("exit", "q")}.get(command.name, ())
}


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command and the rest of its line."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask the assistant; with ``picture``, open that one first."""

    text: str
    picture: Path | None = None


Line = Command | Question


def read_line(line: str, exists: Callable[[Path], bool] = Path.is_file) -> Line | None:
    """Return what ``line`` means; None for a blank one.

    A dropped picture (its path, quoted or escaped or as a file:// address) opens it, and so does
    ``@PATH`` anywhere in the line; the other words are the question about it. Raises ``UsageError``
    for an unknown slash command and for a picture after ``@`` that is not there.
    """
    line = line.strip()
    if not line:
        return None
    name, _, argument = line[1:].partition(" ") if line.startswith("/") else ("", "", "")
    if known := _BY_NAME.get(name.lower()):
        return Command(known.name, argument.strip())
    if dropped := _mentioned(line, exists) or _dropped(line, exists):
        path, question = dropped
        return Question(question, picture=path) if question else Command("image", str(path))
    if line.startswith("/"):
        raise UsageError(_unknown(name, line))
    return Question(line)


def _unknown(name: str, line: str) -> str:
    if Path(line.split()[0]).suffix.lower() in PICTURES:
        return f"There is no picture {line}; check the path, or use /image PATH."
    near = nearest(name.lower(), [c.name for c in COMMANDS])
    hint = f"did you mean /{near[0]}?" if near else "/help lists the commands."
    return f"There is no command /{name[:40]}; {hint}"


def _mentioned(line: str, exists: Callable[[Path], bool]) -> tuple[Path, str] | None:
    """The picture that ``line`` names as ``@PATH``, and the other words."""
    for match in _AT.finditer(line):
        named = match["path"]
        path = clean_path(named if named[0] in "\"'" else named.rstrip("?!,;:."))
        if path.suffix.lower() not in PICTURES:
            continue
        if not _safely(exists, path):
            raise UsageError(f"There is no picture {path}; check the path after the @.")
        words = f"{line[: match.start()].rstrip()} {line[match.end() :].lstrip()}".strip()
        return path, re.sub(r"\s+(?:in|on|of|at|from)$", "", words)
    return None


def _dropped(line: str, exists: Callable[[Path], bool]) -> tuple[Path, str] | None:
    """The picture that ``line`` begins with, and what follows it."""
    for end in _ends(line):
        path = clean_path(line[:end])
        if path.suffix.lower() in PICTURES and _safely(exists, path):
            return path, line[end:].strip()
    return None


def _ends(line: str) -> list[int]:
    """Where a path at the beginning of ``line`` may end: after each picture suffix, far first."""
    suffixes = "|".join(suffix[1:] for suffix in PICTURES)
    found = re.finditer(rf"\.(?:{suffixes})['\"]?(?=\s|$)", line, re.IGNORECASE)
    return [match.end() for match in found][::-1]


def _safely(exists: Callable[[Path], bool], path: Path) -> bool:
    try:
        return exists(path)
    except (OSError, ValueError):  # a name too long, a null byte
        return False


def clean_path(text: str) -> Path:
    """Return the path that terminals and people mean by ``text``.

    Takes off quotes, backslashes before spaces, ``file://``, PowerShell's leading ``&`` and ``~``.
    """
    text = text.strip()
    if text.startswith("& "):
        text = text[2:].lstrip()
    if text[:1] in {"'", '"'} and text[-1:] == text[:1] and text.count(text[0]) == 2:
        text = text[1:-1]
    elif text.lower().startswith("file:"):
        text = _from_url(text)
    elif not _WINDOWS.match(text):
        text = _unescaped(text)
    return expand(text)


def _from_url(url: str) -> str:
    path = unquote(urlsplit(url).path)
    return path[1:] if re.match(r"^/[A-Za-z]:/", path) else path


def _unescaped(text: str) -> str:
    """Without shell escapes, when ``text`` is one shell word; an unescaped space is kept."""
    if "\\" not in text and "'" not in text and '"' not in text:
        return text
    try:
        words = shlex.split(text)
    except ValueError:  # an apostrophe in a file name
        return text
    return words[0] if len(words) == 1 else text


def read_number(text: str, count: int, what: str) -> int:
    """Return a whole number 1..``count`` from ``text``; ``UsageError`` says which numbers there
    are."""
    if count == 0:
        raise UsageError(f"There is no {what} to choose; open a picture with /image PATH.")
    if text.strip().isdecimal() and 1 <= int(text) <= count:
        return int(text)
    upto = "1" if count == 1 else f"1 to {count}"
    raise UsageError(f"'{text}' is no {what}; give a number: {upto}.")


def read_switch(text: str, now: bool) -> bool:
    """``on`` or ``off``; nothing means the other one."""
    match text.strip().lower():
        case "":
            return not now
        case "on" | "yes" | "true" | "1":
            return True
        case "off" | "no" | "false" | "0":
            return False
    raise UsageError(f"'{text}' is neither on nor off.")


def shown_path(path: Path) -> str:
    """``path`` as short as it can be said: relative below the working folder, ``~`` below home."""
    for base, prefix in ((Path.cwd(), ""), (Path.home(), f"~{os.sep}")):
        if path.is_absolute() and path.is_relative_to(base):
            return prefix + str(path.relative_to(base))
    return str(path)
