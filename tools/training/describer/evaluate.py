"""Every figure of the describer's card, from the exported files on the validation share.

    python -m focalface.tools.training.describer.evaluate [--json FILE]

Crops are aligned by YuNet's five points as in training; nothing is fitted here, and what
was fitted on these pictures is measured crosswise as well, one half with the other's fit. Gender
and race are another project's guesses and serve only to see whether errors differ between groups.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from focalface.tools.describers.embedded.alignment import RASTER
from focalface.tools.describers.embedded.describer import FACE_WIDTH
from focalface.tools.describers.embedded.networks import Attributes, Look, Net, quantile, tempered
from focalface.tools.face import facs
from focalface.tools.face.landmarks import INDEX, MESH
from focalface.tools.face.regions import BASIC
from focalface.tools.paths import WEIGHTS
from focalface.tools.training.describer import augment as aug
from focalface.tools.training.describer import card
from focalface.tools.training.describer import statistics as figures
from focalface.tools.training.describer.batches import Rows
from focalface.tools.training.describer.cache import DEFAULT_CACHE, SOURCES
from focalface.tools.training.describer.calibrate import (
    correlations,
    crossed_coverage,
    crossed_error,
)
from focalface.tools.training.describer.labels import CHANNELS, HUMAN_POINTS, outlines, shown
from focalface.tools.training.describer.networks import raster_masks
from focalface.tools.training.describer.validate import clean_crops
from focalface.tools.types import AGE_GROUPS

LIVE = 0.005
"""A channel is live when the teacher goes above 0.5 in at least this share of the rows."""
KINDS = {
    "eyes": ("left_eye", "right_eye"),
    "brows": ("left_brow", "right_brow"),
    "mouth": ("mouth",),
    "cheeks": ("left_cheek", "right_cheek"),
    "upper face": ("upper_face",),
    "lower face": ("lower_face",),
}
RACES = ("White", "Black", "Asian", "Indian", "other")
Index = NDArray[np.int64]


class Sample:
    """Validation faces, the crops that the network saw, and what it said of them."""

    def __init__(self, net: Net, rows: Rows, index: Index) -> None:
        self.net, self.rows, self.index = net, rows, index
        self.crops, self.a, self.b = clean_crops(rows, index, 96)
        self.looks = [net.look(crop) for crop in tqdm(self.crops, desc="faces")]
        self.points = np.stack([look.landmarks for look in self.looks])
        self.source = rows["source"][index].astype(int)
        self.face = self._tempered(_stack([look.face for look in self.looks]))
        z = rows["mesh"][index][:, list(MESH)].astype(np.float32)
        self.mesh = (z[..., 0] + 1j * z[..., 1]) * self.a[:, None] + self.b[:, None]
        outer = [INDEX["left_eye_outer"], INDEX["right_eye_outer"]]
        self.eyes = np.abs(self.mesh[:, outer[0]] - self.mesh[:, outer[1]])
        self.has_mesh = rows["has_mesh"][index].astype(bool)
        self.emotion = rows["emotion"][index].astype(np.int64)
        self.age = rows["age"][index].astype(np.int64)

    def _tempered(self, face: Attributes) -> Attributes:
        """Emotion at the temperature for each face's width, as the runtime has it."""
        sides = np.where(self.of("fer2013"), 48, 160) / 160 / np.abs(self.a)
        heat = self.net.about.heat(sides.astype(np.float32) * FACE_WIDTH)
        return Attributes(tempered(face.emotion, heat), face.age, face.units)

    def of(self, source: str) -> NDArray[np.bool_]:
        """Which faces come from a source."""
        return self.source == SOURCES.index(source)


def _stack(found: list[Attributes]) -> Attributes:
    return Attributes(
        np.stack([f.emotion for f in found]),
        np.stack([f.age for f in found]),
        np.stack([f.units for f in found]),
    )


def landmark_figures(s: Sample) -> dict[str, Any]:
    """Error against the teacher and people, and how far points move when the crop moves."""
    z = s.points[..., 0] + 1j * s.points[..., 1]
    off = (np.abs(z - s.mesh) / s.eyes[:, None]).mean(1)
    by_source = {
        name: round(float(off[s.has_mesh & s.of(name)].mean()) * 100, 2) for name in SOURCES
    }
    human = s.rows["human"][s.index].astype(np.float32)
    have = ~np.isnan(human[:, 0, 0])
    h = (human[have, :, 0] + 1j * human[have, :, 1]) * s.a[have, None] + s.b[have, None]
    columns = [MESH.index(point) for _, point in HUMAN_POINTS]
    eyes = np.abs(h[:, 0] - h[:, 3])[:, None]
    return {
        "nme_teacher_%": round(float(off[s.has_mesh].mean()) * 100, 2),
        "nme_teacher_by_source_%": by_source,
        "nme_human_six_points_%": round(
            float((np.abs(z[have][:, columns] - h) / eyes).mean()) * 100, 2
        ),
        "teacher_against_human_%": round(
            float((np.abs(s.mesh[have][:, columns] - h) / eyes).mean()) * 100, 2
        ),
        "jitter_%": _jitter(s),
    }


