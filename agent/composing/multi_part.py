"""The answers to the parts of one question, made one answer. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from focalface.agent.basics.answer import Table
from focalface.agent.basics.sentence import Sentence, fixed
from focalface.agent.composing import fixed_replies
from focalface.agent.composing.compose import Draft, remarks
from focalface.agent.understanding import Intent


def joined_drafts(drafts: Sequence[Draft], intent: Intent) -> Draft:
    """Return one answer: the parts in their order, then what of the question cannot be answered.

    A face that the part before spoke of is not named again; sentences and limits are said once.
    """
    says: list[Sentence] = []
    name = ""
    for draft in drafts:
        for number, say in enumerate(draft.says):
            if number == 0 and say.face and say.face == name:
                say = replace(say, face="")
            name = say.face or name
            if say not in says:
                says.append(say)
    if intent.parts:
        said = {say.text for say in says}
        says += [fixed(text) for text in fixed_replies.asides(intent)[1] if text not in said]
    limits = tuple(dict.fromkeys(limit for draft in drafts for limit in draft.limits))
    tables = [draft.table for draft in drafts if draft.table]
    return Draft(tuple(says), limits, _one_table(tables), remarks(intent))


def _one_table(tables: Sequence[Table]) -> Table | None:
    """Tables with the same columns below each other, with the same rows side by side."""
    if not tables:
        return None
    made = tables[0]
    for other in tables[1:]:
        if other.columns == made.columns:
            rows = tuple(dict.fromkeys((*made.rows, *other.rows)))
            made = made.model_copy(update={"rows": rows})
        elif [row[0] for row in other.rows] == [row[0] for row in made.rows]:
            rows = tuple(a + b[1:] for a, b in zip(made.rows, other.rows, strict=True))
            made = made.model_copy(
                update={"columns": made.columns + other.columns[1:], "rows": rows}
            )
    return made
