"""The tables of the describer's card as Markdown, from the figures of ``evaluate``."""

from collections.abc import Sequence
from typing import Any

from focalface.tools.training.describer.codes import UNITS
from focalface.tools.training.describer.tables import SOURCES

Found = dict[str, Any]


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def percent(share: float) -> str:
    """Return a share, one decimal."""
    return "-" if share != share else f"{100 * share:.1f} %"


def number(value: float, digits: int = 2) -> str:
    """Return a figure, or a dash where there is none."""
    return "-" if value != value else f"{value:.{digits}f}"


def units(found: Found) -> str:
    """Agreement with the coders."""
    assessed = set(found["about"]["assessed"])
    rows = [
        (
            code,
            "yes" if code in assessed else "no",
            *(number(u[key]) for key in ("r", "coders", "auc", "f1_slight", "f1_clear")),
            number(u["ece"], 3),
            *(number(u[f"r_{source}"]) for source in SOURCES),
            f"{percent(side['right'])} of {side['cases']}",
        )
        for code in UNITS
        for u, side in [(found["units"][code], found["sides"][code])]
    ]
    head = ("unit", "assessed", "r", "coder against coder", "AUC", "F1 slight", "F1 clear",
            "ECE of presence", *SOURCES, "right side")  # fmt: skip
    mean = f"Mean r over 15 units (without AU14): **{found['units']['mean_r']:.3f}**; "
    mean += f"coder against coder {found['units']['mean_coders']:.3f}."
    wink = found["winks"]
    winks = (
        f"Winks ({wink['cases']} composites of a closed and an open eye): the closed one reads as "
        f"more closed in {percent(wink['side'])}, and is told alone in {percent(wink['told'])}."
    )
    return f"{table(head, rows)}\n\n{mean}\n\n{winks}"


def hidden(found: Found) -> str:
    """Return the table of what hides parts of faces."""
    rows = [
        (name, h["cases"], percent(h["found"]), percent(h["kept"]) if "kept" in h else "-")
        for name, h in found["hidden"].items()
    ]
    return table(("what", "cases", "found", "free ones kept"), rows)


def parts(found: Found) -> str:
    """Parts alone."""
    rows = [
        (
            name,
            percent(p["emotion"]["accuracy"]),
            p["emotion"]["ece"],
            number(p["entropy"]),
            p["age"]["mae"],
            p["age"]["width"],
            percent(p["age"]["coverage"]),
        )
        for name, p in found["parts"].items()
    ]
    head = ("part alone", "emotion", "ECE", "entropy", "age error", "age width", "age coverage")
    return table(head, rows)


def whole(found: Found) -> str:
    """Emotion, age and landmarks of the whole face."""
    rows: list[tuple[object, ...]] = []
    coders = found["emotion"]["coders"]
    by_label = {k: e for k, e in found["emotion"].items() if k not in ("recall", "coders")}
    by_coder = {f"as coded, {k}": e for k, e in coders.items() if k != "mixed"}
    for name, e in (by_label | by_coder).items():
        low, high = e["interval"]
        rows.append(
            (
                f"emotion, {name} (n {e['n']})",
                f"{percent(e['accuracy'])} ({100 * low:.1f}-{100 * high:.1f}), "
                f"balanced {percent(e['balanced'])}, ECE {e['ece']}",
            )
        )
    mixed = coders["mixed"]
    rows.append(
        (
            f"no single emotion (coded so: {percent(mixed['share'])})",
            f"AUC {mixed['auc']:.2f}; told of {percent(mixed['found'])}, right in "
            f"{percent(mixed['right'])}",
        )
    )
    rows += [*_ages(found["age"]), *_points(found["landmarks"])]
    recall = ", ".join(f"{k} {v:.2f}" for k, v in found["emotion"]["recall"].items())
    return f"{table(('what', 'figure'), rows)}\n\nRecall on FER2013: {recall}."


def _ages(age: Found) -> list[tuple[object, ...]]:
    known, looks = age["all"], age["expressive"]
    error = f"{known['mae']} years, bias {known['bias']}"
    covered = f"{percent(known['coverage'])}, mean width {known['width']} years"
    off = f"{looks['calm']:.1f} / {looks['expressive']:.1f} years"
    return [
        (f"age, UTKFace (n {known['n']}), mean absolute error", error),
        ("age, 80 % interval covers", covered),
        ("age, right group of nine", percent(age["right_group"])),
        ("age against the coded apparent age, calm / expressive faces", off),
    ]


def _points(points: Found) -> list[tuple[object, ...]]:
    sources = ", ".join(f"{k} {v:.2f}" for k, v in points["by_source"].items())
    far = f"{points['far']:.2f} ({points['far_ratio']:.2f} x the mean)"
    teacher = f"{points['teacher']:.2f} ({sources})"
    return [
        ("landmarks against the teacher, % of the outer eye distance", teacher),
        ("the same on the tenth of faces farthest from the mean shape", far),
        ("six eye and mouth corners against people", f"{points['people']:.2f}"),
    ]


def attributes(found: Found) -> str:
    """Return the table of what everybody asks for."""
    rows = [
        (
            name,
            percent(a["told"]),
            percent(a["right"]),
            percent(a["right_all"]),
            percent(a["commonest"]),
        )
        for name, a in found["attributes"].items()
    ]
    return table(("attribute", "told", "right of those", "right of all", "commonest class"), rows)


def audit(found: Found) -> str:
    """Errors of every audit group."""
    groups = found["groups"]
    rows = [
        (
            name,
            g["n"],
            g["mae"],
            g["bias"],
            percent(g["coverage"]),
            *(
                (number(groups[name]["r"]), number(groups[name]["bias"]), groups[name]["faces"])
                if name in groups
                else ("-", "-", "-")
            ),
        )
        for name, g in found["age"]["groups"].items()
    ]
    head = ("group", "n", "age error", "age bias", "coverage", "units: r", "units: bias", "coded")
    return table(head, rows)


def card(found: Found) -> str:
    """Return all tables, in the order of the card."""
    made = {
        "Action units": units,
        "Whole face": whole,
        "What hides": hidden,
        "Parts alone": parts,
        "Attributes": attributes,
        "Audit by group": audit,
    }
    return "\n\n".join(f"### {title}\n{make(found)}" for title, make in made.items())
