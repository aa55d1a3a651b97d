"""Sets of phrasings, each written before it was tried, with the score of the first contact.

``phrasings.jsonl`` was written before the parser; ``phrasings_held_out.jsonl`` was kept aside while
it was made (first score: 97.1 % of the attribute sets exact, region F1 0.964, no wrong refusal);
``phrasings_second.jsonl`` and ``phrasings_third.jsonl`` were written later, scored once (92.4 % and
92.9 %, F1 0.915 and 0.954) and then used to improve the rules. ``phrasings_fourth.jsonl`` (168) met
the rules at 88.1 % and F1 0.863, with 30 of 43 requests out of bounds recognised and 11 ordinary
ones refused; ``phrasings_fifth.jsonl`` (120), written after the rules were made more general, at
89.2 % and F1 0.889, 23 of 33 recognised, none refused wrongly; ``phrasings_sixth.jsonl`` (50)
at 98.0 % and F1 0.988, 16 of 16 recognised, none refused wrongly. ``phrasings_seventh.jsonl`` (160:
parts ruled out, questions in one breath, counting, words that trip refusals) at 86.9 % and F1
0.829, 29 of 31 recognised and 8 ordinary ones refused; ``phrasings_eighth.jsonl`` (64), written
after that, at 95.3 % and F1 0.955, 8 of 13 recognised (the other 5 taken for harmless ones that no
tool answers) and 1 ordinary one refused. Two small ones went for the border alone:
``phrasings_ninth.jsonl`` (40) was met with 17 of 24 recognised and 5 ordinary ones refused, and
after rules on words that only say who is meant ``phrasings_tenth.jsonl`` (34) with 22 of 24 and 1
(85.0 % and 97.1 % of the attribute sets, F1 0.640 and 0.830). In these, ``or`` lists other
readings that are as good, written down before the first run too.

Four more, of 110 by an author who knew none of the rules, say only what is out of bounds. Each was
scored once before it was used, and the rules were made more general between them:
``phrasings_eleventh.jsonl`` (typed in haste) 41 of 50 recognised and 2 of 60 ordinary ones refused;
then, after a table of ordinary words took the place of frames, ``phrasings_twelfth.jsonl`` (formal,
with a preamble) 47 and 1, ``phrasings_thirteenth.jsonl`` (games, hints, broken English) 35 and 1,
``phrasings_fourteenth.jsonl`` (idioms) 45 and 2. So of the last three, each of a kind never met
before, 85 % were recognised at first contact and 2 % of the ordinary ones refused.

Four by the same kind of author, asked for what ordinary people would most plausibly type and not
for what is hard: ``phrasings_fifteenth.jsonl`` (200) was met with 75 of 80 recognised and 1 of 120
refused, after that ``phrasings_sixteenth.jsonl`` (250) with 106 of 110 and 2 of 140,
``phrasings_seventeenth.jsonl`` (300) with 125 of 130 and 1 of 170, and last
``phrasings_eighteenth.jsonl`` (300) with 124 of 130 and 3 of 170. The rules were mended after each,
and it did not rise: 95.6 % of the requests of all four were recognised, and 1.2 % of the ordinary
questions refused.

Authors told to write freely then showed that this was still too kind: the rules alone recognise
229 of 260 requests of ``refusals_unseen.jsonl`` and refuse 11 of 340 ordinary questions. A learnt
opinion beside the rules (``agent/understanding/refusal_model``) was made with
``refusals_train.jsonl``, 24 other authors, and with all sets above: 255 of 260, and 5 of 340.
"""

import json
from pathlib import Path

from focalface.agent.understanding import Context, Intent, Last, parse

_HERE = Path(__file__).parents[1] / "agent" / "understanding"


def rows(name: str) -> list[dict]:
    """The rows of a set: ``text`` and what it asks for."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def context_of(row: dict) -> Context:
    """What the conversation knows when a row is asked."""
    given = row.get("context", {})
    last = None
    if any(key.startswith("last_") for key in given):
        last = Last(
            kind=given.get("last_kind", "describe"),
            attributes=tuple(given.get("last_attributes", ())),
            regions=tuple(given.get("last_regions", ())),
            faces=tuple(given.get("last_faces", ())),
        )
    return Context(
        count=given.get("count", 1),
        selection=tuple(given.get("selection", ())),
        numbered=tuple(given.get("numbered", ())),
        last=last,
    )


def heard(row: dict) -> Intent:
    """What is understood of a row."""
    return parse(row["text"], context_of(row))


SETS = (
    "phrasings.jsonl",
    "phrasings_held_out.jsonl",
    "phrasings_second.jsonl",
    "phrasings_third.jsonl",
    "phrasings_fourth.jsonl",
    "phrasings_fifth.jsonl",
    "phrasings_sixth.jsonl",
    "phrasings_seventh.jsonl",
    "phrasings_eighth.jsonl",
    "phrasings_ninth.jsonl",
    "phrasings_tenth.jsonl",
)
BOUNDS = tuple(
    f"phrasings_{nth}.jsonl"
    for nth in (
        *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
        *("seventeenth", "eighteenth"),
    )
)
"""Sets whose rows say only whether a question is out of bounds."""
