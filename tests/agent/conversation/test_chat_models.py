import importlib.util

import pytest

from focalface.agent.conversation.chat_models import leaves_machine, load_chat_model
from focalface.agent.conversation.chosen_model import ChosenModel
from focalface.tools.errors import ModelMissingError, SettingsError


def test_a_name_without_a_provider_is_told_how_to_write_it():
    with pytest.raises(SettingsError, match="openai:some-model"):
        load_chat_model("some-model")


def test_an_unknown_provider_is_one_sentence():
    with pytest.raises(SettingsError, match="cannot be used"):
        load_chat_model("nobody:nothing")


def test_a_base_address_has_to_be_one():
    with pytest.raises(SettingsError, match="no web address"):
        load_chat_model("openai:some", base_url="here")


@pytest.mark.skipif(
    importlib.util.find_spec("langchain_anthropic") is not None, reason="the package is installed"
)
def test_a_missing_package_names_the_extra():
    with pytest.raises(ModelMissingError, match=r"focalface\[anthropic\]"):
        load_chat_model("anthropic:some")


@pytest.mark.parametrize(
    ("name", "base_url", "leaves"),
    [
        ("openai:gpt", None, True),
        ("ollama:qwen3", None, False),
        ("openai:local", "http://127.0.0.1:8000/v1", False),
        ("openai:local", "https://example.org/v1", True),
    ],
)
def test_whether_words_leave_the_machine_is_known(name, base_url, leaves):
    assert leaves_machine(name, base_url) == leaves


@pytest.mark.parametrize(
    ("changes", "leaves"),
    [
        ([None, "openai:other"], False),  # the endpoint on this machine, by way of offline
        (["other"], False),
        ([None, "anthropic:other"], True),  # another provider is not at that address
        (["anthropic:other", "openai:made-up"], False),
    ],
)
def test_a_model_of_the_same_provider_stays_at_the_address_that_was_given(changes, leaves):
    chosen = ChosenModel("openai:made-up", "http://127.0.0.1:8000/v1")
    for name in changes:
        chosen = chosen.changed_to(name)
    assert (chosen.warning() is not None) == leaves
