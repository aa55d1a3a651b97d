"""Whatever is asked: something is understood of it, and nothing is raised."""

from hypothesis import given
from hypothesis import strategies as st

from focalface.agent.understanding.read import parse

ORDINARY = (
    "is the smile genuine ? left right both eyes brow 's mouth AU12 au 6 not without or and why "
    "how old sad he she face 2 second first (10,20,30,40) between than more 1e999 who lying ' ,"
)
ODD = ["\ud800", "\x00", "émue", "笑", "🙂", ""]
WORDS = st.sampled_from([*ORDINARY.split(), *ODD])


@given(st.text(max_size=200) | st.lists(WORDS, max_size=25).map(" ".join))
def test_any_text_is_understood_somehow(question: str) -> None:
    assert parse(question).kind
