import pytest

from focalface.agent.conversation.session import Session
from focalface.tools.errors import UsageError


async def test_a_describer_that_is_none_leaves_the_one_before_at_work(photo):
    async with Session() as session:
        await session.open(photo)
        with pytest.raises(UsageError, match="no describer 'foo'"):
            await session.set_describer("foo")
        assert session.describer_name == "embedded"
        assert await session.regions()


async def test_a_describer_that_cannot_work_is_told_in_the_answer(photo):
    async with Session(describer="foo") as session:
        await session.open(photo)
        answer = await session.answer("is the mouth open?")
    assert answer.text == "I could not look at the face."
    assert "no describer 'foo'" in answer.limits[0]
    assert answer.dropped == 0


async def test_a_describer_of_the_users_own_is_named_by_its_factory(photo):
    async with Session() as session:
        await session.open(photo)
        await session.set_describer("own_describer:make")
        answer = await session.answer("is the mouth open?")
    assert session.describer_name == "own_describer:make"
    assert answer.describer == "ruler-1"
