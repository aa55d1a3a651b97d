"""K regions of one face on one encoding, against K separate calls, for the Qwen describer.

    python -m focalface.evals.benchmarks.qwen_regions                     # qwen-nano on the CPU
    python -m focalface.evals.benchmarks.qwen_regions --size 3B --device cuda
    python -m focalface.evals.benchmarks.qwen_regions --size 3B --dtype bfloat16 --counts 1 8

Weights are random: they take the same time as trained ones, and no download. Both sides use the
same prompts and the same decoding loop and write the same number of tokens.
"""

import argparse
import time
from typing import Any

import numpy as np
import PIL.Image

from focalface.tools.describers.language import focal
from focalface.tools.describers.language.answer_format import write_answer
from focalface.tools.describers.qwen import run
from focalface.tools.describers.qwen.chatml import Encoded
from focalface.tools.describers.qwen.decode import decode, encode_prefix
from focalface.tools.describers.qwen.load import choose_device
from focalface.tools.face.regions import BASIC


def main() -> None:
    """Print a table of seconds and their ratio by number of regions."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", choices=("nano", "3B", "7B"), default="nano")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--dtype", help="of the weights; left out: the device's own")
    parser.add_argument("--counts", type=int, nargs="+", default=(1, 2, 4, 8, 16), metavar="K")
    parser.add_argument("--new", type=int, default=96, help="tokens an answer")
    parser.add_argument("--rounds", type=int, default=3, help="the fastest one counts")
    chosen = parser.parse_args()
    device = choose_device(chosen.device)
    runner = _runner(chosen.size, device.name, chosen.dtype or device.dtype)
    sizes = focal.Sizes(168, 84) if chosen.size == "nano" else focal.Sizes()
    prefix, regions = _prompts(runner, sizes, max(chosen.counts))
    count = sum(p.numel() for p in runner.model.parameters()) / 1e6
    print(
        f"{chosen.size}: {count:,.1f} M parameters, {device.name}, "
        f"{runner.model.dtype}; prefix {len(prefix)} tokens, region {len(regions[0])}, "
        f"answer {chosen.new}"
    )
    print("| regions | together s | apart s | ratio |\n| --- | --- | --- | --- |")
    for k in chosen.counts:
        both = [
            (
                _seconds(runner.model, [(prefix, regions[:k])], chosen.new),
                _seconds(runner.model, [(prefix, [r]) for r in regions[:k]], chosen.new),
            )
            for _ in range(chosen.rounds)
        ]
        together, apart = (min(column) for column in zip(*both, strict=True))
        print(f"| {k} | {together:.2f} | {apart:.2f} | {apart / together:.1f} |")


def _runner(size: str, device: str, dtype: str) -> run.Runner:
    import torch
    from transformers import Qwen2_5_VLForConditionalGeneration

    from focalface.tools.training.finetune import model as finetune_model
    from focalface.tools.training.finetune import nano

    example = write_answer(
        units={("AU12", "both"): 0.6},
        absent=["AU15"],
        emotion="happiness",
        age_group="30-39",
        cannot_tell=[],
        text="The lip corners are pulled up.",
    )
    texts = [focal.system_text(), focal.task_text(focal.Sizes()), example]
    tokens = nano.tokenizer(texts)
    if size == "nano":
        model = nano.model(tokens)
    else:
        config = finetune_model.true_config(f"Qwen/Qwen2.5-VL-{size}-Instruct")
        config.image_token_id = tokens.convert_tokens_to_ids("<|image_pad|>")
        with torch.device(device):
            torch.set_default_dtype(getattr(torch, dtype))
            model = Qwen2_5_VLForConditionalGeneration(config)
            torch.set_default_dtype(torch.float32)
    return run.Runner(model.to(device).eval(), tokens, nano.image_processor())


def _prompts(runner: run.Runner, sizes: focal.Sizes, count: int) -> tuple[Encoded, list[Encoded]]:
    random = np.random.default_rng(0)

    def picture(side: int) -> PIL.Image.Image:
        return PIL.Image.fromarray(random.integers(0, 255, (side, side, 3), dtype=np.uint8))

    prefix = runner.prefix(picture(sizes.face), focal.task_text(sizes))
    asks = [
        focal.RegionAsk(picture(sizes.crop), f"Region: {name}, box [10, 20, 60, 50].")
        for name in BASIC[:count]
    ]
    return prefix, [runner.region(ask) for ask in asks]


def _seconds(model: Any, calls: list[tuple[Encoded, list[Encoded]]], new: int) -> float:
    started = time.perf_counter()
    for prefix, regions in calls:
        # No token has the id -1, so that every answer has its full length.
        decode(model, encode_prefix(model, prefix), regions, end_id=-1, max_new=new)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
