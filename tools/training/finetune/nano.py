"""Small models of the classes of Qwen2.5-VL: nano (11 million parameters), mini (62), the hybrid.

Same classes, same code paths, own small byte-level tokenizer trained on a corpus. ``nano`` and
``mini`` start from nothing; the ``hybrid`` sees with the embedded describer's reading network.
They are no substitute for the real weights.
"""

import pickle
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from focalface.tools.describers.language import focal
from focalface.tools.describers.language.focal import Sizes
from focalface.tools.describers.qwen.chatml import IMAGE_PAD, SPECIAL, VISION_END, VISION_START
from focalface.tools.errors import ModelDamagedError
from focalface.tools.types import AGE_GROUPS, EMOTIONS

VOCABULARY = 4096


def tokenizer(texts: Iterable[str], vocabulary: int = VOCABULARY, fixed: Iterable[str] = ()) -> Any:
    """Return a byte-level BPE tokenizer trained on ``texts``, with Qwen's special tokens.

    Each of the ``fixed`` texts becomes one token: a model that starts from nothing cannot follow
    the words of a standing instruction, and it would cost most of the sequence. Words are cut at
    spaces alone, so that ``"AU12":`` with its marks can be one token too: answers are half as long.
    """
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"\s*\S+|\s+"), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    core.decoder = decoders.ByteLevel()
    end_of_text = "<|endoftext|>"
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[end_of_text, *SPECIAL],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    # Longest first: a fixed text must not be cut up by a shorter one that it contains.
    whole = sorted(fixed, key=len, reverse=True)
    if whole:  # taken out here, so that no learnt token contains a part of one
        cuts = re.compile("|".join(map(re.escape, whole)))
        texts = (piece for text in texts for piece in cuts.split(text))
    core.train_from_iterator(texts, trainer)
    core.add_tokens([AddedToken(t, normalized=False) for t in whole])
    return PreTrainedTokenizerFast(
        tokenizer_object=core, eos_token="<|im_end|>", pad_token=end_of_text
    )


def fixed_texts(sizes: Sizes) -> tuple[str, ...]:
    """Return what is one token each: standing texts, roles, and every label.

    A label of one token is learnt as one decision, and lets the describer read the model's
    probabilities of all labels.
    """
    roles = (f"{role}\n" for role in ("system", "user", "assistant"))
    ages = (group for _, group in AGE_GROUPS)
    return (*focal.standing_texts(sizes), *roles, *EMOTIONS, *ages)


def model(
    tokens: Any,
    *,
    width: int = 256,
    layers: int = 8,
    vision_width: int = 192,
    vision_layers: int = 6,
    seed: int = 0,
) -> Any:
    """Return a randomly initialised model for a tokenizer; ``width`` is the text model's hidden
    size.

    Initialisation is deterministic by ``seed``. With the defaults 10.8 million parameters.
    """
    import torch
    from transformers import Qwen2_5_VLForConditionalGeneration

    made = config(tokens, width, layers, vision_width, vision_layers)
    torch.manual_seed(seed)
    return Qwen2_5_VLForConditionalGeneration(made)


def hybrid(tokens: Any, tower: Path, *, width: int, layers: int, seed: int = 0) -> Any:
    """Return a text model from scratch behind the trained reading network in the checkpoint
    ``tower``.

    Raises ``ModelDamagedError`` when the file holds no such network.
    """
    import torch

    from focalface.tools.describers.qwen.hybrid import HybridForConditionalGeneration

    torch.manual_seed(seed)
    made = HybridForConditionalGeneration(config(tokens, width, layers, 32, 1))
    take_eyes(made, tower)
    return made


def take_eyes(model: Any, tower: Path) -> None:
    """Put the weights of the reading network in ``tower`` into a hybrid.

    Raises ``ModelDamagedError`` when the file holds no such network.
    """
    from focalface.tools.training.describer.checkpoints import averaged

    try:
        model.model.visual.reader.take(averaged(tower))
    except (OSError, RuntimeError, KeyError, AttributeError, pickle.UnpicklingError) as error:
        raise ModelDamagedError(
            f"'{tower}' is no checkpoint of the reading network ({type(error).__name__}); "
            "name the one that the describer's training wrote."
        ) from None


def config(tokens: Any, width: int, layers: int, vision_width: int, vision_layers: int) -> Any:
    """Return the configuration of a small Qwen2.5-VL; heads of 64 from a width of 512 on, else of
    32."""
    from transformers import Qwen2_5_VLConfig

    head = 64 if width >= 512 else 32
    heads = width // head
    token_id = tokens.convert_tokens_to_ids
    return Qwen2_5_VLConfig(
        text_config={
            "vocab_size": len(tokens),
            "hidden_size": width,
            "intermediate_size": 3 * width,
            "num_hidden_layers": layers,
            "num_attention_heads": heads,
            "num_key_value_heads": heads // 2,
            "max_position_embeddings": 4096,
            "rope_parameters": {
                "rope_type": "default",
                "rope_theta": 10_000.0,
                "mrope_section": [head // 8, head * 3 // 16, head * 3 // 16],
            },
            "bos_token_id": tokens.pad_token_id,
            "eos_token_id": tokens.eos_token_id,
            "pad_token_id": tokens.pad_token_id,
        },
        vision_config={
            "depth": vision_layers,
            "hidden_size": vision_width,
            "intermediate_size": 3 * vision_width,
            "num_heads": max(1, vision_width // 32),
            "out_hidden_size": width,
            "fullatt_block_indexes": [*range(2, vision_layers, 3)],
        },
        image_token_id=token_id(IMAGE_PAD),
        video_token_id=token_id("<|video_pad|>"),
        vision_start_token_id=token_id(VISION_START),
        vision_end_token_id=token_id(VISION_END),
        tie_word_embeddings=True,
    )


def image_processor() -> Any:
    """Make Qwen's image processor on Pillow; pictures with sides in multiples of 28 stay."""
    from transformers import Qwen2VLImageProcessorPil

    return Qwen2VLImageProcessorPil(size={"shortest_edge": 28 * 28, "longest_edge": 1280 * 28 * 28})
