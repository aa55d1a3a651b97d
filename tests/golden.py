"""What is understood, planned and answered for every question that the repository holds.

    python tests/golden.py write FOLDER [--every 20]    # FOLDER/golden.jsonl, one line each
    python tests/golden.py compare BEFORE AFTER

A change of wording, a word list or a model shows here as the questions that it changes. Faces are
described once, into FOLDER/evidence.json; copy that file to the second folder, so that both tell of
the same evidence. Nothing of it is kept in the repository.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import insightface.data
import PIL.Image
import skimage.data

from focalface.agent.basics.evidence import Evidence
from focalface.agent.composing.compose import Draft
from focalface.agent.conversation import offline
from focalface.agent.conversation.progress import Progress
from focalface.agent.planning import plan
from focalface.agent.planning.turn_context import Picture, TurnContext, turn_of
from focalface.agent.understanding import LastTurn
from focalface.tools import Workbench
from focalface.tools.face.regions import ATLAS
from focalface.tools.types import Face, Region, RegionDescription

ROOT = Path(__file__).parents[1]
FACES = 3
"""Faces of the group that are described; a question on more sees as many as there are."""
SHOWN = 40
"""Changed questions that a comparison prints of each kind."""


def main() -> None:
    """Writes or compares."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=("write", "compare"))
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1, help="Ask only each of so many questions.")
    chosen = parser.parse_args()
    if chosen.what == "write":
        write(chosen.folders[0], chosen.every)
    else:
        compare(*chosen.folders)


def questions() -> Iterator[dict[str, Any]]:
    """Every question of the repository with its context, each once."""
    seen: set[str] = set()
    for file in sorted((ROOT / "agent").rglob("*.jsonl")) + sorted(ROOT.glob("tests/**/*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            kept = {"text": row["text"], "context": row.get("context", {})}
            if (key := json.dumps(kept)) not in seen:
                seen.add(key)
                yield kept
    for file in sorted(ROOT.glob("evals/**/data/*.jsonl")):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            asked = [row["question"]] if "question" in row else []
            for text in asked + [turn["question"] for turn in row.get("turns", ())]:
                yield {"text": text, "context": {}}


def write(folder: Path, every: int = 1) -> None:
    """Asks every question, or each of so many."""
    folder.mkdir(parents=True, exist_ok=True)
    scenes = evidence(folder / "evidence.json")
    with (folder / "golden.jsonl").open("w", encoding="utf-8") as out:
        for row in islice(questions(), 0, None, every):
            out.write(json.dumps({**row, **asked(row, scenes)}, ensure_ascii=False) + "\n")


def asked(row: dict[str, Any], scenes: dict[str, Any]) -> dict[str, Any]:
    """Intent, plan and answer of one question."""
    given = row["context"]
    count = given.get("count", 1)
    picture, found = scenes["one" if count == 1 else "group"]
    if count is None or count == 0:
        picture = None if count is None else picture.model_copy(update={"faces": ()})
    elif count > 1:
        picture = picture.model_copy(update={"faces": picture.faces[:count]})
    faces = picture.faces if picture else ()
    context = TurnContext(
        question=row["text"],
        picture=picture,
        selection=regions(found, given.get("selection", ())),
        numbered=regions(found, given.get("numbered", ())),
        last=last_of(given),
    )
    known = Evidence(
        picture.scene if picture else None,
        tuple(d for d in found if d.region.face_id in {f.id for f in faces}),
    )
    turn = turn_of(context)
    progress = Progress(turn, [])
    progress.known = known
    made = plan.plan(turn)
    said = offline.decide(progress)
    draft = said if isinstance(said, Draft) else progress.draft()
    return {
        "intent": turn.intent.model_dump(mode="json", exclude_defaults=True),
        "plan": made.model_dump(mode="json", exclude_defaults=True),
        "answer": draft.text,
    }


def regions(found: tuple[RegionDescription, ...], names: list[str]) -> tuple[Region, ...]:
    """Regions of the first face by name; one that is not there keeps its name alone."""
    known = {d.region.name: d.region for d in reversed(found)}
    any_other = found[0].region
    return tuple(known.get(n, any_other.model_copy(update={"name": n})) for n in names)


def last_of(given: dict[str, Any]) -> LastTurn | None:
    """The turn before, if the question follows one."""
    if not any(key.startswith("last_") for key in given):
        return None
    named = {key.removeprefix("last_"): value for key, value in given.items()}
    return LastTurn.model_validate({k: v for k, v in named.items() if k in LastTurn.model_fields})


def evidence(file: Path) -> dict[str, tuple[Picture, tuple[RegionDescription, ...]]]:
    """One face and a group, described once and read back ever after."""
    if not file.exists():
        pictures = {
            "one": PIL.Image.fromarray(skimage.data.astronaut()),
            "group": PIL.Image.fromarray(insightface.data.get_image("t1")[:, :, ::-1]),
        }
        file.write_text(json.dumps({name: described(p) for name, p in pictures.items()}))
    read = json.loads(file.read_text(encoding="utf-8"))
    return {
        name: (
            Picture(
                path=f"{name}.png",
                image_id=name,
                width=one["size"][0],
                height=one["size"][1],
                faces=tuple(map(Face.model_validate, one["faces"])),
            ),
            tuple(map(RegionDescription.model_validate, one["found"])),
        )
        for name, one in read.items()
    }


def described(picture: PIL.Image.Image) -> dict[str, Any]:
    """The faces of a picture and what is found in every region of the first of them."""
    bench = Workbench()
    image = bench.open(picture)
    faces = bench.detect(image)
    found = [d for face in faces[:FACES] for d in bench.describe(image, face, list(ATLAS))]
    return {
        "size": picture.size,
        "faces": [face.model_dump(mode="json") for face in faces],
        "found": [one.model_dump(mode="json") for one in found],
    }


def compare(before: Path, after: Path) -> None:
    """Prints how many questions changed, field by field, and the first of each."""
    old, new = (read_back(folder / "golden.jsonl") for folder in (before, after))
    both = [key for key in old if key in new]
    print(f"{len(both)} questions in both, {len(old) - len(both)} gone, {len(new) - len(both)} new")
    changed: Counter[str] = Counter()
    for key in both:
        for field, was, now in differences(old[key], new[key]):
            changed[field] += 1
            if changed[field] <= SHOWN:
                print(f"{field}: {old[key]['text']!r}\n    was {was}\n    now {now}")
    for field, times in changed.most_common():
        print(f"{times:6} {field}")


def read_back(file: Path) -> dict[str, dict[str, Any]]:
    """Question and context -> what was made of it."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {json.dumps([row["text"], row["context"]]): row for row in rows}


def differences(was: dict[str, Any], now: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Every field that differs, as (field, before, after)."""
    for part in ("intent", "plan"):
        for field in sorted(was[part].keys() | now[part].keys()):
            if was[part].get(field) != now[part].get(field):
                yield f"{part}.{field}", was[part].get(field), now[part].get(field)
    if was["answer"] != now["answer"]:
        yield "answer", was["answer"], now["answer"]


if __name__ == "__main__":
    main()
