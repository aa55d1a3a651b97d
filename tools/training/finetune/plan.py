"""The plan of a fine-tuning: stages read from YAML, checked, scaled, or melted into one. Pure."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

import yaml
from pydantic import Field, ValidationError, model_validator

from focalface.tools.errors import SettingsError
from focalface.tools.training.corpus.forms import TASKS, Task
from focalface.tools.types import Frozen

STAGES = Path(__file__).with_name("stages.yaml")

Trained = Literal["language", "merger", "vision"]
Size = Literal["width", "layers", "vision_width", "vision_layers", "vocabulary"]
Positive = Annotated[float, Field(gt=0)]


class Lora(Frozen):
    """Size of the low-rank adapters."""

    rank: Annotated[int, Field(ge=1)]
    alpha: Annotated[int, Field(ge=1)]
    dropout: Annotated[float, Field(ge=0, lt=1)]


class Emphasis(Frozen):
    """How often as much as another token these weigh: emotions and age groups; units seen."""

    labels: Positive = 1.0
    units: Positive = 1.0


class Stage(Frozen):
    """One stage: what it is fed, what learns, how fast and how long."""

    name: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    about: str
    mix: dict[Task, Positive]
    order: Literal["random", "shrinking"]
    train: tuple[Trained, ...]
    learning_rate: Positive
    warmup: Annotated[float, Field(ge=0, lt=1)]
    steps: Annotated[int, Field(ge=1)]


class Plan(Frozen):
    """The whole plan; ``batch``: samples a step over all devices; ``evaluate``: faces.

    ``scratch``: sizes of a base that starts from random weights; empty for other bases.
    ``emphasis``: tokens with more weight in the loss; None for the model's own loss.
    """

    seed: int
    lora: Lora
    batch: Annotated[int, Field(ge=1)]
    evaluate: Annotated[int, Field(ge=1)]
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    scratch: dict[Size, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    emphasis: Emphasis | None = None

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [stage.name for stage in self.stages]
        if len(set(names)) < len(names):
            raise ValueError(f"stages need different names, got {', '.join(names)}")
        return self

    def scaled(self, factor: float) -> Self:
        """Return the same plan with ``factor`` times the steps, at least one a stage."""
        stages = tuple(
            s.model_copy(update={"steps": max(1, round(s.steps * factor))}) for s in self.stages
        )
        return self.model_copy(update={"stages": stages})

    def melted(self) -> Self:
        """Return one stage of the same steps, tasks and parts: what the stages are compared with.

        Tasks are mixed by the steps that the stages give them; the learning rate is the mean over
        steps.
        """
        total = sum(stage.steps for stage in self.stages)
        mix: dict[Task, float] = {}
        for stage in self.stages:
            whole = sum(stage.mix.values())
            for task, share in stage.mix.items():
                mix[task] = mix.get(task, 0.0) + share / whole * stage.steps / total
        one = Stage(
            name="single",
            about="everything at once, the comparison for the stages",
            mix={task: mix[task] for task in TASKS if task in mix},
            order="random",
            train=tuple(dict.fromkeys(part for s in self.stages for part in s.train)),
            learning_rate=sum(s.learning_rate * s.steps for s in self.stages) / total,
            warmup=self.stages[0].warmup,
            steps=total,
        )
        return self.model_copy(update={"stages": (one,)})


def load_plan(file: Path = STAGES, *, base: str = "") -> Plan:
    """Return the plan in a YAML file, with its section for ``base`` applied where it has one.

    Raises ``SettingsError`` that names the wrong entry.
    """
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
        if not isinstance(read, dict):
            raise SettingsError(f"'{file}' is not a plan: it needs 'stages' and more.")
        sections = read.pop("scratch", {})
        return Plan.model_validate(_changed(read, sections[base]) if base in sections else read)
    except OSError as error:
        raise SettingsError(f"The plan '{file}' cannot be read ({error.strerror}).") from None
    except yaml.YAMLError as error:
        raise SettingsError(f"The plan '{file}' is not YAML: {error}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"The plan '{file}' is wrong at '{where}': {first['msg']}.") from None


def _changed(read: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    rates, steps = changes.get("learning_rates", {}), changes.get("steps", {})
    stages = [
        stage
        | {
            "learning_rate": rates.get(stage["name"], stage["learning_rate"]),
            "steps": steps.get(stage["name"], stage["steps"]),
        }
        for stage in read["stages"]
    ]
    plain = {
        key: value for key, value in changes.items() if key in ("batch", "evaluate", "emphasis")
    }
    sizes = {key: value for key, value in changes.items() if key in get_args(Size)}
    return read | plain | {"stages": stages, "scratch": sizes}
