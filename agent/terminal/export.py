"""Saves a conversation: Markdown, one HTML file with the pictures inside, or JSON.

The file appears whole or not at all, and nothing that is already there is overwritten.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focalface.agent.basics.answer import Table
from focalface.agent.basics.events import ToolFinished
from focalface.agent.basics.phrasing import spoken
from focalface.agent.terminal.answer_text import clean, footer, open_limits, sentence
from focalface.tools.errors import UsageError
from focalface.tools.files import write_whole
from focalface.tools.pages import template

if TYPE_CHECKING:
    from focalface.agent.basics.events import Exchange

CAUTION = (
    "What an expression suggests is not what a person feels. "
    "Emotion inference on people at work or in education is prohibited in the EU (AI Act, Art. 5)."
)
_PAGE = Path(__file__).with_name("talk.html")

Pictures = Mapping[int, bytes]
"""Turn, counted from 0 -> its annotated picture as a JPEG."""


def save(
    path: Path,
    turns: "Sequence[Exchange]",
    pictures: Pictures | None = None,
    *,
    replace: bool = False,
) -> None:
    """Write ``turns`` to ``path``; its ending .md, .html or .json chooses the form.

    Markdown puts the pictures beside itself, HTML holds them. ``replace`` allows an existing file
    to be overwritten. Raises ``UsageError`` for another ending, an existing file, an empty
    conversation or a folder that cannot be written to.
    """
    write = _FORMS.get(path.suffix.lower())
    if write is None:
        raise UsageError(
            f"'{path.name}' must end in {', '.join(_FORMS)}; the ending sets the form."
        )
    if not turns:
        raise UsageError("There is nothing to save yet; ask something first.")
    files = write(path, turns, pictures or {})
    taken = [name for name in files if name.exists() and not replace]
    if taken:
        raise UsageError(f"{taken[0]} exists already; choose another name.")
    try:
        for name, content in files.items():
            write_whole(name, content)
    except OSError as error:
        raise UsageError(
            f"Cannot write {path}: {error.strerror}; choose another folder."
        ) from error


def _as_json(path: Path, turns: "Sequence[Exchange]", _: Pictures) -> dict[Path, bytes]:
    document = {
        "format": "focalface conversation 1",
        "turns": [
            {
                "picture": turn.image,
                "question": turn.question,
                "answer": turn.answer.model_dump(mode="json"),
                "calls": [_call(event) for event in turn.events if isinstance(event, ToolFinished)],
            }
            for turn in turns
        ],
    }
    return {path: (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}


def _call(event: ToolFinished) -> dict[str, Any]:
    return {
        "name": event.name,
        "summary": event.summary,
        "failed": event.failed,
        "milliseconds": event.milliseconds,
        "result": event.result,
    }


def _as_markdown(path: Path, turns: "Sequence[Exchange]", pictures: Pictures) -> dict[Path, bytes]:
    files: dict[Path, bytes] = {}
    lines = ["# Conversation about a face", "", f"> {CAUTION}", ""]
    told: set[str] = set()
    for number, turn in enumerate(turns):
        if name := _of_picture(turns, number):
            lines += [f"*Picture: {_md(name)}*", ""]
        lines += [f"## {_md(turn.question)}", "", _md(turn.answer.text), ""]
        if number in pictures:
            name = f"{path.stem}-{number + 1}.jpg"
            files[path.with_name(name)] = pictures[number]
            lines += [f"![The regions that the answer rests on](<{name}>)", ""]
        lines += _md_table(turn.answer.table) if turn.answer.table else []
        lines += [f"- {_md(line)}" for line in _details(turn, told)]
        lines += ["", f"*{_md(footer(turn.answer))}*", ""]
    return files | {path: "\n".join(lines).encode()}  # the pictures first


def _md(text: str) -> str:
    """``text`` as Markdown that shows it literally."""
    escaped = "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in clean(text))
    return " ".join(escaped.split())


def _md_table(table: Table) -> list[str]:
    rows = [table.columns, ("---",) * len(table.columns)]
    cells = [[_md(cell) if cell != "---" else cell for cell in row] for row in [*rows, *table.rows]]
    return [f"**{_md(table.title)}**", "", *("| " + " | ".join(row) + " |" for row in cells), ""]


def _details(turn: "Exchange", told: set[str]) -> list[str]:
    """Tell where a turn was read, what could not be judged, and notes: no sentence of the answer
    again.

    ``told``: limits that were told before; it grows.
    """
    answer = turn.answer
    several = len({cited.face_id for cited in answer.evidence}) > 1
    places = dict.fromkeys(
        f"{spoken(cited.name)}{f' of face {cited.face}' if several else ''}"
        for cited in answer.evidence
    )
    return [
        *([f"Read at: {', '.join(places)}."] if places else []),
        *(f"Cannot tell: {sentence(limit)}" for limit in open_limits(answer, told)),
        *(f"Note: {sentence(note)}" for note in answer.notes),
    ]


def _of_picture(turns: "Sequence[Exchange]", number: int) -> str:
    """Return the name of a turn's picture, where it is another one than that of the turn before."""
    name = turns[number].image
    return name if name and (number == 0 or turns[number - 1].image != name) else ""


def _as_html(path: Path, turns: "Sequence[Exchange]", pictures: Pictures) -> dict[Path, bytes]:
    told: set[str] = set()
    shown = [
        _html_turn(turn, pictures.get(number), _of_picture(turns, number), told)
        for number, turn in enumerate(turns)
    ]
    return {path: template(_PAGE).render(caution=CAUTION, turns=shown).encode()}


def _html_turn(
    turn: "Exchange", picture: bytes | None, name: str, told: set[str]
) -> dict[str, Any]:
    """Return what the template shows of a turn, as plain text without control characters."""
    table = turn.answer.table
    return {
        "image": clean(name),
        "question": clean(turn.question),
        "text": clean(turn.answer.text),
        "picture": f"data:image/jpeg;base64,{b64encode(picture).decode()}" if picture else None,
        "table": table and _cleaned(table),
        "details": [clean(line) for line in _details(turn, told)],
        "foot": clean(footer(turn.answer)),
    }


def _cleaned(table: Table) -> Table:
    return Table(
        title=clean(table.title),
        columns=tuple(map(clean, table.columns)),
        rows=tuple(tuple(map(clean, row)) for row in table.rows),
    )


_FORMS: dict[str, "Callable[[Path, Sequence[Exchange], Pictures], dict[Path, bytes]]"] = {
    ".md": _as_markdown,
    ".html": _as_html,
    ".json": _as_json,
}
