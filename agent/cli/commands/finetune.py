"""``focalface finetune``: progressive fine-tuning of Qwen2.5-VL into a region describer."""

import contextlib
import json
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from focalface.agent.cli.options import AsJson

if TYPE_CHECKING:
    from focalface.tools.training.finetune.estimate import Estimate
    from focalface.tools.training.finetune.plan import Plan

Corpus = Annotated[
    Path | None, typer.Argument(help="Folder made by 'focalface data build'.", show_default=False)
]
Out = Annotated[
    Path | None, typer.Option("--out", help="Folder of the run; an unfinished one goes on.")
]
Check = Annotated[
    str | None, typer.Option("--check", metavar="BASE", help="Verify a base, and train nothing.")
]
Base = Annotated[
    str,
    typer.Option("--base", help="Hub name, model folder, or one from scratch: nano, mini, hybrid."),
]
Stages = Annotated[Path | None, typer.Option(help="Plan in YAML; default: the one that ships.")]
Scale = Annotated[float, typer.Option(min=0.0001, help="Factor on the steps of all stages.")]
Single = Annotated[
    bool, typer.Option("--single-stage", help="Everything at once: the comparison for the stages.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Report memory, tokens and time only.")]
Tower = Annotated[
    Path | None, typer.Option(help="Checkpoint of the reading network, for the base 'hybrid'.")
]
PerDevice = Annotated[int, typer.Option(min=1, help="Samples at once on one device.")]
Checkpointing = Annotated[
    bool, typer.Option("--gradient-checkpointing", help="Less memory for more time.")
]
FourBit = Annotated[bool, typer.Option("--four-bit", help="Base weights in 4 bits (bitsandbytes).")]
Device = Annotated[str, typer.Option(help="auto, cpu, mps, cuda or cuda:N.")]
Workers = Annotated[int, typer.Option(min=0, help="Processes that read pictures.")]


def register(app: typer.Typer) -> None:
    """Add the command ``finetune``."""
    app.command()(finetune)


def finetune(
    corpus: Corpus = None,
    out: Out = None,
    check: Check = None,
    base: Base = "Qwen/Qwen2.5-VL-3B-Instruct",
    stages: Stages = None,
    steps_scale: Scale = 1.0,
    single_stage: Single = False,
    dry_run: DryRun = False,
    per_device: PerDevice = 2,
    gradient_checkpointing: Checkpointing = False,
    four_bit: FourBit = False,
    tower: Tower = None,
    device: Device = "auto",
    workers: Workers = 0,
    as_json: AsJson = False,
) -> None:
    """Fine-tune Qwen2.5-VL in progressive stages; several GPUs through 'accelerate launch'."""
    from focalface.tools.errors import ModelMissingError, UsageError
    from focalface.tools.training.finetune.plan import STAGES, load_plan

    # peft still asks transformers by an old name; nothing that a user could mend.
    warnings.filterwarnings("ignore", ".is_gradient_checkpointing", FutureWarning)
    if check is not None:
        _check(check, device, as_json)
        return
    if corpus is None or out is None:
        raise UsageError("Give a corpus and --out FOLDER, or --check BASE.")
    plan = load_plan(stages or STAGES, base=base).scaled(steps_scale)
    plan = plan.melted() if single_stage else plan
    try:
        if dry_run:
            _report(_estimate(corpus, base, plan, device, per_device, gradient_checkpointing,
                              four_bit, tower), as_json)  # fmt: skip
            return
        from focalface.tools.training.finetune import stages as training
        from focalface.tools.training.finetune.trainer import Settings
    except ImportError as error:
        raise ModelMissingError(
            f"Fine-tuning needs the package '{error.name}'; "
            "install it with: pip install 'focalface[qwen]'."
        ) from None
    settings = Settings(
        device=device,
        per_device=per_device,
        workers=workers,
        checkpointing=gradient_checkpointing,
        four_bit=four_bit,
        tower=tower,
    )
    # The Trainer prints its figures; stdout belongs to the result.
    with contextlib.redirect_stdout(sys.stderr):
        rows = training.run(corpus, out, base, plan, settings)
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    typer.echo((out / "evaluation.csv").read_text(encoding="utf-8").rstrip())
    typer.echo(f"Use it: focalface describe PHOTO --describer qwen:{out / 'final'}")


def _check(base: str, device: str, as_json: bool) -> None:
    """Prints what was found about a base; exit 1 where something does not hold."""
    import dataclasses

    from focalface.tools.errors import ModelMissingError

    try:
        from focalface.tools.training.finetune.check import check
    except ImportError as error:
        raise ModelMissingError(
            f"Fine-tuning needs the package '{error.name}'; "
            "install it with: pip install 'focalface[qwen]'."
        ) from None
    found = check(base, device=device)
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(one) for one in found], indent=2))
    else:
        marks = {True: "ok ", False: "NO ", None: "-  "}
        for one in found:
            typer.echo(f"{marks[one.holds]} {one.name}: {one.words}")
    if any(one.holds is False for one in found):
        raise typer.Exit(1)


def _estimate(
    corpus: Path,
    base: str,
    plan: "Plan",
    device: str,
    per_device: int,
    checkpointing: bool,
    four_bit: bool,
    tower: Path | None,
) -> "Estimate":
    from focalface.tools.training.finetune.data import Corpus as Data
    from focalface.tools.training.finetune.estimate import estimate

    return estimate(
        Data(corpus),
        base,
        plan,
        device=device,
        per_device=per_device,
        checkpointing=checkpointing,
        four_bit=four_bit,
        tower=tower,
    )


def _report(found: "Estimate", as_json: bool) -> None:
    if as_json:
        import dataclasses

        typer.echo(json.dumps(dataclasses.asdict(found), indent=2))
        return
    typer.echo(f"parameters: {found.parameters / 1e6:,.1f} M")
    for stage in found.stages:
        typer.echo(
            f"{stage.name}: {stage.steps} steps; {stage.tokens:.0f} tokens a sample "
            f"({stage.answer:.0f} of answer, longest {stage.longest}); "
            f"{stage.trained / 1e6:,.1f} M learn; {stage.memory_gb:.1f} GB; {stage.hours:.2f} h"
        )
    for note in found.notes:
        typer.echo(f"note: {note}")
