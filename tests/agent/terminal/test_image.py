import base64
import io
import re
import sys

import numpy as np
import PIL.Image
import pytest
from rich.console import Console

from focalface.agent.terminal.image import (
    HalfBlocks,
    Mark,
    crop_around,
    draws_pixels,
    fit,
    may_draw_pixels,
    pixel_picture,
    place_marks,
)
from focalface.tools.types import Box
from focalface.tools.workbench import Workbench


def drawn(image: PIL.Image.Image, *marks: Mark, width: int = 60, color: str | None = None) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=color is not None, color_system=color)
    console.print(HalfBlocks(image, marks))
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "columns", "rows"),
    [((100, 100), 56, 28), ((400, 100), 60, 8), ((100, 400), 14, 28), ((1, 1000), 1, 28)],
)
def test_a_picture_keeps_its_shape_in_cells_twice_as_high_as_wide(size, columns, rows):
    assert fit(size, 60, 28) == (columns, rows)


def test_two_pixels_share_a_character():
    image = PIL.Image.fromarray(np.array([[[255, 0, 0]], [[0, 0, 255]]], np.uint8))
    text = drawn(image.resize((10, 20), PIL.Image.Resampling.NEAREST), width=1, color="truecolor")
    assert "38;2;255;0;0;48;2;0;0;255m▀" in text


@pytest.mark.parametrize("width", [8, 60, 120])
def test_a_picture_fits_the_terminal(width):
    lines = drawn(PIL.Image.new("RGB", (640, 480)), width=width).splitlines()
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1"])
def test_any_mode_of_picture_is_drawn(mode):
    assert "▀" in drawn(PIL.Image.new(mode, (8, 8)))


def test_a_number_stands_where_its_region_is():
    cells = place_marks([Mark("7", (50, 25))], (0.1, 0.2), 10, 10)
    assert cells == {(4, 5): "7"}


def test_numbers_of_close_regions_do_not_run_together():
    cells = place_marks(
        [Mark("1", (50, 50)), Mark("2", (51, 50)), Mark("13", (52, 50))], (0.2, 0.1), 20, 10
    )
    assert sorted(cells.values()) == ["1", "1", "2", "3"]
    row_texts = {
        row: "".join(cells.get((column, row), " ") for column in range(20)) for row in range(10)
    }
    assert sorted(" ".join(row_texts.values()).split()) == ["1", "13", "2"]


def test_a_number_outside_the_picture_is_pulled_to_its_edge():
    (cell,) = place_marks([Mark("5", (900, -40))], (0.1, 0.1), 20, 10)
    assert cell == (19, 0)


def test_marks_are_written_into_the_picture():
    assert "42" in drawn(PIL.Image.new("RGB", (100, 100)), Mark("42", (50, 50)))


def test_the_crop_shows_the_boxes_with_a_margin():
    box = Box(x1=100, y1=100, x2=200, y2=180)
    assert crop_around([box], (1000, 1000), 0.25).xyxy == (75, 75, 225, 205)


def test_the_crop_stays_inside_the_picture():
    box = Box(x1=-50, y1=10, x2=100, y2=90)
    assert crop_around([box], (120, 100)).xyxy == (0, 0, 120, 100)


def test_without_boxes_the_whole_picture_is_shown():
    whole = (0, 0, 320, 240)
    assert crop_around([], (320, 240)).xyxy == whole
    assert crop_around([Box(x1=900, y1=0, x2=910, y2=9)], (320, 240)).xyxy == whole


@pytest.mark.parametrize(
    ("environ", "able"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, True),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, False),
        ({"TERM": "screen-256color", "TERM_PROGRAM": "WezTerm"}, False),
        ({"TERM": "dumb", "KONSOLE_VERSION": "2"}, False),
    ],
)
def test_only_terminals_known_to_draw_are_given_pixels(environ, able):
    assert may_draw_pixels(environ) is able


