import base64
import io
import json
from html.parser import HTMLParser

import PIL.Image
import pytest

from focalface.agent.basics.answer import Cited
from focalface.agent.basics.events import Exchange, ToolFinished
from focalface.agent.terminal.export import save
from focalface.tools.errors import UsageError


@pytest.fixture
def turn(smile) -> Exchange:
    read = ToolFinished(
        3,
        "describe_regions",
        "4 regions read",
        False,
        31.0,
        {"descriptions": [r.model_dump(mode="json") for r in smile.readings]},
    )
    cited = tuple(Cited.of(reading, 1) for reading in smile.readings)
    answer = smile.answer.model_copy(update={"evidence": cited})
    heard = (*smile.events, read)
    return Exchange("Is the smile <real>? | *really*", answer, heard, "me & you.jpg")


@pytest.fixture
def jpeg() -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (8, 6), "red").save(out, "JPEG")
    return out.getvalue()


class Tags(HTMLParser):
    """Collects start tags and checks that what is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.sources: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.sources += [value for name, value in attrs if name in {"src", "href"}]
        if tag not in {"meta", "img"}:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag


def test_html_is_one_file_with_the_picture_inside(turn, jpeg, tmp_path):
    save(tmp_path / "talk.html", [turn, turn], {1: jpeg})
    text = (tmp_path / "talk.html").read_text(encoding="utf-8")
    (source,) = Tags(text).sources
    kind, data = source.split(",", 1)
    assert kind == "data:image/jpeg;base64"
    assert PIL.Image.open(io.BytesIO(base64.b64decode(data))).size == (8, 6)
    assert [p.name for p in tmp_path.iterdir()] == ["talk.html"]


def test_html_shows_what_was_typed_and_does_not_run_it(turn, tmp_path):
    evil = Exchange("<script>alert(1)</script>\x1b[2J", turn.answer, turn.events)
    save(tmp_path / "talk.html", [evil])
    text = (tmp_path / "talk.html").read_text(encoding="utf-8")
    assert "script" not in Tags(text).tags
    assert "&lt;script&gt;" in text
    assert "\x1b" not in text


def test_markdown_has_its_picture_beside_it(turn, jpeg, tmp_path):
    save(tmp_path / "my talk.md", [turn], {0: jpeg})
    text = (tmp_path / "my talk.md").read_text(encoding="utf-8")
    assert "](<my talk-1.jpg>)" in text
    with PIL.Image.open(tmp_path / "my talk-1.jpg") as picture:
        assert picture.size == (8, 6)


def test_markdown_shows_its_text_literally(turn, tmp_path):
    save(tmp_path / "talk.md", [turn])
    lines = (tmp_path / "talk.md").read_text(encoding="utf-8").splitlines()
    assert r"## Is the smile \<real\>? \| \*really\*" in lines
    assert "| cheek raised | marked | – |" in lines


@pytest.mark.parametrize(
    ("name", "said"), [("a.md", "me & you.jpg"), ("a.html", "me &amp; you.jpg")]
)
def test_a_talk_names_its_picture_once_and_no_id_and_no_sentence_twice(turn, tmp_path, name, said):
    save(tmp_path / name, [turn, turn])
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert text.count(said) == 1
    assert "Read at: mouth" in text
    assert "region-" not in text
    assert "Seen in" not in text
    for claim in turn.answer.claims:
        assert text.count(claim.text) == 2  # once for each turn


def test_json_keeps_the_whole_answer_and_the_results(turn, tmp_path):
    save(tmp_path / "talk.json", [turn, turn])
    document = json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))
    assert len(document["turns"]) == 2
    saved = document["turns"][0]
    assert saved["answer"] == turn.answer.model_dump(mode="json")
    assert saved["calls"][-1]["result"]["descriptions"][0]["region"]["name"] == "mouth"


def test_what_is_already_there_is_not_overwritten(turn, jpeg, tmp_path):
    (tmp_path / "talk-1.jpg").write_bytes(b"mine")
    with pytest.raises(UsageError, match=r"talk-1\.jpg exists already"):
        save(tmp_path / "talk.md", [turn], {0: jpeg})
    assert (tmp_path / "talk-1.jpg").read_bytes() == b"mine"
    assert not (tmp_path / "talk.md").exists()


def test_a_saved_conversation_can_be_saved_again(turn, tmp_path):
    save(tmp_path / "talk.json", [turn])
    save(tmp_path / "talk.json", [turn, turn], replace=True)
    assert len(json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))["turns"]) == 2


def test_nothing_is_half_written(turn, tmp_path):
    (tmp_path / "talk.json").mkdir()
    with pytest.raises(UsageError, match="Cannot write"):
        save(tmp_path / "talk.json", [turn], replace=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["talk.json"]


@pytest.mark.parametrize("name", ["talk.pdf", "talk", ".html"])
def test_another_ending_names_those_that_work(turn, tmp_path, name):
    with pytest.raises(UsageError, match=r"\.md, \.html, \.json"):
        save(tmp_path / name, [turn])


def test_a_missing_folder_is_told(turn, tmp_path):
    with pytest.raises(UsageError, match="No such file or directory"):
        save(tmp_path / "no" / "talk.md", [turn])


def test_an_empty_conversation_is_not_saved(tmp_path):
    with pytest.raises(UsageError, match="nothing to save"):
        save(tmp_path / "talk.md", [])
