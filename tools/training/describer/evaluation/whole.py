"""Whole faces: emotion, age, attributes, landmarks."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from focalface.tools.describers.embedded.alignment import CROP
from focalface.tools.describers.embedded.calibration import quantile, tempered
from focalface.tools.describers.embedded.sharpness import sharpness
from focalface.tools.face.landmarks import INDEX, MESH
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer.codes import CATEGORIES, EMOTIONS
from focalface.tools.training.describer.evaluation import fits, statistics
from focalface.tools.training.describer.evaluation.samples import CODED, Sample, emotion_of
from focalface.tools.training.describer.points import HUMAN_POINTS
from focalface.tools.training.describer.reading.shapes import shape_distance
from focalface.tools.training.describer.tables import SOURCES
from focalface.tools.types import AGE_GROUPS

Floats = NDArray[np.float32]
RACES = ("White", "Black", "Asian", "Indian", "other")
FAR = 0.9
"""Faces whose shape lies beyond this quantile of the distance from the mean shape are 'far'."""
ENLARGED = 160


def emotion_odds(sample: Sample, about: dict[str, Any]) -> Floats:
    """Return what the runtime says of every face."""
    odds = sample.emotion_odds(about["opinion_share"]["emotion"])
    return tempered(odds, _heat(about, sample.sharpness))


def _heat(about: dict[str, Any], level: Floats) -> Floats:
    known = about["emotion_heat"]
    return fits.heat_at(level, known["sharpness"], known["heat"])


def emotion(sample: Sample, about: dict[str, Any]) -> dict[str, Any]:
    """Accuracy and calibration by source; seen persons apart; FER2013 enlarged too."""
    odds = emotion_odds(sample, about)
    unseen = sample.rows["person_seen"][sample.index] == 0
    fer = sample.of("fer2013") & sample.felt
    masks = {
        "fer2013": fer,
        "muxspace": sample.of("muxspace") & sample.felt,
        "muxspace, persons not seen": sample.of("muxspace") & sample.felt & unseen,
    }
    out: dict[str, Any] = {
        name: statistics.accuracy(odds[at], sample.emotion[at]) for name, at in masks.items()
    }
    out["fer2013 enlarged to 160"] = _enlarged(sample, about, fer)
    right = odds.argmax(1) == sample.emotion
    out["coders"] = _coders(sample, odds)
    out["recall"] = {
        name: float(right[fer & (sample.emotion == i)].mean()) for i, name in enumerate(EMOTIONS)
    }
    return out


def _coders(sample: Sample, odds: Floats) -> dict[str, Any]:
    """Agreement with what a coder said a face suggests: the emotion where it is one, by source, and
    whether it is mixed."""
    known, label, said = sample.category("suggests")
    place = CATEGORIES["suggests"].index("mixed")
    mixed, found = label == place, said[:, place]
    told = found >= 0.5
    seven = np.array([CODED.index(k) if k in CODED else -1 for k in label])
    out: dict[str, Any] = {}
    for name, at in (
        ("fer2013", sample.of("fer2013")[known]),
        ("others", ~sample.of("fer2013")[known]),
    ):
        at &= seven >= 0
        out[name] = statistics.accuracy(odds[known][at], seven[at])
    return out | {
        "mixed": {
            "share": float(mixed.mean()),
            "auc": fits.auc(found, mixed),
            "found": float(told[mixed].mean()),
            "right": float(mixed[told].mean()),
        }
    }


def _enlarged(sample: Sample, about: dict[str, Any], fer: NDArray[np.bool_]) -> dict[str, Any]:
    """FER2013's frames enlarged to 160 pixels before anything else sees them."""
    crops = []
    for i in sample.index[fer]:
        frame = sample.rows.picture(int(i))
        large = cv2.resize(frame, (ENLARGED, ENLARGED), interpolation=cv2.INTER_CUBIC)
        a, b = sample.rows.place(int(i))
        crops.append(aug.warp(large, aug.Place(a * frame.shape[0] / ENLARGED, b), CROP))
    stack = np.stack(crops)
    share = about["opinion_share"]["emotion"]
    read, other = sample.files.read(stack), sample.files.judge(stack)
    levels = np.array([sharpness(crop) for crop in crops], np.float32)
    sides = (
        sample.side[fer]
        * ENLARGED
        / np.array([sample.rows.picture(int(i)).shape[0] for i in sample.index[fer]])
    )
    odds = tempered(emotion_of(read, other, share, sides), _heat(about, levels))
    return statistics.accuracy(odds, sample.emotion[fer])


