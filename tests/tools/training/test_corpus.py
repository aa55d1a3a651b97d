"""A corpus from made-up labels on the average face: what is asked, taught and kept apart."""

import dataclasses
import json
import random

import PIL.Image
import pytest

from focalface.tools.datasets import RegionText, UnitLabel
from focalface.tools.describers.language import phrases
from focalface.tools.describers.language.focal import Sizes, face_window
from focalface.tools.describers.language.parse import parse
from focalface.tools.errors import UsageError
from focalface.tools.face import landmarks
from focalface.tools.geometry import atlas
from focalface.tools.geometry.scope import scope_of
from focalface.tools.training.corpus import annotator, build, faces, regions
from focalface.tools.training.corpus import write as corpus_write
from focalface.tools.training.corpus.faces import Options, split_of
from focalface.tools.training.corpus.texts import limits, varied_text
from focalface.tools.training.corpus.truth import (
    Truth,
    answer,
    comparison,
    own_text,
    truth_of,
    without_conflicts,
)

SIZE = (640, 640)
OPTIONS = Options(regions=3, sizes=Sizes(112, 56))


def scope(face, name):
    return scope_of(face, atlas.named_region(face, name, SIZE))


@pytest.mark.parametrize(
    ("name", "units", "absent", "emotion"),
    [
        ("left_lip_corner", {("AU12", "left"): 0.6}, (), "happiness"),
        ("right_lip_corner", {}, ("AU12",), "happiness"),
        ("mouth", {("AU12", "left"): 0.6}, ("AU25",), "happiness"),
        ("glabella", {("AU4", "both"): 0.5}, (), "happiness"),
        ("nose_tip", {}, (), None),
    ],
)
def test_labels_are_restricted_to_what_a_region_can_show(
    mean_face, name, units, absent, emotion, make_record
):
    face = mean_face()
    truth = truth_of(make_record(face), scope(face, name))
    assert (truth.units, truth.absent, truth.emotion) == (units, absent, emotion)


def test_missing_labels_are_left_open_and_hidden_attributes_cannot_be_told(mean_face, make_record):
    face = mean_face()
    truth = truth_of(make_record(face), scope(face, "mouth"))
    assert truth.unlabelled == ("age",) and truth.cannot_tell == ()
    written, spans = answer(truth, "text")
    assert [written[a:b] for a, b in spans] == [" null"]
    assert json.loads(written)["age_group"] is None
    nose = truth_of(make_record(face), scope(face, "nose_tip"))
    assert nose.cannot_tell == ("emotion", "age") and nose.unlabelled == ()
    assert answer(nose, None)[1] == []


def test_what_is_written_for_training_is_read_back_the_same(mean_face, make_record):
    face = mean_face()
    truth = truth_of(make_record(face, age=34.0), scope(face, "face"))
    read = parse(answer(truth, "Words.")[0])
    assert read.how == "json" and read.text == "Words."
    assert {(u.code, u.side): u.intensity for u in read.units} == truth.units
    assert read.absent == set(truth.absent)
    assert (read.emotion, read.age_group) == ("happiness", "30-39")


def test_comparison_speaks_only_of_units_labelled_in_both_regions(mean_face, make_record):
    face = mean_face()
    left, right = (
        truth_of(make_record(face), scope(face, f"{side}_lip_corner")) for side in ("left", "right")
    )
    compared = json.loads(comparison(left, right) or "")
    assert compared["first_only"] == ["AU12"] and compared["both"] == []
    assert comparison(left, truth_of(make_record(face), scope(face, "nose_tip"))) is None


def test_regions_are_of_every_size_and_some_show_nothing(mean_face):
    import random

    face = mean_face()
    window = face_window(face, Sizes(112, 56))
    found = regions.sample(face, window, SIZE, 150, random.Random(1))
    assert found[0].kind == "face" and len(found) == 151
    sizes = [s.size for s in found if s.kind == "box"]
    assert min(sizes) < 0.25 and max(sizes) > 0.7
    empty = [scope_of(face, s.region).empty for s in found]
    assert 0.02 < sum(empty) / len(empty) < 0.2


