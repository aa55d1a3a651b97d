"""Conversations with known truth: the built-in ones, or questions made of photos that were coded.

A folder of coded photos holds ``expressions.json``, a list of ``{"file", "codes": {"AU4": 2},
"suggests", "hidden": {"mouth": "hand"}, "faces", "teeth", "facial_hair"}``; a code of 1 is slight,
2 clear, one that is missing absent. Each photo becomes questions in plain words, most of them for a
yes or no.
"""

import json
from pathlib import Path
from typing import Any

from focalface.evals.datasets.corpora import rows
from focalface.tools.errors import UsageError
from focalface.tools.face import facs

_CLEAR = 2
"""Code from which a movement is plain to see; a slight one may be told either way."""
_ASKED = {
    "AU1": "Are the inner ends of the brows raised?",
    "AU2": "Are the outer ends of the brows raised?",
    "AU4": "Are the brows lowered?",
    "AU9": "Is the nose wrinkled?",
    "AU12": "Is this person smiling?",
    "AU15": "Are the corners of the mouth turned down?",
    "AU25": "Are the lips parted?",
    "AU26": "Has the jaw dropped?",
}
_WORDS = {
    "anger": "ang(?:er|ry)",
    "disgust": "disgust",
    "fear": "fear|afraid|scared",
    "happiness": "happ|joy",
    "neutral": "neutral",
    "sadness": "sad",
    "surprise": "surpris",
}


def conversations(data: str | None) -> list[dict[str, Any]]:
    """Return rows of the suite ``answers``: the built-in ones, or one a coded photo of a folder.

    Raises ``UsageError`` for a folder without ``expressions.json``.
    """
    if data is None:
        return rows("answers")
    folder = Path(data).expanduser()
    if not holds_codes(folder):
        raise UsageError(f"'{data}' holds no expressions.json; give a folder of coded photos.")
    coded = json.loads((folder / "expressions.json").read_text(encoding="utf-8"))
    made = [_conversation(folder, row) for row in coded]
    return [row for row in made if row["turns"]]


def holds_codes(folder: Path) -> bool:
    """Tell whether a folder is one of coded photos."""
    return (folder / "expressions.json").is_file()


def _conversation(folder: Path, row: dict[str, Any]) -> dict[str, Any]:
    turns = [*_counted(row), *_movements(row), *_looks(row), *_felt(row), *_covered(row)]
    return {"id": row["file"], "picture": str(folder / row["file"]), "turns": turns}


def _turn(question: str, says: str, never: str = "") -> dict[str, Any]:
    return {"question": question, "says": says, "never": never, "truth": True}


def _verdict(question: str, *, there: bool) -> dict[str, Any]:
    return {"question": question, "verdict": "yes" if there else "no", "truth": True}


def _counted(row: dict[str, Any]) -> list[dict[str, Any]]:
    faces = row.get("faces")
    return [_turn("How many faces are in the picture?", rf"\b{faces}\b")] if faces else []


def _movements(row: dict[str, Any]) -> list[dict[str, Any]]:
    codes, hidden = row.get("codes"), {*row.get("hidden", {})}
    if codes is None:
        return []
    seen = [code for code in _ASKED if not hidden & {*facs.UNITS[code].regions}]
    plain = [code for code in seen if codes.get(code, 0) in (0, _CLEAR)]
    return [_verdict(_ASKED[code], there=codes.get(code, 0) == _CLEAR) for code in plain]


def _looks(row: dict[str, Any]) -> list[dict[str, Any]]:
    turns = [_verdict("Do any teeth show?", there=row["teeth"])] if "teeth" in row else []
    if beard := row.get("facial_hair"):
        turns.append(_verdict("Is there a beard or a moustache?", there=beard != "none"))
    return turns


def _felt(row: dict[str, Any]) -> list[dict[str, Any]]:
    if "suggests" not in row:
        return []
    said = "|".join(words for label, words in _WORDS.items() if label in row["suggests"])
    return [_turn("Which emotion does the face suggest?", said)]


def _covered(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        _turn(f"What covers the {part.replace('_', ' ')}?", thing, "nothing covers")
        for part, thing in row.get("hidden", {}).items()
    ]
