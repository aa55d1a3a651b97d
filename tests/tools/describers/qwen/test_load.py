import sys

import pytest

from focalface.tools.describers import load
from focalface.tools.describers.embedded.describer import EmbeddedDescriber
from focalface.tools.errors import ModelMissingError, SettingsError, UsageError
from focalface.tools.settings import Settings

MESHER = EmbeddedDescriber()


def test_the_embedded_describer_is_the_mesher_itself() -> None:
    assert load(Settings(), MESHER) is MESHER


def test_a_remote_describer_is_named_after_its_model() -> None:
    settings = Settings(describer="remote:org/model:7b", base_url="http://localhost:1/v1")
    assert "org/model:7b" in load(settings, MESHER).name


def test_a_remote_describer_needs_an_address() -> None:
    with pytest.raises(SettingsError, match="--base-url"):
        load(Settings(describer="remote:model"), MESHER)


@pytest.mark.parametrize("name", ["", "psychic", "embedded:x", "remote", "remote:", "Qwen"])
def test_an_unknown_describer_lists_what_there_is(name: str) -> None:
    with pytest.raises(UsageError, match=r"embedded, qwen\[:BASE\[\+ADAPTER\]\], remote"):
        load(Settings(describer=name), MESHER)


def test_qwen_without_its_packages_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("torch", "transformers"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ModelMissingError, match=r"'torch'.*pip install 'focalface\[qwen\]'"):
        load(Settings(describer="qwen"), MESHER)
