"""Frames and times of films and animations that were made for it."""

import os
from pathlib import Path

import PIL.Image
import pytest
from films import make_film, make_gif, turn_film

from focalface.tools.clips.frames import duration, is_clip, read_frames
from focalface.tools.errors import (
    ImageNotFoundError,
    ImageTooLargeError,
    NotAnImageError,
    UsageError,
)
from focalface.tools.pictures.images import Limits

pytest.importorskip("av", reason="needs the extra 'video'")

GREYS = [PIL.Image.new("RGB", (64, 48), (v, v, v)) for v in range(10, 250, 24)]
EVEN = [0.04 * i for i in range(10)]


def test_frames_come_with_their_times_in_order(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", GREYS, EVEN)
    frames = list(read_frames(film))
    assert [frame.number for frame in frames] == list(range(10))
    assert [frame.seconds for frame in frames] == pytest.approx(EVEN, abs=0.002)
    levels = [int(frame.image.rgb.mean()) for frame in frames]
    assert levels == pytest.approx(list(range(10, 250, 24)), abs=4)
    assert frames[0].image.name == "a.mp4" and frames[0].image.size == (64, 48)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.mov", "a.avi", "named.mpg"])
def test_common_containers_are_read_by_content(tmp_path: Path, name: str) -> None:
    if name == "named.mpg":
        film = make_film(tmp_path / "x.mp4", GREYS, EVEN).rename(tmp_path / name)
    else:
        film = make_film(tmp_path / name, GREYS, EVEN, "mpeg4" if name == "a.avi" else "libx264")
    assert len(list(read_frames(film))) >= 9


def test_a_variable_rate_is_honoured(tmp_path: Path) -> None:
    times = [0.0, 0.04, 0.5, 0.54, 0.58, 2.0, 2.04, 2.5, 2.54, 3.0]
    film = make_film(tmp_path / "a.mkv", GREYS, times)
    assert [frame.seconds for frame in read_frames(film)] == pytest.approx(times, abs=0.002)
    taken = [frame.seconds for frame in read_frames(film, every=1.0)]
    assert taken == pytest.approx([0.0, 2.0, 3.0], abs=0.002)


def test_times_count_from_the_first_frame(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mkv", GREYS, [5 + t for t in EVEN])
    assert [frame.seconds for frame in read_frames(film)][:2] == pytest.approx([0, 0.04], abs=0.002)


def test_one_frame_in_a_step_of_time_is_taken(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", GREYS, EVEN)
    assert [frame.number for frame in read_frames(film, every=0.1)] == [0, 3, 5, 8]


@pytest.mark.parametrize("every", [0, -1, float("nan"), float("inf")])
def test_a_step_that_is_no_time_is_refused(tmp_path: Path, every: float) -> None:
    with pytest.raises(UsageError, match=r"0\.2s"):
        list(read_frames(tmp_path / "a.mp4", every=every))


def test_rotation_is_applied_as_players_do(tmp_path: Path) -> None:
    marked = PIL.Image.new("RGB", (64, 48), "black")
    marked.paste("white", (0, 0, 16, 12))
    film = turn_film(make_film(tmp_path / "a.mp4", [marked] * 3, EVEN[:3]))
    frame = next(read_frames(film))
    assert frame.image.size == (48, 64)
    assert frame.image.rgb[:8, -8:].mean() > 200 > 50 > frame.image.rgb[:8, :8].mean()


def test_an_animation_is_a_film_with_the_times_of_its_frames(tmp_path: Path) -> None:
    gif = make_gif(tmp_path / "a.gif", GREYS[:4], [200, 500, 0, 100])
    assert is_clip(gif)
    assert [frame.seconds for frame in read_frames(gif)] == pytest.approx([0, 0.2, 0.7, 0.8])
    assert duration(gif).frames == 4


def test_a_picture_that_stands_still_is_no_clip(tmp_path: Path) -> None:
    for name in ("a.gif", "a.png", "a.webp"):
        GREYS[0].save(tmp_path / name)
        assert not is_clip(tmp_path / name)
    (tmp_path / "b.gif").write_bytes(b"GIF89a")
    assert not is_clip(tmp_path / "b.gif") and not is_clip(tmp_path / "gone.gif")


def test_the_length_is_told_without_decoding(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", GREYS, EVEN)
    length = duration(film)
    assert length.frames == 10 and length.seconds == pytest.approx(0.4, abs=0.1)


def test_a_film_that_is_cut_off_ends_with_its_last_whole_frame(tmp_path: Path) -> None:
    noise = [PIL.Image.effect_noise((64, 48), 90) for _ in range(10)]
    film = make_film(tmp_path / "a.mkv", noise, EVEN, "mpeg4")
    data = film.read_bytes()
    film.write_bytes(data[: len(data) * 2 // 3])
    assert 2 < len(list(read_frames(film))) < 10


def test_a_damaged_part_is_passed_over(tmp_path: Path) -> None:
    noise = [PIL.Image.effect_noise((64, 48), 90) for _ in range(10)]
    film = make_film(tmp_path / "a.mkv", noise, EVEN, "mpeg4")
    data = bytearray(film.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 200] = bytes(200)
    film.write_bytes(data)
    assert list(read_frames(film))[-1].seconds == pytest.approx(EVEN[-1], abs=0.002)


@pytest.mark.parametrize(
    "text", [b"", b"no film", b"\0" * 5000, b"\0\0\0\x18ftypmp42" + b"\0" * 99]
)
def test_what_is_no_film_is_one_sentence(tmp_path: Path, text: bytes) -> None:
    film = tmp_path / "a.mp4"
    film.write_bytes(text)
    with pytest.raises(NotAnImageError) as raised:
        list(read_frames(film))
    assert "a.mp4" in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXTINF:1,\n{}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{}'\n",
    ],
)
def test_a_playlist_in_the_name_of_a_film_opens_no_other_file(
    tmp_path: Path, playlist: str
) -> None:
    make_film(tmp_path / "secret.mp4", GREYS, EVEN)
    film = tmp_path / "a.mp4"
    film.write_text(playlist.format("secret.mp4"), encoding="utf-8")
    with pytest.raises(NotAnImageError):
        list(read_frames(film))


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    for name in ("pipe.mp4", "gone.mp4", "x" * 300 + ".mp4"):
        with pytest.raises(ImageNotFoundError):
            list(read_frames(tmp_path / name))


def test_frames_that_are_too_large_are_refused(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", GREYS, EVEN)
    with pytest.raises(ImageTooLargeError, match="64 x 48"):
        list(read_frames(film, limits=Limits(max_pixels=1000)))
