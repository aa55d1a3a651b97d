"""Action units that a question calls by number ("AU12", "6+12") or by their FACS name."""

import re

from focalface.tools.face import facs
from focalface.tools.question.text import Text, read_text

_AU_LIST = re.compile(
    r"\b(?:a ?\.? ?u ?\.? ?s?|action units?|units?|facs)[ -]*#? ?(\d{1,2})\b"
    r"((?: ?(?:,|and|or|\+|/|&|vs|,? ?and) ?(?:a ?u ?-? ?)?\d{1,2}\b(?!\.\d))*)"
)
_SUM = re.compile(r"(?<!\w)(?<!what is )(?<!what's )\d{1,2}(?: ?\+ ?\d{1,2})+(?!\w)(?! ?=)")
"""Units as coders add them up: "6+12"."""
_BRACKETED = re.compile(r"(?<=[a-z])( ?)\( ?(\d{1,2}) ?\)")
"""A number after the name of its unit: "lip tightener (23)"."""
_GLUED = re.compile(r"\bau(\d{1,2})(?:l|r)?\b")


def find_codes(text: Text) -> tuple[list[str], Text]:
    """Return units given by number or FACS name, and the text without them.

    The words of a FACS name are taken out, so that the "nose" of "nose wrinkler" is not read as a
    region; everyday words ("wrinkled nose") stay for :func:`attributes.find_attributes`.
    """
    numbered, rest = _numbers(text)
    named, rest = _facs_names(rest)
    return [*numbered, *named], rest


def _numbers(text: Text) -> tuple[list[str], Text]:
    plain = re.sub(r" {2,}", " ", _GLUED.sub(r"au \1 ", text.plain))
    plain = _SUM.sub(_as_units, _BRACKETED.sub(_as_unit, plain))
    codes = [
        f"AU{int(number)}"
        for match in _AU_LIST.finditer(plain)
        for number in re.findall(r"\d{1,2}", match.group())
    ]
    if not codes:
        return [], text
    rest = _AU_LIST.sub(" ; ", plain)
    return codes, read_text(rest)


def _as_units(match: re.Match[str]) -> str:
    codes = re.findall(r"\d{1,2}", match.group())
    known = all(f"AU{int(code)}" in facs.UNITS for code in codes)
    return f"au {' + '.join(codes)}" if known else match.group()


def _as_unit(match: re.Match[str]) -> str:
    return f" au {match[2]} " if f"AU{int(match[2])}" in facs.UNITS else match.group()


def _facs_names(text: Text) -> tuple[list[str], Text]:
    codes = []
    for code, unit in facs.UNITS.items():
        if unit.code == "AU43" or f" {unit.name} " not in f" {text.plain} ":
            continue
        codes.append(code)
        text = text.masked(re.escape(read_text(unit.name).base.strip()))
    return codes, text
