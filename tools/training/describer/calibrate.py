"""Fit what the networks cannot know of themselves, and write it into the files' metadata.

    python -m focalface.tools.training.describer.calibrate

Everything is fitted on the validation share, from the exported files:

- ``presence`` and ``clear``: slope and offset by which a unit's logit becomes that of the
  probability that a coder calls it present, or clear; each pass of coding counts as a coder.
  ``closed``: the same for a closed eye.
- ``assessed``: the units whose AUC, present against absent, reaches ``LEAST_AUC``, and on which two
  passes of coding agree.
- ``hidden``: from which probability on dark glasses, hands, masks and the like are taken to be
  there, each chosen to keep most of what is free.
- ``attributes``: from which probability on gaze, teeth and so on are told, or ``null``.
- ``emotion_heat``: temperatures of emotion at two levels of sharpness of the crop, whatever the
  size of the picture.
- ``opinion_share``: how much the second opinion counts beside the reading network's own.
- ``age_half``: half the share of the age distribution whose interval holds 80 % of true ages.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from focalface.tools.describers.embedded.calibration import quantile, tempered
from focalface.tools.paths import WEIGHTS
from focalface.tools.training import manifest
from focalface.tools.training.describer.cache import DEFAULT_CACHE
from focalface.tools.training.describer.codes import CATEGORIES, EMOTIONS, UNITS
from focalface.tools.training.describer.evaluation import fits
from focalface.tools.training.describer.evaluation.predict import Files
from focalface.tools.training.describer.evaluation.samples import Sample, masked_faces, parts_alone
from focalface.tools.training.describer.export import file_of
from focalface.tools.training.describer.rows import Rows

Floats = NDArray[np.float32]

VERSION = 4
LEAST_AUC = 0.8
LEAST_AGREEMENT = 0.5
"""A unit is reported as not assessed below this area, or when two passes of coding correlate by
less: then nobody knows what is right."""
LEAST_CASES = 4
"""Positives that a threshold needs."""
HIDDEN = {
    "eyes": ("dark_glasses", "hidden"),
    "mouth": ("mask", "object", "beard"),
    "brows": ("fringe", "hidden"),
    "quality": ("blurred", "turned", "no_face"),
}
"""What hides, by category; a beard hides the edges of the lips alone."""
LEAST_KEPT = {
    ("eyes", "dark_glasses"): 0.99,
    ("mouth", "mask"): 0.955,
    ("mouth", "object"): 0.945,
    ("brows", "fringe"): 0.985,
    ("brows", "hidden"): 0.985,
    ("quality", "blurred"): 0.98,
    ("quality", "turned"): 0.97,
    ("quality", "no_face"): 0.995,
}
OTHERS_KEPT = 0.96
"""Of free faces. Who is told in vain that something hides the eyes gets no emotion either: with
fewer kept, more would be found and too many lost."""
LEAST_RIGHT = {
    "gaze": 0.8,
    "teeth": 0.9,
    "tongue": 0.95,
    "spectacles": 0.95,
    "facial_hair": 0.9,
    "head_wear": 0.95,
}
"""Share of right answers above which an attribute is told."""

ABSENT = {"tongue": 0.95}
"""Attributes too rare to be found: from this probability on it is told that they are absent. On
validation faces the three tongues have at most 0.07."""

SHARES = np.arange(0, 0.71, 0.1)
"""Weights of the second opinion that are tried."""


def lines(sample: Sample, step: int) -> list[list[float]]:
    """Slope and offset of each unit for 'at least slight' (step 0) or 'clear' (step 1)."""
    out = []
    for unit in range(len(UNITS)):
        odds, truth = sample.judged(unit, step)
        line = fits.platt(odds, (truth >= step + 1).astype(np.float32))
        out.append([round(value, 3) for value in line])
    return out


def closed(sample: Sample) -> list[float]:
    """Slope and offset of a closed eye, over both eyes of faces whose eyes can be seen."""
    known, label, _ = sample.category("eyes")
    classes = CATEGORIES["eyes"]
    seen = np.isin(label, [classes.index(name) for name in ("open", "closed", "glasses")])
    shut = (label[seen] == classes.index("closed")).astype(np.float32)
    line = fits.platt(sample.read["lids"][known][seen].ravel(), np.repeat(shut, 2))
    return [round(value, 3) for value in line]


def assessed(sample: Sample) -> list[str]:
    """Return the units that may be told."""
    first, second = sample.passes[:, sample.coded].astype(np.float32)
    found = []
    for unit, code in enumerate(UNITS):
        odds, truth = sample.judged(unit)
        agreement = fits.correlation(first[:, unit], second[:, unit])
        if fits.auc(odds, truth >= 1) >= LEAST_AUC and agreement >= LEAST_AGREEMENT:
            found.append(code)
    return found


def hidden(sample: Sample, masks: dict[str, Any]) -> dict[str, dict[str, fits.Cut]]:
    """Thresholds of what hides; of masks and missing faces also by the detection pack's photos."""
    out: dict[str, dict[str, fits.Cut]] = {}
    for category, classes in HIDDEN.items():
        _, label, odds = sample.category(category)
        out[category] = {}
        for name in classes:
            place = CATEGORIES[category].index(name)
            score, positive = odds[:, place], label == place
            if name == "mask":  # of the coded faces none wears one, and all are easy to tell
                score, positive = masks["mouth"][:, place], masks["masked"]
            elif name == "no_face":
                score = np.concatenate([score, masks["no_face"]])
                positive = np.concatenate([positive, np.ones(len(masks["no_face"]), bool)])
            out[category][name] = _cut(
                score, positive, LEAST_KEPT.get((category, name), OTHERS_KEPT)
            )
    return out


