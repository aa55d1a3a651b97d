"""What a conversation knows once some questions were asked."""

from focalface.agent.planning.turn_context import remembered
from focalface.agent.understanding import Context, parse
from focalface.agent.understanding.pictures import at


def after(
    *questions: str,
    count: int = 1,
    faces: tuple[str, ...] = ("f1",),
    told_of: tuple[str, ...] = ("f1",),
    pictures: int = 1,
) -> Context:
    """The context after ``questions``, each answered on ``faces`` with ``told_of`` named."""
    context = Context(count=count, pictures=pictures)
    for question in questions:
        meant = parse(question, context)
        last = remembered(meant, faces, told_of, context.last)
        context = at(context, meant.photo) if meant.photo else context
        context = context.model_copy(update={"last": last})
    return context
