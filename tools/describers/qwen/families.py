"""Which kind of model a folder holds, told by its configuration: Qwen2.5-VL, Qwen3-VL, or ours."""

from dataclasses import dataclass
from typing import Any

from focalface.tools.errors import ModelDamagedError

HYBRID = "HybridForConditionalGeneration"


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of model: its name, its class, how its pictures are prepared, what adapters go on.

    ``square``: side in pixels of what one visual token shows; picture sizes that are multiples of
    it are not resampled. ``language``, ``vision``: expressions for the names of their matrices.
    ``whole``: parts that are trained in full.
    """

    name: str
    model: Any
    processor: Any
    square: int
    vision: str
    whole: tuple[str, ...]
    language: str = (
        r".*language_model\..*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"
    )


def family_of(base: str) -> Family:
    """Return the family of a folder or of a base in the cache of Hugging Face; reads files only.

    Raises ``OSError`` when there is no configuration, and ``ModelDamagedError`` for a model of
    another kind.
    """
    from transformers import PreTrainedConfig

    found, _ = PreTrainedConfig.get_config_dict(base, local_files_only=True)
    return family_named(found)


def family_named(config: dict[str, Any]) -> Family:
    """Return the family that a configuration names. Raises ``ModelDamagedError``."""
    kind = config.get("model_type", "")
    if HYBRID in (config.get("architectures") or ()):
        from focalface.tools.describers.qwen.hybrid import GreyCells, HybridForConditionalGeneration

        return Family("hybrid", HybridForConditionalGeneration, GreyCells, 28, r"", ("merger",))
    if kind == "qwen2_5_vl":
        from transformers import Qwen2_5_VLForConditionalGeneration

        return Family(
            "Qwen2.5-VL",
            Qwen2_5_VLForConditionalGeneration,
            _pil_processor(),
            28,
            r".*visual\.blocks\..*\.(qkv|attn\.proj|gate_proj|up_proj|down_proj)",
            ("merger",),
        )
    if kind == "qwen3_vl":
        from transformers import Qwen3VLForConditionalGeneration

        layers = len(config.get("vision_config", {}).get("deepstack_visual_indexes", ()))
        return Family(
            "Qwen3-VL",
            Qwen3VLForConditionalGeneration,
            _pil_processor(),
            32,
            r".*visual\.blocks\..*\.(qkv|attn\.proj|linear_fc1|linear_fc2)",
            ("merger", *(f"deepstack_merger_list.{i}" for i in range(layers))),
        )
    raise ModelDamagedError(
        f"A model of the kind '{kind or 'unknown'}' cannot describe faces here; "
        "use Qwen2.5-VL, Qwen3-VL, or what 'focalface finetune' wrote."
    )


def _pil_processor() -> Any:
    from transformers import Qwen2VLImageProcessorPil

    return Qwen2VLImageProcessorPil
