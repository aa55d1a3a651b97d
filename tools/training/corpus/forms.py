"""Chat samples from the regions of one face: single turn, several regions, several turns, pairs.

A sample is a plain dictionary, one line of the corpus::

    {"id": "...", "task": "describe", "source": "bp4d",
     "labelled_by": "people", "size": 0.31,
     "images": ["pictures/3f/....jpg", "crops/3f/....jpg"],
     "messages": [{"role": "user", "content": [{"type": "image", "image": "pictures/..."}, ...]},
                  {"role": "assistant", "content": [{"type": "text", "text": "{...}"}],
                   "untrained": [[61, 66]]}],
     "truth": [{"region": "mouth", "box": [..], "units": {"AU12": 0.6}, ...}]}

``untrained``: character spans of an answer that no label covers (see ``truth.answer``).
"""

import json
from dataclasses import dataclass
from typing import Any, Literal, get_args

from focalface import prompts
from focalface.tools.describers.language.answer_format import unit_key
from focalface.tools.face import facs
from focalface.tools.training.corpus.truth import Truth, answer, comparison

Task = Literal[
    "attributes",
    "recognise",
    "describe",
    "written",
    "multi_region",
    "multi_turn",
    "compare",
    "which",
    "zoom",
]
"""``written`` is ``describe`` with a text by somebody who looked at the region."""
TASKS: tuple[Task, ...] = get_args(Task)


@dataclass(frozen=True, slots=True)
class AskedRegion:
    """One region of a face, ready to be asked about.

    ``crop``: path of its crop; ``ask`` and ``ask_short``: its prompt with and without a text.
    """

    name: str
    kind: str
    size: float
    box: tuple[int, int, int, int]
    crop: str
    ask: str
    ask_short: str
    truth: Truth
    can_show: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class FaceFacts:
    """What all samples of one face share."""

    key: str
    source: str
    labelled_by: str
    picture: str
    task_text: str


def samples(
    facts: FaceFacts,
    regions: list[AskedRegion],
    compared: tuple[AskedRegion, AskedRegion] | None,
    seen: list[AskedRegion],
) -> list[dict[str, Any]]:
    """Return all samples of one face; ``regions`` begin with the whole face.

    ``seen``: regions whose text somebody wrote who looked at them.
    """
    whole, rest = regions[0], regions[1:]
    made = [_one(facts, "attributes", whole, text=False, number=0)]
    made += [_one(facts, "recognise", r, text=False, number=i) for i, r in enumerate(rest)]
    made += [_one(facts, "describe", r, text=True, number=i) for i, r in enumerate(regions)]
    made += [_one(facts, "written", r, text=True, number=i) for i, r in enumerate(seen)]
    if rest:
        made.append(_zoom(facts, whole, (seen or rest)[0]))
    if len(rest) >= 2:
        made += [_several(facts, rest[:3]), _turns(facts, rest[-3:])]
        made += [_which(facts, rest[:3])] if any(_labelled(asked) for asked in rest[:3]) else []
    if compared is not None and (pair := _pair(facts, *compared)):
        made.append(pair)
    return made


def _one(
    facts: FaceFacts, task: Task, asked: AskedRegion, *, text: bool, number: int
) -> dict[str, Any]:
    user = [*_opening(facts), *_region(asked, text=text)]
    return _sample(facts, task, number, [asked], [_user(user), _reply(asked, text=text)])


def _several(facts: FaceFacts, regions: list[AskedRegion]) -> dict[str, Any]:
    """Several regions in one message, one list of answers."""
    user = _opening(facts)
    for asked in regions:
        user += _region(asked, text=True)
    user.append(_text(prompts.load("focal_set").fill(count=str(len(regions)))))
    written, spans = "[", []
    for i, asked in enumerate(regions):
        one, own = answer(asked.truth, asked.text)
        written += ", " if i else ""
        spans += [[start + len(written), end + len(written)] for start, end in own]
        written += one
    reply = {"role": "assistant", "content": [_text(written + "]")], "untrained": spans}
    return _sample(facts, "multi_region", 0, regions, [_user(user), reply])


def _turns(facts: FaceFacts, regions: list[AskedRegion]) -> dict[str, Any]:
    """Return one region a turn, in one conversation."""
    messages: list[dict[str, Any]] = []
    for i, asked in enumerate(regions):
        opening = _opening(facts) if i == 0 else []
        messages += [_user([*opening, *_region(asked, text=True)]), _reply(asked, text=True)]
    return _sample(facts, "multi_turn", 0, regions, messages)


