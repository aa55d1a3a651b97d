"""Layers that the export rewrites compute what the trained ones do."""

import pytest

torch = pytest.importorskip("torch")

from focalface.tools.training.describer.blocks import Block, strided  # noqa: E402


def test_an_exported_shortcut_computes_what_the_trained_one_does():
    short = Block(3, 5, 2).eval().short
    x = torch.randn(2, 3, 8, 8)
    assert torch.allclose(strided(short)(x), short(x), atol=1e-6)
