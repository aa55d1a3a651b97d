"""Whom an answer names first is whom the next question is about, also where faces are numbered."""

import re

import numpy as np
import PIL.Image
import pytest
from insightface.data import get_image
from sessions import make_session


@pytest.fixture
def twelve(tmp_path):
    """Two prints of a group of six, one above the other: so many are told by number."""
    group = np.ascontiguousarray(get_image("t1")[..., ::-1])
    path = tmp_path / "twelve.png"
    PIL.Image.fromarray(np.concatenate([group, group])).save(path)
    return path


async def test_the_oldest_of_twelve_is_whoever_is_asked_about_next(twelve):
    async with make_session() as session:
        await session.open(twelve)
        first = await session.answer("who looks the oldest?")
        second = await session.answer("is that one smiling?")
    oldest, *_ = re.findall(r"face \d+", first.text, re.I)
    assert second.text.lower().startswith(oldest.lower())
