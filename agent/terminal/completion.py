"""Completion at the prompt: slash commands and what follows them, regions and action units."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from focalface.agent.basics.phrasing import spoken
from focalface.agent.terminal.slash import COMMANDS, PICTURES
from focalface.tools.face import facs
from focalface.tools.face.regions import ATLAS

_AT_PATH = re.compile(r"(?<!\S)@(?P<begun>\S*)$")
_LAST_WORDS = re.compile(r"(?:\w+ )?\w+$")


class LineCompleter(Completer):
    """Completes what is typed; ``faces`` tells how many faces there are to choose from now."""

    def __init__(self, faces: Callable[[], int]) -> None:
        self._faces = faces
        self._pictures = PathCompleter(expanduser=True, file_filter=_picture_or_folder)
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterable[Completion]:
        """Candidates for the text before the cursor."""
        text = document.text_before_cursor
        if not text.startswith("/"):
            at = _AT_PATH.search(text)
            if at is None:
                return in_question(text)
            return self._pictures.get_completions(Document(at["begun"]), event)
        command, space, argument = text.partition(" ")
        if not space:
            return commands(command[1:])
        match command[1:].lower():
            case "image":
                return self._pictures.get_completions(Document(argument), event)
            case "save":
                return self._paths.get_completions(Document(argument), event)
            case "face":
                return starting(argument, [str(n + 1) for n in range(self._faces())])
            case "select":
                return starting(argument, map(spoken, ATLAS))
            case "expert":
                return starting(argument, ["on", "off"])
            case "describer":
                return starting(argument, ["embedded", "qwen", "remote:"])
            case "model":
                return starting(argument, ["offline", "openai:", "anthropic:", "ollama:"])
        return []


def _picture_or_folder(name: str) -> bool:
    path = Path(name)
    return path.suffix.lower() in PICTURES or path.is_dir()


def commands(begun: str) -> Iterable[Completion]:
    """Slash commands that begin with ``begun``, with their help beside them."""
    for command in COMMANDS:
        if command.name.startswith(begun.lower()):
            yield Completion(
                command.name + (" " if command.argument else ""),
                start_position=-len(begun),
                display=command.usage,
                display_meta=command.help,
            )


def starting(begun: str, words: Iterable[str]) -> Iterable[Completion]:
    """Return those of ``words`` that begin with ``begun``."""
    for word in words:
        if word.startswith(begun.lower()):
            yield Completion(word, start_position=-len(begun))


def in_question(text: str) -> Iterable[Completion]:
    """Return regions and action units that begin with the last word, or the last two, of a
    question."""
    found = _LAST_WORDS.search(text.lower())
    if not found:
        return
    both = found.group()
    for begun in dict.fromkeys([both, both.split()[-1]]):
        if len(begun) < 2:
            continue
        for name in map(spoken, ATLAS):
            if name.startswith(begun):
                yield Completion(name, start_position=-len(begun))
        for code, unit in facs.UNITS.items():
            if code.lower().startswith(begun):
                yield Completion(code, start_position=-len(begun), display_meta=unit.name)
