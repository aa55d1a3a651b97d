"""Plans, answers and turns in lines and tables of words, for the terminal and for saved files."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from focalface.agent.basics.answer import Answer, Plan, Table
from focalface.agent.basics.events import ToolFinished, ToolStarted
from focalface.agent.basics.phrasing import spoken, spoken_together
from focalface.agent.terminal.slash import CommandHelp
from focalface.tools.types import Region

if TYPE_CHECKING:
    from focalface.agent.basics.events import Exchange


def clean(text: str) -> str:
    """``text`` without control characters: no model, path or file may steer the terminal."""
    return "".join(c for c in text if c in "\n\t" or c.isprintable())


_CODES_HERE = re.compile(r"\s*\((?:AU\d+(?:, )?)+ here\)$")


def sentence(text: str) -> str:
    """``text`` with a capital letter first and a full stop last."""
    text = text.strip()
    ended = text if text.endswith((".", "!", "?")) else f"{text}."
    return ended[:1].upper() + ended[1:]


def plan_lines(plan: Plan) -> list[str]:
    """Return one line for each reason: the regions that share it, and the reason."""
    targets: dict[str, list[str]] = {}
    for step in plan.steps:
        targets.setdefault(_CODES_HERE.sub("", step.reason), []).append(step.target)
    return [
        f"{spoken_together(names)}: {reason}" if reason else spoken_together(names)
        for reason, names in targets.items()
    ]


def cited(answer: Answer, numbers: Mapping[str, int]) -> str:
    """Return the answer's text with ``[1,2]`` after each claim whose evidence has numbers."""
    text, after = answer.text, 0
    for claim in answer.claims:
        marks = sorted({numbers[region] for region in claim.evidence if region in numbers})
        sentence = claim.text.rstrip(" .")
        at = text.find(sentence, after) if sentence else -1
        if at < 0:
            continue
        after = at + len(sentence)
        if marks:
            mark = f" [{spans(marks)}]"
            text, after = f"{text[:after]}{mark}{text[after:]}", after + len(mark)
    return text


def spans(numbers: Sequence[int]) -> str:
    """Rising numbers in short: ``1,3-6``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(
        f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs
    )


def evidence(answer: Answer, numbered: Sequence[Region]) -> str:
    """Return the regions that the claims rest on, with their numbers: ``mouth [1], left eye
    [2]``."""
    used = {region for claim in answer.claims for region in claim.evidence}
    found: dict[str, list[int]] = {}
    for number, region in enumerate(numbered, 1):
        if region.id in used:
            found.setdefault(spoken(region.name), []).append(number)
    return ", ".join(f"{name} [{spans(numbers)}]" for name, numbers in found.items())


_CODE = re.compile(r"\bAU\d+\b")


def open_limits(answer: Answer, told: set[str]) -> list[str]:
    """Return the limits worth showing under an answer: not what its text says already, nor what was
    told
    in the conversation. ``told``: the limits so far; it grows.
    """
    shown = [
        limit
        for limit in answer.limits
        if limit not in told and not _in_text(limit, {*_CODE.findall(limit)}, answer.text)
    ]
    told |= {*answer.limits}
    return shown


def _in_text(limit: str, codes: set[str], text: str) -> bool:
    """Tell whether a text says itself what could not be judged."""
    sentences = [s for s in text.split(". ") if "assess" in s]
    named = {code for s in sentences for code in _CODE.findall(s)}
    core = limit.removesuffix(", so nothing was judged.").rstrip(".").lower()
    return core in text.lower() or (bool(codes) and codes <= named)


def footer(answer: Answer) -> str:
    """Tell who said it, where it ran, how long it took, what was left out."""
    device = answer.device.partition(" (")[0]  # without the reason, which the trace has
    reader = f"{answer.describer} on {device}" if device else answer.describer
    parts = [reader, answer.model, duration(answer.milliseconds)]
    if answer.dropped:
        unproven = "sentence" if answer.dropped == 1 else "sentences"
        parts.append(f"{answer.dropped} unproven {unproven} left out")
    return " · ".join(part for part in parts if part)


def row_sentences(table: Table) -> list[str]:
    """Return a table as sentences for a screen reader: ``1. Region: mouth. Suggests: happiness.``

    A cell that needs no heading (a number, a face, what a table compares) stands alone.
    """
    lines = [f"{table.title}:"]
    for row in table.rows:
        said = [
            f"{cell[:1].upper()}{cell[1:].replace('*', ' (chosen)')}."
            if name in ("", "#") or cell.startswith(name)
            else f"{name[:1].upper()}{name[1:]}: {cell}."
            for name, cell in zip(table.columns, row, strict=True)
            if cell.strip("– ")
        ]
        lines.append(" ".join(said))
    return lines


def duration(milliseconds: float) -> str:
    """``48 ms`` or ``1.2 s``."""
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def trace_tables(turn: "Exchange") -> list[Table]:
    """Return a turn as tables: what was planned, what was called, what the sentences rest on."""
    plan = turn.answer.plan
    planned = [
        ("Intent", plan.intent),
        ("Attributes", ", ".join(plan.attributes)),
        ("Regions", spoken_together(plan.regions)),
        ("Faces", ", ".join(plan.faces)),
        ("Describer", turn.answer.describer),
        ("Device", turn.answer.device),
        ("Model", turn.answer.model),
        ("Left out", str(turn.answer.dropped)),
    ]
    arguments = {e.call: e.arguments for e in turn.events if isinstance(e, ToolStarted)}
    calls = [
        (
            str(event.call),
            event.name,
            json.dumps(arguments.get(event.call, {}), ensure_ascii=False),
            f"failed: {event.summary}" if event.failed else event.summary,
            f"{event.milliseconds:.0f}",
        )
        for event in turn.events
        if isinstance(event, ToolFinished)
    ]
    claims = [(claim.text, ", ".join(claim.evidence)) for claim in turn.answer.claims]
    unknown = [(limit,) for limit in turn.answer.limits]
    tables = [
        Table(title="Plan", columns=("What", "Value"), rows=tuple(r for r in planned if r[1])),
        Table(title="Calls", columns=("#", "Tool", "With", "Result", "ms"), rows=tuple(calls)),
        Table(title="Claims", columns=("Sentence", "Rests on"), rows=tuple(claims)),
        Table(title="Could not be judged", columns=("What",), rows=tuple(unknown)),
    ]
    return [table for table in tables if table.rows]


def help_table(commands: Sequence[CommandHelp]) -> Table:
    """Return the slash commands and what they do."""
    rows = tuple((command.usage, command.help) for command in commands)
    return Table(title="Commands", columns=("Type", "to"), rows=rows)
