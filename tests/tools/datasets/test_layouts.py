"""Each reader on a small made-up folder in the layout of its data set, bad rows included."""

import csv
import io
import json
import tarfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from focalface.tools import paths
from focalface.tools.datasets import LAYOUTS, BadRow, Record, read_records
from focalface.tools.errors import UsageError
from focalface.tools.face import landmarks
from focalface.tools.pictures.images import open_image


def picture(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    PIL.Image.new("RGB", (8, 8), "grey").save(path)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def disfa(root: Path) -> None:
    write(root / "ActionUnit_Labels/SN001/SN001_au12.txt", "1,0\n2,3\n3,9\n4,1\n")
    write(root / "ActionUnit_Labels/SN001/SN001_au4.txt", "1,2\n2,0\n")
    for frame in (1, 2, 3):
        picture(root / f"Images/SN001/{frame:05d}.jpg")


def bp4d(root: Path) -> None:
    write(root / "AUCoding/AU_OCC/F001_T1.csv", "0,6,12,14\n7,1,0,9\n8,1,1,5\nx,1,1,1\n9,0,0,0\n")
    write(root / "AUCoding/AU_INT/AU06/F001_T1_AU06.csv", "7,4\n8,9\n9,7\n")
    for frame in (7, 8):
        picture(root / f"F001/T1/{frame:04d}.jpg")


def ckplus(root: Path) -> None:
    for number in (1, 2, 3):
        picture(root / f"cohn-kanade-images/S005/001/S005_001_{number:08d}.png")
        picture(root / f"cohn-kanade-images/S006/001/S006_001_{number:08d}.png")
    name = "S005/001/S005_001_00000003"
    write(root / f"FACS/{name}_facs.txt", "  1.2000000e+01   4.0000000e+00\n 9.0 0.0\n bad 1\n")
    write(root / f"Emotion/{name}_emotion.txt", "   3.0000000e+00\n")


def affectnet(root: Path) -> None:
    write(
        root / "training.csv",
        "subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,"
        "valence,arousal\na/1.jpg,1,2,5,5,0;0,6,0,0\na/1.jpg,1,2,5,5,0;0,10,0,0\n"
        "a/missing.jpg,1,2,5,5,0;0,1,0,0\na/1.jpg,1,2,5,5,0;0,blue,0,0\n",
    )
    picture(root / "Manually_Annotated_Images/a/1.jpg")


def affectnet_folders(root: Path) -> None:
    for name, label in (("3", "7"), ("4", None), ("5", "9")):
        picture(root / f"train_set/images/{name}.jpg")
        file = root / f"train_set/annotations/{name}_exp.npy"
        file.parent.mkdir(exist_ok=True)
        if label:
            np.save(file, label)


def rafdb(root: Path) -> None:
    write(
        root / "basic/EmoLabel/list_patition_label.txt",
        "train_00001.jpg 1\ntest_0001.jpg 7\ntrain_00002.jpg 8\ntrain_00003.jpg 2\n",
    )
    picture(root / "basic/Image/aligned/train_00001_aligned.jpg")
    picture(root / "basic/Image/original/test_0001.jpg")
    write(root / "basic/Annotation/boundingbox/test_0001_boundingbox.txt", "1.0 2.0 6.5 7.0\n")


def fer2013(root: Path) -> None:
    good = " ".join(str(i % 256) for i in range(48 * 48))
    write(
        root / "fer2013.csv",
        f"emotion,pixels,Usage\n0,{good},Training\n3,{good},PrivateTest\n"
        f"9,{good},Training\n1,1 2 3,Training\n1,{good},Other\n",
    )


def utkface(root: Path) -> None:
    for name in ("31_1_0_20170116.jpg.chip.jpg", "61_1_20170109.jpg", "x_1_0_20170116.jpg"):
        picture(root / name)


def celeba(root: Path) -> None:
    write(
        root / "Anno/list_attr_celeba.txt",
        "3\nMale Mouth_Slightly_Open Smiling\n1.jpg -1 1 -1\n2.jpg 1 0 1\n3.jpg 1 1 1\n",
    )
    write(root / "Anno/identity_CelebA.txt", "1.jpg 2880\n")
    write(root / "Eval/list_eval_partition.txt", "1.jpg 2\n")
    picture(root / "Img/img_align_celeba/1.jpg")


def packs(root: Path) -> None:
    faces(root)


def coded(root: Path) -> None:
    """``root`` becomes the folder of codes, its faces lie beside it."""
    faces(root.parent / "faces")
    units = "au1 au2 au4 au5 au6 au7 au9 au10 au12 au14 au15 au17 au18_22 au20 au23_24 au25_26"
    head = f"id,split,quality,eyes,mouth,brows,{units.replace(' ', ',')},suggests,one_sided\n"
    smile = "m1,val,ok,open,visible,fringe,0,0,,0,0,0,0,0,2,0,0,0,0,0,0,1,happiness,12R\n"
    again = "m1,val,ok,open,visible,fringe,1,0,,0,0,0,0,0,2,0,0,0,0,0,1,2,neutral,12R\n"
    masked = "f1,train,ok,dark_glasses,mask,visible,,,2,,,,,,,,,,,,,,anger,\n"
    write(root / "codes.csv", head + smile + masked)
    write(root / "codes_val_second.csv", head + again)
    write(
        root / "attributes.csv",
        "id,split,apparent_age,gaze,teeth,tongue,spectacles,facial_hair,head_wear\n"
        "m1,val,60,left,1,0,none,none,none\n",
    )
    said = {"id": "m1", "split": "val", "text": "A wide smile."}
    write(
        root / "texts.jsonl",
        json.dumps(said | {"region": {"name": "custom", "box": [1, 2, 5, 8]}}) + "\n",
    )


def faces(root: Path) -> None:
    root.mkdir(parents=True, exist_ok=True)
    fields = ["id", "shard", "source", "person", "split", "emotion", "age", "has_teacher"]
    rows = [
        dict.fromkeys(fields, "") | {"id": "m1", "source": "muxspace", "person": "p1",
                                     "split": "val", "emotion": "happiness"},
        dict.fromkeys(fields, "") | {"id": "f1", "source": "fer2013", "split": "train",
                                     "emotion": "bliss"},
        dict.fromkeys(fields, "") | {"id": "u9", "source": "utkface", "split": "train",
                                     "age": "7"},
    ]  # fmt: skip
    with (root / "labels.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, fields)
        table.writeheader()
        table.writerows(rows)
    mean = np.stack([np.arange(478) % 97, np.arange(478) % 89], axis=1).astype(np.float32)
    np.savez(
        root / "teacher.npz",
        lm_code=np.array([[1], [1], [0]], np.int16),
        lm_step=0.0,
        lm_mean=mean.reshape(-1),
        lm_basis=np.zeros((1, 956), np.float32),
        agree=np.array([0.02, 0.02, np.nan], np.float16),
    )
    for shard, how, side, names in (
        ("faces256-00.tar", "AVIF", 256, ("m1.avif", "zzz.avif")),
        ("fer48-00.tar.gz", "JPEG", 48, ("f1.jpg",)),
    ):
        out = io.BytesIO()
        PIL.Image.new("L", (side, side)).save(out, format=how)
        with tarfile.open(root / shard, "w:gz" if shard.endswith("gz") else "w") as tar:
            for name in names:
                info = tarfile.TarInfo(name)
                info.size = len(out.getvalue())
                tar.addfile(info, io.BytesIO(out.getvalue()))


def collect(make: Callable[[Path], None], root: Path) -> tuple[dict[str, Record], list[BadRow]]:
    make(root)
    bad: list[BadRow] = []
    found = list(read_records(root, report=bad.append))
    assert len({r.key for r in found}) == len(found)
    return {record.id: record for record in found}, bad


def stance(record: Record, code: str) -> tuple[bool, float | None] | None:
    label = record.unit(code)
    return None if label is None else (label.present, label.intensity)


def test_disfa_tells_absent_from_uncoded_and_reports_bad_intensities(tmp_path: Path):
    found, bad = collect(disfa, tmp_path)
    assert list(found) == ["SN001/1", "SN001/2"]
    assert stance(found["SN001/1"], "AU12") == (False, 0.0)
    assert stance(found["SN001/1"], "AU4") == (True, 0.4)
    assert found["SN001/1"].unit("AU9") is None
    assert found["SN001/2"].subject == "SN001"
    assert [b.where for b in bad] == ["SN001_au12.txt:3", "SN001 frame 4"]


def test_bp4d_nine_is_unknown_and_levels_join_occurrence(tmp_path: Path):
    found, bad = collect(bp4d, tmp_path)
    first, second = found["F001/T1/7"], found["F001/T1/8"]
    assert stance(first, "AU6") == (True, 0.8) and stance(first, "AU12") == (False, 0.0)
    assert first.unit("AU14") is None
    assert stance(second, "AU6") == (True, None)
    assert second.unit("AU14") is None
    assert len(bad) == 4 and any("'5'" in b.why for b in bad)


def test_ckplus_gives_neutral_and_peak_and_unlisted_units_are_absent(tmp_path: Path):
    found, bad = collect(ckplus, tmp_path)
    neutral, peak = found["S005_001_00000001"], found["S005_001_00000003"]
    assert neutral.emotion == "neutral" and stance(neutral, "AU12") == (False, 0.0)
    assert peak.emotion == "disgust" and stance(peak, "AU12") == (True, 0.8)
    assert stance(peak, "AU9") == (True, None) and stance(peak, "AU4") == (False, 0.0)
    assert {b.where for b in bad} == {"S005_001_00000003_facs.txt:3", "S006_001_00000003"}


def test_affectnet_tables_keep_box_and_leave_out_uncertain(tmp_path: Path):
    found, bad = collect(affectnet, tmp_path)
    record = found["a/1.jpg"]
    assert record.emotion == "anger" and record.box is not None
    assert record.box.xyxy == (1, 2, 6, 7) and record.split == "train"
    assert [b.where for b in bad] == ["training.csv:4", "training.csv:5"]


def test_affectnet_folders_read_labels_from_arrays(tmp_path: Path):
    found, bad = collect(affectnet_folders, tmp_path)
    assert [r.emotion for r in found.values()] == ["contempt"]
    assert [b.where for b in bad] == ["train_set/4.jpg"]


def test_rafdb_prefers_aligned_faces_and_keeps_the_official_split(tmp_path: Path):
    found, bad = collect(rafdb, tmp_path)
    train, test = found["train_00001"], found["test_0001"]
    assert (train.emotion, train.split, train.whole_face) == ("surprise", "train", True)
    assert (test.emotion, test.split, test.whole_face) == ("neutral", "test", False)
    assert test.box is not None and test.box.xyxy == (1.0, 2.0, 6.5, 7.0)
    assert len(bad) == 2


def test_fer2013_makes_pictures_of_its_pixels(tmp_path: Path):
    found, bad = collect(fer2013, tmp_path)
    assert [(r.emotion, r.split) for r in found.values()] == [
        ("anger", "train"),
        ("happiness", "test"),
    ]
    picture = found["0"].picture
    assert isinstance(picture, bytes)
    assert np.asarray(PIL.Image.open(io.BytesIO(picture)))[0, 47] == 47
    assert [b.where for b in bad] == [f"fer2013.csv:{n}" for n in (4, 5, 6)]


def test_utkface_reads_ages_from_names_only_where_whole(tmp_path: Path):
    found, bad = collect(utkface, tmp_path)
    assert [r.age for r in found.values()] == [31.0]
    assert {b.where for b in bad} == {"61_1_20170109.jpg", "x_1_0_20170116.jpg"}


def test_celeba_reads_two_units_and_the_subject(tmp_path: Path):
    found, bad = collect(celeba, tmp_path)
    record = found["1"]
    assert stance(record, "AU12") == (False, 0.0) and stance(record, "AU25") == (True, None)
    assert (record.subject, record.split) == ("2880", "test")
    assert len(bad) == 2


def test_packs_put_landmarks_into_the_stored_pictures_and_keep_only_peoples_labels(tmp_path: Path):
    found, bad = collect(packs, tmp_path)
    big, small = found["m1"].landmarks, found["f1"].landmarks
    assert big and small and len(big) == len(landmarks.NAMES)
    mesh = landmarks.MESH[5]
    assert big[5] == pytest.approx([(v - 80) * 24 / 13 + 128 for v in (mesh % 97, mesh % 89)])
    assert small[5] == pytest.approx([v * 0.3 for v in (mesh % 97, mesh % 89)])
    assert found["m1"].subject == "p1" and found["m1"].emotion == "happiness"
    assert found["f1"].emotion is None and not found["m1"].units
    assert {b.where for b in bad} == {"f1", "faces256-00.tar:zzz.avif", "u9"}


def test_codes_join_the_faces_beside_them_and_two_passes_are_averaged(tmp_path: Path):
    found, bad = collect(coded, tmp_path / "coded")
    smile, masked = found["m1"], found["f1"]
    assert "u9" not in {b.where for b in bad}, "only what is coded is missed"
    sides = {u.side: u.intensity for u in smile.units if u.code == "AU12"}
    assert sides == {"right": 0.7, "left": 0.35}
    assert stance(smile, "AU1") == (False, 0.15) and stance(smile, "AU24") == (False, 0.15)
    assert stance(smile, "AU25") == (True, 0.6) and stance(smile, "AU26") == (True, 0.3)
    assert smile.unreadable == {"AU4"} and stance(smile, "AU43") == (False, 0.0)
    assert smile.emotions == {"happiness": 0.75, "neutral": 0.25}
    assert smile.age is None and smile.apparent_age == 65
    assert smile.attributes["gaze"] == "right", "the subject's side, not the picture's"
    assert [(t.region, t.polygon[2]) for t in smile.texts] == [("custom", (5, 8))]
    assert masked.hidden == {"eyes": "dark glasses", "mouth": "a mask"}
    assert stance(masked, "AU4") == (True, 0.7) and masked.unit("AU43") is None
    assert "AU12" in masked.unreadable


def test_packs_without_codes_beside_them_have_none(tmp_path: Path):
    found, _ = collect(packs, tmp_path / "alone" / "faces")
    assert not found["m1"].units and not found["m1"].texts


def test_an_unknown_folder_or_layout_is_an_error_with_advice(tmp_path: Path):
    for root, layout, words in (
        (tmp_path, "auto", "no known layout"),
        (tmp_path, "mnist", "no layout 'mnist'"),
        (tmp_path / "no", "auto", "no folder"),
    ):
        with pytest.raises(UsageError, match=words):
            read_records(root, layout, report=lambda _: None)


def test_every_layout_has_a_fixture_here():
    assert set(LAYOUTS) <= set(globals())


def real(name: str, count: int) -> tuple[list[Record], list[BadRow]]:
    root = paths.shared() / "data" / name
    if not root.is_dir():
        pytest.skip("the training packs are not beside the repository")
    bad: list[BadRow] = []
    return list(islice(read_records(root, report=bad.append), count)), bad


def test_the_real_packs_are_read_and_their_points_lie_on_the_faces():
    first, bad = real("faces", 50)
    assert not bad and {r.source for r in first} == {
        "pack-udacity",
        "pack-muxspace",
        "pack-utkface",
    }
    assert sum(r.landmarks is not None for r in first) > 40
    assert sum(bool(r.units) for r in first) > 10, "the codes lie beside the packs"
    darker = [_eyes_are_darker(r) for r in first if r.landmarks and not r.hidden]
    assert sum(darker) > 0.8 * len(darker)


def _eyes_are_darker(record: Record) -> bool:
    """Irises are darker than the skin below them, where points and picture fit."""
    image = open_image(record.picture)
    assert image.size == (256, 256) and record.landmarks
    grey = np.asarray(image.to_pil().convert("L"), np.float32)

    def around(name: str, down: float) -> float:
        x, y = record.landmarks[landmarks.INDEX[name]]  # type: ignore[index]
        return float(grey[int(y + down) - 3 : int(y + down) + 4, int(x) - 3 : int(x) + 4].mean())

    return around("left_iris", 0) < around("left_iris", 40)


def test_the_real_codes_are_read_with_their_texts():
    first, bad = real("coded", 60)
    assert not bad and all(r.units or r.attributes or r.texts for r in first)
    assert {"AU4", "AU6", "AU9", "AU12"} <= {u.code for r in first for u in r.units}
    assert any(r.texts for r in first) and any(r.apparent_age for r in first)
