from sessions import make_session


async def test_a_selected_box_is_told_once(photo):
    async with make_session() as session:
        await session.open(photo)
        (region,) = await session.select("200,150,260,190")
        answer = await session.answer("what is happening here?")
    assert answer.claims
    assert {i for claim in answer.claims for i in claim.evidence} == {region.id}
    assert len({claim.text for claim in answer.claims}) == len(answer.claims)
