"""What questions ask of time and which moments they name."""

import pytest

from focalface.agent.clips.time_words import Timing, read_timing


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("When does the smile begin?", "onset"),
        ("when does she start to frown", "onset"),
        ("At what point does the left brow go up first?", "onset"),
        ("How long until he smiles?", "onset"),
        ("since when are the eyes closed?", "onset"),
        ("When is the smile strongest?", "apex"),
        ("at what time is the mouth most open?", "apex"),
        ("when does the surprise peak?", "apex"),
        ("When is she happiest?", "apex"),
        ("when does the smile end?", "offset"),
        ("When does it fade?", "offset"),
        ("until when does he smile?", "offset"),
        ("when are the eyes closed?", "when"),
        ("does she ever smile?", "when"),
        ("How long does the smile last?", "duration"),
        ("for how many seconds is the mouth open?", "duration"),
        ("how often does he blink?", "count"),
        ("How many times does she smile?", "count"),
        ("Which comes first, the brows or the mouth?", "order"),
        ("who smiles first?", "order"),
        ("do the brows rise before the mouth opens?", "order"),
        ("What happens in this clip?", "course"),
        ("how does the expression change over time?", "course"),
        ("Describe the video", "course"),
    ],
)
def test_questions_of_time(question: str, asked: str) -> None:
    timing = read_timing(question)
    assert timing == Timing(asked)


@pytest.mark.parametrize(
    ("question", "moment"),
    [
        ("does the smile reach the eyes at its apex?", Timing(point="apex")),
        ("at the peak of the smile, are the teeth visible?", Timing(point="apex")),
        ("When the smile is strongest, are the lids tight?", Timing(point="apex")),
        ("are the eyes closed at the start?", Timing(point="start")),
        ("at the end, is the mouth open?", Timing(point="end")),
        ("how old does she look in the last frame?", Timing(point="end")),
        ("is she smiling halfway through the clip?", Timing(point="middle")),
        ("is she smiling at 1.2 s?", Timing(seconds=1.2)),
        ("what does the mouth do at 500 ms?", Timing(seconds=0.5)),
        ("are the eyes open after 2 seconds?", Timing(seconds=2.0)),
        ("is the mouth open at 1:05?", Timing(seconds=65.0)),
        ("what about second 3?", Timing(seconds=3.0)),
        ("in frame 12, is the mouth open?", Timing(frame=12)),
    ],
)
def test_questions_at_a_moment(question: str, moment: Timing) -> None:
    assert read_timing(question) == moment


@pytest.mark.parametrize(
    "question",
    [
        "is the smile genuine?",
        "how old is she?",
        "what does the left eyebrow do?",
        "",
        "who is it?",
    ],
)
def test_other_questions_say_nothing_of_time(question: str) -> None:
    assert read_timing(question) == Timing()
