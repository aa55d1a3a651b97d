"""The model that is fine-tuned: a base with adapters, or a small one from scratch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from focalface.tools.describers.qwen.chatml import Codec
from focalface.tools.describers.qwen.families import Family, family_of
from focalface.tools.describers.qwen.load import (
    Device,
    choose_device,
    find_weights,
    image_processor,
)
from focalface.tools.errors import ModelMissingError, UsageError
from focalface.tools.training.finetune import nano
from focalface.tools.training.finetune.data import Corpus
from focalface.tools.training.finetune.plan import Plan, Trained

SCRATCH = ("nano", "hybrid", "mini")
"""Bases that start from random weights; the hybrid's eyes are those of a trained network."""

TEXT_SIZES: dict[str, dict[str, Any]] = {
    "Qwen/Qwen2.5-VL-3B-Instruct": {
        "hidden_size": 2048, "intermediate_size": 11008, "num_hidden_layers": 36,
        "num_attention_heads": 16, "num_key_value_heads": 2, "vocab_size": 151936,
    },
    "Qwen/Qwen2.5-VL-7B-Instruct": {
        "hidden_size": 3584, "intermediate_size": 18944, "num_hidden_layers": 28,
        "num_attention_heads": 28, "num_key_value_heads": 4, "vocab_size": 152064,
    },
    "Qwen/Qwen3-VL-4B-Instruct": {
        "hidden_size": 2560, "intermediate_size": 9728, "num_hidden_layers": 36,
        "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128,
        "vocab_size": 151936,
    },
}  # fmt: skip
"""The published configurations, so that a dry run needs no weights."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model ready for training, its codec, and whether it carries adapters.

    ``tower``: where a hybrid's eyes come from; a resumed run may be given a later checkpoint.
    """

    model: Any
    codec: Codec
    tokenizer: Any
    image_processor: Any
    device: Device
    adapters: bool
    tower: Path | None = None


def load(
    base: str,
    plan: Plan,
    corpus: Corpus,
    *,
    device: str = "auto",
    four_bit: bool = False,
    tower: Path | None = None,
) -> Loaded:
    """Load a base with adapters, or make one from scratch with a tokenizer of the corpus.

    ``tower``: the checkpoint of the reading network, for the base ``hybrid``. Raises
    ``ModelMissingError`` when weights or packages are missing.
    """
    where = choose_device(device)
    if base in SCRATCH:
        return _from_scratch(base, plan, corpus, where, tower)
    from transformers import AutoTokenizer

    name = find_weights(base, None).base
    try:
        family = family_of(name)
        tokens = AutoTokenizer.from_pretrained(name, local_files_only=True)
        processor = image_processor(family, name)
        model = family.model.from_pretrained(
            name,
            dtype=getattr(torch, where.dtype),
            local_files_only=True,
            **_quantised(four_bit),
        )
    except OSError:
        raise ModelMissingError(
            f"The weights '{name}' are not on this machine; fetch them with: hf download {name}."
        ) from None
    model = with_adapters(model, plan, family, four_bit=four_bit)
    return Loaded(model, Codec(tokens, processor), tokens, processor, where, adapters=True)


def _from_scratch(
    base: str, plan: Plan, corpus: Corpus, where: Device, tower: Path | None
) -> Loaded:
    sizes = dict(plan.scratch)
    words = sizes.pop("vocabulary", nano.VOCABULARY)
    tokens = nano.tokenizer(corpus.texts(), words, fixed=nano.fixed_texts(corpus.sizes))
    if base == "hybrid":
        from focalface.tools.describers.qwen.hybrid import GreyCells

        if not corpus.sizes.upright or tower is None:
            raise UsageError(
                "The base 'hybrid' needs --tower FILE and a corpus built with --upright."
            )
        model, processor = nano.hybrid(tokens, tower, seed=plan.seed, **sizes), GreyCells()
    else:
        model, processor = nano.model(tokens, seed=plan.seed, **sizes), nano.image_processor()
    return Loaded(model, Codec(tokens, processor), tokens, processor, where, False, tower)


def choose_trained(loaded: Loaded, parts: tuple[Trained, ...]) -> int:
    """Let only these parts learn; returns how many parameters do.

    What starts from scratch learns as a whole, but for the network that a hybrid sees with.
    """
    count = 0
    for name, weight in loaded.model.named_parameters():
        if not loaded.adapters:
            learns = "visual.reader." not in name
        elif "lora_" in name:
            learns = ("vision" if "visual" in name else "language") in parts
        else:
            learns = "modules_to_save" in name and "merger" in parts
        if weight.is_floating_point():
            weight.requires_grad_(learns)
            count += weight.numel() if learns else 0
    return count


