import io

import PIL.Image
import pytest
from rich.console import Console

from focalface.agent.basics.answer import Plan, Step, Table
from focalface.agent.basics.events import Exchange, ToolFinished, ToolProgress, ToolStarted
from focalface.agent.terminal.answer_text import (
    cited,
    clean,
    evidence,
    footer,
    plan_lines,
    row_sentences,
    sentence,
    spans,
    trace_tables,
)
from focalface.agent.terminal.render import View, make_console
from focalface.agent.terminal.tables import readings_table


def on_console(width: int = 60, **options: object) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, width=width, highlight=False, emoji=False, **options), out


def shown(smile, width: int, *, plain: bool = False) -> str:
    console, out = on_console(width)
    view = View(console, plain=plain, steps=True)
    for event in smile.events:
        view.event(event, smile.regions)
    view.table(readings_table(smile.readings))
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 120])
@pytest.mark.parametrize("plain", [False, True])
def test_nothing_is_wider_than_the_terminal(smile, width, plain):
    assert max(map(len, shown(smile, width, plain=plain).splitlines())) <= width


def test_a_pipe_gets_no_escape_codes(smile):
    assert "\x1b" not in shown(smile, 60)


def test_a_dumb_terminal_gets_no_escape_codes(smile, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    console, out = on_console(force_terminal=True)
    view = View(console, steps=True)
    for event in smile.events:
        view.event(event)
    view.picture(PIL.Image.new("RGB", (20, 20)))
    assert "\x1b" not in out.getvalue()
    assert "▀" not in out.getvalue()


def test_the_whole_turn_is_told_in_order(smile):
    text = shown(smile, 120)
    parts = [
        "mouth: a smile shows in the lip corners",
        "1 face found (23 ms)",
        "The describer is busy",
        "Note: The face tools were started again.",
        "The lip corners are pulled up [1].",
        "cheek raised",
        "Cannot tell: What the person feels cannot be seen.",
        "Seen in: mouth [1], left eye [2], left crow's feet [4]",
        "embedded-1 on cpu · offline · 1.2 s",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_regions_with_one_reason_share_a_line_of_the_plan(smile):
    assert plan_lines(smile.answer.plan) == [
        "mouth: a smile shows in the lip corners",
        "left eye, left crow's feet: a felt smile narrows the eyes",
    ]


def test_pairs_and_reasons_that_differ_in_codes_only_share_a_line():
    targets = ("left_eye", "mouth", "right_eye", "left_cheek")
    steps = [Step(target=t, reason=f"shows it (AU{n}, AU7 here)") for n, t in enumerate(targets)]
    plan = Plan(intent="check", steps=tuple(steps))
    assert plan_lines(plan) == ["left and right eye, mouth, left cheek: shows it"]


def test_a_claim_carries_the_numbers_of_its_regions(smile):
    numbers = {"region-mouth": 3, "region-left_eye": 1, "region-left_crows_feet": 2}
    assert cited(smile.answer, numbers) == (
        "The smile looks felt. The lip corners are pulled up [3]. The left cheek is raised [1,2]."
    )


def test_a_claim_whose_regions_have_no_number_is_left_as_it_is(smile):
    assert cited(smile.answer, {}) == smile.answer.text
    assert evidence(smile.answer, ()) == ""


@pytest.mark.parametrize(
    ("numbers", "short"),
    [([], ""), ([3], "3"), ([1, 2], "1,2"), ([1, 2, 3], "1-3"), ([1, 3, 4, 5, 9], "1,3-5,9")],
)
def test_numbers_in_a_row_are_told_as_a_span(numbers, short):
    assert spans(numbers) == short


def test_the_reason_for_a_device_is_left_to_the_trace(smile):
    answer = smile.answer.model_copy(update={"device": "cpu (CUDA is not available)"})
    assert footer(answer) == "embedded-1 on cpu · offline · 1.2 s"
    rows = trace_tables(Exchange("why?", answer, smile.events))[0].rows
    assert ("Device", "cpu (CUDA is not available)") in rows


@pytest.mark.parametrize("text", ["the eyes are shut", "The eyes are shut.", " the eyes are shut."])
def test_a_note_is_a_sentence(text):
    assert sentence(text) == "The eyes are shut."


def test_the_footer_counts_what_was_left_out(smile):
    dropped = smile.answer.model_copy(update={"dropped": 2, "model": "openai:x"})
    assert footer(dropped) == "embedded-1 on cpu · openai:x · 1.2 s · 2 unproven sentences left out"


def test_control_characters_cannot_reach_the_terminal(smile):
    evil = smile.answer.model_copy(update={"text": "a\x1b[2Jb\x07c\x9bd", "claims": ()})
    console, out = on_console()
    View(console).answer(evil)
    assert "a[2Jbcd" in out.getvalue()
    assert clean("tab\tline\nkeeps") == "tab\tline\nkeeps"


def test_square_brackets_of_an_answer_are_no_markup(smile):
    console, out = on_console()
    View(console).answer(smile.answer.model_copy(update={"text": "[bold]x[/bold]", "claims": ()}))
    assert "[bold]x[/bold]" in out.getvalue()


def test_a_screen_reader_gets_sentences_and_no_box_drawing(smile):
    text = shown(smile, 120, plain=True)
    assert "4. Region: left crow's feet. Movement: cheek raised (clear)." in text
    assert not set(text) & set("─│✓✗▀")


def test_an_empty_cell_is_not_read_out(smile):
    assert row_sentences(smile.answer.table)[1] == "What: cheek raised. Left: marked."


def test_an_old_code_page_is_no_crash(smile):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp1252")
    view = View(make_console(stream=stream), steps=True)
    for event in smile.events:
        view.event(event, smile.regions)
    stream.flush()
    text = raw.getvalue().decode("cp1252")
    assert "ok 1 face found" in text
    assert "!! The describer is busy" in text


def test_the_spinner_is_gone_when_a_turn_is_broken_off():
    console, _ = on_console(force_terminal=True)
    view = View(console, steps=True)
    with pytest.raises(KeyboardInterrupt), view.busy("Thinking"):
        view.event(ToolStarted(1, "describe_regions"))
        view.event(ToolProgress(1, 1, 3))
        raise KeyboardInterrupt
    with console.status("another one may run"):
        pass


def test_a_tool_of_someone_else_is_shown_too():
    console, out = on_console()
    view = View(console, steps=True)
    view.event(ToolStarted(1, "weather"))
    view.event(ToolFinished(1, "weather", "rain", False, 2.0))
    assert "rain (2 ms)" in out.getvalue()


CHEEKS = "Cheek raising (AU6) is not assessed by this describer: unknown, not absent."


def test_a_gap_is_told_once_in_a_conversation(smile):
    console, out = on_console(120)
    view = View(console, steps=True)
    asked = smile.answer.model_copy(update={"limits": (CHEEKS,)})
    for _ in range(3):
        view.answer(asked)
    assert out.getvalue().count(CHEEKS) == 1


def test_what_an_answer_says_itself_is_not_listed_again_as_unknown(smile):
    console, out = on_console(120)
    text = "I cannot tell: cheek raising (AU6) is not assessed by this describer."
    View(console).answer(smile.answer.model_copy(update={"text": text, "limits": (CHEEKS,)}))
    assert "Cannot tell" not in out.getvalue()


def test_a_trace_lists_everything_that_could_not_be_judged(smile):
    answer = smile.answer.model_copy(update={"limits": (CHEEKS,)})
    unknown = trace_tables(Exchange("q", answer, smile.events))[-1]
    assert (unknown.title, unknown.rows) == ("Could not be judged", ((CHEEKS,),))


def test_a_screen_reader_hears_no_empty_headings():
    table = Table(title="Sides", columns=("", "left"), rows=(("a smile", "strong"),))
    assert row_sentences(table) == ["Sides:", "A smile. Left: strong."]