def test_a_file_is_never_given_pixels(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-kitty")
    monkeypatch.delenv("TMUX", raising=False)
    assert not draws_pixels(Console(file=io.StringIO()))


def test_without_an_able_terminal_the_library_is_not_even_imported(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TERM_PROGRAM", "LC_TERMINAL", "KITTY_WINDOW_ID", "KONSOLE_VERSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(sys.modules, "textual_image.renderable", None)
    assert not draws_pixels(Console(file=io.StringIO(), force_terminal=True))


@pytest.mark.filterwarnings("ignore:Image.Image.getdata:DeprecationWarning")  # the library's
def test_pixels_are_drawn_by_the_library_where_it_is_installed():
    pytest.importorskip("textual_image.renderable")
    out = io.StringIO()
    console = Console(file=out, width=60, force_terminal=True)
    console.print(pixel_picture(console, PIL.Image.linear_gradient("L")))
    assert out.getvalue().strip()


@pytest.fixture(scope="module")
def annotated(photo) -> PIL.Image.Image:
    """A photo with its face and two regions drawn, as the chat shows it."""
    bench = Workbench()
    image = bench.open(photo)
    (face,) = bench.detect(image)
    return bench.annotate(image, [face], bench.regions(image, face, ["mouth", "left_eye"]))


def shown_as(kind: str, picture: PIL.Image.Image, monkeypatch) -> str:
    """What a terminal is sent that draws pictures in the way ``kind`` names."""
    library = pytest.importorskip("textual_image.renderable")
    monkeypatch.setattr(library, "Image", getattr(library, kind))
    out = io.StringIO()
    monkeypatch.setattr(sys, "__stdout__", out)  # where the library writes kitty's messages
    console = Console(file=out, width=60, force_terminal=True)
    console.print(pixel_picture(console, picture))
    return out.getvalue()


def test_kitty_is_sent_exactly_the_annotated_picture(annotated, monkeypatch):
    sent = shown_as("TGPImage", annotated, monkeypatch)
    messages = re.findall(r"\x1b_G([^;\x1b]*);([^\x1b]*)\x1b", sent)
    keys = [dict(pair.split("=") for pair in head.split(",")) for head, _ in messages]
    assert all(len(chunk) <= 4096 for _, chunk in messages)
    assert [key["m"] for key in keys] == ["1"] * (len(keys) - 1) + ["0"]
    png = base64.b64decode("".join(chunk for _, chunk in messages), validate=True)
    received = PIL.Image.open(io.BytesIO(png))
    assert min(received.size) > 100
    assert np.array_equal(received, annotated.resize(received.size))
    assert "\U0010eeee" in sent  # the cells that it is drawn into


def test_sixels_hold_the_annotated_picture_in_256_colours(annotated, monkeypatch):
    sent = shown_as("SixelImage", annotated, monkeypatch)
    received = from_sixels(sent[sent.index("\x1bP") : sent.index("\x1b\\")])
    width, height = received.shape[1], received.shape[0]
    wanted = np.asarray(annotated.convert("RGB").resize((width, height)), float)
    assert min(width, height) > 100
    assert np.abs(received - wanted).mean() < 10
    assert np.abs(received[:, ::-1] - wanted).mean() > 40  # mirrored it would be another one


def from_sixels(sequence: str) -> np.ndarray:
    """Pixels (height, width, 3), 0..255, of a DEC sixel sequence."""
    width, height = map(int, re.search(r'"\d+;\d+;(\d+);(\d+)', sequence).groups())
    pixels = np.zeros((-(-height // 6) * 6, width, 3))
    colours, colour, x, top = {}, 0, 0, 0
    body = sequence[sequence.index('"') + 1 :].lstrip("0123456789;")
    for number, red, green, blue, times, char in re.findall(
        r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|(?:!(\d+))?([?-~]|[$-])", body
    ):
        if number:
            colour = int(number)
            if red:
                colours[colour] = np.array([int(red), int(green), int(blue)]) * 2.55
        elif char in "$-":
            x, top = 0, top + 6 * (char == "-")
        else:
            count, bits = int(times or 1), ord(char) - ord("?")
            for row in (r for r in range(6) if bits >> r & 1):
                pixels[top + row, x : x + count] = colours[colour]
            x += count
    return pixels[:height]