def _jitter(s: Sample, count: int = 300) -> float:
    """Mean movement of landmarks, in % of the eye distance, under crops moved by about 3 % of their
    side, scaled by 5 % and turned by 3 degrees."""
    rng = np.random.default_rng(0)
    picks = np.flatnonzero(s.has_mesh)[:count]
    moved = []
    for i in picks:
        spin = np.exp(rng.normal(0, 0.05) + 1j * np.radians(rng.normal(0, 3)))
        shift = complex(*rng.normal(0, 0.03, 2))
        a, b = s.a[i] * spin, (s.b[i] - 0.5 - 0.5j) * spin + 0.5 + 0.5j + shift
        crop = aug.warp(s.rows.picture(int(s.index[i])), complex(a), complex(b), 96)
        p = s.net.look(crop).landmarks
        back = (p[:, 0] + 1j * p[:, 1] - 0.5 - 0.5j - shift) / spin + 0.5 + 0.5j
        first = s.points[i, :, 0] + 1j * s.points[i, :, 1]
        moved.append(np.abs(back - first).mean() / s.eyes[i])
    return round(float(np.mean(moved)) * 100, 2)


def unit_figures(s: Sample, regions: Attributes) -> dict[str, Any]:
    """Correlation with the teacher for each channel: from the face, and from each region."""
    truth = s.rows["units"][s.index][s.has_mesh].astype(np.float32)
    live = (truth > 0.5).mean(0) >= LIVE
    face = correlations(truth, s.face.units[s.has_mesh])
    visible = shown(BASIC)
    near = [correlations(truth, regions.units[s.has_mesh][:, i]) for i in range(len(BASIC))]
    rows = {}
    for j, c in enumerate(CHANNELS):
        rows[f"{c.code} {c.side}"] = {
            "live": bool(live[j]),
            "face": round(float(face[j]), 3),
            "mae": round(float(np.abs(truth[:, j] - s.face.units[s.has_mesh][:, j]).mean()), 3),
            "regions": {
                n: round(float(near[i][j]), 2) for i, n in enumerate(BASIC) if visible[i, j]
            },
        }
    return {
        "mean_live": round(float(face[live].mean()), 3),
        "mean_all": round(float(face.mean()), 3),
        "live_channels": int(live.sum()),
        "channels": rows,
    }


def emotion_figures(s: Sample) -> dict[str, Any]:
    """Accuracy and calibration of the whole-face reading for each source, seen persons apart."""
    unseen = s.rows["person_seen"][s.index] == 0
    known = s.emotion >= 0
    groups = {
        "fer2013": s.of("fer2013"),
        "muxspace": s.of("muxspace"),
        "muxspace, persons not seen": s.of("muxspace") & unseen,
    }
    out: dict[str, Any] = {
        n: figures.accuracy(s.face.emotion[m & known], s.emotion[m & known])
        for n, m in groups.items()
    }
    for source in ("fer2013", "muxspace"):
        mine = s.of(source) & known
        crossed = crossed_error(s.face.emotion[mine], s.emotion[mine])
        out[source]["ece_crossed"] = round(crossed, 4)
    fer = s.of("fer2013") & known
    right = s.face.emotion.argmax(1) == s.emotion
    recalls = {
        c: round(float(right[fer & (s.emotion == i)].mean()), 3)
        for i, c in enumerate(s.net.about.emotions)
    }
    return out | {"recall_fer2013": recalls}


def _ages(age: NDArray[np.float32], half: float) -> tuple[Any, Any, Any]:
    low, years, high = (quantile(age, share) for share in (0.5 - half, 0.5, 0.5 + half))
    return years, np.maximum(low, 0), high


def age_figures(s: Sample) -> dict[str, Any]:
    """Age error of the whole-face reading, overall and for each audit group."""
    known = s.age >= 0
    truth = s.age[known].astype(np.float32)
    years, low, high = _ages(s.face.age[known], s.net.about.age_half[0])

    def of(mask: NDArray[np.bool_]) -> dict[str, object]:
        return figures.age_errors(years[mask], low[mask], high[mask], truth[mask])

    starts = [start for start, _ in AGE_GROUPS]
    group, found = (np.searchsorted(starts, v, "right") - 1 for v in (truth, years))
    gender, race = (s.rows[k][s.index][known].astype(int) for k in ("gender", "race"))
    ages = {name: of(group == i) for i, (_, name) in enumerate(AGE_GROUPS)}
    return {
        "all": of(np.ones(len(truth), bool)),
        "coverage_crossed": round(crossed_coverage(s.face.age[known], s.age[known]), 4),
        "right_group": round(float((group == found).mean()), 3),
        "by_age": ages,
        "by_gender_label": {n: of(gender == i) for i, n in enumerate(("male", "female"))},
        "by_race_label": {n: of(race == i) for i, n in enumerate(RACES)},
    }