def test_texts_vary_with_the_variant_and_say_what_cannot_be_told(mean_face, make_record):
    face = mean_face()

    def texts(name):
        seen, region = scope(face, name), atlas.named_region(face, name, SIZE)
        return {own_text(truth_of(make_record(face), seen), seen, region, v) for v in range(12)}

    assert len(texts("mouth")) > 5
    assert all("cannot be told" in text for text in texts("chin"))


@pytest.mark.parametrize("name", ["mouth", "face", "left_lip_corner", "glabella", "nose_tip"])
def test_varied_texts_differ_and_the_parser_finds_exactly_their_units(mean_face, make_record, name):
    face = mean_face()
    seen, region = scope(face, name), atlas.named_region(face, name, SIZE)
    record = make_record(face, age=34.0, emotions={"happiness": 0.7, "surprise": 0.3})
    truth = truth_of(record, seen)
    texts = {varied_text(truth, seen, region, random.Random(n)) for n in range(40)}
    assert len(texts) > 15 or not (truth.units or truth.absent)
    present = {code for code, _ in truth.units}
    for text in texts:
        said = phrases.settled(text)
        assert {c for c, stance in said.items() if stance == "present"} == present, text
        assert not present & {c for c, stance in said.items() if stance == "absent"}, text


def test_varied_texts_name_what_is_not_there_and_speak_in_two_registers(mean_face, make_record):
    face = mean_face()
    seen, region = scope(face, "mouth"), atlas.named_region(face, "mouth", SIZE)
    truth = truth_of(make_record(face), seen)
    texts = [varied_text(truth, seen, region, random.Random(n)) for n in range(60)]
    assert any("lip parting" in text for text in texts), "absent, and said so"
    assert any("AU12" in text for text in texts) and any("AU12" not in text for text in texts)


@pytest.mark.parametrize(
    ("levels", "left"),
    [
        ({"AU24": 0.3, "AU25": 0.7}, {"AU25"}),
        ({"AU24": 0.7, "AU25": 0.7}, set()),
        ({"AU5": 0.7, "AU43": 0.0}, {"AU5", "AU43"}),
        ({"AU12": 0.7, "AU25": 0.7}, {"AU12", "AU25"}),
    ],
)
def test_of_units_that_exclude_each_other_the_weaker_is_unknown(levels, left):
    labels = [UnitLabel(code, value > 0, value) for code, value in levels.items()]
    assert {label.code for label in without_conflicts(labels)} == left


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("dark glasses", "dark glasses hide the eyes"),
        ("hair, a hat or thick rims", "hair, a hat or thick rims hide the eyes"),
        ("hair, a hand or shadow", "hair, a hand or shadow hides the eyes"),
    ],
)
def test_what_hides_a_part_is_one_thing_or_several(words, said):
    truth = Truth({}, (), None, None, cannot_tell=(), unlabelled=(), hidden={"eyes": words})
    texts = {limits(truth, random.Random(seed))[0] for seed in range(9)}
    assert texts == {said, f"the eyes cannot be seen: {words}"}


def test_what_hides_a_part_is_said_and_nothing_is_claimed_behind_it(mean_face, make_record):
    face = mean_face()
    record = make_record(
        face, hidden={"mouth": "a mask"}, unreadable=frozenset({"AU12", "AU25"}), units=()
    )
    for name, hides in (("mouth", True), ("left_lip_corner", True), ("left_brow", False)):
        seen, region = scope(face, name), atlas.named_region(face, name, SIZE)
        truth = truth_of(record, seen)
        text = varied_text(truth, seen, region, random.Random(1))
        assert ("mask" in text) == hides
        assert (truth.emotion is None) == hides and ("emotion" in truth.cannot_tell) == hides
    whole = truth_of(record, scope(face, "face"))
    assert {"AU12", "AU25"} <= set(whole.cannot_tell) and whole.emotion == "happiness"


def test_a_text_that_somebody_wrote_is_kept_unless_it_contradicts(mean_face, tmp_path, make_record):
    face = mean_face()
    box = face.box
    corners = ((box.x1, box.y1), (box.x2, box.y1), (box.x2, box.y2), (box.x1, box.y2))
    texts = (
        RegionText("mouth", corners, "One corner is pulled up, as if amused."),
        RegionText("custom", corners, "The lips are parted."),
    )
    part = faces.build_part([make_record(face, texts=texts, split=None)], tmp_path, OPTIONS)
    written = [
        truth
        for samples in part.samples.values()
        for sample in samples
        for truth in sample["truth"]
        if sample["task"] == "written"
    ]
    assert [truth["text"] for truth in written] == [texts[0].text]


