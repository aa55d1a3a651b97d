"""Describers: anything that turns (image, face, regions) into region descriptions."""

from typing import TYPE_CHECKING

from focalface.tools.errors import SettingsError
from focalface.tools.factories import made_by

if TYPE_CHECKING:
    from focalface.tools.interfaces import Describer, Mesher
    from focalface.tools.settings import Settings

KINDS = "embedded, qwen[:BASE[+ADAPTER]], remote:MODEL or package.module:factory"


def load(settings: "Settings", mesher: "Mesher") -> "Describer":
    """Return the describer that ``settings.describer`` names; only its own imports are paid for.

    ``mesher`` is reused when it is the embedded describer. Raises ``UsageError`` for an unknown
    name and ``ModelMissingError`` when the optional packages are not installed.
    """
    kind, _, rest = settings.describer.partition(":")
    if kind == "embedded" and not rest:
        return _embedded(settings, mesher)
    if kind == "qwen":
        return _qwen(settings, rest)
    if kind == "remote" and rest:
        return _remote(settings, rest)
    return _own(settings.describer)


def _embedded(settings: "Settings", mesher: "Mesher") -> "Describer":
    from focalface.tools.describers.embedded.describer import EmbeddedDescriber

    if isinstance(mesher, EmbeddedDescriber):
        return mesher
    return EmbeddedDescriber(threads=settings.threads)


def _qwen(settings: "Settings", model: str) -> "Describer":
    from focalface.tools.describers.qwen.describer import QwenDescriber

    base, _, adapter = model.partition("+")
    return QwenDescriber(base or None, adapter or None, device=settings.device)


def _remote(settings: "Settings", model: str) -> "Describer":
    from focalface.tools.describers.language.remote import RemoteDescriber

    return RemoteDescriber(model, base_url=settings.base_url)


def _own(path: str) -> "Describer":
    from focalface.tools.interfaces import Describer

    made = made_by(path, "describer", KINDS)
    if not isinstance(made, Describer):
        raise SettingsError(
            f"'{path}' made a {type(made).__name__}, no describer: it needs name, device, "
            "supported_aus and describe()."
        )
    return made
