"""A loaded Qwen2.5-VL at work: prompts in, readings out; the part of the describer with torch."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import PIL.Image

from focalface import prompts
from focalface.tools.describers.language import focal
from focalface.tools.describers.language.parse import NOTHING, ParsedAnswer, parse
from focalface.tools.describers.qwen import grammar
from focalface.tools.describers.qwen.chatml import Codec, Encoded, Turn
from focalface.tools.describers.qwen.decode import Decoded, Prefix, decode, encode_prefix
from focalface.tools.describers.qwen.probe import EmotionProbe
from focalface.tools.geometry.scope import Scope
from focalface.tools.types import EMOTIONS, Emotion

BATCH = 16
"""Regions decoded at once; more are done in several batches on the same encoding."""
MAX_NEW = 500
"""Most tokens of an answer; the longest that training teaches has about 250, that of the grammar
with Qwen's own tokenizer some 480."""
_REPAIR_KEEPS = 200

Count = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one region's answer says.

    ``emotion_scores``: the model's own probabilities, where its answer named an emotion.
    ``late``: the deadline passed before the answer was complete.
    """

    reading: ParsedAnswer
    emotion_scores: dict[Emotion, float] | None
    late: bool


class Runner:
    """One loaded model; not safe between threads."""

    def __init__(self, model: Any, tokenizer: Any, image_processor: Any) -> None:
        self.model = model
        self.codec = Codec(tokenizer, image_processor)
        self._probe = EmotionProbe.of(self.codec)
        self._grammars: grammar.Grammars | None = None
        if grammar.available():
            words = model.config.text_config.vocab_size
            self._grammars = grammar.Grammars(tokenizer, words, self.codec.end_id)

    def answers(
        self,
        picture: PIL.Image.Image,
        task: str,
        asks: Sequence[focal.RegionAsk],
        scopes: Sequence[Scope],
        *,
        deadline: float | None = None,
        count: Count = lambda finished: None,
    ) -> list[Answer]:
        """Return answers in order: one encoding of the picture, regions in batches, one repair try.

        ``deadline``: a time of ``time.monotonic``. ``count`` gets the number of finished answers.
        """
        prefix = encode_prefix(self.model, self.prefix(picture, task))
        found: list[Answer] = []
        for first in range(0, len(asks), BATCH):
            part = slice(first, first + BATCH)

            def counted(finished: int, before: int = first) -> None:
                count(before + finished)

            made = [self.region(ask) for ask in asks[part]]
            found += self._batch(prefix, made, scopes[part], deadline, counted)
        return found

    def prefix(self, picture: PIL.Image.Image, task: str) -> Encoded:
        """Return the part of the prompt that all regions share."""
        start = self.codec.turns([Turn("system", (focal.system_text(),))])
        return start.extend(self.codec.open_turn(Turn("user", (picture, task))))

    def region(self, ask: focal.RegionAsk) -> Encoded:
        """Return one region's part of the prompt, up to where its answer begins."""
        piece = self.codec.parts((ask.picture, ask.text))
        return piece.extend(self.codec.close_turn("user")).extend(self.codec.ask_answer())

    def _batch(
        self,
        prefix: Prefix,
        made: Sequence[Encoded],
        scopes: Sequence[Scope],
        deadline: float | None,
        count: Count,
    ) -> list[Answer]:
        rows = self._decode(prefix, made, scopes, deadline, count)
        readings = [parse(self.codec.decode(row.ids)) for row in rows]
        broken = [i for i, reading in enumerate(readings) if reading == NOTHING and rows[i].ids]
        if broken and not _over(deadline):
            again = [self._repair(made[i], rows[i].ids) for i in broken]
            mended = self._decode(prefix, again, [scopes[i] for i in broken], deadline, count)
            for i, row in zip(broken, mended, strict=True):
                rows[i], readings[i] = row, parse(self.codec.decode(row.ids))
        over = _over(deadline)
        return [
            Answer(reading, self._emotion(row), late=over and not row.finished)
            for row, reading in zip(rows, readings, strict=True)
        ]

    def _decode(
        self,
        prefix: Prefix,
        made: Sequence[Encoded],
        scopes: Sequence[Scope],
        deadline: float | None,
        count: Count,
    ) -> list[Decoded]:
        grammars = self._grammars
        decoded: list[Decoded] = decode(
            self.model,
            prefix,
            made,
            end_id=self.codec.end_id,
            max_new=MAX_NEW,
            constraints=None if grammars is None else [grammars.constraint(s) for s in scopes],
            watch=self._probe.watch if self._probe else (),
            deadline=deadline,
            on_finished=count,
        )
        return decoded

    def _repair(self, asked: Encoded, answer: list[int]) -> Encoded:
        """Return the conversation so far, and the request to answer in a form that can be read."""
        again = Encoded().extend(asked)
        again.add(answer[:_REPAIR_KEEPS])
        again.extend(self.codec.close_turn("assistant"))
        request = prompts.load("focal_repair").text
        again.extend(self.codec.turns([Turn("user", (request,))]))
        return again.extend(self.codec.ask_answer())

    def _emotion(self, row: Decoded) -> dict[Emotion, float] | None:
        scores = self._probe.read(row.ids, row.watched) if self._probe else None
        return None if scores is None else dict(zip(EMOTIONS, scores, strict=True))


def _over(deadline: float | None) -> bool:
    return deadline is not None and time.monotonic() >= deadline
