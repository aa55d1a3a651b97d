"""``focalface finetune``: stage after stage with peft and the Trainer of transformers.

The output folder::

    run.json            base, plan and corpus; another run in the same folder is refused
    log.csv             stage, step, loss, learning rate, seconds
    evaluation.csv      one row a stage, on one fixed set, and the majority answer
    1-attributes/       the weights after the stage (adapters, or all of qwen-nano); done.json last
    final/              the last stage's weights with their card: what the describer loads

A broken-off run goes on after the last finished stage, and within a stage after the last checkpoint
of it.
"""

import csv
import dataclasses
import json
import shutil
import time
from pathlib import Path
from typing import Any

from transformers import Trainer, TrainerCallback, TrainingArguments
from transformers.trainer_utils import get_last_checkpoint

from focalface.tools.errors import UsageError
from focalface.tools.training import finetune_card, finetune_model
from focalface.tools.training.finetune_data import Corpus, StageData, collate, ordered
from focalface.tools.training.finetune_eval import (
    Scores,
    evaluate,
    fixed_faces,
    majority_scores,
)
from focalface.tools.training.finetune_model import NANO, Loaded
from focalface.tools.training.finetune_plan import Plan, Stage
from focalface.tools.training.finetune_score import MEASURES


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """How a run is carried out; none of it changes what is learnt, up to rounding.

    ``per_device``: samples at once on one device; the rest of a step's batch is accumulated.
    """

    device: str = "auto"
    per_device: int = 2
    workers: int = 0
    checkpointing: bool = False
    four_bit: bool = False
    save_every: int = 200
    log_every: int = 10


def run(
    corpus_folder: Path, out: Path, base: str, plan: Plan, settings: Settings
) -> list[dict[str, Any]]:
    """Runs every stage that is not done yet; returns the rows of ``evaluation.csv``.

    Raises ``UsageError`` for a folder of another run or a corpus that lacks a task.
    """
    train, held_out = Corpus(corpus_folder), Corpus(corpus_folder, "validation")
    _same_run_or_new(out, base, plan, train)
    faces = fixed_faces(held_out, plan.evaluate, plan.seed)
    if not faces:
        raise UsageError("The corpus has no validation faces; build it from more subjects.")
    loaded = finetune_model.load(
        base, plan, train, device=settings.device, four_bit=settings.four_bit
    )
    rows = [_row("majority", majority_scores(train, faces), 0.0)]
    for number, stage in enumerate(plan.stages, start=1):
        folder = out / f"{number}-{stage.name}"
        done = folder / "done.json"
        if done.is_file():
            finetune_model.restore(loaded, folder)
            rows.append(json.loads(done.read_text(encoding="utf-8")))
            continue
        started = time.monotonic()
        trainer = _train(loaded, train, stage, plan, settings, folder, out / "log.csv")
        if trainer.is_world_process_zero():
            scores, judged = evaluate(_core(loaded), loaded.codec, faces, corpus_folder)
            rows.append(_row(stage.name, scores, time.monotonic() - started))
            finetune_model.save(loaded, folder)
            _write_answers(folder / "answers.jsonl", judged)
            done.write_text(json.dumps(rows[-1]), encoding="utf-8")
            shutil.rmtree(folder / "checkpoints", ignore_errors=True)
            _write_rows(out / "evaluation.csv", rows)
        trainer.accelerator.wait_for_everyone()
        if trainer.is_world_process_zero() and stage == plan.stages[-1]:
            _finish(folder, out / "final", base, plan, train, rows)
    return rows


