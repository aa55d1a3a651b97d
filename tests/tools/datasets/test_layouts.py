"""Each reader on a small made-up folder in the layout of its data set, bad rows included."""

import csv
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from focalface.tools import paths
from focalface.tools.datasets import LAYOUTS, BadRow, Record, read
from focalface.tools.errors import UsageError
from focalface.tools.face import landmarks


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
    shapes = np.zeros((3, 52), np.uint8)
    shapes[0, 1:3] = (204, 51)  # smile on the left 0.8, on the right 0.2
    names = ["_neutral", "mouthSmileLeft", "mouthSmileRight"]
    rest = ["browInnerUp", "jawOpen", "mouthRollLower", "mouthRollUpper", "mouthPucker",
            "mouthFunnel", "mouthShrugLower"]  # fmt: skip
    sided = ["browOuterUp", "browDown", "eyeWide", "eyeSquint", "mouthUpperUp", "mouthDimple",
             "mouthFrown", "mouthLowerDown", "mouthStretch", "mouthPress", "eyeBlink"]  # fmt: skip
    names += rest + [s + side for s in sided for side in ("Left", "Right")]
    names += [f"other{i}" for i in range(52 - len(names))]
    np.savez(
        root / "teacher.npz",
        lm_code=np.array([[1], [1], [0]], np.int16),
        lm_step=0.0,
        lm_mean=mean.reshape(-1),
        lm_basis=np.zeros((1, 956), np.float32),
        shapes=shapes,
        shape_names=np.array(names),
        agree=np.array([0.02, 0.02, np.nan], np.float16),
    )
    out = io.BytesIO()
    PIL.Image.new("L", (48, 48)).save(out, format="JPEG")
    with tarfile.open(root / "faces160-00.tar.gz", "w:gz") as tar:
        for name in ("m1.jpg", "f1.jpg", "zzz.jpg"):
            info = tarfile.TarInfo(name)
            info.size = len(out.getvalue())
            tar.addfile(info, io.BytesIO(out.getvalue()))


def collect(make: Callable[[Path], None], root: Path) -> tuple[dict[str, Record], list[BadRow]]:
    make(root)
    bad: list[BadRow] = []
    found = list(read(root, report=bad.append))
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


def test_packs_keep_sides_leave_doubt_unknown_and_scale_small_frames(tmp_path: Path):
    found, bad = collect(packs, tmp_path)
    smile = [u for u in found["m1"].units if u.code == "AU12"]
    assert [(u.side, u.present, round(u.intensity or 0, 2)) for u in smile] == [("left", True, 0.8)]
    assert found["m1"].subject == "p1" and found["m1"].labelled_by == "model"
    assert found["f1"].emotion is None
    big, small = found["m1"].landmarks, found["f1"].landmarks
    assert big and small and len(big) == len(landmarks.NAMES)
    assert small[5] == pytest.approx([v * 0.3 for v in big[5]], abs=1e-4)
    assert {b.where for b in bad} == {"f1", "faces160-00.tar.gz:zzz.jpg", "u9"}


def test_an_unknown_folder_or_layout_is_an_error_with_advice(tmp_path: Path):
    for root, layout, words in (
        (tmp_path, "auto", "no known layout"),
        (tmp_path, "mnist", "no layout 'mnist'"),
        (tmp_path / "no", "auto", "no folder"),
    ):
        with pytest.raises(UsageError, match=words):
            read(root, layout, report=lambda _: None)


def test_every_layout_has_a_fixture_here():
    assert set(LAYOUTS) <= set(globals())


def test_the_real_packs_are_read_whole():
    root = paths.shared() / "data" / "faces"
    if not root.is_dir():
        pytest.skip("the training packs are not beside the repository")
    bad: list[BadRow] = []
    reader = read(root, report=bad.append)
    first = [next(reader) for _ in range(50)]
    assert not bad and {r.source for r in first} <= {
        "pack-udacity",
        "pack-muxspace",
        "pack-utkface",
    }
    assert sum(r.landmarks is not None for r in first) > 40
