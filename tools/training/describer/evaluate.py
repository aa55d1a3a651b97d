"""Every figure of the describer's card, from the exported files on the validation share.

    python -m focalface.tools.training.describer.evaluate [--json FILE]

Crops are aligned by YuNet's five points as in training. Thresholds and temperatures were fitted on
these pictures (``calibrate``); where a fit could flatter, it is measured crosswise as well. Gender
and race are another project's guesses and serve only to see whether errors differ between groups.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import onnx

from focalface.tools.paths import WEIGHTS
from focalface.tools.training.describer.cache import DEFAULT_CACHE
from focalface.tools.training.describer.evaluation import card, hidden, parts, units, whole
from focalface.tools.training.describer.evaluation.predict import Files
from focalface.tools.training.describer.evaluation.samples import (
    Sample,
    masked_faces,
    parts_alone,
)
from focalface.tools.training.describer.export import file_of
from focalface.tools.training.describer.rows import Rows


def metadata(path: Path) -> dict[str, Any]:
    """Return what ``calibrate`` wrote into a file."""
    props = {p.key: p.value for p in onnx.load(path).metadata_props}
    return json.loads(props["focalface"])


def evaluate(folder: Path, rows: Rows) -> dict[str, Any]:
    """Compute all figures."""
    files = Files(folder)
    sample = Sample(files, rows)
    about = metadata(folder / file_of("reading"))
    alone = parts_alone(files, sample)
    return {
        "about": about,
        "units": units.figures(sample, about),
        "sides": units.sides(sample),
        "winks": units.winks(sample, about),
        "groups": units.groups(sample),
        "emotion": whole.emotion(sample, about),
        "age": whole.age(sample, about),
        "attributes": whole.attributes(sample, about),
        "landmarks": whole.landmarks(sample),
        "hidden": hidden.figures(sample, about, masked_faces(files, rows)),
        "parts": parts.figures(alone, metadata(folder / file_of("part"))),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--json", type=Path, help="also write the figures there")
    args = parser.parse_args()
    found = evaluate(args.weights, Rows(args.cache))
    if args.json:
        args.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(card.card(found))  # noqa: T201


if __name__ == "__main__":
    main()