def region_figures(s: Sample) -> dict[str, Any]:
    """What each kind of region alone tells: emotion on FER2013, age, and how sure it is."""
    rng = np.random.default_rng(1)
    kinds: dict[str, NDArray[np.uint8] | None] = {"whole face": None}
    shapes = outlines()
    for kind, names in KINDS.items():
        masks = raster_masks(s.points, [shapes[n] for n in names])
        kinds[kind] = masks.max(1)
    kinds["random boxes"] = np.stack([aug.free_region(rng) for _ in s.index])
    corner = np.zeros((RASTER, RASTER), np.uint8)
    corner[:6, :6] = 255
    kinds["outside of the face"] = np.repeat(corner[None], len(s.index), 0)
    fer = s.of("fer2013") & (s.emotion >= 0)
    old = s.age >= 0
    out = {}
    for kind, masks in kinds.items():
        read = s.face if masks is None else _read_each(s, masks)
        years, low, high = _ages(read.age[old], s.net.about.age_half[masks is not None])
        ages = figures.age_errors(years, low, high, s.age[old].astype(np.float32))
        out[kind] = {
            "emotion_accuracy": figures.accuracy(read.emotion[fer], s.emotion[fer])["accuracy"],
            "emotion_entropy": round(float(figures.entropy(read.emotion[fer]).mean()), 3),
            "age_mae": ages["mae"],
            "age_coverage": ages["coverage"],
            "age_width": ages["width"],
        }
    return out


def _read_each(s: Sample, masks: NDArray[np.uint8]) -> Attributes:
    """One region a face."""
    read = [s.net.read(look.crop, m[None]) for look, m in zip(s.looks, masks, strict=True)]
    return _stack([r.at(0) for r in read])


def blanking_figures(s: Sample, count: int = 240) -> dict[str, Any]:
    """How far a region's reading moves when everything outside, or the region itself, is blanked.

    Emotion: total variation distance; age: years; units: mean absolute change where they can show.
    Blanking is with grey noise (mean 127, deviation 40).
    """
    rng = np.random.default_rng(2)
    picks = np.flatnonzero(s.has_mesh)[:: max(1, int(s.has_mesh.sum()) // count)][:count]
    noise = np.clip(rng.normal(127, 40, s.crops[0].shape), 0, 255).astype(np.uint8)
    shapes = outlines()
    part = {
        kind: raster_masks(s.points[picks], [shapes[n] for n in names]).max(1)
        for kind, names in KINDS.items()
    }
    mesh = np.zeros((len(picks), 478, 2), np.float32)
    mesh[:, list(MESH)] = s.points[picks]
    part["whole face"] = np.stack([aug.oval(m, 1.0) for m in mesh])
    out = {}
    for kind, masks in part.items():
        names = KINDS.get(kind, BASIC)
        seen = shown(names).any(0)
        whole = kind == "whole face"
        kept: dict[str, list[Attributes]] = {"clean": [], "outside": [], "inside": []}
        for i, mask in zip(picks, masks, strict=True):
            wide = np.kron(mask, np.ones((2, 2), np.uint8)) > 127
            crops = {
                "clean": s.crops[i],
                "outside": np.where(wide, s.crops[i], noise),
                "inside": np.where(wide, noise, s.crops[i]),
            }
            for how, crop in crops.items():
                look: Look = s.looks[i] if how == "clean" else s.net.look(crop)
                kept[how].append(look.face if whole else s.net.read(crop, mask[None]).at(0))
        stacks = {how: _stack(found) for how, found in kept.items()}
        clean = stacks["clean"]
        out[kind] = {
            how: {
                "emotion": figures.change(clean.emotion, stacks[how].emotion),
                "age": round(
                    float(np.abs(quantile(clean.age, 0.5) - quantile(stacks[how].age, 0.5)).mean()),
                    2,
                ),
                "units": round(float(np.abs(clean.units - stacks[how].units)[:, seen].mean()), 3),
            }
            for how in ("outside", "inside")
        }
    return out


def evaluate(net: Net, rows: Rows) -> dict[str, Any]:
    """All figures."""
    s = Sample(net, rows, np.flatnonzero(rows["val"].astype(bool)))
    shapes = [outlines()[name] for name in BASIC]
    masks = raster_masks(s.points, shapes)
    read = [net.read(look.crop, m) for look, m in zip(s.looks, masks, strict=True)]
    about = net.about
    return {
        "landmarks": landmark_figures(s),
        "units": unit_figures(s, _stack(read)),
        "assessed_on_face": facs.in_order(about.on_face),
        "assessed_in_regions": {k: facs.in_order(v) for k, v in about.in_regions.items()},
        "emotion": emotion_figures(s),
        "age": age_figures(s),
        "regions": region_figures(s),
        "blanking": blanking_figures(s),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--json", type=Path, help="also write the figures there")
    args = parser.parse_args()
    found = evaluate(Net(args.weights, threads=1), Rows(args.cache))
    if args.json:
        args.json.write_text(json.dumps(found, indent=1) + "\n")
    print(card.card(found))  # noqa: T201


if __name__ == "__main__":
    main()
