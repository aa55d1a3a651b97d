import re

import pytest

from focalface.prompts import load
from focalface.prompts.loader import FOLDER, Prompt, PromptError


def test_every_prompt_is_found_by_its_name_and_has_its_hash_in_its_id() -> None:
    for path in FOLDER.glob("*.md"):
        prompt = load(path.stem)
        assert prompt.text and re.fullmatch(rf"{path.stem}@[0-9a-f]{{8}}", prompt.id)


def test_an_unknown_prompt_names_those_that_there_are() -> None:
    with pytest.raises(PromptError, match=r"no prompt 'focal'; known prompts: .*focal_task"):
        load("focal")


def test_slots_are_filled_once_and_what_is_filled_in_is_no_template() -> None:
    prompt = Prompt("two", "{{one}} and {{ other }}")
    assert prompt.fill(one="{{other}}", other="2") == "{{other}} and 2"


@pytest.mark.parametrize("given", [{}, {"one": "1"}, {"one": "1", "other": "2", "third": "3"}])
def test_a_missing_or_unknown_slot_is_named(given: dict[str, str]) -> None:
    with pytest.raises(PromptError, match="other" if len(given) < 2 else "third"):
        Prompt("two", "{{one}} and {{other}}").fill(**given)
