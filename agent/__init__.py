"""The conversational side: a question about a picture of faces, and an answer that can be checked.

    >>> from focalface.agent import ask_sync
    >>> ask_sync("Is the smile genuine?", image="photo.jpg").text  # doctest: +SKIP

Imports are light: langchain comes with the first question.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from focalface.agent.basics.answer import Answer
    from focalface.agent.conversation.session import Session, ask, ask_sync

_HOMES = {
    "Answer": "basics.answer",
    "Session": "conversation.session",
    "ask": "conversation.session",
    "ask_sync": "conversation.session",
}

__all__ = ["Answer", "Session", "ask", "ask_sync"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
