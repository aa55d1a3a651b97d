"""Chat models by name: ``provider:name``, or any OpenAI-compatible endpoint with a base address."""

import os
from typing import Any
from urllib.parse import urlparse

from langchain_core.language_models import BaseChatModel

from focalface.tools import network
from focalface.tools.errors import ModelMissingError, SettingsError

ANSWER_TOKENS = 800
"""Tokens that one reply of a model may have."""
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}


def load_chat_model(name: str, base_url: str | None = None) -> BaseChatModel:
    """Return the LangChain chat model ``name`` (``openai:gpt-5``, ``ollama:qwen3``).

    With ``base_url`` the provider may be left out: the endpoint speaks the OpenAI protocol.
    Raises ``ModelMissingError`` when its package is not installed and ``SettingsError`` for a
    name or address that cannot be used.
    """
    from langchain.chat_models import init_chat_model

    provider, colon, _ = name.partition(":")
    if not colon:
        if base_url is None:
            raise SettingsError(
                f"'{name}' names no provider; write it like openai:{name}, or give --base-url."
            )
        provider, name = "openai", f"openai:{name}"
    try:
        made = init_chat_model(name, **_options(provider, base_url))
    except ImportError as error:
        package = _EXTRAS.get(provider)
        how = f"pip install 'focalface[{package}]'" if package else str(error)
        raise ModelMissingError(
            f"Models of '{provider}' need a package that is not installed; run: {how}"
        ) from error
    except Exception as error:
        if isinstance(error, OSError) or "proxy" in str(error).lower():
            raise SettingsError(network.unusable(_root_of(error))) from error
        line = " ".join(str(error).split())[:200]
        raise SettingsError(f"The model '{name}' cannot be used: {line}") from error
    assert isinstance(made, BaseChatModel)
    return made


def _root_of(error: Exception) -> Exception:
    """Return what pydantic wrapped: its own text runs over several lines."""
    errors = getattr(error, "errors", None)
    first = errors()[0] if callable(errors) else {}
    cause = first.get("ctx", {}).get("error")
    return cause if isinstance(cause, Exception) else error


def _direct() -> dict[str, Any]:
    """Clients that pass no proxy on their way to this machine."""
    import httpx

    return {
        "http_client": httpx.Client(trust_env=False),
        "http_async_client": httpx.AsyncClient(trust_env=False),
    }


def _options(provider: str, base_url: str | None) -> dict[str, Any]:
    options: dict[str, Any] = {"temperature": 0}
    if provider == "ollama":
        options["num_predict"] = ANSWER_TOKENS
    else:
        options |= {"max_tokens": ANSWER_TOKENS, "timeout": 60, "max_retries": 1}
    if base_url is not None:
        if urlparse(base_url).scheme not in ("http", "https"):
            raise SettingsError(
                f"'{base_url}' is no web address; write it like http://host:8000/v1."
            )
        options["base_url"] = base_url
        if provider == "openai" and network.is_loopback(base_url):
            options |= _direct()
        if provider == "openai" and not os.environ.get("OPENAI_API_KEY"):
            options["api_key"] = "not-needed"  # local endpoints want some key and ignore it
    return options


def leaves_machine(name: str, base_url: str | None) -> bool:
    """Tell whether words go to another machine: not with Ollama or an endpoint on this one."""
    if base_url is not None:
        return urlparse(base_url).hostname not in ("localhost", "127.0.0.1", "::1")
    return not name.startswith("ollama:")