def true_config(name: str) -> Any:
    """Return the configuration of a published base, without its weights.

    For dry runs, and for measuring memory and time with random weights. Raises ``KeyError`` for a
    base that is not in ``TEXT_SIZES``.
    """
    from transformers import Qwen2_5_VLConfig, Qwen3VLConfig

    sizes = TEXT_SIZES[name]
    if "Qwen3" in name:
        rope = {"rope_type": "default", "rope_theta": 5_000_000.0, "mrope_section": [24, 20, 20]}
        return Qwen3VLConfig(
            text_config={**sizes, "rope_parameters": rope},
            vision_config={
                "depth": 24,
                "hidden_size": 1024,
                "intermediate_size": 4096,
                "out_hidden_size": sizes["hidden_size"],
                "deepstack_visual_indexes": [5, 11, 17],
            },
            tie_word_embeddings=True,
        )
    return Qwen2_5_VLConfig(
        text_config={
            **sizes,
            "rope_parameters": {
                "rope_type": "default",
                "rope_theta": 1_000_000.0,
                "mrope_section": [16, 24, 24],
            },
        },
        vision_config={
            "hidden_size": 1280,
            "intermediate_size": 3420,
            "out_hidden_size": sizes["hidden_size"],
        },
        tie_word_embeddings="3B" in name,
    )


def save(loaded: Loaded, folder: Path) -> None:
    """Save adapters alone for a base, the whole model for nano, with tokenizer and processor."""
    loaded.model.save_pretrained(folder)
    if not loaded.adapters:
        loaded.tokenizer.save_pretrained(folder)
        loaded.image_processor.save_pretrained(folder)


def restore(loaded: Loaded, folder: Path) -> None:
    """Put saved weights back into the model that is already loaded."""
    from safetensors.torch import load_file

    if loaded.adapters:
        from peft import set_peft_model_state_dict

        set_peft_model_state_dict(
            loaded.model, load_file(folder / "adapter_model.safetensors", device="cpu")
        )
        return
    saved = type(loaded.model).from_pretrained(folder, local_files_only=True)
    loaded.model.load_state_dict(saved.state_dict())
    if loaded.tower is not None:
        nano.take_eyes(loaded.model, loaded.tower)


def halve(folder: Path) -> None:
    """Rewrite the weights of a whole model in 16 bits: half the size, for using it only."""
    from safetensors.torch import load_file, save_file

    file = folder / "model.safetensors"
    weights = {
        name: weight.half() if weight.is_floating_point() else weight
        for name, weight in load_file(file).items()
    }
    save_file(weights, file, metadata={"format": "pt"})


def with_adapters(model: Any, plan: Plan, family: Family, *, four_bit: bool = False) -> Any:
    """Return the model with fresh adapters on every part that some stage trains."""
    try:
        from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
    except ImportError:
        raise ModelMissingError(
            "Fine-tuning needs the package 'peft'; install it with: pip install 'focalface[qwen]'."
        ) from None
    if four_bit:
        # Checkpointing is the Trainer's business, and asked for by an option of its own.
        model = prepare_model_for_kbit_training(model, use_gradient_checkpointing=False)
    parts = {part for stage in plan.stages for part in stage.train}
    targets = [family.language, *([family.vision] if "vision" in parts else [])]
    config = LoraConfig(
        r=plan.lora.rank,
        lora_alpha=plan.lora.alpha,
        lora_dropout=plan.lora.dropout,
        target_modules="|".join(f"(?:{target})" for target in targets),
        modules_to_save=list(family.whole) if "merger" in parts else None,
        task_type="CAUSAL_LM",
    )
    model = get_peft_model(model, config)
    for name, weight in model.named_parameters():
        if "modules_to_save" in name:
            # Small updates of a part that learns in full are lost in 16 bits; peft widens only
            # its own matrices.
            weight.data = weight.data.float()
    return model


def _quantised(four_bit: bool) -> dict[str, Any]:
    if not four_bit:
        return {}
    import importlib.util

    if importlib.util.find_spec("bitsandbytes") is None:
        raise ModelMissingError(
            "--four-bit needs the package 'bitsandbytes'; "
            "install it with: pip install 'focalface[four-bit]'."
        )
    from transformers import BitsAndBytesConfig

    return {
        "quantization_config": BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_compute_dtype=torch.bfloat16,
            llm_int8_skip_modules=["model.visual", "lm_head"],
        )
    }
