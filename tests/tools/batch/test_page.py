"""The page of a batch says as much of emotions as the batch may."""

import re
from pathlib import Path

import pytest

from focalface.tools.batch.page import write_page

ROW = {"input": "a.jpg", "error": "There is no file 'a.jpg'; check the path."}


@pytest.mark.parametrize("emotion", [True, False])
def test_a_page_speaks_of_emotions_only_where_they_were_asked_for(
    emotion: bool, tmp_path: Path
) -> None:
    assert write_page(tmp_path / "page.html", [ROW], emotion=emotion) == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert bool(re.search(r"emotion|feels", page, re.IGNORECASE)) is emotion
    assert "check the path" in page and "Sides are the subject" in page
