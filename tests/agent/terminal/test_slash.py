from pathlib import Path

import pytest

from focalface.agent.terminal.slash import (
    COMMANDS,
    Command,
    Question,
    clean_path,
    read_line,
    read_number,
    read_switch,
    shown_path,
)
from focalface.tools.errors import UsageError


def there(*paths: str):
    known = {Path(p) for p in paths}
    return lambda path: path in known


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/data/a.jpg", "/data/a.jpg"),
        ("  /data/a.jpg \n", "/data/a.jpg"),
        ("'/data/my photo.jpg'", "/data/my photo.jpg"),
        ('"/data/my photo.jpg"', "/data/my photo.jpg"),
        (r"/data/my\ photo\ \(1\).jpg", "/data/my photo (1).jpg"),
        ("/data/my photo.jpg", "/data/my photo.jpg"),
        ("file:///data/my%20photo.jpg", "/data/my photo.jpg"),
        ("file://localhost/data/a.jpg", "/data/a.jpg"),
        ("file:///C:/Users/Ann/a.jpg", "C:/Users/Ann/a.jpg"),
        (r"C:\Users\Ann\my photo.jpg", r"C:\Users\Ann\my photo.jpg"),
        (r'"C:\Users\Ann\my photo.jpg"', r"C:\Users\Ann\my photo.jpg"),
        (r"& 'C:\Users\Ann\my photo.jpg'", r"C:\Users\Ann\my photo.jpg"),
        (r"\\server\share\a.jpg", r"\\server\share\a.jpg"),
        ("Ann's photo.jpg", "Ann's photo.jpg"),
        (r"/data/Ann\'s.jpg", "/data/Ann's.jpg"),
        ("'/data/Ann'\\''s.jpg'", "/data/Ann's.jpg"),
        ("/data/été 😀.jpg", "/data/été 😀.jpg"),
    ],
)
def test_a_path_is_read_as_terminals_paste_it(typed, meant):
    assert str(clean_path(typed)) == meant


def test_a_tilde_is_the_home_folder():
    assert clean_path("~/a.jpg") == Path.home() / "a.jpg"


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("/image a.jpg", Command("image", "a.jpg")),
        ("/image  /data/my photo.jpg ", Command("image", "/data/my photo.jpg")),
        ("/FACES", Command("faces", "")),
        ("/face 2", Command("face", "2")),
        ("/select 10,20,30,40", Command("select", "10,20,30,40")),
        ("/exit", Command("quit", "")),
        ("/?", Command("help", "")),
    ],
)
def test_a_slash_begins_a_command(line, command):
    assert read_line(line, there()) == command


def test_every_command_of_the_help_is_understood():
    for command in COMMANDS:
        assert read_line(f"/{command.name} x", there()) == Command(command.name, "x")


@pytest.mark.parametrize("line", ["", "   ", "\n\t"])
def test_a_blank_line_means_nothing(line):
    assert read_line(line, there()) is None


@pytest.mark.parametrize(
    "line",
    ["is she smiling?", "what is a .jpg?", "missing.jpg", "a/b: which brow is higher?"],
)
def test_words_are_a_question(line):
    assert read_line(line, there()) == Question(line)


@pytest.mark.parametrize(
    "line",
    [
        "/data/my photo.jpg",
        "'/data/my photo.jpg'",
        r"/data/my\ photo.jpg",
        "file:///data/my%20photo.jpg",
    ],
)
def test_a_dropped_picture_is_opened(line):
    assert read_line(line, there("/data/my photo.jpg")) == Command("image", "/data/my photo.jpg")


@pytest.mark.parametrize(
    "path", ["'/data/my photo.jpg'", "/data/my photo.jpg", r"/data/my\ photo.jpg"]
)
def test_words_after_a_dropped_picture_ask_about_it(path):
    meant = read_line(f"{path} is the smile real?", there("/data/my photo.jpg"))
    assert meant == Question("is the smile real?", picture=Path("/data/my photo.jpg"))


def test_a_command_wins_over_a_file_of_that_name():
    assert read_line("/image", there("/image")) == Command("image", "")


def test_a_folder_of_a_pictures_name_is_not_opened(tmp_path):
    (tmp_path / "a.jpg").mkdir()
    line = f"'{tmp_path / 'a.jpg'}' hello"
    assert read_line(line) == Question(line)


def test_a_null_byte_in_a_path_is_no_crash():
    assert read_line("a\0.jpg") == Question("a\0.jpg")


def test_an_endless_path_is_no_crash():
    line = "x" * 20_000 + ".jpg"
    assert read_line(line) == Question(line)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("/fases", "/faces"),
        ("/selct mouth", "/select"),
        ("/zzzz", "/help"),
        ("/data/missing.jpg", "check the path"),
        ("/", "/help"),
    ],
)
def test_an_unknown_command_says_what_to_do(line, hint):
    with pytest.raises(UsageError, match=hint):
        read_line(line, there())


def test_a_face_is_chosen_by_its_number():
    assert read_number(" 2 ", 3, "face") == 2


@pytest.mark.parametrize("text", ["0", "4", "-1", "two", "", "²"])
def test_a_number_that_is_not_in_the_list_names_those_that_are(text):
    with pytest.raises(UsageError, match="1 to 3"):
        read_number(text, 3, "face")


def test_a_number_out_of_nothing_asks_for_a_picture():
    with pytest.raises(UsageError, match="/image"):
        read_number("1", 0, "face")


@pytest.mark.parametrize(
    ("text", "now", "then"),
    [("", False, True), ("", True, False), ("on", True, True), ("OFF", True, False)],
)
def test_a_switch_without_a_word_turns_over(text, now, then):
    assert read_switch(text, now) is then


def test_a_switch_refuses_other_words():
    with pytest.raises(UsageError, match="neither on nor off"):
        read_switch("maybe", True)


def test_paths_are_shown_from_where_one_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "a.jpg") == "a.jpg"
    assert shown_path(Path.home() / "b.jpg") == str(Path("~") / "b.jpg")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("@me.jpg", Command("image", "me.jpg")),
        ("@me.jpg is he smiling?", Question("is he smiling?", picture=Path("me.jpg"))),
        ("is he smiling in @me.jpg?", Question("is he smiling", picture=Path("me.jpg"))),
        ('how old? @"my photo.png"', Question("how old?", picture=Path("my photo.png"))),
        (r"@my\ photo.png", Command("image", "my photo.png")),
        ("write to me@home.de", Question("write to me@home.de")),
        ("what does @someone feel?", Question("what does @someone feel?")),
    ],
)
def test_an_at_sign_names_a_picture_anywhere_in_a_line(line, meant):
    assert read_line(line, exists=lambda _: True) == meant


def test_a_picture_after_an_at_sign_that_is_not_there_is_said():
    with pytest.raises(UsageError, match=r"no picture gone\.jpg; check the path after the @"):
        read_line("@gone.jpg is he happy?", exists=lambda _: False)
