"""Writes ``weights/manifest.json`` from the files that are there.

    python -m focalface.tools.training.manifest

Run it after any change of the weights; ``focalface models verify`` compares against it.
"""

import argparse
import json

from focalface.tools.models.catalog import MANIFEST, PackagedModel, measure
from focalface.tools.paths import WEIGHTS

PURPOSES = {
    "detector": "finds faces with five keypoints",
    "detector_second": "looks again at each face that the detector is unsure of",
    "reading_net": "reads a whole face: landmarks, units by side, what hides it, emotion, age",
    "opinion_emotion": "a second opinion on the emotion of the whole face",
    "opinion_age": "a second opinion on the age of the whole face",
    "part_net": "reads emotion and age of any regions from their own pixels",
}
CARDS = {
    "detector": "detector.md",
    "detector_second": "detector.md",
    "reading_net": "describer.md",
    "opinion_emotion": "describer.md",
    "opinion_age": "describer.md",
    "part_net": "describer.md",
}
LICENCE = "MIT (weights trained by this project; the card names the data and its terms)"


def entries() -> list[PackagedModel]:
    """Return one entry for each ONNX file in the folder of weights."""
    return [
        PackagedModel(
            name=path.stem,
            purpose=PURPOSES.get(path.stem, "part of the embedded models"),
            licence=LICENCE,
            source=f"trained with focalface.tools.training; card: {CARDS[path.stem]}",
            **measure(path).model_dump(),
        )
        for path in sorted(WEIGHTS.glob("*.onnx"))
    ]


def write() -> None:
    """Write the manifest and print what is in it."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    found = entries()
    text = json.dumps([entry.model_dump() for entry in found], indent=1)
    MANIFEST.write_text(text + "\n", encoding="utf-8")
    for entry in found:
        print(f"{entry.file}  {entry.bytes:,} bytes  {entry.sha256[:12]}")  # noqa: T201


if __name__ == "__main__":
    write()
