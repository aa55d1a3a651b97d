"""The chat model that a conversation has chosen, if any, and what to say about it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def provider_of(name: str) -> str:
    """Return who makes the model ``provider:name``; a bare name is an OpenAI-compatible one."""
    provider, colon, _ = name.partition(":")
    return provider if colon else "openai"


class ChosenModel:
    """A model by ``name`` (None: the offline planner), or one that was ``made`` already.

    Costs nothing until :meth:`load`: what it imports takes a second.
    """

    def __init__(
        self,
        name: str | None = None,
        base_url: str | None = None,
        made: "BaseChatModel | None" = None,
    ) -> None:
        self.made = made
        """The LangChain model; None: not loaded yet, or offline."""
        self._name, self._base_url = name, base_url
        self._warned = False
        self._endpoint = (provider_of(name), base_url) if name and base_url else None

    def changed_to(self, name: str | None, base_url: str | None = None) -> "ChosenModel":
        """Return another model in place of this one.

        One of the same provider stays at the address that was given, also by way of ``offline``:
        else words that were meant for an endpoint of one's own would go to the provider.
        """
        provider, address = self._endpoint or ("", None)
        same = name is not None and provider_of(name) == provider
        chosen = ChosenModel(name, base_url or (address if same else None))
        chosen._endpoint = chosen._endpoint or self._endpoint
        return chosen

    @property
    def called(self) -> str:
        """The model as the user named it, or ``offline``."""
        if self.made is not None:
            return self._name or self.made._llm_type
        return self._name or "offline"

    def load(self) -> None:
        """Make the model that was named; raises ``FocalFaceError`` for one that cannot be used."""
        if self._name is not None and self.made is None:
            from focalface.agent.conversation.chat_models import load_chat_model

            self.made = load_chat_model(self._name, self._base_url)

    def warning(self) -> str | None:
        """Said once, before words leave the machine."""
        from focalface.agent.conversation.chat_models import leaves_machine

        if self._name is None or self._warned or not leaves_machine(self._name, self._base_url):
            return None
        self._warned = True
        return f"The question and the tool results go to {self._name} as text; the picture stays."