def _train(
    loaded: Loaded,
    corpus: Corpus,
    stage: Stage,
    plan: Plan,
    settings: Settings,
    folder: Path,
    log: Path,
) -> Trainer:
    finetune_model.choose_trained(loaded, stage.train)
    on_cpu = loaded.device.name == "cpu"
    arguments = TrainingArguments(
        output_dir=str(folder / "checkpoints"),
        max_steps=stage.steps,
        per_device_train_batch_size=settings.per_device,
        learning_rate=stage.learning_rate,
        warmup_steps=round(stage.warmup * stage.steps),
        lr_scheduler_type="cosine",
        weight_decay=0.01,
        # On a CPU the weights stay in 32 bits; matrix products in bfloat16 take half the time.
        bf16=loaded.device.dtype == "bfloat16" or on_cpu,
        fp16=loaded.device.dtype == "float16",
        use_cpu=on_cpu,
        activation_checkpointing=settings.checkpointing,
        activation_checkpointing_kwargs={"use_reentrant": False},
        logging_steps=min(settings.log_every, stage.steps),
        save_steps=settings.save_every,
        save_total_limit=1,
        dataloader_num_workers=settings.workers,
        dataloader_pin_memory=loaded.device.name.startswith("cuda"),
        train_sampling_strategy="sequential",
        remove_unused_columns=False,
        report_to="none",
        seed=plan.seed,
    )
    # The samples of a step are fixed by the plan: what does not fit at once is accumulated.
    at_once = settings.per_device * arguments.world_size
    arguments.gradient_accumulation_steps = max(1, round(plan.batch / at_once))
    lines = ordered(
        corpus, stage, stage.steps * at_once * arguments.gradient_accumulation_steps, plan.seed
    )
    trainer = Trainer(
        model=loaded.model,
        args=arguments,
        train_dataset=StageData(corpus, lines, loaded.codec),
        data_collator=collate,
        callbacks=[_Log(stage.name, log)],
    )
    checkpoints = folder / "checkpoints"
    last = get_last_checkpoint(str(checkpoints)) if checkpoints.is_dir() else None
    if last:
        # The Trainer reads weights by the names in memory, but saves them by those of the Hub: of
        # a whole Qwen2.5-VL it would find none, and go on from random ones.
        finetune_model.restore(loaded, Path(last))
    trainer.train(resume_from_checkpoint=last)
    return trainer


class _Log(TrainerCallback):
    """Appends the Trainer's figures to one CSV file for all stages."""

    def __init__(self, stage: str, file: Path) -> None:
        self._stage = stage
        self._file = file
        self._started = time.monotonic()

    def on_log(
        self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any
    ) -> None:
        """Called by the Trainer with its figures."""
        if not state.is_world_process_zero or not logs or "loss" not in logs:
            return
        new = not self._file.is_file()
        with self._file.open("a", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            if new:
                table.writerow(["stage", "step", "loss", "learning_rate", "seconds"])
            seconds = round(time.monotonic() - self._started, 1)
            table.writerow(
                [self._stage, state.global_step, logs["loss"], logs.get("learning_rate"), seconds]
            )


def _core(loaded: Loaded) -> Any:
    """The Qwen2.5-VL itself, adapters inside it."""
    return loaded.model.get_base_model() if loaded.adapters else loaded.model


def _row(stage: str, scores: Scores, seconds: float) -> dict[str, Any]:
    return {"stage": stage, **scores, "seconds": round(seconds, 1)}


def _finish(
    last: Path, final: Path, base: str, plan: Plan, corpus: Corpus, rows: list[dict[str, Any]]
) -> None:
    """The last stage's weights and their card, without the traces of training."""
    unfinished = final.with_name("final.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    leave = shutil.ignore_patterns("done.json", "answers.jsonl", "checkpoints", "README.md")
    shutil.copytree(last, unfinished, ignore=leave)
    if base == NANO:
        finetune_model.halve(unfinished)
    finetune_card.write(unfinished, base, plan, corpus, rows)
    shutil.rmtree(final, ignore_errors=True)
    unfinished.rename(final)


def _same_run_or_new(out: Path, base: str, plan: Plan, corpus: Corpus) -> None:
    mark = {
        "base": base,
        "plan": plan.model_dump(mode="json"),
        "corpus": json.loads((corpus.folder / "build.json").read_text(encoding="utf-8"))["mark"],
        "samples": len(corpus),
    }
    file = out / "run.json"
    if file.is_file():
        if json.loads(file.read_text(encoding="utf-8")) != mark:
            raise UsageError(
                f"'{out}' holds a run of another plan, base or corpus; choose another."
            )
        return
    out.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(mark, indent=2), encoding="utf-8")


def _write_rows(file: Path, rows: list[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, ["stage", *MEASURES, "seconds"])
        table.writeheader()
        table.writerows(
            {k: round(v, 4) if isinstance(v, float) else v for k, v in row.items()} for row in rows
        )


def _write_answers(file: Path, judged: list[Any]) -> None:
    lines = (json.dumps(dataclasses.asdict(j), ensure_ascii=False) for j in judged)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