def _cut(score: Floats, positive: NDArray[np.bool_], least_kept: float) -> fits.Cut:
    """A threshold; with too few cases the one at which the class is likelier than not."""
    if positive.sum() >= LEAST_CASES:
        return fits.threshold(score, positive, least_kept)
    return fits.Cut(0.5, float("nan"), float((score[~positive] < 0.5).mean()))


def attributes(sample: Sample) -> dict[str, float | None]:
    """From which probability on each attribute is told."""
    out = {}
    for name, least in LEAST_RIGHT.items():
        _, label, odds = sample.category(name)
        out[name] = fits.sure_enough(odds, label, least)
    return out | ABSENT


def shares(sample: Sample) -> dict[str, float]:
    """Return the second opinion's weight for emotion (least log loss) and age (least error)."""
    felt, aged = sample.felt, sample.aged
    label, years = sample.emotion[felt], sample.age[aged]
    rows = np.arange(len(label))

    def loss(share: float) -> float:
        odds = sample.emotion_odds(share)[felt]
        heat = fits.emotion_heat(odds, label)
        cool = tempered(odds, np.full(len(odds), heat, np.float32))
        return float(-np.log(cool[rows, label] + 1e-9).mean())

    def error(share: float) -> float:
        return float(np.abs(quantile(sample.age_odds(share)[aged], 0.5) - years).mean())

    return {
        "emotion": round(float(min(SHARES, key=loss)), 2),
        "age": round(float(min(SHARES, key=error)), 2),
    }


def heats(sample: Sample, share: float) -> dict[str, list[float]]:
    """Temperatures at a low and a high sharpness of the crop, on FER2013 alone: it has every
    emotion, and labels that people dispute. Web portraits are then read a little too modestly."""
    at = sample.felt & sample.of("fer2013")
    odds = sample.emotion_odds(share)[at]
    levels, found = fits.emotion_heats(odds, sample.emotion[at], sample.sharpness[at])
    return {
        "sharpness": [round(level, 4) for level in levels],
        "heat": [round(heat, 3) for heat in found],
    }


def reading_metadata(sample: Sample, masks: dict[str, Any]) -> dict[str, Any]:
    """Return what the runtime must know besides the reading network's weights."""
    share = shares(sample)
    age = sample.age_odds(share["age"])[sample.aged]
    cuts = hidden(sample, masks)
    return {
        "version": VERSION,
        "units": list(UNITS),
        "presence": lines(sample, 0),
        "clear": lines(sample, 1),
        "closed": closed(sample),
        "assessed": assessed(sample),
        "emotions": list(EMOTIONS),
        "categories": {name: list(classes) for name, classes in CATEGORIES.items()},
        "hidden": {
            category: {name: round(cut.at, 3) for name, cut in found.items()}
            for category, found in cuts.items()
        },
        "attributes": attributes(sample),
        "emotion_heat": heats(sample, share["emotion"]),
        "opinion_share": share,
        "age_half": round(fits.age_half(age, sample.age[sample.aged]), 3),
    }


def part_metadata(alone: dict[str, dict[str, NDArray[Any]]]) -> dict[str, Any]:
    """Return the same for the part network, over several kinds of parts at once; its temperature
    goes into the graph."""
    age, years = (
        np.concatenate([part[name] for part in alone.values()]) for name in ("age", "years")
    )
    return {
        "version": VERSION,
        "emotions": list(EMOTIONS),
        "age_half": round(fits.age_half(age, years), 3),
    }


def part_heat(alone: dict[str, dict[str, NDArray[Any]]]) -> float:
    """Return the temperature of emotion over several kinds of parts at once."""
    odds, label = (
        np.concatenate([part[name] for part in alone.values()]) for name in ("emotion", "label")
    )
    return fits.emotion_heat(odds, label)


def temper(model: onnx.ModelProto, heat: float) -> None:
    """Divide the logits of the output ``emotion`` by a temperature, inside the graph."""
    nodes = model.graph.node
    at, last = next((i, node) for i, node in enumerate(nodes) if "emotion" in node.output)
    if last.op_type != "Softmax":
        raise ValueError("the file's emotion does not end in a softmax; export it anew")
    rate = numpy_helper.from_array(np.array(1 / heat, np.float32), f"heat_{len(nodes)}")
    model.graph.initializer.append(rate)
    logits = f"emotion_logits_{len(nodes)}"
    nodes.insert(at, helper.make_node("Mul", [last.input[0], rate.name], [logits]))
    nodes[at + 1].input[0] = logits


def write(path: Path, about: dict[str, Any], heat: float = 1.0) -> None:
    """Put the metadata into a file, and a temperature of emotion into its graph."""
    model = onnx.load(path)
    if heat != 1:
        temper(model, heat)
    del model.metadata_props[:]
    helper.set_model_props(model, {"focalface": json.dumps(about)})
    path.write_bytes(model.SerializeToString())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    rows, files = Rows(args.cache), Files(args.weights)
    sample = Sample(files, rows)
    alone = parts_alone(files, sample)
    about = reading_metadata(sample, masked_faces(files, rows))
    write(args.weights / file_of("reading"), about)
    write(args.weights / file_of("part"), part_metadata(alone), part_heat(alone))
    print(json.dumps(about, indent=1))  # noqa: T201
    if args.weights == WEIGHTS:
        manifest.write()


if __name__ == "__main__":
    main()
