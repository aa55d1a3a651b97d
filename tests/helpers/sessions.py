"""Sessions with the real face tools in this process, and whole turns in them."""

from typing import Any

from benches import SERVER

from focalface.agent.basics.answer import Answer
from focalface.agent.basics.events import Answered, Event
from focalface.agent.conversation.session import Session


def make_session(**options: Any) -> Session:
    """A session on the shared server; ``options`` are those of ``Session``."""
    return Session(server=SERVER, **options)


async def turn(session: Session, question: str) -> tuple[Answer, list[Event]]:
    """The answer to a question, and all events of the turn."""
    events = [event async for event in session.ask(question)]
    last = events[-1]
    assert isinstance(last, Answered)
    return last.answer, events
