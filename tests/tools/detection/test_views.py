"""How a picture is shown to the detector, and how what is found is put together."""

import numpy as np
import pytest

from focalface.tools.detection.views import (
    OVERLOOKED,
    FoundFaces,
    View,
    agreed,
    merge,
    overlaps,
    unturned,
    views_of,
)


def found(*rows: tuple[float, float, float, float, float]) -> FoundFaces:
    """Boxes with scores; five keypoints in the middle of each."""
    table = np.array(rows, float).reshape(-1, 5)
    middle = (table[:, :2] + table[:, 2:4]) / 2
    return FoundFaces(table[:, :4], table[:, 4], np.repeat(middle[:, None], 5, 1))


@pytest.mark.parametrize(
    ("picture", "longest_shown"),
    [
        ((640, 480), [640, 256]),
        ((200, 300), [300, 128]),
        ((330, 200), [640, 256]),
        ((900, 1000), [992, 256]),
        ((225, 180), [224, 128]),
        ((4000, 3000), [1920, 640, 256]),
        ((48, 40), [96, 128]),
        ((1, 1), [2, 128]),
        ((1, 5000), [1920, 640, 256]),
    ],
)
def test_views_go_from_the_picture_s_own_size_to_a_small_one(
    picture: tuple[int, int], longest_shown: list[int]
) -> None:
    views = views_of(picture)
    assert [max(v.shown) for v in views] == longest_shown


@pytest.mark.parametrize("picture", [(640, 480), (1, 1), (3, 4000), (352, 479), (1919, 1080)])
def test_every_view_fits_a_canvas_that_insightface_does_not_resample(
    picture: tuple[int, int],
) -> None:
    for view in views_of(picture):
        width, height = view.canvas
        assert width % 32 == height % 32 == 0
        assert int(width * (height / width)) == height
        assert min(view.shown) >= 1
        assert view.offset[0] + view.shown[0] <= width
        assert view.offset[1] + view.shown[1] <= height


def test_a_model_of_fixed_size_gets_only_that_canvas() -> None:
    assert {v.canvas for v in views_of((3000, 2000), fixed=(640, 640))} == {(640, 640)}


def test_a_point_of_a_view_goes_back_to_the_picture() -> None:
    view = View(picture=(1000, 500), shown=(250, 125), offset=(64, 64), canvas=(384, 256))
    assert view.to_picture(np.array([[64.0, 64.0], [314.0, 189.0]])).tolist() == [
        [0, 0],
        [1000, 500],
    ]


def test_nothing_found_in_any_view_merges_to_nothing() -> None:
    assert len(merge([found(), found()], (100, 100))) == 0


def test_a_face_seen_in_two_views_counts_once_with_its_better_score() -> None:
    once = merge([found((10, 10, 50, 60, 0.6)), found((12, 11, 52, 61, 0.9))], (100, 100))
    assert once.scores.tolist() == [0.9]


def test_a_part_of_a_face_is_no_second_face() -> None:
    once = merge([found((0, 0, 80, 80, 0.8), (20, 20, 45, 45, 0.6))], (100, 100))
    assert once.boxes.tolist() == [[0, 0, 80, 80]]


def test_neighbours_that_touch_stay_two_and_the_larger_comes_first() -> None:
    both = merge([found((50, 0, 90, 40, 0.9), (0, 0, 55, 55, 0.7))], (100, 100))
    assert both.scores.tolist() == [0.7, 0.9]


def test_boxes_are_cut_at_the_border_and_dropped_beyond_it() -> None:
    cut = merge([found((-10, -5, 40, 40, 0.9), (120, 0, 160, 40, 0.9))], (100, 100))
    assert cut.boxes.tolist() == [[0, 0, 40, 40]]


def test_without_keypoints_there_are_none_after_the_merge() -> None:
    bare = FoundFaces(np.array([[0.0, 0, 10, 10]]), np.array([0.9]), None)
    assert merge([bare], (20, 20)).keypoints is None


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_undoing_a_turn_finds_the_marked_pixel_again(turns: int) -> None:
    picture = np.zeros((30, 50), int)
    picture[4, 40] = 1
    y, x = np.argwhere(np.rot90(picture, turns))[0]
    turned = found((x, y, x + 1, y + 1, 0.9))
    back = unturned(turned, turns, (50, 30))
    assert back.boxes.tolist() == [[40, 4, 41, 5]]
    assert back.keypoints is not None
    assert back.keypoints[0, 0].tolist() == [40.5, 4.5]


def test_overlap_of_a_box_inside_another_is_all_of_the_smaller() -> None:
    iou, inside = overlaps(
        np.array([0.0, 0, 10, 10]), np.array([[0.0, 0, 5, 10], [20, 20, 30, 30]])
    )
    assert iou.tolist() == [0.5, 0]
    assert inside.tolist() == [1, 0]


def test_what_only_one_of_two_views_sees_loses_half_of_its_score() -> None:
    views = views_of((640, 640))
    seen, other = found((100, 100, 300, 300, 0.9)), found()
    assert agreed([seen, other], views)[0].scores[0] == pytest.approx((0.9 + OVERLOOKED) / 2)


def test_two_views_share_score_box_and_keypoints() -> None:
    views = views_of((640, 640))
    parts = [found((100, 100, 300, 300, 0.9)), found((104, 100, 304, 300, 0.6))]
    for part in agreed(parts, views):
        assert part.scores.tolist() == pytest.approx([0.75])
        assert part.boxes[0, 0] == pytest.approx(101.6)
        assert part.keypoints is not None
        assert part.keypoints[0, 0, 0] == pytest.approx(201.6)


def test_a_face_too_small_for_the_other_view_keeps_its_score() -> None:
    views = views_of((640, 640))
    assert agreed([found((10, 10, 40, 40, 0.9)), found()], views)[0].scores.tolist() == [0.9]
