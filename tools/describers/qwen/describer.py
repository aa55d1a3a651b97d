"""``--describer qwen[:BASE[+ADAPTER]]``: Qwen2.5-VL on this machine, with or without fine-tuning.

One picture of the face is encoded once for all regions, which are then decoded as one batch
(:mod:`focalface.tools.describers.qwen.decode`) under the answer's JSON schema where llguidance is
installed. Nothing is downloaded.
"""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from focalface.tools.describers.language import focal, results
from focalface.tools.describers.language.results import Provenance
from focalface.tools.describers.qwen.load import choose_device, find_weights, load_model
from focalface.tools.errors import DeadlineError, ModelMissingError
from focalface.tools.forking import ForkSafeLock
from focalface.tools.geometry import visible
from focalface.tools.geometry.scope import Scope, scope_of
from focalface.tools.interfaces import Progress
from focalface.tools.pictures.images import Image
from focalface.tools.types import Face, Region, RegionDescription

if TYPE_CHECKING:
    from focalface.tools.describers.qwen.run import Answer, Runner

OUT_OF_TIME = "The time allowed was over before this region was described."


class QwenDescriber:
    """Describes regions with a local Qwen2.5-VL, loaded on first use; threads may share it."""

    def __init__(
        self, base: str | None = None, adapter: str | None = None, *, device: str = "auto"
    ) -> None:
        """Settles weights and device; raises ``ModelMissingError`` or ``DeviceError`` at once."""
        self._weights = find_weights(base, adapter)
        try:
            self._device = choose_device(device)
        except ImportError as error:
            raise ModelMissingError(
                f"The describer 'qwen' needs the package '{error.name}'; "
                "install it with: pip install 'focalface[qwen]'."
            ) from None
        self._runner: Runner | None = None
        self._lock = ForkSafeLock()

    @property
    def name(self) -> str:
        """``qwen:BASE+ADAPTER`` with the last parts of their names."""
        return self._weights.name

    @property
    def device(self) -> str:
        """Where it runs and why."""
        return self._device.words

    @property
    def supported_aus(self) -> frozenset[str]:
        """Units that training taught; every unit of the product for an untuned base."""
        return self._weights.units

    def describe(
        self,
        image: Image,
        face: Face,
        regions: Sequence[Region],
        *,
        timeout_s: float | None = None,
        progress: Progress | None = None,
    ) -> list[RegionDescription]:
        """Return one description a region, in input order; hidden regions never reach the model.

        An exception raised by ``progress`` stops decoding and passes through, which is how a
        caller cancels. Raises ``ModelError`` or ``DeadlineError``.
        """
        started = time.monotonic()
        deadline = None if timeout_s is None else started + timeout_s
        scopes = [scope_of(face, region) for region in regions]
        asked = [i for i, scope in enumerate(scopes) if not scope.empty]
        answers: dict[int, Answer] = {}
        if asked:
            count = _counted(progress, len(regions), len(regions) - len(asked))
            found = self._ask(
                image, face, [(regions[i], scopes[i]) for i in asked], deadline, count
            )
            answers = dict(zip(asked, found, strict=True))
        if asked and all(answer.late for answer in answers.values()):
            raise DeadlineError(
                f"No region was described within {timeout_s:g} s on {self._device.name}; "
                "allow more time or ask for fewer regions."
            )
        spent = (time.monotonic() - started) * 1000 / max(len(regions), 1)
        made = Provenance(self.name, self.device, spent, self._weights.notes)
        return [
            self._result(face, region, scope, answers.get(i), made)
            for i, (region, scope) in enumerate(zip(regions, scopes, strict=True))
        ]

    def _ask(
        self,
        image: Image,
        face: Face,
        targets: Sequence[tuple[Region, Scope]],
        deadline: float | None,
        count: Callable[[int], None],
    ) -> "list[Answer]":
        sizes = self._weights.sizes
        window = focal.face_window(face, sizes)
        asks = [focal.region_ask(image.rgb, window, r, scope, sizes) for r, scope in targets]
        with self._lock:
            if self._runner is None:
                loaded = load_model(self._weights, self._device)
                from focalface.tools.describers.qwen.run import Runner

                self._runner = Runner(*loaded)
            return self._runner.answers(
                window.cut(image.rgb),
                focal.task_text(sizes),
                asks,
                [scope for _, scope in targets],
                deadline=deadline,
                count=count,
            )

    def _result(
        self, face: Face, region: Region, scope: Scope, answer: "Answer | None", made: Provenance
    ) -> RegionDescription:
        if answer is None:
            return results.unfinished(region, scope, made, results.hidden(region))
        if answer.late:
            return results.unfinished(region, scope, made, OUT_OF_TIME)
        return results.describe(
            region,
            scope,
            answer.reading,
            made,
            supported=self.supported_aus,
            emotion_scores=answer.emotion_scores,
            places=visible.facing(face, scope.places),
        )


def _counted(progress: Progress | None, total: int, skipped: int) -> Callable[[int], None]:
    """Reports growth of the number of finished regions only."""
    last = 0

    def count(finished: int) -> None:
        nonlocal last
        if progress is not None and finished > last:
            last = finished
            progress(skipped + finished, total)

    return count