def test_a_closer_look_follows_the_whole_face_and_a_region_is_chosen(
    mean_face, tmp_path, make_record
):
    part = faces.build_part([make_record(mean_face())], tmp_path, OPTIONS)
    samples = {s["task"]: s for found in part.samples.values() for s in found}
    assert samples["zoom"]["truth"][0]["region"] == "face"
    assert [m["role"] for m in samples["zoom"]["messages"]] == ["user", "assistant"] * 2
    chosen = json.loads(samples["which"]["messages"][1]["content"][0]["text"])
    shows = [set(t["units"]) for t in samples["which"]["truth"]]
    assert (chosen["region"] is None) == (not any(shows))
    if chosen["region"]:
        assert shows[chosen["region"] - 1]


def test_faces_that_nobody_coded_get_silver_units_that_are_marked(mean_face, tmp_path, make_record):
    options = dataclasses.replace(OPTIONS, silver=True)
    bare = make_record(mean_face(), units=())
    for record, source in ((bare, "silver"), (make_record(mean_face()), "people")):
        part = faces.build_part([record], tmp_path, options)
        made = [s for found in part.samples.values() for s in found]
        assert {s["labelled_by"] for s in made} == {source}
        assert any(t["units"] or t["absent"] for s in made for t in s["truth"])


def test_the_card_measures_how_varied_and_how_true_the_texts_are(source, tmp_path):
    counts = build.build([source], tmp_path / "c", OPTIONS)
    measured = counts["texts"]["by rule"]
    assert measured["true"] == 1.0 and measured["different"] > 0.5
    assert "units found again" in (tmp_path / "c" / "README.md").read_text(encoding="utf-8")


def test_no_face_is_taken_twice_and_a_share_leaves_held_out_rows_whole(source, tmp_path):
    twice = build.build([source, source], tmp_path / "c", OPTIONS)
    assert twice["faces"] == 11
    half = build.Source(source.root, source.layout, share=0.5)
    assert 0 < build.build([half], tmp_path / "half", OPTIONS)["faces"] < 11


def test_own_splits_hold_even_where_a_subject_is_on_both_sides(mean_face, make_record):
    options = dataclasses.replace(OPTIONS, own_splits=True)
    record = make_record(mean_face(), 0, subject="same", split="validation")
    assert split_of(record, options) == "validation"


@pytest.mark.parametrize(
    ("subject", "own", "expected"),
    [
        (None, "test", {"test"}),
        (None, None, {"train", "validation", "test"}),
        ("same", None, {"train"}),
    ],
)
def test_splits_follow_the_subject_then_the_set_then_the_row(
    mean_face, subject, own, expected, make_record
):
    face = mean_face()
    found = {split_of(make_record(face, n, subject=subject, split=own), OPTIONS) for n in range(40)}
    assert found == expected


def test_a_held_out_row_of_a_training_subject_goes_nowhere(mean_face, make_record):
    record = make_record(mean_face(), 0, subject="same", split="test")
    assert split_of(record, OPTIONS) is None


def test_a_corpus_is_the_same_twice_and_goes_on_where_it_stopped(source, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "CHUNK", 5)
    counts = build.build([source], tmp_path / "one", OPTIONS)
    assert (counts["records"], counts["faces"], counts["skipped"]) == (12, 11, 1)
    skipped = (tmp_path / "one" / "skipped.jsonl").read_text(encoding="utf-8")
    assert "made/5" in skipped and "not a picture" in skipped

    made = faces.build_part
    calls: list[int] = []

    def broken(records, folder, options):
        calls.append(len(records))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return made(records, folder, options)

    monkeypatch.setattr(build, "build_part", broken)
    with pytest.raises(KeyboardInterrupt):
        build.build([source], tmp_path / "two", OPTIONS)
    build.build([source], tmp_path / "two", OPTIONS)
    assert calls == [5, 5, 5, 2]
    for split in corpus_write.SPLITS:
        one, two = ((tmp_path / n / f"{split}.jsonl").read_bytes() for n in ("one", "two"))
        assert one == two


