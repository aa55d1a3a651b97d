"""The tables of the describer's card, as Markdown, from what ``evaluate`` found."""

from collections.abc import Iterable, Sequence
from typing import Any

Found = dict[str, Any]


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _table(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    return "\n".join([_row(head), _row(["---"] * len(head)), *(_row(row) for row in rows)])


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def figures(found: Found) -> str:
    """Every goal of the describer beside what was measured."""
    points, units, emotion = found["landmarks"], found["units"], found["emotion"]
    age, crossed = found["age"]["all"], found["age"]["coverage_crossed"]
    sources = ", ".join(f"{k} {v}" for k, v in points["nme_teacher_by_source_%"].items())
    rows: list[tuple[object, ...]] = [
        (
            "landmarks against the teacher, % of the outer eye distance",
            f"{points['nme_teacher_%']} ({sources})",
            "3.5",
        ),
        (
            "six eye and mouth corners against people "
            f"(teacher: {points['teacher_against_human_%']})",
            points["nme_human_six_points_%"],
            "5",
        ),
        (
            "movement of points when the crop moves by 3 %, scales by 5 %, turns by 3 degrees",
            points["jitter_%"],
            "-",
        ),
        (
            f"action units, mean correlation with the teacher, {units['live_channels']} live "
            f"channels (all {len(units['channels'])}: {units['mean_all']})",
            units["mean_live"],
            "0.8",
        ),
    ]
    for name, group in emotion.items():
        if name == "recall_fer2013":
            continue
        low, high = group["interval"]
        rows.append(
            (
                f"emotion, {name} (n {group['n']})",
                f"{_percent(group['accuracy'])} ({100 * low:.1f}-{100 * high:.1f}), balanced "
                f"{_percent(group['balanced'])}, ECE {group['ece']}"
                + (f" (crossed {group['ece_crossed']})" if "ece_crossed" in group else ""),
                "67 %, ECE 0.05" if name == "fer2013" else "-",
            )
        )
    low, high = age["interval"]
    rows += [
        (
            f"age, UTKFace (n {age['n']}), mean absolute error in years",
            f"{age['mae']} ({low}-{high}), bias {age['bias']}",
            "6.0",
        ),
        (
            "age, 80 % interval covers",
            f"{_percent(age['coverage'])} (crossed {_percent(crossed)}), "
            f"mean width {age['width']} years",
            "78-82 %",
        ),
        ("age, right group of nine", _percent(found["age"]["right_group"]), "-"),
    ]
    recalls = ", ".join(f"{k} {v}" for k, v in emotion["recall_fer2013"].items())
    return _table(("what", "figure", "goal"), rows) + f"\n\nRecall on FER2013: {recalls}."


def units(found: Found) -> str:
    """Correlation of every unit and side, from the face and from each region alone."""
    rows = [
        (
            name,
            "yes" if unit["live"] else "no",
            unit["face"],
            unit["mae"],
            ", ".join(f"{k} {v}" for k, v in unit["regions"].items()) or "-",
        )
        for name, unit in found["units"]["channels"].items()
    ]
    return _table(("unit, side", "live", "face", "mean abs. error", "regions"), rows)


def regions(found: Found) -> str:
    """What each kind of region alone tells."""
    head = ("emotion accuracy", "emotion entropy", "age error", "age width", "age coverage")
    rows = [
        (
            name,
            _percent(r["emotion_accuracy"]),
            r["emotion_entropy"],
            r["age_mae"],
            r["age_width"],
            _percent(r["age_coverage"]),
        )
        for name, r in found["regions"].items()
    ]
    return _table(("region", *head), rows)


def blanking(found: Found) -> str:
    """How far a reading moves when the outside, or the inside, is blanked."""

    def cell(change: dict[str, float]) -> str:
        return f"{change['emotion']}, {change['age']}, {change['units']}"

    rows = [(name, cell(b["outside"]), cell(b["inside"])) for name, b in found["blanking"].items()]
    head = ("region", "outside: emotion, age, units", "inside: emotion, age, units")
    return _table(head, rows)


def audit(found: Found) -> str:
    """Age errors of every audit group."""
    rows = [
        (name, g["n"], g["mae"], g["bias"], _percent(g["coverage"]))
        for by in ("by_age", "by_gender_label", "by_race_label")
        for name, g in found["age"][by].items()
    ]
    return _table(("group", "n", "error", "bias", "coverage"), rows)


def card(found: Found) -> str:
    """All tables, in the order of the card."""
    parts = {
        "Figures": figures,
        "Action units": units,
        "Regions": regions,
        "Blanking": blanking,
        "Audit of age by group": audit,
    }
    assessed = "Assessed on the face: " + ", ".join(found["assessed_on_face"]) + "."
    text = [f"### {title}\n{make(found)}" for title, make in parts.items()]
    return "\n\n".join([*text, assessed])
