"""``focalface finetune``: stage after stage with peft and the Trainer of transformers.

The output folder::

    run.json            base, plan and corpus; another run in the same folder is refused
    log.csv             stage, step, loss, learning rate, seconds
    evaluation.csv      one row a stage, on one fixed set, the majority answer, and at last what
                        the product gives out of the last stage's answers
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

from accelerate import PartialState
from transformers import Trainer

from focalface.tools.describers.qwen import grammar
from focalface.tools.errors import UsageError
from focalface.tools.training.finetune import card, model
from focalface.tools.training.finetune import trainer as finetune_trainer
from focalface.tools.training.finetune.data import Corpus, StageData, collate, ordered
from focalface.tools.training.finetune.emphasis import WeighedLoss
from focalface.tools.training.finetune.evaluate import (
    Scores,
    evaluate,
    fixed_faces,
    majority_scores,
)
from focalface.tools.training.finetune.model import SCRATCH, Loaded
from focalface.tools.training.finetune.plan import Plan, Stage
from focalface.tools.training.finetune.score import MEASURES
from focalface.tools.training.finetune.trainer import Log, Settings


def run(
    corpus_folder: Path, out: Path, base: str, plan: Plan, settings: Settings
) -> list[dict[str, Any]]:
    """Run every stage that is not done yet; returns the rows of ``evaluation.csv``.

    Raises ``UsageError`` for a folder of another run or a corpus that lacks a task.
    """
    train, held_out = Corpus(corpus_folder), Corpus(corpus_folder, "validation")
    _same_run_or_new(out, base, plan, train)
    faces = fixed_faces(held_out, plan.evaluate, plan.seed)
    if not faces:
        raise UsageError("The corpus has no validation faces; build it from more subjects.")
    loaded = model.load(
        base,
        plan,
        train,
        device=settings.device,
        four_bit=settings.four_bit,
        tower=settings.tower,
    )
    rows = [_row("majority", majority_scores(train, faces), 0.0)]
    for number, stage in enumerate(plan.stages, start=1):
        folder = out / f"{number}-{stage.name}"
        done = folder / "done.json"
        if done.is_file():
            model.restore(loaded, folder)
            rows.append(json.loads(done.read_text(encoding="utf-8")))
            continue
        started = time.monotonic()
        trainer = _train(loaded, train, stage, plan, settings, folder, out / "log.csv")
        if trainer.is_world_process_zero():
            scores, judged = evaluate(_core(loaded), loaded.codec, faces, corpus_folder)
            rows.append(_row(stage.name, scores, time.monotonic() - started))
            model.save(loaded, folder)
            _write_answers(folder / "answers.jsonl", judged)
            done.write_text(json.dumps(rows[-1]), encoding="utf-8")
            shutil.rmtree(folder / "checkpoints", ignore_errors=True)
            _write_rows(out / "evaluation.csv", rows)
        trainer.accelerator.wait_for_everyone()
    # Not in the loop: a run may have been killed between its last stage and this.
    if PartialState().is_main_process:
        rows += _given_out(loaded, faces, corpus_folder, out / "product.json")
        _write_rows(out / "evaluation.csv", rows)
        if not (out / "final").is_dir():
            _finish(folder, out / "final", base, plan, train, rows)
    return rows


def _given_out(
    loaded: Loaded, faces: list[Any], corpus_folder: Path, done: Path
) -> list[dict[str, Any]]:
    """Return the row of what the product gives out; none without the package that it decodes by."""
    if done.is_file():
        return [json.loads(done.read_text(encoding="utf-8"))]
    if not grammar.available():
        return []
    started = time.monotonic()
    core = _core(loaded)
    words = core.config.text_config.vocab_size
    grammars = grammar.Grammars(loaded.tokenizer, words, loaded.codec.end_id)
    scores, _ = evaluate(core, loaded.codec, faces, corpus_folder, grammars)
    row = _row("through the product", scores, time.monotonic() - started)
    done.write_text(json.dumps(row), encoding="utf-8")
    return [row]


def _train(
    loaded: Loaded,
    corpus: Corpus,
    stage: Stage,
    plan: Plan,
    settings: Settings,
    folder: Path,
    log: Path,
) -> Trainer:
    model.choose_trained(loaded, stage.train)
    made = finetune_trainer.arguments(folder, stage, plan, loaded.device, settings)
    lines = ordered(corpus, stage, finetune_trainer.samples(made), plan.seed, plan.batch)
    return finetune_trainer.train(
        loaded.model,
        made,
        StageData(corpus, lines, loaded.codec),
        collate,
        Log(stage.name, log),
        restore=lambda checkpoint: model.restore(loaded, checkpoint),
        loss=WeighedLoss(loaded.tokenizer, plan.emphasis) if plan.emphasis else None,
    )


def _core(loaded: Loaded) -> Any:
    """Return the Qwen2.5-VL itself, adapters inside it."""
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
    if base in SCRATCH:
        model.halve(unfinished)
    card.write(unfinished, base, plan, corpus, rows)
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
