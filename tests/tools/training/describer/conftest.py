"""Made-up packs of a few pictures, laid out as the real ones are."""

import csv
import io
import json
import tarfile

import numpy as np
import PIL.Image
import pytest

from focalface.tools.describers.embedded.alignment import MESH_TEMPLATE
from focalface.tools.training.describer.codes import UNIT_COLUMNS
from focalface.tools.training.describer.points import FIVE_POINTS

FACES = 24
SOURCES = ("fer2013", "muxspace", "utkface", "udacity")


def mean_shape(rng):
    """478 points of a symmetric face in the 160 px frame, the five points where they belong."""
    eye, _, nose, corner, _ = 160 * (0.25 + 0.5 * MESH_TEMPLATE)
    pairs = {(468, 473): eye, (61, 291): corner, (33, 263): np.array([55.0, 60])}
    middle = {1: nose[1], 152: 130.0}
    named = {point for pair in pairs for point in pair} | set(middle)
    rest = [point for point in range(478) if point not in named]
    places = np.stack([rng.uniform(45, 78, len(rest) // 2), rng.uniform(50, 120, len(rest) // 2)])
    pairs |= dict(zip(zip(rest[::2], rest[1::2], strict=True), places.T, strict=True))
    shape = np.zeros((478, 2), np.float32)
    for (one, other), (x, y) in pairs.items():
        shape[one], shape[other] = (x, y), (160 - x, y)
    for point, y in middle.items():
        shape[point] = 80, y
    return shape


def write_csv(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def picture(side, rng, kind):
    out = io.BytesIO()
    noise = rng.integers(0, 256, (side // 8, side // 8), dtype=np.uint8)
    PIL.Image.fromarray(noise).resize((side, side)).save(out, kind)
    return out.getvalue()


def add(tar, name, data):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def faces_pack(folder, rng):
    """``faces``: six pictures of each source, the first of each in the validation share."""
    folder.mkdir()
    rows = []
    for n in range(FACES):
        source = SOURCES[n % 4]
        rows.append(
            {
                "id": f"{source[0]}{n:05d}",
                "source": source,
                "split": "val" if n < 8 else "train",
                "emotion": ("happiness", "anger")[n // 4 % 2] if n % 4 < 2 else "",
                "age": str(20 + n) if source == "utkface" else "",
                "gender": "1" if source == "utkface" else "",
                "race": "2" if source == "utkface" else "",
                "person_seen": "",
                "has_teacher": "1",
                "has_yunet": "1",
            }
        )
    write_csv(folder / "labels.csv", rows)
    for name, side, kind, small in (
        ("faces256-00.tar", 256, "PNG", False),
        ("fer48-00.tar", 48, "PNG", True),
    ):
        with tarfile.open(folder / name, "w") as tar:
            for row in rows:
                if (row["source"] == "fer2013") == small:
                    add(tar, f"{row['id']}.png", picture(side, rng, kind))
    shape = mean_shape(rng)
    five = np.repeat(shape[list(FIVE_POINTS)][None], FACES, 0)
    np.savez(
        folder / "teacher.npz",
        lm_code=np.zeros((FACES, 2), np.int16),
        lm_mean=shape.flatten(),
        lm_basis=np.zeros((2, 956), np.float32),
        lm_step=np.float32(1),
        agree=np.zeros(FACES, np.float32),
        yunet_kps=np.round((five + 64) * 64).astype(np.uint16),
        angles=np.zeros((FACES, 3), np.int16),
        shapes=np.tile(np.uint8([0, 102]), (FACES, 1)),
        shape_names=["eyeBlinkLeft", "eyeBlinkRight"],
        crop=np.tile([0, 0, 160], (FACES, 1)),
        src_size=np.tile([160, 160], (FACES, 1)),
    )
    human = np.full((1, 68, 2), 80.0)
    np.savez(folder / "udacity68.npz", id=[rows[3]["id"]], points=((human + 64) * 64).astype("u2"))
    return [row["id"] for row in rows], [row["split"] for row in rows]


def coded_pack(folder, ids, splits):
    """``coded``: every face, with a smile in each second one."""
    folder.mkdir()
    codes, late = [], []
    for n, (name, split) in enumerate(zip(ids, splits, strict=True)):
        units = dict.fromkeys(UNIT_COLUMNS.values(), 0) | {"au12": 2 * (n % 2), "au4": ""}
        codes.append(
            {"id": name, "split": split, "quality": "ok", "eyes": "open", "mouth": "visible"}
            | {"brows": "visible"}
            | units
            | {"suggests": "happiness", "one_sided": "12R" if n == 1 else "none"}
        )
        late.append(
            {"id": name, "split": split, "apparent_age": 30, "gaze": "left", "teeth": n % 2}
            | {"tongue": 0, "spectacles": "none", "facial_hair": "beard", "head_wear": "none"}
        )
    write_csv(folder / "codes.csv", codes)
    write_csv(folder / "codes_val_second.csv", [c for c in codes if c["split"] == "val"])
    write_csv(folder / "attributes.csv", late)


def detection_pack(folder, rng):
    """``detection``: masked and bare faces and pictures without any."""
    folder.mkdir()
    lines = []
    with tarfile.open(folder / "all-0.tar", "w") as tar:
        for n in range(40):
            name = f"{n}.png"
            add(tar, name, picture(160, rng, "PNG"))
            face = {"box": [40, 30, 120, 130], "human": True, "mask": ("on", "off")[n % 2]}
            five = [[62, 70], [98, 70], [80, 90], [66, 110], [94, 110]]
            faces = [face | {"kps": five if n % 4 < 2 else None}] if n < 24 else []
            kind = "scene" if n < 24 else "negative"
            row = {"file": name, "shard": "all-0.tar", "kind": kind, "source": "made"}
            lines.append(json.dumps(row | {"src_file": name, "faces": faces}))
    (folder / "annotations.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """A folder with the three packs."""
    folder = tmp_path_factory.mktemp("data")
    rng = np.random.default_rng(0)
    ids, splits = faces_pack(folder / "faces", rng)
    coded_pack(folder / "coded", ids, splits)
    detection_pack(folder / "detection", rng)
    return folder


@pytest.fixture(scope="session")
def rows(data, tmp_path_factory):
    """The cache of those packs."""
    pytest.importorskip("torch")
    pytest.importorskip("tqdm")
    from focalface.tools.training.describer.cache import build
    from focalface.tools.training.describer.rows import Rows

    folder = tmp_path_factory.mktemp("cache")
    build(data, folder)
    return Rows(folder)
