"""What was left out of a picture's file is told once: at its opening, or with the first answer."""

import PIL.Image
import pytest
from sessions import make_session

from focalface.agent.conversation.session import ask

NOTE = "Only the first page of several was read."


@pytest.fixture
def pages(tmp_path, photo):
    path = tmp_path / "scan.tiff"
    first = PIL.Image.open(photo)
    first.save(path, save_all=True, append_images=[PIL.Image.new("RGB", first.size)])
    return path


async def test_the_first_answer_tells_it_and_the_second_does_not(pages):
    async with make_session() as session:
        await session.open(pages)
        first = await session.answer("is she smiling?")
        second = await session.answer("are her eyes open?")
    assert NOTE in first.notes
    assert NOTE not in second.notes


async def test_who_asks_for_it_at_the_opening_hears_it_first(pages, photo):
    async with make_session() as session:
        await session.open(pages)
        assert session.tell_note() == NOTE
        answer = await session.answer("is she smiling?")
        await session.open(photo)
        assert session.tell_note() == ""
    assert NOTE not in answer.notes


async def test_a_single_question_from_python_tells_it(pages):
    assert NOTE in (await ask("is she smiling?", image=pages)).notes