def test_nobody_is_in_two_splits_and_every_picture_is_there(source, tmp_path):
    build.build([source], tmp_path / "c", OPTIONS)
    owners: dict[str, set[str]] = {}
    for split in corpus_write.SPLITS:
        for line in (tmp_path / "c" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
            sample = json.loads(line)
            number = int(sample["id"].split("/")[1].split("#")[0])
            owners.setdefault(f"s{number // 2}", set()).add(split)
            for path, side in zip(sample["images"], [112] + [56] * 9, strict=False):
                with PIL.Image.open(tmp_path / "c" / path) as picture:
                    assert picture.size == (side, side)
            asked = [m for m in sample["messages"] if m["role"] == "user"]
            shown = [c for m in asked for c in m["content"] if c["type"] == "image"]
            assert [c["image"] for c in shown] == sample["images"]
    assert all(len(splits) == 1 for splits in owners.values())


def test_processes_give_the_same_corpus_as_one(source, tmp_path, mean_face, make_record):
    # Worker processes do not know the made-up layout, so they get finished records instead.
    records = [make_record(mean_face(), n) for n in range(3)]
    one, two = (faces.build_part(records, tmp_path / name, OPTIONS) for name in ("a", "b"))
    assert one.samples == two.samples and one.faces == 3


def test_another_build_in_the_same_folder_is_refused(source, tmp_path):
    build.build([source], tmp_path / "c", OPTIONS)
    with pytest.raises(UsageError, match="other sources or options"):
        build.build([source], tmp_path / "c", Options(seed=1))
    with pytest.raises(UsageError, match="not empty"):
        build.build([source], source.root.parent, OPTIONS)


def test_parquet_is_loaded_by_datasets_with_its_pictures(source, tmp_path):
    pytest.importorskip("pyarrow")
    datasets = pytest.importorskip("datasets")
    build.build([source], tmp_path / "c", OPTIONS)
    files = corpus_write.parquet(tmp_path / "c")
    train = datasets.Dataset.from_parquet(str(files[0]), cache_dir=str(tmp_path / "cache"))
    assert train[0]["images"][0].size == (112, 112)
    assert json.loads(train[0]["messages"])[0]["role"] == "user"


class Chat:
    """A chat model that gives prepared answers and counts the questions."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def invoke(self, question: str):
        from langchain_core.messages import AIMessage

        self.asked.append(question)
        usage = {"input_tokens": 80, "output_tokens": 20, "total_tokens": 100}
        return AIMessage(self.answers.pop(0), usage_metadata=usage)


def test_annotations_are_checked_against_the_labels_and_cached(mean_face, tmp_path, make_record):
    face = mean_face()
    region = atlas.named_region(face, "mouth", SIZE)
    truth = truth_of(make_record(face), scope_of(face, region))
    good = "The left lip corner is pulled up; the lips are not parted."
    chat = Chat(good)
    write = annotator.Annotator("made:model", tmp_path, lambda name: chat)
    assert write.text(truth, region) == good and write.text(truth, region) == good
    assert len(chat.asked) == 1 and "AU12 lip corner puller (left" in chat.asked[0]
    assert annotator.totals(tmp_path) == {"used": 1, "mismatch": 0, "refused": 0, "tokens": 100}


@pytest.mark.parametrize(
    ("text", "outcome", "why"),
    [
        ("The lips are parted.", "mismatch", "claims AU25"),
        ("There is no smile.", "mismatch", "denies AU12"),
        ("I'm sorry, I cannot do that.", "refused", "declined"),
        ("", "refused", "no text"),
        ("The left lip corner is pulled up.", "used", ""),
        ("x " * 400, "mismatch", "longer"),
    ],
)
def test_a_text_that_adds_or_denies_a_unit_is_dropped(mean_face, text, outcome, why, make_record):
    face = mean_face()
    truth = truth_of(make_record(face), scope(face, "mouth"))
    found = annotator.judge(text, truth)
    assert found[0] == outcome and why in found[1]


def test_a_record_with_another_number_of_landmarks_is_skipped(mean_face, tmp_path, make_record):
    record = make_record(mean_face(), 1, landmarks=((1.0, 2.0),))
    part = faces.build_part([record], tmp_path, OPTIONS)
    assert part.faces == 0 and str(len(landmarks.NAMES)) in part.bad[0].why