def age(sample: Sample, about: dict[str, Any]) -> dict[str, Any]:
    """Error, bias and coverage, overall and for each audit group."""
    at = sample.aged & sample.of("utkface")
    odds, truth = sample.age_odds(about["opinion_share"]["age"])[at], sample.age[at]
    half = about["age_half"]
    low, years, high = (quantile(odds, 0.5 + d) for d in (-half, 0, half))

    def of(mask: NDArray[np.bool_]) -> dict[str, object]:
        return statistics.age_errors(years[mask], low[mask], high[mask], truth[mask].astype(float))

    starts = [start for start, _ in AGE_GROUPS]
    group, found = (np.searchsorted(starts, v, "right") - 1 for v in (truth, years))
    gender, race = (sample.rows[k][sample.index][at].astype(int) for k in ("gender", "race"))
    return {
        "all": of(np.ones(len(truth), bool)),
        "right_group": float((group == found).mean()),
        "groups": {
            **{name: of(group == i) for i, (_, name) in enumerate(AGE_GROUPS)},
            **{name: of(gender == i) for i, name in enumerate(("male", "female"))},
            **{name: of(race == i) for i, name in enumerate(RACES)},
        },
        "expressive": _expressive(sample, about),
    }


def _expressive(sample: Sample, about: dict[str, Any]) -> dict[str, float]:
    """How far ages lie from the coded apparent ones where no age is known: calm faces against
    grimacing, talking and effortful ones."""
    looks = sample.rows["looks"][sample.index].astype(np.float32)
    known = np.isfinite(looks) & ~sample.aged
    years = quantile(sample.age_odds(about["opinion_share"]["age"]), 0.5)
    calm = sample.rows["is_suggests"][sample.index] == CATEGORIES["suggests"].index("neutral")
    off = np.abs(years - looks)
    return {
        "calm": float(off[known & calm].mean()),
        "expressive": float(off[known & ~calm].mean()),
        "faces": int(known.sum()),
    }


def attributes(sample: Sample, about: dict[str, Any]) -> dict[str, Any]:
    """For each attribute: share told, share right of those, and the commonest class's share."""
    out = {}
    for name, least in about["attributes"].items():
        _, label, odds = sample.category(name)
        told = odds.max(1) >= (2.0 if least is None else least)
        right = odds.argmax(1) == label
        out[name] = {
            "least": least,
            "told": float(told.mean()),
            "right": float(right[told].mean()) if told.any() else float("nan"),
            "right_all": float(right.mean()),
            "commonest": float(np.bincount(label).max() / len(label)),
        }
    return out


def landmarks(sample: Sample) -> dict[str, Any]:
    """Distance from the teacher's points and from people's, in % of the outer eye distance; apart
    for the tenth of faces whose shape lies farthest from the mean shape."""
    rows, at = sample.rows, np.flatnonzero(sample.rows.flag("has_mesh")[sample.index])
    mesh = np.stack([rows.mesh_in_crop(int(i)) for i in sample.index[at]])[:, list(MESH)]
    found = sample.read["landmarks"][at]
    corners = [INDEX["left_eye_outer"], INDEX["right_eye_outer"]]
    eyes = np.linalg.norm(mesh[:, corners[0]] - mesh[:, corners[1]], axis=-1)
    off = np.linalg.norm(found - mesh, axis=-1).mean(1) / eyes
    distance = shape_distance(mesh)
    far = distance >= np.quantile(distance, FAR)
    return {
        "teacher": float(off.mean() * 100),
        "by_source": {s: float(off[sample.of(s)[at]].mean() * 100) for s in SOURCES},
        "far": float(off[far].mean() * 100),
        "far_ratio": float(off[far].mean() / off.mean()),
        "people": _people(sample),
    }


def _people(sample: Sample) -> float:
    """Six eye and mouth corners against points set by people."""
    human = sample.rows["human"][sample.index].astype(np.float64)
    at = np.flatnonzero(np.isfinite(human[:, 0, 0]))
    z = human[at, :, 0] + 1j * human[at, :, 1]
    z = sample.rows.a[sample.index[at], None] * z + sample.rows.b[sample.index[at], None]
    truth = np.stack([z.real, z.imag], -1)
    columns = [MESH.index(point) for _, point in HUMAN_POINTS]
    eyes = np.linalg.norm(truth[:, 0] - truth[:, 3], axis=-1)
    off = np.linalg.norm(sample.read["landmarks"][at][:, columns] - truth, axis=-1).mean(1)
    return float((off / eyes).mean() * 100)
