"""Texts for a corpus by any LangChain chat model: cached, resumable, checked against the labels.

The model sees labels only, never the picture, so its words cannot add anything that nobody coded.
A text that claims a unit which is not labelled present, or denies one that is, is dropped.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from focalface import prompts
from focalface.tools.describers.language import phrases
from focalface.tools.face import facs, wording
from focalface.tools.training.corpus.truth import Truth
from focalface.tools.types import Region

Outcome = Literal["used", "mismatch", "refused"]
_REFUSAL = re.compile(r"\b(?:i['’]m sorry|i can(?:not|['’]t)|as an ai|unable to (?:help|assist))\b")
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Annotation:
    """One answer of the annotator: its text, what became of it, and the tokens that it cost."""

    text: str
    outcome: Outcome
    why: str
    tokens: int


class Annotator:
    """Writes texts with a chat model; every answer lies in a cache folder, so a rerun asks nothing.

    ``chat`` is made on the first question that the cache cannot answer.
    """

    def __init__(self, name: str, cache: Path, chat: Callable[[str], Any]) -> None:
        self._name = name
        self._cache = cache
        self._make = chat
        self._chat: Any = None

    def text(self, truth: Truth, region: Region) -> str | None:
        """Return the annotator's text, or None when it refused or contradicted the labels."""
        made = self.annotate(truth, region)
        return made.text if made.outcome == "used" else None

    def annotate(self, truth: Truth, region: Region) -> Annotation:
        """Ask the cache, then the model."""
        question = question_of(truth, region)
        prompt = prompts.load("annotator")
        key = hashlib.sha256(f"{self._name}\n{prompt.id}\n{question}".encode()).hexdigest()
        file = self._cache / key[:2] / f"{key}.json"
        if file.is_file():
            return Annotation(**json.loads(file.read_text(encoding="utf-8")))
        if self._chat is None:
            self._chat = self._make(self._name)
        reply = self._chat.invoke(question)
        usage = getattr(reply, "usage_metadata", None) or {}
        text = " ".join(str(reply.text).split())
        outcome, why = judge(text, truth)
        made = Annotation(text, outcome, why, int(usage.get("total_tokens", 0)))
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(
            json.dumps({"text": text, "outcome": outcome, "why": why, "tokens": made.tokens}),
            encoding="utf-8",
        )
        part.replace(file)
        return made


def chat_model(name: str) -> Any:
    """Return a LangChain chat model by ``provider:model``."""
    from langchain.chat_models import init_chat_model

    return init_chat_model(name, temperature=0.7, max_retries=4)


def question_of(truth: Truth, region: Region) -> str:
    """Return the prompt for one region."""
    present = [
        f"{code} {facs.UNITS[code].name} ({'both sides' if side == 'both' else side}, "
        f"{facs.strength(max(value, 0.1))})"
        for (code, side), value in truth.units.items()
    ]
    return prompts.load("annotator").fill(
        region=wording.place_of(region),
        present="; ".join(present) or "none",
        absent="; ".join(f"{c} {facs.UNITS[c].name}" for c in truth.absent) or "none",
        emotion=truth.emotion or "not labelled",
        age=truth.age_group or "not labelled",
        cannot_tell=", ".join(truth.cannot_tell) or "nothing",
    )


def judge(text: str, truth: Truth) -> tuple[Outcome, str]:
    """Tell whether a text may be used, and why not."""
    if not text or _REFUSAL.search(text.lower()):
        return "refused", "no text" if not text else "the model declined"
    if len(text) > LONGEST:
        return "mismatch", f"longer than {LONGEST} characters"
    present = {code for code, _ in truth.units}
    said = phrases.settled(text)
    if added := [c for c, stance in said.items() if stance == "present" and c not in present]:
        return "mismatch", f"claims {', '.join(added)}"
    if denied := [c for c, stance in said.items() if stance == "absent" and c in present]:
        return "mismatch", f"denies {', '.join(denied)}"
    return "used", ""


def totals(cache: Path) -> dict[str, int]:
    """Return counts of outcomes and the tokens spent, over everything in a cache folder."""
    found = {"used": 0, "mismatch": 0, "refused": 0, "tokens": 0}
    for file in sorted(cache.glob("*/*.json")):
        made = json.loads(file.read_text(encoding="utf-8"))
        found[made["outcome"]] += 1
        found["tokens"] += made["tokens"]
    return found
