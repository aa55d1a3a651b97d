"""From outlines to frames, masks and pixels: geometry of made-up regions."""

import numpy as np
import pytest

from focalface.tools.describers.embedded import patches
from focalface.tools.describers.embedded.alignment import LEAST_FRAME, Alignment

PLACE = Alignment(complex(1 / 200), 0j)
"""A crop of 200 x 200 pixels at the top left of the picture."""
BOX = np.array([[0.25, 0.5], [0.5, 0.5], [0.5, 1.0], [0.25, 1.0]], np.float32)
SLIVER = np.array([[0.7, 0.2], [0.75, 0.2], [0.72, 0.25]], np.float32)


def picture():
    return np.random.default_rng(0).integers(0, 256, (240, 260, 3), dtype=np.uint8)


def test_a_frame_lies_round_its_region():
    x, y, side = patches.frame_of(BOX)
    assert (x, y) == pytest.approx((0.375, 0.75))
    assert side == pytest.approx(0.525)


def test_a_small_region_gets_the_smallest_frame():
    assert patches.frame_of(SLIVER)[2] == LEAST_FRAME


def test_a_region_off_the_crop_gets_a_frame_near_it_and_no_mask():
    away = np.array([[5.0, 5.0], [9e9, 5.0], [9e9, 9e9]], np.float32)
    frame = patches.frame_of(away)
    assert (np.abs(frame) < 2).all()
    assert not patches.mask_of([away], frame).any()


def test_regions_of_one_batch_are_cut_as_each_alone():
    rgb = picture()
    together = patches.cut_patches(rgb, PLACE, [BOX, SLIVER])
    for i, outline in enumerate((BOX, SLIVER)):
        alone = patches.cut_patches(rgb, PLACE, [outline])
        assert (together.pixels[i] == alone.pixels[0]).all()
        assert (together.masks[i] == alone.masks[0]).all()
        assert (together.frames[i] == alone.frames[0]).all()


def test_what_is_hidden_is_taken_out_of_the_mask():
    half = np.array([[0.2, 0.4], [0.6, 0.4], [0.6, 0.75], [0.2, 0.75]], np.float32)
    whole = patches.cut_patches(picture(), PLACE, [BOX]).masks[0]
    rest = patches.cut_patches(picture(), PLACE, [BOX], [half]).masks[0]
    assert not (rest & ~whole).any()
    assert (rest > 0).sum() == pytest.approx((whole > 0).sum() / 2, rel=0.1)


def test_outlines_of_several_lengths_keep_their_places():
    one, other = [(10.0, 20.0), (30.0, 20.0), (30.0, 60.0)], [(0.0, 0.0)] * 5
    found = PLACE.to_crops([one, other])
    assert [len(outline) for outline in found] == [3, 5]
    assert found[0] == pytest.approx(PLACE.to_crop(one))


def test_nothing_of_an_outline_counts_beyond_its_bounds():
    half = np.array([[0.2, 0.4], [0.6, 0.4], [0.6, 0.75], [0.2, 0.75]], np.float32)
    cut = patches.cut_patches(picture(), PLACE, [SLIVER, BOX], bounds={1: half})
    bound = patches.mask_of([half], cut.frames[1])
    assert cut.masks[0].any() and cut.masks[1].any()
    assert not (cut.masks[1] & ~bound).any()
