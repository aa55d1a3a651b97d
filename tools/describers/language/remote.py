"""``--describer remote:MODEL --base-url URL``: any OpenAI-compatible endpoint, same prompts.

Only the square around the face leaves the machine, as fresh JPEG data without metadata; every
result says so. The picture of the face comes first and is the same in all requests, so an engine
with prefix caching encodes it once. With vLLM, for instance::

    vllm serve Qwen/Qwen2.5-VL-3B-Instruct --enable-prefix-caching \\
        --limit-mm-per-prompt '{"image": 2}' --enable-lora --lora-modules focal=ADAPTER_FOLDER
    focalface describe photo.jpg --describer remote:focal --base-url http://localhost:8000/v1

Timeouts, retries with growing pauses and ``Retry-After`` are those of the ``openai`` client. The
key is read from ``OPENAI_API_KEY``; endpoints without keys need none.
"""

import base64
import io
import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any
from urllib.parse import urlsplit

import PIL.Image

from focalface import prompts
from focalface.tools import network
from focalface.tools.describers.language import focal, results
from focalface.tools.describers.language.answer_format import schema
from focalface.tools.describers.language.parse import NOTHING, ParsedAnswer, parse
from focalface.tools.describers.language.results import Provenance
from focalface.tools.errors import DeadlineError, ModelMissingError, RemoteError, SettingsError
from focalface.tools.face import facs
from focalface.tools.forking import ForkSafeLock, renew_after_fork
from focalface.tools.geometry.scope import Scope, scope_of
from focalface.tools.interfaces import Progress
from focalface.tools.pictures.images import Image
from focalface.tools.types import Face, Region, RegionDescription

SIZES = focal.Sizes(face=448, crop=224)
AT_ONCE = 4
"""Requests in flight at once."""
TIMEOUT_S = 60.0
"""Time for one request, unless the caller's deadline is nearer."""
RETRIES = 4
MAX_NEW = 500
_LOCAL = ("localhost", "127.0.0.1", "::1")
_log = logging.getLogger(__name__)


