"""Describers from outside the package that say the same of everything, or break in some way."""

from collections.abc import Callable, Sequence

from focalface.tools.face import facs
from focalface.tools.types import (
    EMOTIONS,
    ActionUnit,
    AgeEstimate,
    EmotionEstimate,
    Region,
    RegionDescription,
)

Found = list[RegionDescription]


def certain(label):
    return EmotionEstimate(label=label, probabilities={e: float(e == label) for e in EMOTIONS})


def units(**present):
    return tuple(
        ActionUnit(code=c, name=facs.UNITS[c].name, side="both", intensity=present.get(c, 0.0))
        for c in facs.CODES
    )


def description(region: Region, text: str, **changes) -> RegionDescription:
    fields = {
        "region": region,
        "text": text,
        "action_units": units(),
        "not_assessed": (),
        "emotion": certain("neutral"),
        "age": AgeEstimate(years=30, low=20, high=40, group="30-39"),
        "limits": (),
        "describer": "parrot",
        "device": "cpu",
        "milliseconds": 0.0,
    }
    return RegionDescription(**(fields | changes))


class Parrot:
    name = "parrot"
    device = "cpu"
    supported_aus = frozenset(facs.CODES)

    def __init__(self, answer: Callable[[Sequence[Region]], Found]) -> None:
        self._answer = answer

    def describe(self, image, face, regions, *, timeout_s=None, progress=None) -> Found:
        return self._answer(regions)


def neutral() -> Parrot:
    text = "No movement is visible here, which suggests a neutral state; about 30 years old."
    return Parrot(lambda regions: [description(r, text) for r in regions])


def whole_face() -> Parrot:
    """Says everything about the whole face, whatever the region."""
    text = (
        "The brows are at rest. The eyes are narrowed. The cheeks are raised. "
        "The lip corners are pulled up, which suggests happiness. The chin is relaxed."
    )
    smile = units(AU6=0.6, AU7=0.6, AU12=0.8)
    return Parrot(
        lambda regions: [
            description(r, text, action_units=smile, emotion=certain("happiness")) for r in regions
        ]
    )


def raising() -> Parrot:
    def answer(regions):
        raise RuntimeError("the model is on fire")

    return Parrot(answer)


def raising_on_cut_faces() -> Parrot:
    """Breaks where fewer than 10 regions are asked for: on the built-in cut faces."""

    def answer(regions):
        if len(regions) < 10:
            raise RuntimeError("too few regions")
        return [description(r, "At rest.") for r in regions]

    return Parrot(answer)


def short() -> Parrot:
    return Parrot(lambda regions: [description(r, "At rest.") for r in regions[:-1]])


def shuffled() -> Parrot:
    return Parrot(lambda regions: [description(r, "At rest.") for r in reversed(regions)])


def silent() -> Parrot:
    return Parrot(lambda regions: [description(r, " ") for r in regions])


def overconfident() -> Parrot:
    chances = dict.fromkeys(EMOTIONS, 0.9)
    wrong = EmotionEstimate(label="fear", probabilities=chances)
    return Parrot(lambda regions: [description(r, "At rest.", emotion=wrong) for r in regions])


def none_at_all() -> Parrot:
    return Parrot(lambda regions: [None for _ in regions])
