"""The Trainer of transformers as every stage uses it: its arguments, its log, its checkpoints."""

import csv
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import Trainer, TrainerCallback, TrainingArguments
from transformers.trainer_utils import get_last_checkpoint

from focalface.tools.describers.qwen.load import Device
from focalface.tools.training.finetune.plan import Plan, Stage


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is carried out; none of it changes what is learnt, up to rounding.

    ``per_device``: samples at once on one device; the rest of a step's batch is accumulated.
    ``tower``: the network that the base ``hybrid`` sees with.
    """

    device: str = "auto"
    per_device: int = 2
    workers: int = 0
    checkpointing: bool = False
    four_bit: bool = False
    tower: Path | None = None
    save_every: int = 200
    log_every: int = 10


def arguments(
    folder: Path, stage: Stage, plan: Plan, device: Device, settings: Settings
) -> TrainingArguments:
    """Return arguments for a stage whose checkpoints lie in ``folder``.

    The samples of a step are fixed by the plan: what does not fit at once is accumulated.
    """
    on_cpu = device.name == "cpu"
    made = TrainingArguments(
        output_dir=str(folder / "checkpoints"),
        max_steps=stage.steps,
        per_device_train_batch_size=settings.per_device,
        learning_rate=stage.learning_rate,
        warmup_steps=round(stage.warmup * stage.steps),
        lr_scheduler_type="cosine",
        weight_decay=0.01,
        # On a CPU the weights stay in 32 bits; matrix products in bfloat16 take half the time where
        # its instructions are wide enough, and longer where they are not.
        bf16=device.dtype == "bfloat16"
        or (on_cpu and torch.backends.cpu.get_cpu_capability().startswith("AVX512")),
        fp16=device.dtype == "float16",
        use_cpu=on_cpu,
        activation_checkpointing=settings.checkpointing,
        activation_checkpointing_kwargs={"use_reentrant": False},
        logging_steps=min(settings.log_every, stage.steps),
        save_steps=settings.save_every,
        save_total_limit=1,
        dataloader_num_workers=settings.workers,
        dataloader_pin_memory=device.name.startswith("cuda"),
        train_sampling_strategy="sequential",
        remove_unused_columns=False,
        report_to="none",
        seed=plan.seed,
    )
    at_once = made.per_device_train_batch_size * made.world_size
    made.gradient_accumulation_steps = max(1, round(plan.batch / at_once))
    return made


def samples(made: TrainingArguments) -> int:
    """Tell how many samples a stage with these arguments takes."""
    at_once = made.per_device_train_batch_size * made.world_size
    return made.max_steps * at_once * made.gradient_accumulation_steps


def train(
    model: Any,
    made: TrainingArguments,
    data: Any,
    collate: Any,
    log: "Log",
    restore: Callable[[Path], None],
    loss: Callable[..., Tensor] | None = None,
) -> Trainer:
    """Train from the last checkpoint on, if there is one; ``loss``: another than the model's own.

    ``restore`` puts a checkpoint's weights into the model. The Trainer reads them by the names in
    memory, but saves them by those of the Hub: of a whole Qwen2.5-VL it would find none, and go on
    from random ones.
    """
    trainer = Trainer(
        model=model,
        args=made,
        train_dataset=data,
        data_collator=collate,
        callbacks=[log],
        compute_loss_func=loss,
    )
    checkpoints = Path(str(made.output_dir))
    last = get_last_checkpoint(str(checkpoints)) if checkpoints.is_dir() else None
    if last:
        restore(Path(last))
    trainer.train(resume_from_checkpoint=last)
    return trainer


class Log(TrainerCallback):
    """Appends the Trainer's figures to one CSV file for all stages."""

    def __init__(self, stage: str, file: Path) -> None:
        self._stage = stage
        self._file = file
        self._started = time.monotonic()

    def on_log(
        self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any
    ) -> None:
        """Keep the figures that the Trainer calls this with."""
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