class RemoteDescriber:
    """Describes regions through an endpoint; safe between threads."""

    def __init__(self, model: str, *, base_url: str | None) -> None:
        """Raises ``SettingsError`` without a usable address."""
        parts = urlsplit(base_url or "")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError(
                "The describer 'remote' needs the endpoint's address: "
                "--base-url http://localhost:8000/v1."
            )
        self._model = model
        self._url = str(base_url)
        self._host = parts.hostname
        self._schema = True
        self._told = False
        self._client: Any = None
        self._lock = ForkSafeLock()
        renew_after_fork(self)

    def renew(self) -> None:
        """Have a forked child open connections of its own."""
        self._client = None

    @property
    def name(self) -> str:
        """``remote:MODEL``."""
        return f"remote:{self._model}"

    @property
    def device(self) -> str:
        """The endpoint's host."""
        return f"remote ({self._host})"

    @property
    def supported_aus(self) -> frozenset[str]:
        """Every unit of the product: what the model behind the endpoint can do is not known."""
        return frozenset(facs.CODES)

    @property
    def notes(self) -> tuple[str, ...]:
        """What every result says about where the picture went."""
        where = "this machine" if self._host in _LOCAL else f"{self._host}, off this machine"
        return (f"The face crop was sent to the model '{self._model}' on {where}.",)

    def describe(
        self,
        image: Image,
        face: Face,
        regions: Sequence[Region],
        *,
        timeout_s: float | None = None,
        progress: Progress | None = None,
    ) -> list[RegionDescription]:
        """Return one description a region, in input order, several requests at once.

        Raises ``RemoteError`` when the endpoint fails for every region, ``DeadlineError`` when
        none is done in time; a region that fails alone comes back with a limit that says why.
        """
        started = time.monotonic()
        deadline = None if timeout_s is None else started + timeout_s
        scopes = [scope_of(face, region) for region in regions]
        asked = [i for i, scope in enumerate(scopes) if not scope.empty]

        def done(count: int) -> None:
            if progress is not None:
                progress(len(regions) - len(asked) + count, len(regions))

        wanted = {i: (regions[i], scopes[i]) for i in asked}
        found = self._answers(image, face, wanted, deadline, done) if wanted else {}
        failures = [f for f in found.values() if isinstance(f, Exception)]
        if failures and len(failures) == len(found):
            raise failures[0]
        spent = (time.monotonic() - started) * 1000 / max(len(regions), 1)
        made = Provenance(self.name, self.device, spent, self.notes)
        return [
            self._result(region, scope, found.get(i), made)
            for i, (region, scope) in enumerate(zip(regions, scopes, strict=True))
        ]

    def _answers(
        self,
        image: Image,
        face: Face,
        wanted: Mapping[int, tuple[Region, Scope]],
        deadline: float | None,
        done: Callable[[int], None],
    ) -> dict[int, ParsedAnswer | Exception]:
        """Ask for several regions at once; ``done`` is told how many answers have come."""
        client = self._connected()
        window = focal.face_window(face, SIZES)
        picture = _data_url(window.cut(image.rgb))
        found: dict[int, ParsedAnswer | Exception] = {}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            jobs = {}
            for i, (region, scope) in wanted.items():
                ask = focal.region_ask(image.rgb, window, region, scope, SIZES)
                jobs[pool.submit(self._answer, client, picture, ask, scope, deadline)] = i
            for job in as_completed(jobs):
                error = job.exception()
                if error is not None and not isinstance(error, RemoteError | DeadlineError):
                    raise error
                found[jobs[job]] = error if isinstance(error, Exception) else job.result()
                done(len(found))
        return found

    def _result(
        self, region: Region, scope: Scope, found: ParsedAnswer | Exception | None, made: Provenance
    ) -> RegionDescription:
        if found is None:
            return results.unfinished(region, scope, made, results.hidden(region))
        if isinstance(found, Exception):
            return results.unfinished(region, scope, made, str(found))
        return results.describe(region, scope, found, made, supported=self.supported_aus)

    def _answer(
        self,
        client: Any,
        picture: str,
        ask: focal.RegionAsk,
        scope: Scope,
        deadline: float | None,
    ) -> ParsedAnswer:
        """Ask about one region, and once more when the answer cannot be read."""
        messages: list[dict[str, Any]] = [
            {"role": "system", "content": focal.system_text()},
            {
                "role": "user",
                "content": [
                    {"type": "image_url", "image_url": {"url": picture}},
                    {"type": "text", "text": focal.task_text(SIZES)},
                    {"type": "image_url", "image_url": {"url": _data_url(ask.picture)}},
                    {"type": "text", "text": ask.text},
                ],
            },
        ]
        said = self._complete(client, messages, scope, deadline)
        reading = parse(said)
        if reading != NOTHING:
            return reading
        messages.append({"role": "assistant", "content": said or "(nothing)"})
        messages.append({"role": "user", "content": prompts.load("focal_repair").text})
        return parse(self._complete(client, messages, scope, deadline))

    def _complete(
        self, client: Any, messages: list[dict[str, Any]], scope: Scope, deadline: float | None
    ) -> str:
        import openai

        left = TIMEOUT_S if deadline is None else min(TIMEOUT_S, deadline - time.monotonic())
        if left <= 0:
            raise DeadlineError("The time allowed was over before this region was described.")
        shape: dict[str, Any] = {}
        if self._schema:
            shape["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "region", "schema": schema(scope)},
            }
        try:
            made = client.with_options(timeout=left).chat.completions.create(
                model=self._model, messages=messages, temperature=0, max_tokens=MAX_NEW, **shape
            )
        except openai.BadRequestError as error:
            if not self._schema:
                raise RemoteError(self._sentence(error)) from None
            # Some endpoints know no schemas: ask in words alone from now on.
            self._schema = False
            return self._complete(client, messages, scope, deadline)
        except openai.OpenAIError as error:
            if deadline is not None and time.monotonic() >= deadline:
                raise DeadlineError(
                    "The endpoint did not answer within the time allowed."
                ) from None
            raise RemoteError(self._sentence(error)) from None
        choices = made.choices or []
        return str(choices[0].message.content or "") if choices else ""

    def _sentence(self, error: Exception) -> str:
        import openai

        if isinstance(error, openai.APITimeoutError):
            return f"{self._host} did not answer in {TIMEOUT_S:g} s; check it or ask for less."
        if isinstance(error, openai.APIConnectionError):
            if proxy := network.proxy_of(self._url):
                return (
                    f"{self._host} cannot be reached through the proxy {proxy}; check the proxy, "
                    "or name the host in NO_PROXY."
                )
            return f"{self._host} cannot be reached; check --base-url and that it is running."
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return f"{self._host} refused the key; set OPENAI_API_KEY to a valid one."
        if isinstance(error, openai.NotFoundError):
            return f"{self._host} has no model '{self._model}'; check the name after 'remote:'."
        if isinstance(error, openai.RateLimitError):
            return f"{self._host} limits the rate even after {RETRIES} retries; wait and try again."
        if isinstance(error, openai.APIStatusError):
            said = " ".join(str(error.message).split())[:200]
            return f"{self._host} answered with status {error.status_code} ({said}); see its log."
        return f"{self._host} gave an answer that cannot be used ({type(error).__name__})."

    def _connected(self) -> Any:
        with self._lock:
            if self._client is None:
                try:
                    import openai
                except ImportError:
                    raise ModelMissingError(
                        "The describer 'remote' needs the package 'openai'; "
                        "install it with: pip install 'focalface[openai]'."
                    ) from None
                key = os.environ.get("OPENAI_API_KEY") or "none"
                try:
                    self._client = openai.OpenAI(
                        base_url=self._url,
                        api_key=key,
                        max_retries=RETRIES,
                        timeout=TIMEOUT_S,
                        http_client=openai.DefaultHttpxClient(
                            trust_env=not network.is_loopback(self._url)
                        ),
                    )
                except (ValueError, OSError, ImportError) as error:
                    raise SettingsError(network.unusable(error)) from None
            if not self._told and self._host not in _LOCAL:
                self._told = True
                _log.warning("Pictures leave this machine: face crops are sent to %s.", self._host)
            return self._client


def _data_url(picture: PIL.Image.Image) -> str:
    """JPEG data made from pixels alone, so that no metadata of the photo goes along."""
    out = io.BytesIO()
    picture.save(out, format="JPEG", quality=92)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"
