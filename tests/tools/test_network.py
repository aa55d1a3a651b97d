"""Proxies and certificates: loopback goes directly, what is broken is named in one sentence."""

import pytest

from focalface.tools import network
from focalface.tools.describers.language.remote import RemoteDescriber
from focalface.tools.errors import SettingsError

AWAY, HERE = "https://models.example.com/v1", "http://127.0.0.1:8000/v1"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("url", "here"),
    [
        (HERE, True),
        ("http://localhost:1/v1", True),
        ("http://[::1]:9/v1", True),
        ("http://127.9.9.9/", True),
        ("http://box.localhost/", True),
        (AWAY, False),
        ("http://localhost.example.com/", False),
        ("http://10.0.0.1/", False),
        ("nonsense", False),
    ],
)
def test_loopback_is_known_in_all_its_spellings(url: str, here: bool) -> None:
    assert network.is_loopback(url) == here


def test_the_proxy_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://me:secret@proxy.example.com:3128")
    assert network.proxy_of(AWAY) == "proxy.example.com:3128"
    assert network.proxy_of(HERE) is None
    monkeypatch.setenv("NO_PROXY", "models.example.com")
    assert network.proxy_of(AWAY) is None


@pytest.mark.parametrize(
    ("name", "value"), [("ALL_PROXY", "socks9://x"), ("SSL_CERT_FILE", "/no/such/file.pem")]
)
def test_a_broken_setting_is_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    pytest.importorskip("openai", reason="needs the extra 'openai'")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as raised:
        RemoteDescriber("m", base_url=AWAY)._connected()
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 300
    assert RemoteDescriber("m", base_url=HERE)._connected()


@pytest.mark.parametrize("name", ["ALL_PROXY", "SSL_CERT_FILE"])
def test_chat_models_say_the_same(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    pytest.importorskip("langchain_openai", reason="needs the extra 'openai'")
    from focalface.agent.conversation.chat_models import load_chat_model

    monkeypatch.setenv(name, "socks9://x" if name == "ALL_PROXY" else "/no/such/file.pem")
    with pytest.raises(SettingsError, match=name) as raised:
        load_chat_model("openai:m", AWAY)
    assert "\n" not in str(raised.value)
    assert load_chat_model("openai:m", HERE)
