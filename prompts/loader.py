"""Loads prompts from the Markdown files beside this one and fills their ``{{slots}}``, strictly."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


class PromptError(ValueError):
    """A prompt was asked for or filled wrongly: a mistake in the calling code, not of a user."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt text with named slots; ``id`` is ``name@hash``, so that a log can name it."""

    name: str
    text: str

    @property
    def id(self) -> str:
        """Name and the first eight hex digits of the text's SHA-256."""
        return f"{self.name}@{hashlib.sha256(self.text.encode()).hexdigest()[:8]}"

    @property
    def slots(self) -> frozenset[str]:
        """Names that :meth:`fill` needs."""
        return frozenset(_SLOT.findall(self.text))

    def fill(self, **values: str) -> str:
        """Return the text with every slot replaced; a missing or unknown slot raises
        ``PromptError``."""
        if wrong := self.slots ^ values.keys():
            names = ", ".join(sorted(wrong))
            raise PromptError(f"Prompt '{self.name}' and its values differ in: {names}.")
        return _SLOT.sub(lambda slot: values[slot.group(1)], self.text)


@cache
def load(name: str) -> Prompt:
    """Return the prompt in ``prompts/NAME.md`` without its surrounding blank lines.

    Raises ``PromptError`` for a name without a file.
    """
    path = FOLDER / f"{name}.md"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in FOLDER.glob("*.md")))
        raise PromptError(f"There is no prompt '{name}'; known prompts: {known}.")
    return Prompt(name=name, text=path.read_text(encoding="utf-8").strip())
