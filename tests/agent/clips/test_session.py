"""Questions about a film of one smile, whose times are known."""

import asyncio
import io
import re
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from films import smile_film
from rich.console import Console

from focalface.agent.clips import analysis
from focalface.agent.clips import session as clips
from focalface.agent.clips.analysis import ClipAnalysis
from focalface.agent.clips.session import ClipSession
from focalface.agent.terminal import face_pictures
from focalface.agent.terminal.render import View
from focalface.tools.errors import StoppedError
from focalface.tools.workbench import Workbench

pytest.importorskip("av", reason="needs the extra 'video'")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return smile_film(tmp_path_factory.mktemp("films") / "a smile.mp4")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session(film: Path) -> AsyncIterator[ClipSession]:
    async with ClipSession() as session:
        await session.open(film)
        yield session


pytestmark = pytest.mark.asyncio(loop_scope="module")


def times(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"(\d+\.\d+) s", text)]


async def test_a_clip_is_read_and_its_liveliest_frame_shown(session: ClipSession) -> None:
    assert session.clip is not None and len(session.clip.people) == 1
    assert session.clip.seconds == pytest.approx(4.1, abs=0.1) and len(session.faces) == 1
    assert session.image is not None and session.image.name == "a smile.mp4"


async def test_when_a_smile_begins_is_strongest_and_ends(session: ClipSession) -> None:
    begins = times((await session.answer("when does the smile begin?")).text)[0]
    assert 1.0 < begins < 1.7
    assert 1.7 < times((await session.answer("when is the smile strongest?")).text)[0] < 2.6
    assert 2.7 < times((await session.answer("when is it over?")).text)[0] < 3.5
    lasts = await session.answer("how long does the smile last?")
    assert times(lasts.text)[0] == pytest.approx(2.0, abs=0.5)
    assert all(claim.evidence for claim in lasts.claims) and lasts.plan.action_units == ("AU12",)


async def test_what_never_shows_is_said_with_its_highest_value(session: ClipSession) -> None:
    answer = await session.answer("when does she pucker her lips?")
    assert "never shows" in answer.text


async def test_a_moment_is_answered_from_its_frame(session: ClipSession) -> None:
    before = await session.answer("is there a smile at the start?")
    assert before.text.startswith("At 0.00 s") and re.search(r": (No|There is no)", before.text)
    after = await session.answer("is there a smile at 2.2 s?")
    assert after.text.startswith("At 2.") and ": Yes" in after.text
    assert before.claims[0].evidence != after.claims[0].evidence


async def test_without_a_time_the_frame_is_where_it_shows_most(session: ClipSession) -> None:
    answer = await session.answer("does the smile reach the eyes at its apex?")
    assert 1.7 < times(answer.text)[0] < 2.6 and "where the smile is strongest" in answer.text
    assert set(answer.plan.attributes) == {"genuineness"}


async def test_the_course_names_the_movements_in_a_table(session: ClipSession) -> None:
    answer = await session.answer("what happens in this clip?")
    assert "smile" in answer.text and "suggests" in answer.text
    assert answer.table is None or any("smile" in row[1] for row in answer.table.rows)


async def test_what_is_out_of_bounds_stays_so(session: ClipSession) -> None:
    answer = await session.answer("who is this person and when do they lie?")
    assert answer.refused


async def test_a_picture_after_a_clip_is_a_picture(
    session: ClipSession, photo: Path, film: Path
) -> None:
    await session.open(photo)
    assert session.clip is None
    answer = await session.answer("is there a smile?")
    assert not answer.text.startswith("At ")


async def test_beside_its_answers_stands_the_frame_that_they_are_about(
    session: ClipSession,
) -> None:
    view = View(Console(file=io.StringIO(), force_terminal=True, color_system="truecolor"))
    await session.answer("is there a smile at 2.2 s?")
    drawn = await face_pictures.of_faces(session, view)
    assert view.shows_pictures and drawn is not None and drawn[0].width > 50


async def test_opening_a_clip_that_is_cancelled_reads_no_further(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, stopped = threading.Event(), threading.Event()

    def watched(bench: Workbench, path: Path) -> ClipAnalysis:
        began.set()
        try:
            for _ in range(20):  # longer than any test waits
                analysis.analyse(bench, path)
        except StoppedError:
            stopped.set()
            raise

    monkeypatch.setattr(clips, "analyse", watched)
    async with ClipSession() as session:
        opening = asyncio.create_task(session.open(film))
        await asyncio.to_thread(began.wait, 60)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        assert await asyncio.to_thread(stopped.wait, 60)
        assert session.clip is None and session.image is None
