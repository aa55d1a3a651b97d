import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from focalface.agent.terminal.completion import LineCompleter


def completed(typed: str, faces: int = 3) -> list[str]:
    """Whole lines that the completions of ``typed`` would leave, each with its end cut off."""
    completer = LineCompleter(lambda: faces)
    found = completer.get_completions(Document(typed), CompleteEvent(completion_requested=True))
    return [typed[: len(typed) + c.start_position] + c.text for c in found]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("/fac", ["/faces", "/face "]),
        ("/Q", ["/quit"]),
        ("/x", []),
        ("/face ", ["/face 1", "/face 2", "/face 3"]),
        ("/expert o", ["/expert on", "/expert off"]),
        ("/select left b", ["/select left brow"]),
        ("/model off", ["/model offline"]),
        ("/forget x", []),
        ("what does the left ey", ["what does the left eye"]),
        ("how is the nose t", ["how is the nose tip"]),
        ("is AU1", [f"is AU{n}" for n in (1, 10, 12, 14, 15, 17, 18)]),
        ("is au43", ["is AU43"]),
        ("a", []),
        ("", []),
        ("the mouth ", []),
    ],
)
def test_what_is_begun_is_completed(typed, lines):
    assert completed(typed) == lines


def test_every_command_is_offered_with_its_help():
    completer = LineCompleter(lambda: 0)
    found = list(completer.get_completions(Document("/"), CompleteEvent()))
    assert len(found) == 15
    assert all(c.display_meta_text for c in found)


def test_only_folders_and_pictures_are_offered_to_open(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("photo.JPG", "phone.txt"):
        (tmp_path / name).touch()
    (tmp_path / "photos").mkdir()
    assert completed("/image pho") == ["/image photo.JPG", "/image photos"]
    assert completed("is he sad in @pho") == ["is he sad in @photo.JPG", "is he sad in @photos"]


def test_a_saved_file_may_go_anywhere(tmp_path):
    (tmp_path / "talk.md").touch()
    assert completed(f"/save {tmp_path}/ta") == [f"/save {tmp_path}/talk.md"]
