"""Talks over two pictures: which is which is remembered, and questions go on with the one named."""

import pytest
from sessions import make_session


@pytest.fixture
async def opened(photo, group):
    """One smiling face, then a group of six."""
    async with make_session() as session:
        await session.open(photo)
        await session.open(group)
        yield session


async def test_a_picture_that_is_named_is_the_one_that_is_asked_about_next(opened, photo):
    first = await opened.answer("how old is she in the first picture?")
    assert first.text.startswith(f"The face in {photo.name} looks about")
    assert opened.image == photo
    assert "face 1" not in (await opened.answer("is she smiling?")).text


async def test_the_second_picture_is_the_second_also_after_going_back(opened, group):
    await opened.answer("go back to the first picture")
    there = await opened.answer("and the second one: how many faces are there?")
    assert there.text.startswith(f"In {group.name}, I found 6 faces")


async def test_going_to_where_one_is_says_so(opened, group):
    await opened.answer("is everyone smiling?")
    assert (await opened.answer("go back to the second picture")).text == (
        f"{group.name} is the one that is shown."
    )


async def test_faces_of_both_are_counted_together(opened, photo, group):
    told = await opened.answer("how many faces do both pictures have together?")
    assert told.text == (
        f"I found 7 faces in both pictures together: 1 in {photo.name} and 6 in {group.name}."
    )


async def test_who_is_found_in_both_is_whom_the_next_question_is_about(opened, photo):
    found = await opened.answer("who is the happiest in both pictures?")
    then = await opened.answer("how old does that one look?")
    cited = {claim.evidence[0] for claim in then.claims}
    of_first = photo.name in found.text.split(" suggest")[0]
    assert (opened.image == photo) == of_first
    assert cited


async def test_people_of_two_pictures_are_counted_against_each_other(opened, photo, group):
    told = (await opened.answer("in which picture do more people smile?")).text
    assert told.startswith(f"More in {group.name}: the one face in {photo.name} and")
    fewer = (await opened.answer("and which picture has fewer smiles?")).text
    assert fewer.startswith(f"Fewer in {photo.name}: ")