def _zoom(facts: FaceFacts, whole: AskedRegion, closer: AskedRegion) -> dict[str, Any]:
    """Return the whole face first, then a closer look at one region."""
    ask = [_text(prompts.load("focal_zoom").text), *_region(closer, text=True)]
    messages = [
        _user([*_opening(facts), *_region(whole, text=False)]),
        _reply(whole, text=False),
        _user(ask),
        _reply(closer, text=True),
    ]
    return _sample(facts, "zoom", 0, [whole, closer], messages)


def _which(facts: FaceFacts, regions: list[AskedRegion]) -> dict[str, Any]:
    """Tell which of several regions shows a movement, or none of them."""
    code, place = _told_by(regions)
    unit = facs.UNITS[code]
    user = _opening(facts)
    for asked in regions:
        user += _region(asked, text=False)
    what = f"{unit.name} ({code})"
    user.append(_text(prompts.load("focal_which").fill(count=str(len(regions)), what=what)))
    if place is None:
        why = f"None of these regions shows {code}."
    else:
        why = f"{code} shows in {place}: {unit.plain}."
    answered = json.dumps({"region": place, "text": why})
    reply = {"role": "assistant", "content": [_text(answered)], "untrained": []}
    return _sample(facts, "which", 0, regions, [_user(user), reply])


def _labelled(asked: AskedRegion) -> bool:
    return bool(asked.truth.units or asked.truth.absent)


def _told_by(regions: list[AskedRegion]) -> tuple[str, int | None]:
    """Return the strongest unit of the regions and the first that shows it, else one that is
    absent."""
    shown = [
        (value, code, place)
        for place, asked in enumerate(regions, start=1)
        for (code, _), value in asked.truth.units.items()
    ]
    if shown:
        _, code, place = max(shown, key=lambda one: (one[0], -one[2]))
        return code, place
    absent = [code for asked in regions for code in asked.truth.absent]
    return absent[0], None


def _pair(facts: FaceFacts, first: AskedRegion, second: AskedRegion) -> dict[str, Any] | None:
    reply = comparison(first.truth, second.truth)
    if reply is None:
        return None
    user = [*_opening(facts), *_region(first, text=True), *_region(second, text=True)]
    user.append(_text(prompts.load("focal_compare").text))
    said = {"role": "assistant", "content": [_text(reply)], "untrained": []}
    return _sample(facts, "compare", 0, [first, second], [_user(user), said])


def _sample(
    facts: FaceFacts,
    task: Task,
    number: int,
    regions: list[AskedRegion],
    messages: list[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "id": f"{facts.key}#{task}-{number}",
        "task": task,
        "source": facts.source,
        "labelled_by": facts.labelled_by,
        "size": min(asked.size for asked in regions),
        "images": [facts.picture, *(asked.crop for asked in regions)],
        "messages": messages,
        "truth": [_truth(asked) for asked in regions],
    }


def _truth(asked: AskedRegion) -> dict[str, Any]:
    truth = asked.truth
    return {
        "region": asked.name,
        "kind": asked.kind,
        "box": list(asked.box),
        "can_show": list(asked.can_show),
        "units": {unit_key(code, side): round(v, 2) for (code, side), v in truth.units.items()},
        "absent": list(truth.absent),
        "emotion": truth.emotion,
        "age_group": truth.age_group,
        "years": truth.years,
        "cannot_tell": list(truth.cannot_tell),
        "unlabelled": list(truth.unlabelled),
        "text": asked.text,
    }


def _opening(facts: FaceFacts) -> list[dict[str, str]]:
    return [{"type": "image", "image": facts.picture}, _text(facts.task_text)]


def _region(asked: AskedRegion, *, text: bool) -> list[dict[str, str]]:
    return [
        {"type": "image", "image": asked.crop},
        _text(asked.ask if text else asked.ask_short),
    ]


def _reply(asked: AskedRegion, *, text: bool) -> dict[str, Any]:
    written, spans = answer(asked.truth, asked.text if text else None)
    return {
        "role": "assistant",
        "content": [_text(written)],
        "untrained": [list(span) for span in spans],
    }


def _user(content: list[dict[str, str]]) -> dict[str, Any]:
    return {"role": "user", "content": content}


def _text(text: str) -> dict[str, str]:
    return {"type": "text", "text": text}
