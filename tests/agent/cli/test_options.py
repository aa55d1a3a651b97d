from pathlib import Path

import pytest

from focalface.agent.cli import options
from focalface.tools.errors import ImageError, ModelMissingError, SettingsError, UsageError
from focalface.tools.models.catalog import write_receipt
from focalface.tools.types import Box, Disc


def test_targets_keep_the_order_names_boxes_points() -> None:
    found = options.targets(["mouth"], ["1,2,3.5,4"], ["5, 6, 7"])
    assert found == ["mouth", Box(x1=1, y1=2, x2=3.5, y2=4), Disc(x=5, y=6, radius=7)]


def test_no_options_mean_no_targets() -> None:
    assert options.targets(None, None, None) == []


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "1,2,3,nan", "1,2,3,inf", "3,0,1,9", "0,9,5,9"]
)
def test_a_box_with_wrong_numbers_is_wrong_use_and_quotes_them(text: str) -> None:
    with pytest.raises(UsageError, match="--box") as caught:
        options.parse_box(text)
    assert text in str(caught.value)


@pytest.mark.parametrize("text", ["", "1,2", "1,2,0", "1,2,-3", "x,y,r", "1,2,nan"])
def test_a_point_with_wrong_numbers_is_wrong_use_and_quotes_them(text: str) -> None:
    with pytest.raises(UsageError, match="--point") as caught:
        options.parse_point(text)
    assert text in str(caught.value)


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOCALFACE_THREADS", "3")
    assert options.make_settings(threads=None).threads == 3
    assert options.make_settings(threads=2).threads == 2


def test_a_bad_setting_names_itself_and_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOCALFACE_MAX_PIXELS", "many")
    with pytest.raises(SettingsError, match=r"'max_pixels'.*FOCALFACE_MAX_PIXELS"):
        options.make_settings()


def test_a_pack_that_was_not_fetched_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path))
    with pytest.raises(ModelMissingError, match="models fetch buffalo_s"):
        options.make_settings(detector="buffalo_s")


def test_a_fetched_pack_stands_for_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOCALFACE_HOME", str(tmp_path))
    folder = tmp_path / "models" / "buffalo_s"
    folder.mkdir(parents=True)
    write_receipt(folder)
    assert options.make_settings(detector="buffalo_s").detector == str(folder)


def test_a_picture_without_faces_says_how_to_go_on() -> None:
    with pytest.raises(ImageError, match=r"No face.*'a\.jpg'.*--crop"):
        options.pick_face([], None, "a.jpg")
