"""What the agent itself costs: understanding a question, and an offline turn without its tools.

    python -m focalface.evals.benchmarks.agent

The face tools run as a process of their own, so that processor time of this one is what the agent
costs, on a busy machine too.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import PIL.Image
import skimage.data

from focalface.agent.conversation.session import Session
from focalface.agent.understanding import parse

QUESTIONS = (
    "what is the left eyebrow doing?",
    "is the smile genuine?",
    "how does she feel?",
    "how old does she look?",
    "compare the left with the right side",
    "summarise the face",
    "why?",
    "who is this?",
)


async def _turns(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portrait.png"
        PIL.Image.fromarray(skimage.data.astronaut()).save(path)
        own: dict[str, list[float]] = {question: [] for question in QUESTIONS}
        async with Session(isolated=True) as session:
            await session.open(path)
            await session.answer("help")  # the agent's library loads on the first turn
            for _ in range(rounds):
                for question in QUESTIONS:
                    start = time.process_time()
                    await session.answer(question)
                    own[question].append((time.process_time() - start) * 1000)
                await session.forget()
                await session.open(path)
                await session.answer("help")
    print("Processor time of the agent's own process in an offline turn, median in ms:")
    for question, times in own.items():
        print(f"  {statistics.median(times):6.1f}  {question}")


def _parsing(rounds: int) -> None:
    times = []
    for question in QUESTIONS:
        parse(question)  # patterns compile on the first question
        for _ in range(rounds):
            start = time.perf_counter()
            parse(question)
            times.append((time.perf_counter() - start) * 1000)
    print(f"Understanding a question, median: {statistics.median(times):.2f} ms")


def main() -> None:
    """Run everything."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    _parsing(50)
    asyncio.run(_turns(5))


if __name__ == "__main__":
    main()
